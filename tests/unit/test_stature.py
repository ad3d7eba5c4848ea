"""Statures as people type them."""

from __future__ import annotations

import pytest

from posture.errors import InvalidInput
from posture.subject import parse_stature_mm


@pytest.mark.parametrize(
    ("text", "stature_mm"),
    [
        ("176", 1760), ("176cm", 1760), ("176 cm", 1760), ("176,5 cm", 1765), ("1760 mm", 1760),
        ("1760", 1760), ("1.76", 1760), ("1,76", 1760), ("1.76m", 1760), ("1.76 metres", 1760),
        ("1m76", 1760), ("1 m 76", 1760), ("1M76CM", 1760), ("2", 2000), ("100", 1000),
        ("5ft9", 1752.6), ("5 ft 9 in", 1752.6), ("5 ft. 9 in.", 1752.6), ("5 foot 9", 1752.6),
        ("5 feet 9 inches", 1752.6), ("5'9", 1752.6), ("5'9\"", 1752.6), ("5' 9''", 1752.6),
        ("5\u20199\u201d", 1752.6), ("5\u2018 9\u201c", 1752.6), ("5\u20329\u2033", 1752.6),
        ("5\u20199\u2019\u2019", 1752.6), ("5\u00b49", 1752.6), ("5`9", 1752.6),
        ("5\u20199\u00bd\u201d", 1765.3), ("5'9.5\"", 1765.3), ("69in", 1752.6),
        ("69 inches", 1752.6), ("69\u201d", 1752.6), ("69.5in", 1765.3), ("5.75ft", 1752.6),
        ("5,75 ft", 1752.6), ("6ft", 1828.8), ("6ft0", 1828.8), ("\u00a0176\u00a0cm ", 1760),
    ],
)  # fmt: skip
def test_what_is_understood(text: str, stature_mm: float) -> None:
    assert parse_stature_mm(text) == pytest.approx(stature_mm, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("5.9", "Write 5ft9, 5.9ft, or centimetres"),
        ("5,11", "Write 5ft11, 5,11ft, or centimetres"),
        ("6", "Write 6ft, or centimetres"),
        ("5.75", "Write 5.75ft, or centimetres"),
        ("69", "Write 69in, or centimetres"),
        ("99.5", "Write 99.5in, or centimetres"),
        ("5.11ft", "Write 5ft11, or centimetres"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_both(text: str, hint: str) -> None:
    with pytest.raises(InvalidInput, match="can be") as raised:
        parse_stature_mm(text)
    assert hint in str(raised.value)


@pytest.mark.parametrize(
    "text",
    ["", "tall", "nan", "inf", "-176", "0", "1m7", "1m760", "5ft13", "5.5ft9", "9km", "3cm", "59mm",
     "2ft", "8ft11", "70cm",
     "300", "9" * 400, "176cm cm", "5 9", "1e3", "5ft9cm"],
)  # fmt: skip
def test_what_is_no_stature_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_stature_mm(text)
