"""Hair on the back is told by its colour: a made-up head, back and hair of known colours."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from shapes import EAR_UP, FRAME, HIP, facing_left, row

from posture.frame import TRUNK_MM, TrunkFrame
from posture.hair import GAP_MM, Hair, hair_at_outline
from posture.pose import Pose
from posture.silhouette import mask_contour

HAIR, SKIN, SHIRT, WALL = (60, 35, 20), (220, 180, 150), (60, 90, 160), (200, 200, 200)
BACK, NAPE_UP = 100, TRUNK_MM + 160.0


def picture(hair_down_to: float, layer_mm: int) -> tuple[NDArray[np.uint8], Pose, TrunkFrame]:
    """A straight back whose outermost `layer_mm` are hair down to that level above the hips."""
    rgb = np.full((1150, 450, 3), WALL, np.uint8)
    edge = round(HIP[0]) + BACK
    rgb[row(EAR_UP + 90) :, 120:edge] = SHIRT
    rgb[row(EAR_UP + 90) : row(NAPE_UP - 60), 120:edge] = SKIN
    rgb[row(EAR_UP + 90) : row(NAPE_UP), 215:edge] = HAIR
    rgb[row(NAPE_UP) : row(hair_down_to), edge - layer_mm : edge] = HAIR
    mask = np.zeros(rgb.shape[:2], np.float32)
    mask[row(EAR_UP + 90) :, 120:edge] = 1
    return rgb, facing_left(mask), FRAME


def seen(hair_down_to: float, layer_mm: int = 16) -> Hair | None:
    rgb, pose, frame = picture(hair_down_to, layer_mm)
    return hair_at_outline(rgb, frame, pose, frame, mask_contour(pose.mask, frame))


def test_hair_that_is_up_ends_at_the_nape():
    hair = seen(NAPE_UP)
    assert hair.lowest_mm == pytest.approx(NAPE_UP, abs=6)
    assert hair.layer_mm == 0


@pytest.mark.parametrize("level", [400.0, 250.0, 60.0])
def test_long_hair_is_followed_to_its_end(level):
    hair = seen(level)
    assert hair.lowest_mm == pytest.approx(level, abs=6)
    assert hair.layer_mm == pytest.approx(TRUNK_MM - level, abs=10)


def test_a_short_gap_does_not_end_the_hair():
    for gap, ends in ((GAP_MM - 8, False), (GAP_MM + 8, True)):
        rgb, pose, frame = picture(300.0, 16)
        rgb[row(500 + gap) : row(500), 200:300] = SHIRT
        hair = hair_at_outline(rgb, frame, pose, frame, mask_contour(pose.mask, frame))
        assert (hair.lowest_mm > 480) == ends


def test_hair_in_the_colour_of_skin_says_nothing():
    rgb, pose, frame = picture(NAPE_UP, 16)
    rgb[np.all(rgb == HAIR, axis=-1)] = SKIN
    assert hair_at_outline(rgb, frame, pose, frame, mask_contour(pose.mask, frame)) is None


def test_hair_in_the_colour_of_the_clothes_says_nothing():
    rgb, pose, frame = picture(300.0, 16)
    rgb[np.all(rgb == SHIRT, axis=-1)] = HAIR
    assert hair_at_outline(rgb, frame, pose, frame, mask_contour(pose.mask, frame)) is None
