"""Facing, turn and elevation of made-up poses."""

from __future__ import annotations

import pytest

from posture.pose.landmarks import Landmark
from posture.result import Facing
from posture.view.facing import FacingVote, decide_facing, elevation_deg, facing_votes, yaw_deg
from tests.support.stick_person import seen_from, standing_pose, turned


def test_a_mirrored_pose_faces_the_other_way_and_back_again() -> None:
    pose = standing_pose()
    assert decide_facing(facing_votes([pose]), 0.25) == "right"
    assert decide_facing(facing_votes([pose.mirrored()]), 0.25) == "left"
    again = pose.mirrored().mirrored()
    assert again.points_px == pytest.approx(pose.points_px)
    assert again.world_m == pytest.approx(pose.world_m)


def test_facing_is_decided_without_a_head() -> None:
    headless = standing_pose()
    headless.visibility[[Landmark.NOSE, Landmark.LEFT_EAR, Landmark.RIGHT_EAR]] = 0
    assert decide_facing(facing_votes([headless]), 0.25) == "right"


@pytest.mark.parametrize("degrees", [-40, -15, 0, 15, 40])
def test_yaw_is_the_turn_and_the_same_in_a_mirror(degrees: float) -> None:
    pose = turned(standing_pose(), degrees)
    assert yaw_deg([pose]) == pytest.approx(degrees, abs=1e-6)
    assert yaw_deg([pose.mirrored()]) == pytest.approx(degrees, abs=1e-6)


@pytest.mark.parametrize("degrees", [-20, 0, 10, 25])
def test_elevation_is_how_far_the_camera_looks_down_and_the_same_in_a_mirror(
    degrees: float,
) -> None:
    pose = seen_from(standing_pose(), degrees)
    assert elevation_deg([pose, pose.mirrored()]) == pytest.approx(degrees, abs=1e-6)


def test_each_sign_has_a_vote() -> None:
    """Nose 30 px ahead of the ears, toes 50 px of the heels: both more than full marks."""
    votes = {vote.name: vote.direction for vote in facing_votes([standing_pose()])}
    assert votes == pytest.approx({"head": 1.0, "feet": 1.0, "shoulders": 1.0, "hips": 1.0})


def test_a_nose_half_way_ahead_has_half_a_vote() -> None:
    pose = standing_pose()
    # Full marks at a sixth of the trunk of 150 px.
    pose.points_px[Landmark.NOSE, 0] = 200 + 12.5
    votes = {vote.name: vote.direction for vote in facing_votes([pose])}
    assert votes["head"] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("directions", "facing"), [((1.0, -0.4), "right"), ((-1.0, 0.4), "left"), ((1.0, -0.6), None)]
)
def test_a_weak_mean_decides_nothing(directions: tuple[float, ...], facing: Facing | None) -> None:
    votes = [FacingVote("head", direction) for direction in directions]
    assert decide_facing(votes, 0.25) == facing
