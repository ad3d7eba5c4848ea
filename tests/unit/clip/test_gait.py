"""Steps and lean of a person who walks past."""

from __future__ import annotations

import numpy as np
import pytest

from posture.clip.clip_settings import clip_settings
from posture.clip.gait import Gait, find_gait

GAIT = clip_settings().gait


def walk(
    cadence_hz: float, lean_deg: float, *, left: bool = False, seconds: float = 8.0
) -> dict[str, np.ndarray]:
    """A person in profile: the ankles part at every step, the trunk nods by 2° twice a stride."""
    rng = np.random.default_rng(3)
    time_s = np.arange(0, seconds, 1 / 15)
    phase = np.pi * cadence_hz * time_s
    way = -1.0 if left else 1.0
    lean = lean_deg + GAIT.lean_bias_deg + 2 * np.cos(2 * phase)
    return {
        "time_s": time_s,
        "ankles_apart": 1.1 * np.abs(np.cos(phase)) + rng.normal(0, 0.04, len(time_s)),
        "lean_deg": way * lean + rng.normal(0, 0.5, len(time_s)),
        "facing": np.full(len(time_s), 0.9 * way),
        "yaw_deg": 12 * np.sin(phase) + rng.normal(0, 3, len(time_s)),
    }


def gait_of(series: dict[str, np.ndarray]) -> Gait | None:
    return find_gait(**series, settings=GAIT)


@pytest.mark.parametrize("left", [False, True])
@pytest.mark.parametrize(("cadence_hz", "lean_deg"), [(1.8, 3.0), (2.8, 9.0), (1.5, -2.0)])
def test_walking_and_running_in_profile(cadence_hz: float, lean_deg: float, left: bool) -> None:
    gait = gait_of(walk(cadence_hz, lean_deg, left=left))
    assert gait is not None
    assert gait.steps_per_minute == pytest.approx(60 * cadence_hz, rel=0.12)
    assert gait.lean_deg == pytest.approx(lean_deg, abs=1)
    assert 1.5 < gait.lean_high_deg - gait.lean_low_deg < 5.5


def test_misread_frames_do_not_move_the_lean() -> None:
    series = walk(1.8, 3.0)
    series["lean_deg"][::9] += 40
    gait = gait_of(series)
    assert gait is not None and gait.lean_deg == pytest.approx(3.0, abs=1)
    assert gait.lean_high_deg < 8


def test_standing_shifting_and_walking_towards_the_camera_are_no_gait() -> None:
    standing = walk(1.8, 3.0)
    standing["ankles_apart"] = np.full_like(standing["time_s"], 0.2)
    assert gait_of(standing) is None
    once = walk(1.8, 3.0)
    once["ankles_apart"][15:] = 0.2
    assert gait_of(once) is None
    front = walk(1.8, 3.0)
    front["yaw_deg"] += 80
    assert gait_of(front) is None
