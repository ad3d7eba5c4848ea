"""The correction of a seen curve: small, in the right direction, and in order."""

from __future__ import annotations

import pytest

from posture.curve.correction import USUAL_BUTTOCKS_MM, Stance, corrected, load_calibration
from posture.curve.geometry import lumbar_curve
from tests.support.shapes import raised_cosine


def test_a_turned_body_is_corrected_towards_a_shallower_curve():
    curve = lumbar_curve(*raised_cosine(40, 410), (0.0, 400.0))
    calibration = load_calibration()
    straight = corrected(curve, Stance(0.0), calibration)
    for yaw in (-20.0, 20.0):
        assert corrected(curve, Stance(yaw), calibration).depth < straight.depth
        assert corrected(curve, Stance(yaw), calibration).slca_deg < straight.slca_deg
    assert corrected(curve, Stance(89.0), calibration).depth >= 0


def test_a_camera_above_or_below_the_trunk_is_corrected_towards_a_flatter_curve():
    curve = lumbar_curve(*raised_cosine(40, 410), (0.0, 400.0))
    level, above, below = (
        corrected(curve, Stance(0.0, elevation), load_calibration()).slca_deg
        for elevation in (0.0, 15.0, -15.0)
    )
    assert above == below < level


@pytest.mark.parametrize("depth", [0, 3, 10, 20, 40, 60, 80])
def test_the_correction_is_small_and_never_turns_two_backs_round(depth):
    calibration = load_calibration()

    def hollow_of(depth_mm):
        up, back = raised_cosine(depth_mm, 400)
        return lumbar_curve(up, back + USUAL_BUTTOCKS_MM, (0.0, 400.0))

    curve = hollow_of(depth + 2)
    true, more = (
        corrected(seen, Stance(0.0), calibration) for seen in (curve, hollow_of(depth + 5))
    )
    assert true.depth < more.depth and true.slca_deg < more.slca_deg
    assert true.depth == pytest.approx(curve.depth, abs=6)
    assert true.slca_deg == pytest.approx(curve.slca_deg, abs=6)
