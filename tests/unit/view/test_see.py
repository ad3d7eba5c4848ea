"""Two passes over one person become one view."""

from __future__ import annotations

from dataclasses import replace

import pytest

from posture.view.see import mean_pose
from tests.support.stick_person import standing_pose


def test_passes_are_averaged():
    pose = standing_pose()
    moved = replace(pose, points_px=pose.points_px + 2)
    assert mean_pose((pose, moved)).points_px == pytest.approx(pose.points_px + 1)
