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
    return [guide.follow(codes, still_s, k * STEP_S) for k, codes in enumerate(findings)]


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
