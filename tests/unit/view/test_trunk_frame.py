"""The trunk's own coordinates."""

from __future__ import annotations

import numpy as np
import pytest

from posture.pose.landmarks import HIPS, SHOULDERS
from posture.view.trunk_frame import trunk_frame
from tests.support.stick_person import TRUNK_PX, WIDTH, standing_pose


def test_the_trunk_frame_runs_up_the_spine_and_out_of_the_back() -> None:
    frame = trunk_frame(standing_pose(), "right")
    # .29 of 1,700 mm.
    assert frame.px_per_nominal_mm == pytest.approx(TRUNK_PX / 493.0)
    shoulder = frame.from_px(np.array([200.0, 150.0]))
    assert shoulder == pytest.approx([493.0, 0])
    behind = frame.from_px(np.array([100.0, 300.0]))
    assert behind[0] == pytest.approx(0, abs=1e-9)
    assert behind[1] > 0
    round_trip = frame.to_px(np.array(12.0), np.array(-7.0))
    assert frame.from_px(round_trip) == pytest.approx([12, -7])


def test_a_leaning_trunk_takes_its_frame_along() -> None:
    # 150 px along (3, -4) / 5, the person facing left: the back is on the right.
    pose = standing_pose()
    pose.points_px[list(SHOULDERS)] = pose.point(*HIPS) + np.array([90.0, -120.0])
    frame = trunk_frame(pose, "left")
    assert frame.up == pytest.approx([0.6, -0.8])
    assert frame.back == pytest.approx([0.8, 0.6])
    assert frame.facing == "left"


def test_left_and_right_are_one_case() -> None:
    pose = standing_pose()
    right, left = trunk_frame(pose, "right"), trunk_frame(pose.mirrored(), "left")
    up, back = np.array([100.0, 300.0]), np.array([60.0, 80.0])
    mirrored = (WIDTH, 0) + (-1, 1) * left.to_px(up, back)
    assert mirrored == pytest.approx(right.to_px(up, back))


def test_a_larger_photo_has_the_same_millimetres() -> None:
    frame = trunk_frame(standing_pose(), "right")
    twice = frame.scaled(2.0)
    assert twice.to_px(np.array(50.0), np.array(70.0)) == pytest.approx(
        2 * frame.to_px(np.array(50.0), np.array(70.0))
    )


def test_a_trunk_of_no_length_divides_by_nothing() -> None:
    pose = standing_pose()
    pose.points_px[list(SHOULDERS)] = pose.point(*HIPS)
    frame = trunk_frame(pose, "right")
    assert np.isfinite(frame.up).all() and frame.px_per_nominal_mm == 0.0
