"""One person in plain arrays."""

from __future__ import annotations

import numpy as np
import pytest

from posture.pose.landmarks import HIPS, KNEES, SHOULDERS, Landmark
from tests.support.stick_person import TRUNK_PX, WIDTH, standing_pose


def test_a_point_is_the_middle_of_its_landmarks() -> None:
    pose = standing_pose()
    pose.points_px[Landmark.LEFT_KNEE] = (190, 420)
    pose.points_px[Landmark.RIGHT_KNEE] = (230, 440)
    assert pose.point(*KNEES) == pytest.approx([210, 430])
    assert pose.point(Landmark.LEFT_KNEE) == pytest.approx([190, 420])


def test_the_trunk_runs_from_mid_hip_to_mid_shoulder() -> None:
    pose = standing_pose()
    assert pose.trunk_px == pytest.approx(TRUNK_PX)
    pose.points_px[list(SHOULDERS)] = pose.points_px[list(HIPS)] + (30, -40)
    assert pose.trunk_px == pytest.approx(50)
    pose.points_px[list(SHOULDERS)] = pose.points_px[list(HIPS)]
    assert pose.trunk_px > 0


def test_upright_is_shoulders_above_hips() -> None:
    pose = standing_pose()
    assert pose.is_upright
    pose.points_px[:, 1] *= -1
    assert not pose.is_upright


def test_a_mirrored_pose_is_that_of_the_mirrored_picture() -> None:
    pose = standing_pose()
    pose.points_px[Landmark.LEFT_WRIST] = (123, 250)
    pose.world_m[Landmark.LEFT_WRIST] = (0.4, -0.2, 0.1)
    pose.visibility[Landmark.LEFT_WRIST] = 0.25
    pose.mask[:, :160] = 0.75
    mirrored = pose.mirrored()
    assert mirrored.points_px[Landmark.RIGHT_WRIST] == pytest.approx([WIDTH - 123, 250])
    assert mirrored.world_m[Landmark.RIGHT_WRIST] == pytest.approx([-0.4, -0.2, 0.1])
    assert mirrored.visibility[Landmark.RIGHT_WRIST] == 0.25
    np.testing.assert_array_equal(mirrored.mask, pose.mask[:, ::-1])
