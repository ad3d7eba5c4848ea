"""Bare skin and cloth along the outline are told by the colour of the face."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from posture.outline.clothing import cloth_mm
from posture.outline.mask_outline import mask_contour
from posture.outline.outline_settings import outline_settings
from posture.outline.trace import smoothed
from posture.pose.landmarks import Landmark
from posture.pose.record import Pose
from tests.support.shapes import EAR_UP, FRAME, HIP, facing_left, row

SKINS = {"light": (225, 185, 160), "dark": (105, 68, 48)}
SHORTS, WALL = (60, 90, 160), (200, 200, 200)
BACK, WAISTBAND_UP = 100, 150.0
CLOTH_MM = outline_settings().clothing.cloth_mm


def picture(skin: tuple[int, int, int], step: int = 0) -> tuple[NDArray[np.uint8], Pose]:
    """A bare back above shorts that stand so many mm off it."""
    rgb = np.full((1250, 450, 3), WALL, np.uint8)
    mask = np.zeros(rgb.shape[:2], np.float32)
    edge = round(HIP[0]) + BACK
    for rows, rear, colour in (
        (slice(row(EAR_UP + 90), row(WAISTBAND_UP)), edge, skin),
        (slice(row(WAISTBAND_UP), None), edge + step, SHORTS),
    ):
        rgb[rows, 120:rear] = colour
        mask[rows, 120:rear] = 1
    return rgb, facing_left(mask)


@pytest.mark.parametrize("skin", SKINS.values(), ids=SKINS)
def test_a_bare_back_above_shorts(skin: tuple[int, int, int]) -> None:
    rgb, pose = picture(skin)
    contour = mask_contour(pose.mask, FRAME)
    cloth = cloth_mm(rgb, FRAME, pose, FRAME, contour)
    assert cloth[contour.up_mm > WAISTBAND_UP + 20] == pytest.approx(0, abs=0.1)
    assert cloth[contour.up_mm < WAISTBAND_UP - 20] == pytest.approx(CLOTH_MM, abs=0.1)


def test_the_step_at_the_waistband_goes() -> None:
    rgb, pose = picture(SKINS["light"], step=round(CLOTH_MM))
    contour = mask_contour(pose.mask, FRAME)
    cloth = cloth_mm(rgb, FRAME, pose, FRAME, contour)
    rows = (contour.up_mm > 0) & (contour.up_mm < 300)
    with_step, without = smoothed(contour)[rows], smoothed(contour, cloth_mm=cloth)[rows]
    assert np.ptp(with_step) > 1.5
    assert np.ptp(without) < 0.5 * np.ptp(with_step)


def test_without_a_face_all_counts_as_clothed() -> None:
    rgb, pose = picture(SKINS["light"])
    pose.points_px[Landmark.NOSE] = HIP - (70, 2000)
    cloth = cloth_mm(rgb, FRAME, pose, FRAME, mask_contour(pose.mask, FRAME))
    assert cloth == pytest.approx(CLOTH_MM)
