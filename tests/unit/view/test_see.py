"""Two passes over one person become one view."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from posture.pose.record import Pose
from posture.view.see import mean_pose, see, statures_per_nominal_mm
from posture.view.trunk_frame import trunk_frame
from tests.support.stick_person import seen_from, standing_pose, turned


def test_passes_are_averaged() -> None:
    pose = standing_pose()
    moved = replace(pose, points_px=pose.points_px + 2)
    assert mean_pose((pose, moved)).points_px == pytest.approx(pose.points_px + 1)


def test_every_part_of_a_pose_is_averaged_over_all_passes() -> None:
    pose = standing_pose()
    passes = tuple(
        Pose(
            pose.points_px + 3 * k,
            pose.visibility * (1 - 0.3 * k),
            pose.world_m + 0.3 * k,
            np.full_like(pose.mask, 0.3 * k),
        )
        for k in range(3)
    )
    mean = mean_pose(passes)
    assert mean.points_px == pytest.approx(pose.points_px + 3)
    assert mean.visibility == pytest.approx(0.7)
    assert mean.world_m == pytest.approx(pose.world_m + 0.3)
    assert mean.mask == pytest.approx(0.3, abs=1e-6)


def test_one_pass_stays_what_it_is() -> None:
    pose = standing_pose()
    assert mean_pose((pose,)) is pose


def test_a_view_takes_the_models_bias_off_the_turn() -> None:
    view = see((turned(standing_pose(), 20.0),), yaw_bias_deg=1.5)
    assert view.yaw_deg == pytest.approx(18.5)
    assert view.facing == "right"
    assert 0 < view.facing_strength <= 1


def test_both_passes_tell_the_same_of_an_upright_person() -> None:
    pose = seen_from(standing_pose(), 10.0)
    view = see((pose, pose), yaw_bias_deg=0.0)
    assert view.elevation_deg == pytest.approx(10.0)
    assert view.yaw_deg == pytest.approx(0.0)
    assert view.scale.source == "crown to sole"


def test_a_nominal_millimetre_is_about_a_seventeen_hundredth_of_a_stature() -> None:
    view = see((standing_pose(),), yaw_bias_deg=0.0)
    frame = trunk_frame(view.pose, "right")
    # A trunk of 150 px is 493 nominal mm; 520 px are 1.043 statures.
    expected = 150 / (0.29 * 1700) * 1.043 / 520
    assert statures_per_nominal_mm(view, frame) == pytest.approx(expected, rel=0.005)
