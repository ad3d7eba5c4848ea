"""Smoothing, stillness and guidance on made-up numbers."""

from __future__ import annotations

from itertools import groupby

import numpy as np
import pytest

from posture.findings import Finding, finding, known_codes
from posture.live.guidance import Guidance, Guide
from posture.live.settings import live_settings
from posture.live.smoothing import Smoothed
from posture.live.stillness import Stillness
from posture.pose.landmarks import HIPS, LANDMARK_COUNT, SHOULDERS, WRISTS
from posture.pose.record import Pose

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


def guided(findings: list[tuple[Finding, ...]], still_s: float = 0.0) -> list[Guidance]:
    guide = Guide(SETTINGS)
    return [guide.follow(codes, still_s, k * STEP_S) for k, codes in enumerate(findings)]


def keys(guidance: list[Guidance]) -> list[str]:
    return [key for key, _ in groupby(item.instruction.key for item in guidance)]


NOBODY, CUT = (finding("no-person"),), (finding("feet-not-seen"), finding("facing-unclear"))


def test_the_most_important_thing_is_said() -> None:
    assert keys(guided([CUT])) == ["step-back"]


def test_a_flicker_is_not_said() -> None:
    assert keys(guided([CUT] * 5 + [NOBODY] * 2 + [CUT] * 5)) == ["step-back"]
    assert keys(guided([CUT] * 5 + [NOBODY] * 8)) == ["step-back", "step-in"]


def turned(by_deg: float) -> tuple[Finding, ...]:
    return (finding("turned-away-from-side", value=by_deg, where="the camera"),)


def test_a_slight_turn_is_let_pass() -> None:
    limit = SETTINGS.frame.max_yaw_deg
    assert keys(guided([turned(limit - 1)])) == ["hold"]
    assert keys(guided([turned(limit + 1)])) == ["turn"]


def test_moving_between_two_pictures_begins_the_round_anew() -> None:
    guide = Guide(SETTINGS)
    enough = SETTINGS.stillness.still_s
    taken = []
    for k in range(60):
        still_s = 0.2 if k == 18 else enough
        taken.append(guide.follow((), still_s, k * STEP_S).taken)
    assert [count for count, _ in groupby(taken)] == [0, 1, 0, 1, 2, 3]


def test_every_instruction_can_be_called_for() -> None:
    called = [code for item in SETTINGS.instructions for code in item.findings]
    assert set(called) <= known_codes()
    assert len(called) == len(set(called))
    assert {"hold", "taking", "done"} < {item.key for item in SETTINGS.instructions}
