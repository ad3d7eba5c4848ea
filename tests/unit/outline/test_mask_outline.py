"""The rear edge of the person mask, to a fraction of a pixel."""

from __future__ import annotations

import numpy as np
import pytest

from posture.outline.mask_outline import PosteriorContour, mask_contour, sample_strip
from posture.view.trunk_frame import TrunkFrame, trunk_frame
from tests.support.stick_person import HEIGHT, WIDTH, standing_pose


def test_the_mask_outline_is_found_to_a_fraction_of_a_pixel() -> None:
    # A soft vertical edge whose half level lies at x = 160.3 px, the person facing right.
    x = np.arange(WIDTH) + 0.5
    ramp = np.clip(0.5 + (x - 160.3) / 8, 0, 1) * (x < 240)
    pose = standing_pose(np.tile(ramp.astype(np.float32), (HEIGHT, 1)))
    frame = trunk_frame(pose, "right")
    contour = mask_contour(pose.mask, frame)
    rows = (contour.up_mm > -100) & (contour.up_mm < 400)
    expected_mm = (200 - 160.3) / frame.px_per_nominal_mm
    assert contour.back_mm[rows] == pytest.approx(expected_mm, abs=0.3 / frame.px_per_nominal_mm)


def test_a_second_object_behind_the_person_is_not_the_back() -> None:
    pose = standing_pose()
    pose.mask[200:300, 100:130] = 1
    contour = mask_contour(pose.mask, trunk_frame(pose, "right"))
    assert np.ptp(contour.back_mm[(contour.up_mm > -50) & (contour.up_mm < 350)]) < 1


def contour(*back_mm: float) -> PosteriorContour:
    up_mm = np.arange(0.0, 2.0 * len(back_mm), 2.0)
    there = np.where(np.isfinite(back_mm), 1.0, 0.0)
    return PosteriorContour(up_mm, np.array(back_mm), there)


def test_gaps_are_bridged_straight_and_ends_go_on() -> None:
    torn = contour(np.nan, 10.0, np.nan, np.nan, 16.0, np.nan)
    bridged = torn.bridged(torn.up_mm)
    assert bridged == pytest.approx(np.array([10.0, 10.0, 12.0, 14.0, 16.0, 16.0]))
    assert torn.bridged(np.array([3.0])) == pytest.approx(np.array([11.0]))
    assert contour(np.nan, np.nan).bridged(np.array([0.0])) is None


def test_steps_are_told_for_the_rows_between_two_levels() -> None:
    stepped = contour(5.0, 5.0, 9.0, 12.0, np.nan, 12.0)
    # Over 4 mm, two rows, from the rows at 2 and 4 mm; a gap is no step.
    assert stepped.steps_mm(4.0, (0.0, 6.0)) == pytest.approx(np.array([7.0, 0.0]))


def test_a_strip_is_sampled_between_pixels() -> None:
    frame = TrunkFrame(
        np.array([10.0, 20.0]), np.array([0.0, -1.0]), np.array([1.0, 0.0]), 2.0, "left"
    )
    # A picture whose value is its column; pixel centres lie at .5, two pixels are a millimetre.
    image = np.tile(np.arange(40, dtype=np.float32), (40, 1))
    strip = sample_strip(image, frame, np.array([0.0, 5.0]), np.array([0.0, 1.0, 3.25]))
    assert strip == pytest.approx(np.tile([9.5, 11.5, 16.0], (2, 1)))
    # Outside the picture its edge goes on.
    assert sample_strip(image, frame, np.array([0.0]), np.array([99.0]))[0, 0] == 39.0


def test_rows_without_a_person_have_no_outline() -> None:
    pose = standing_pose()
    pose.mask[:200] = 0
    found = mask_contour(pose.mask, trunk_frame(pose, "right"))
    # Row 200 lies 100 of the trunk's 150 px above the hips: 328.7 mm.
    gone = found.up_mm > 332
    assert np.isnan(found.back_mm[gone]).all() and not found.weight[gone].any()
    there = (found.up_mm > -100) & (found.up_mm < 325)
    assert (found.weight[there] == 1).all()
    assert found.back_mm[there] == pytest.approx(40 / 150 * 493, abs=1.0)
