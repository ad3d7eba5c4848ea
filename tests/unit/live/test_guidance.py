"""What a person in front of the camera is told, and when the pictures are taken."""

from __future__ import annotations

from itertools import groupby

from posture.findings import Finding, finding, known_codes
from posture.live.guidance import Guidance, Guide
from posture.live.live_settings import live_settings

SETTINGS = live_settings()
STEP_S = 0.1


def guided(findings: list[tuple[Finding, ...]], still_s: float = 0.0) -> list[Guidance]:
    guide = Guide(SETTINGS)
    return [guide.follow(codes, still_s, True, k * STEP_S) for k, codes in enumerate(findings)]


def keys(guidance: list[Guidance]) -> list[str]:
    return [key for key, _ in groupby(item.instruction.key for item in guidance)]


NOBODY: tuple[Finding, ...] = (finding("no-person"),)
CUT: tuple[Finding, ...] = (finding("feet-not-seen"), finding("facing-unclear"))


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


STILL_S = SETTINGS.stillness.still_s


def test_a_picture_of_each_of_four_stances_with_a_step_away_between() -> None:
    guide = Guide(SETTINGS)
    seen: list[Guidance] = []
    for k in range(400):
        taken = seen[-1].taken if seen else 0
        since = next((n for n, item in enumerate(reversed(seen)) if item.take), 99)
        # Two seconds after each picture she steps away.
        seen.append(guide.follow((), STILL_S, since > 20, k * STEP_S))
        assert seen[-1].taken in (taken, taken + 1)
    assert [item.taken for item in seen if item.take] == [1, 2, 3, 4]
    assert keys(seen) == ["hold", *["step-away", "hold"] * 3, "done"]


def test_without_a_step_away_there_is_no_second_picture() -> None:
    guide = Guide(SETTINGS)
    seen = [guide.follow((), STILL_S, not k, k * STEP_S) for k in range(16)]
    seen += [guide.follow((), STILL_S, False, k * STEP_S) for k in range(16, 200)]
    assert [item.taken for item in seen if item.take] == [1]
    assert keys(seen) == ["hold", "step-away"]


def test_what_is_called_for_after_the_step_away_is_said_at_once() -> None:
    guide = Guide(SETTINGS)
    times = iter(k * STEP_S for k in range(10_000))
    while not guide.follow((), STILL_S, True, next(times)).take:
        pass
    assert guide.follow((), 0.0, False, next(times)).instruction.key == "step-away"
    after = guide.follow(NOBODY, 0.0, True, next(times))
    assert (after.instruction.key, after.taken) == ("step-in", 1)


def test_whoever_leaves_for_good_takes_the_pictures_along() -> None:
    guide = Guide(SETTINGS)
    times = iter(k * STEP_S for k in range(10_000))
    while not guide.follow((), STILL_S, True, next(times)).take:
        pass
    gone = [guide.follow(NOBODY, 0.0, True, next(times)).taken for _ in range(250)]
    assert [count for count, _ in groupby(gone)] == [1, 0]
    assert gone.index(0) * STEP_S >= SETTINGS.guidance.forget_s - 1


def test_every_instruction_can_be_called_for() -> None:
    called = [code for item in SETTINGS.instructions for code in item.findings]
    assert set(called) <= known_codes()
    assert len(called) == len(set(called))
    assert {"hold", "step-away", "done"} < {item.key for item in SETTINGS.instructions}
