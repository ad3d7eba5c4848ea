"""Facing, turn and elevation of made-up poses."""

from __future__ import annotations

import pytest

from posture.pose.landmarks import Landmark
from posture.view.facing import decide_facing, elevation_deg, facing_votes, yaw_deg
from tests.support.stick_person import seen_from, standing_pose, turned


def test_a_mirrored_pose_faces_the_other_way_and_back_again():
    pose = standing_pose()
    assert decide_facing(facing_votes([pose]), 0.25) == "right"
    assert decide_facing(facing_votes([pose.mirrored()]), 0.25) == "left"
    again = pose.mirrored().mirrored()
    assert again.points_px == pytest.approx(pose.points_px)
    assert again.world_m == pytest.approx(pose.world_m)


def test_facing_is_decided_without_a_head():
    headless = standing_pose()
    headless.visibility[[Landmark.NOSE, Landmark.LEFT_EAR, Landmark.RIGHT_EAR]] = 0
    assert decide_facing(facing_votes([headless]), 0.25) == "right"


@pytest.mark.parametrize("degrees", [-40, -15, 0, 15, 40])
def test_yaw_is_the_turn_and_the_same_in_a_mirror(degrees):
    pose = turned(standing_pose(), degrees)
    assert yaw_deg([pose]) == pytest.approx(degrees, abs=1e-6)
    assert yaw_deg([pose.mirrored()]) == pytest.approx(degrees, abs=1e-6)


@pytest.mark.parametrize("degrees", [-20, 0, 10, 25])
def test_elevation_is_how_far_the_camera_looks_down_and_the_same_in_a_mirror(degrees):
    pose = seen_from(standing_pose(), degrees)
    assert elevation_deg([pose, pose.mirrored()]) == pytest.approx(degrees, abs=1e-6)
