"""Numbers over time: calm, but not deaf."""

from __future__ import annotations

from posture.live.live_settings import live_settings
from posture.live.smoothing import Smoothed

SETTINGS = live_settings()
STEP_S = 0.1


def smoothed() -> Smoothed:
    return Smoothed(SETTINGS.smoothing, unit=1.0, lost_s=0.5)


def test_a_steady_number_stays_what_it_is() -> None:
    number = smoothed()
    assert [number.add(40.0, k * STEP_S) for k in range(20)] == [40.0] * 20


def test_one_odd_reading_moves_nothing() -> None:
    number = smoothed()
    values = [number.add(90.0 if k == 10 else 40.0, k * STEP_S) for k in range(20)]
    assert values == [40.0] * 20


def test_a_missing_reading_keeps_the_number_for_a_moment_only() -> None:
    number = smoothed()
    number.add(40.0, 0.0)
    assert number.add(None, 0.3) == 40.0
    assert number.add(None, 0.6) is None
    assert number.add(50.0, 0.7) == 50.0
