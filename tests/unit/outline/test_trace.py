"""The back line that is drawn through the outline."""

from __future__ import annotations

import numpy as np
import pytest

from posture.outline.mask_outline import PosteriorContour
from posture.outline.trace import smoothed, trace, trace_mask, worst_stretch_mm
from posture.view.see import see
from tests.support.stick_person import HEIGHT, WIDTH, standing_pose


def test_rows_in_doubt_count_less_in_the_back_line() -> None:
    up_mm = np.arange(0.0, 600.0, 2.0)
    dented = PosteriorContour(up_mm, np.where(np.abs(up_mm - 300) < 30, 90.0, 100.0), up_mm * 0 + 1)
    doubt_mm = np.where(np.abs(up_mm - 300) < 30, 6.0, 1.0)
    assert np.ptp(smoothed(dented, doubt_mm)) < 0.5 * np.ptp(smoothed(dented))
    sure = np.full(len(up_mm), 1.0)
    assert smoothed(dented, sure) == pytest.approx(smoothed(dented))


def test_the_worst_stretch_is_the_mean_over_six_centimetres() -> None:
    values = np.zeros(200)
    values[100:130] = 3.0
    assert worst_stretch_mm(values) == pytest.approx(3.0)
    values[100:115] = 0.0
    assert worst_stretch_mm(values) == pytest.approx(1.5)


def test_cloth_is_taken_off_before_smoothing() -> None:
    up_mm = np.arange(0.0, 600.0, 2.0)
    back = PosteriorContour(up_mm, 100 + 0.1 * up_mm, np.ones_like(up_mm))
    assert smoothed(back, cloth_mm=4.0) == pytest.approx(96 + 0.1 * up_mm)


def test_an_outline_by_the_mask_alone() -> None:
    outline = trace_mask(see((standing_pose(),), yaw_bias_deg=0.0), "right")
    rows = (outline.mask.up_mm > -100) & (outline.mask.up_mm < 400)
    # The mask ends 40 px behind the axis; 150 px are the trunk's 493 mm.
    assert outline.line[rows] == pytest.approx(40 / 150 * 493, abs=0.5)
    assert outline.contour is outline.mask
    assert outline.edge is None and outline.rival_line is None
    assert outline.seen_line == pytest.approx(outline.line)
    assert outline.frame.facing == "right"


@pytest.mark.parametrize("px_ratio", [1.0, 3.0])
def test_an_outline_by_the_photos_own_edges(px_ratio: float) -> None:
    """The photo's edge runs 3 analysed px behind the mask's, at any size of the photo."""
    pose = standing_pose()
    pose.mask[:] = np.clip(0.5 + (40 - np.abs(np.arange(WIDTH) + 0.5 - 200)) / 8, 0, 1)
    scale = round(px_ratio)
    rgb = np.full((scale * HEIGHT, scale * WIDTH, 3), (200, 205, 210), np.uint8)
    rgb[scale * 40 : scale * 560, scale * 157 : scale * 243] = (90, 60, 50)
    outline = trace(see((pose,), yaw_bias_deg=0.0), "right", rgb, px_ratio)
    assert outline.edge is not None and outline.rival_line is not None
    rows = (outline.mask.up_mm > -50) & (outline.mask.up_mm < 350)
    for line in (outline.contour.back_mm, outline.seen_line, outline.rival_line + outline.cloth_mm):
        assert line[rows] * outline.frame.px_per_nominal_mm == pytest.approx(43, abs=0.7)
    assert outline.mask.back_mm[rows] * outline.frame.px_per_nominal_mm == pytest.approx(
        40, abs=0.3
    )
