"""The drawings: all there, described, of today, with nothing from outside."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest

from posture.advice.drawings import drawing
from posture.advice.exercises import library
from posture.advice.red_flags import advice
from posture.advice.wall_test import home_test
from tools.drawings.gallery import drawn

SVG = "{http://www.w3.org/2000/svg}"


def _pictures() -> dict[str, str]:
    """Every drawing that is shown, with its text for those who cannot see it."""
    guide = home_test()
    items: list[Any] = [*library().exercises, *guide.steps, *guide.answers]
    return {item.key: item.alt for item in items} | {"mirror-check": advice().mirror.alt}


@pytest.mark.parametrize("name", sorted(_pictures()))
def test_a_drawing_parses_and_needs_nothing_from_outside(name: str) -> None:
    for dark in (False, True):
        text = drawing(name, dark=dark)
        root = ElementTree.fromstring(text)
        assert root.tag == f"{SVG}svg"
        assert root.findtext(f"{SVG}title")
        assert root.find(f".//{SVG}path") is not None
        assert not re.search(r"href|url\(|<script|<style|<image", text)
        assert "nan" not in text
    assert drawing(name) != drawing(name, dark=True)


def test_every_drawing_is_shown_and_described() -> None:
    assert set(drawn()) == set(_pictures())
    assert all(len(alt) > 20 for alt in _pictures().values())


@pytest.mark.parametrize("name", sorted(drawn()))
def test_the_drawings_are_those_of_today(name: str) -> None:
    assert drawing(name) == drawn()[name], "run python -m tools.drawings"
