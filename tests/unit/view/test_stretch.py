"""Whether a picture was stretched, by foot and head."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from posture.pose.landmarks import TOES
from posture.pose.record import Pose
from posture.view.stretch import stretch_of
from posture.view.view_settings import view_settings
from tests.support.stick_person import HEIGHT, WIDTH, standing_pose

# The stick person's legs are 240 px, the trunk 150; their feet 50 px, the head 80.
SETTINGS = view_settings().stretch
USUAL = np.exp(SETTINGS.constant) * (50 / 240) ** SETTINGS.foot * (80 / 150) ** SETTINGS.head


def widened(pose: Pose, factor: float) -> Pose:
    """The pose in a picture of `factor` times the width."""
    mask = np.zeros((HEIGHT, round(WIDTH * factor)), np.float32)
    mask[40:560, round(160 * factor) : round(240 * factor)] = 1
    return replace(pose, points_px=pose.points_px * (factor, 1), mask=mask)


def test_the_stick_persons_proportions() -> None:
    assert stretch_of(standing_pose()) == pytest.approx(USUAL)


@pytest.mark.parametrize("factor", [0.5, 0.75, 1.5, 2.0])
def test_a_wider_picture_reads_wider(factor: float) -> None:
    stretch = stretch_of(widened(standing_pose(), factor))
    # Both widths grow with the picture, so the estimate does by the sum of the exponents.
    assert stretch == pytest.approx(USUAL * factor ** (SETTINGS.foot + SETTINGS.head), rel=0.01)


def test_a_mirrored_or_larger_picture_reads_the_same() -> None:
    pose = standing_pose()
    assert stretch_of(pose.mirrored()) == pytest.approx(stretch_of(pose))
    large = Pose(
        pose.points_px * 2, pose.visibility, pose.world_m, np.kron(pose.mask, np.ones((2, 2)))
    )
    assert stretch_of(large) == pytest.approx(stretch_of(pose))


def test_where_no_foot_is_seen_from_the_side_nothing_is_told() -> None:
    pose = standing_pose()
    pose.points_px[list(TOES), 0] = pose.points_px[29, 0]
    assert stretch_of(pose) is None
