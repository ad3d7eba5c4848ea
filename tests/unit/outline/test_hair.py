"""Hair on the back is told by its colour: a made-up head, back and hair of known colours."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from posture.outline.hair import Hair, hair_at_outline
from posture.outline.mask_outline import mask_contour
from posture.outline.outline_settings import outline_settings
from posture.pose.record import Pose
from posture.view.trunk_frame import TRUNK_MM, TrunkFrame
from tests.support.present import known
from tests.support.shapes import EAR_UP, FRAME, HIP, facing_left, row

HAIR, SKIN, SHIRT, WALL = (60, 35, 20), (220, 180, 150), (60, 90, 160), (200, 200, 200)
BACK, NAPE_UP = 100, TRUNK_MM + 160.0
SETTINGS = outline_settings().hair


def picture(hair_down_to: float) -> tuple[NDArray[np.uint8], Pose, TrunkFrame]:
    """A straight back whose outermost 16 mm are hair down to that level above the hips."""
    rgb = np.full((1150, 450, 3), WALL, np.uint8)
    edge = round(HIP[0]) + BACK
    rgb[row(EAR_UP + 90) :, 120:edge] = SHIRT
    rgb[row(EAR_UP + 90) : row(NAPE_UP - 60), 120:edge] = SKIN
    rgb[row(EAR_UP + 90) : row(NAPE_UP), 215:edge] = HAIR
    rgb[row(NAPE_UP) : row(hair_down_to), edge - 16 : edge] = HAIR
    mask = np.zeros(rgb.shape[:2], np.float32)
    mask[row(EAR_UP + 90) :, 120:edge] = 1
    return rgb, facing_left(mask), FRAME


def hair(rgb: NDArray[np.uint8], pose: Pose, frame: TrunkFrame) -> Hair:
    return hair_at_outline(rgb, frame, pose, frame, mask_contour(pose.mask, frame))


def end_of_hair(rgb: NDArray[np.uint8], pose: Pose, frame: TrunkFrame) -> float | None:
    return hair(rgb, pose, frame).end_mm


@pytest.mark.parametrize("level", [NAPE_UP, 400.0, 250.0, 60.0])
def test_hair_is_followed_to_its_end(level: float) -> None:
    assert end_of_hair(*picture(level)) == pytest.approx(level, abs=6)


def test_hair_that_light_changes_bit_by_bit_is_followed() -> None:
    rgb, pose, frame = picture(250.0)
    down = row(250.0) - row(NAPE_UP)
    lit = np.array(HAIR) + np.linspace(0, 1, down)[:, None] * (120, 80, 60)
    rgb[row(NAPE_UP) : row(250.0), 284:300] = lit[:, None]
    assert end_of_hair(rgb, pose, frame) == pytest.approx(250.0, abs=6)


def test_a_short_gap_does_not_end_the_hair() -> None:
    for gap, ends in ((SETTINGS.gap_mm - 8, False), (SETTINGS.gap_mm + 8, True)):
        rgb, pose, frame = picture(300.0)
        rgb[row(500 + gap) : row(500), 200:300] = SHIRT
        assert (known(end_of_hair(rgb, pose, frame)) > 480) == ends


def test_hair_in_the_colour_of_skin_says_nothing() -> None:
    rgb, pose, frame = picture(NAPE_UP)
    rgb[np.all(rgb == HAIR, axis=-1)] = SKIN
    assert end_of_hair(rgb, pose, frame) is None


def test_hair_in_the_colour_of_the_clothes_says_nothing() -> None:
    rgb, pose, frame = picture(300.0)
    rgb[np.all(rgb == SHIRT, axis=-1)] = HAIR
    assert end_of_hair(rgb, pose, frame) is None


@pytest.mark.parametrize("level", [TRUNK_MM - 100, TRUNK_MM - 160])
def test_a_layer_of_hair_below_the_shoulders_is_measured(level: float) -> None:
    below_mm, layer_mm = TRUNK_MM - level, hair(*picture(level)).layer_mm
    assert layer_mm == pytest.approx(below_mm - SETTINGS.layer_from_mm, abs=2 * SETTINGS.row_mm)


def test_light_on_the_shoulders_ends_the_trail_but_not_the_layer() -> None:
    rgb, pose, frame = picture(60.0)
    rgb[row(NAPE_UP) : row(60.0), 284:300] = (95, 72, 57)
    seen = hair(rgb, pose, frame)
    assert seen.end_mm is not None and seen.end_mm > TRUNK_MM
    whole_mm = SETTINGS.layer_to_mm - SETTINGS.layer_from_mm
    assert seen.layer_mm == pytest.approx(whole_mm, abs=2 * SETTINGS.row_mm)


def test_neither_a_bare_back_nor_cloth_in_the_colour_of_hair_is_a_layer() -> None:
    rgb, pose, frame = picture(NAPE_UP)
    assert hair(rgb, pose, frame).layer_mm == 0
    rgb, pose, frame = picture(60.0)
    # A sleeve of the same cloth, seen on the chest before the arm.
    rgb[row(TRUNK_MM) : row(60.0), 120:180] = HAIR
    assert hair(rgb, pose, frame).layer_mm == 0
