"""How long a body has stood still."""

from __future__ import annotations

import numpy as np
import pytest

from posture.live.live_settings import live_settings
from posture.live.stillness import Stillness
from posture.pose.landmarks import HIPS, LANDMARK_COUNT, SHOULDERS, WRISTS
from posture.pose.record import Pose

SETTINGS = live_settings()
STEP_S = 0.1


def body(shift: float = 0.0, wrist: float = 0.0) -> Pose:
    """Someone with a trunk of 100 px, moved to the side by `shift` trunks, hands by `wrist`."""
    points = np.zeros((LANDMARK_COUNT, 2))
    points[list(SHOULDERS)] = (0, -100)
    points[list(HIPS)] = (0, 0)
    points[list(WRISTS)] = (30 + 100 * wrist, -50)
    points[:, 0] += 100 * shift
    empty = np.zeros((1, 1), np.float32)
    return Pose(points, np.ones(LANDMARK_COUNT), np.zeros((LANDMARK_COUNT, 3)), empty)


def stood_still_s(poses: list[Pose | None]) -> float:
    stillness = Stillness(SETTINGS.stillness)
    return [stillness.add(pose, k * STEP_S) for k, pose in enumerate(poses)][-1]


def test_standing_still_counts_up_to_what_is_asked_for() -> None:
    assert stood_still_s([body()] * 6) == pytest.approx(0.5)
    assert stood_still_s([body()] * 60) == pytest.approx(SETTINGS.stillness.still_s)


@pytest.mark.parametrize("moved", [body(shift=0.1), body(wrist=0.3), None])
def test_moving_or_leaving_starts_the_count_anew(moved: Pose | None) -> None:
    assert stood_still_s([*[body()] * 30, moved, *[body()] * 4]) == pytest.approx(0.3)


def test_sway_and_slow_drift() -> None:
    """A body sways; but who drifts away slowly does not stand still."""
    sway = [body(shift=0.02 * np.sin(k)) for k in range(30)]
    assert stood_still_s(list(sway)) == pytest.approx(SETTINGS.stillness.still_s)
    drift = [body(shift=0.01 * k) for k in range(30)]
    assert stood_still_s(list(drift)) < SETTINGS.stillness.still_s / 2


def test_a_pause_between_frames_starts_the_count_anew() -> None:
    stillness = Stillness(SETTINGS.stillness)
    stillness.add(body(), 0.0)
    assert stillness.add(body(), 5.0) == 0.0
