"""The words of all advice: calm, selling nothing, sourced."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from tests.support.paths import ROOT

DATA = ROOT / "posture" / "data"
DATA_FILES = ("exercises.toml", "advice.toml", "wall_test.toml")
# What a calm text does not say (docs/method.md, "Words"), and the words of advertisements.
NOT_SAID = re.compile(
    r"diagnos|abnormal|detects?\b|correct|\bfix|prevents? (back )?pain|dangerous|alarm|warning!"
    r"|\bbuy\b|discount|brand|®|™|best-selling|\bshop\b|cures?\b|guarantee",
    re.IGNORECASE,
)


def _sentences(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _sentences(item)
    elif isinstance(value, list):
        for item in value:
            yield from _sentences(item)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("name", DATA_FILES)
def test_the_words_are_calm_and_sell_nothing(name: str) -> None:
    text = resources.files("posture").joinpath("data", name).read_text(encoding="utf-8")
    said = tomllib.loads(text)
    said.pop("source", None)  # titles of papers are quoted as they are
    for sentence in _sentences(said):
        assert not NOT_SAID.search(sentence), sentence


@pytest.mark.parametrize("path", sorted(DATA.glob("*.toml")), ids=lambda path: path.stem)
def test_a_space_stands_before_every_percent_sign(path: Path) -> None:
    for sentence in _sentences(tomllib.loads(path.read_text(encoding="utf-8"))):
        # "{share:.1%}" would be printed without one, too.
        assert not re.search(r"[\w}]%|%}", sentence), sentence


@pytest.mark.parametrize("name", ("exercises.toml", "advice.toml"))
def test_sources_have_an_address(name: str) -> None:
    text = resources.files("posture").joinpath("data", name).read_text(encoding="utf-8")
    for key, source in tomllib.loads(text)["source"].items():
        assert source["text"].endswith(".")
        assert source["link"].startswith("https://") or key == "source-article"
