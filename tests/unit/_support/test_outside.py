"""Text from outside can neither command a terminal nor compute in a spreadsheet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posture._support.outside import cell, in_one_line, is_address, printable


@given(st.text())
def test_nothing_that_a_terminal_obeys_gets_through(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in shown)
    shown.encode("utf-8")


def test_ordinary_text_stays_as_it_is() -> None:
    text = "Müller 5 ft 9 ± 3 °, 日本"
    assert printable(text) == text
    assert in_one_line("first\n  second\x1b[31m") == "first second�[31m"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd",
        "-cmd",
        "@SUM(A1)",
        " =1+1",
        "\t=1",
        "\r=1",
        "\N{FULLWIDTH EQUALS SIGN}1+1",
        "=HYPERLINK(1)",
    ],
)
def test_a_formula_becomes_text(text: str) -> None:
    assert cell(text).startswith("'")


@pytest.mark.parametrize("text", ["-3", "+4.5", "-1,5e-3", "a=b", "", "1-2", "photo/ann"])
def test_numbers_and_names_stay(text: str) -> None:
    assert cell(text) == text


def test_bytes_that_are_no_text_are_spelled_out() -> None:
    assert cell("a\udc80.jpg") == "a\\udc80.jpg"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("s3://bucket/a.jpg", True),
        ("ftp://host/a.jpg", True),
        ("zip://a.jpg::ftp://host/b.zip", True),
        ("simplecache::ftp://host/a.jpg", True),
        ("file:///etc/passwd", True),
        (r"C:\photos\a.jpg", False),
        ("a/b.jpg", False),
        ("10:30.jpg", False),
        ("a::b.jpg", False),
    ],
)
def test_addresses_are_known(text: str, address: bool) -> None:
    assert is_address(text) == address
