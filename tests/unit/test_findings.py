"""The sentences of all findings."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from posture.findings import Finding, concerns_numbers, finding, ranked
from tests.support.sentences import CODES, assert_sentences


@pytest.mark.parametrize("code", sorted(CODES))
def test_sentences_of_the_catalogue(code: str) -> None:
    told = finding(
        code,
        value=1.0,
        limit=2.0,
        where="to your left",
        head="down",
        turn="upside down, by 180°",
        how="squeezed in width",
        reason="It is dark.",
        remedy="Switch on a light.",
    )
    assert_sentences([told])


def test_shares_are_written_as_percent() -> None:
    told = finding("photos-differ-in-depth", value=0.114, limit=0.05)
    assert "differ by 11.4 % of the bridge" in told.message
    assert told.message.endswith("by up to 5.0 %.")
    assert (told.value, told.limit) == (0.114, 0.05)


def told_of(*codes: str, times: float = 1.0) -> list[Finding]:
    return [
        finding(code, value=times, limit=1.0, where="to your left", how="squeezed in width")
        for code in codes
    ]


def order(findings: Iterable[Finding]) -> list[str]:
    return [item.code for item in findings]


def test_what_matters_most_for_a_reading_comes_first() -> None:
    mixed = told_of(
        "stature-unknown", "camera-tilted", "outline-faint", "clothing-loose", "not-side-on"
    )
    assert order(ranked(mixed, in_mm=False)) == [
        "not-side-on",
        "clothing-loose",
        "outline-faint",
        "camera-tilted",
        "stature-unknown",
    ]


def test_a_doubt_about_the_scale_matters_where_there_are_millimetres() -> None:
    notes = told_of("camera-level-unknown", "feet-not-seen")
    assert order(ranked(notes, in_mm=True)) == ["feet-not-seen", "camera-level-unknown"]
    assert order(ranked(notes, in_mm=False)) == ["camera-level-unknown", "feet-not-seen"]


def test_of_two_alike_the_one_further_beyond_its_limit_comes_first() -> None:
    slight, strong = told_of("outline-faint", times=1.1), told_of("trunk-small", times=0.4)
    assert order(ranked([*slight, *strong], in_mm=True)) == ["trunk-small", "outline-faint"]


@pytest.mark.parametrize(
    ("code", "concerns"),
    [("hair-over-back", True), ("blurred-slightly", True), ("camera-tilted", False)],
)
def test_some_findings_leave_the_numbers_alone(code: str, *, concerns: bool) -> None:
    (told,) = told_of(code)
    assert concerns_numbers(told) == concerns
