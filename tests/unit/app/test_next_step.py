"""One thing to do: what puts the numbers in doubt first, then what makes them clearer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from posture._support.texts import page_texts
from posture.app.parts.next_step import next_step
from posture.findings import Finding, finding
from posture.result import Bands, Result
from tests.support.example_results import measured_result

WORDS = page_texts()["check"]["next"]
LOOSE = finding("clothing-loose")
TILTED = finding("camera-tilted", value=5.0, where="clockwise")
DIFFER = finding("photos-differ-in-angle", value=12.0, limit=10.0)


def reading(verdict: str) -> Result:
    return replace(measured_result(), bands=Bands(verdict, verdict, verdict))


def step(
    verdict: str,
    *alone: Finding,
    together: tuple[Finding, ...] = (),
    stances: int = 1,
    more_photos: bool = True,
) -> tuple[str, str | None]:
    found = next_step(reading(verdict), together, alone, stances, more_photos=more_photos)
    return found.text, found.page


@pytest.mark.parametrize(
    ("verdict", "stances", "text", "page"),
    [
        ("typical", 1, "typical", None),
        ("deep", 1, "exercises", "exercises"),
        ("flat", 4, "exercises", "exercises"),
        ("typical/borderline", 1, "between", None),
        ("typical/borderline", 3, "between", None),
        ("typical/borderline", 4, "exercises", "exercises"),
    ],
)
def test_a_clear_reading(verdict: str, stances: int, text: str, page: str | None) -> None:
    told = WORDS[text].format(missing=4 - stances)
    assert step(verdict, stances=stances) == (told, page)


def test_nobody_takes_more_photos_of_a_sample() -> None:
    assert step("typical/borderline", more_photos=False) == (WORDS["exercises"], "exercises")


def test_what_puts_the_numbers_in_doubt_comes_before_everything() -> None:
    assert step("deep", LOOSE) == (LOOSE.fix, None)
    assert step("deep", TILTED, LOOSE) == (LOOSE.fix, None)
    assert step("deep", LOOSE, together=(DIFFER,)) == (DIFFER.fix, None)


def test_what_leaves_the_numbers_alone_is_nothing_to_do_first() -> None:
    assert step("deep", TILTED) == (WORDS["exercises"], "exercises")


def test_the_reason_is_told_with_what_to_do() -> None:
    found = next_step(reading("deep"), (), (LOOSE,), 1, more_photos=True)
    assert found.because == LOOSE.message
