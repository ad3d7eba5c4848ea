"""Numbers move only with a new method version, and each version is told of."""

from __future__ import annotations

import json
import re

import pytest

from benchmarks.accuracy.golden import KEPT, WHAT_TO_DO, measured_now, moved
from posture import __version__
from posture.analyzer import Analyzer
from posture.settings import METHOD_VERSION
from tests.support.paths import ROOT

HISTORY = (ROOT / "docs" / "method-history.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
PICTURE = {"status": "measured", "verdict": "typical", "angle_deg": [41.0, 5.5], "depth_mm": None}


def test_numbers_of_the_sample_pictures_are_those_of_this_method(analyzer: Analyzer) -> None:
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    assert kept["method_version"] == METHOD_VERSION, "make golden"
    lines = moved(kept["pictures"], measured_now(analyzer))
    assert not lines, WHAT_TO_DO.format(METHOD_VERSION, "\n".join(lines))


@pytest.mark.parametrize(
    ("change", "noticed"),
    [
        ({}, False),
        ({"angle_deg": [41.1, 5.6]}, False),
        ({"angle_deg": [41.3, 5.5]}, True),
        ({"angle_deg": [41.0, 5.9]}, True),
        ({"angle_deg": None}, True),
        ({"depth_mm": [40.0, 7.0]}, True),
        ({"verdict": "flat/typical"}, True),
        ({"status": "refused"}, True),
    ],
)
def test_what_counts_as_moved(change: dict[str, object], noticed: bool) -> None:
    assert bool(moved({"a.jpg": PICTURE}, {"a.jpg": {**PICTURE, **change}})) == noticed


def test_a_picture_that_comes_or_goes_is_noticed() -> None:
    assert moved({"a.jpg": PICTURE}, {})
    assert moved({}, {"a.jpg": PICTURE})


def test_every_method_is_told_of() -> None:
    told = [int(number) for number in re.findall(r"^## Method (\d+)$", HISTORY, flags=re.M)]
    assert told == list(range(int(METHOD_VERSION), 0, -1))


def test_the_changelog_begins_with_this_version() -> None:
    assert re.findall(r"^## (\d\S*)", CHANGELOG, flags=re.M)[0] == __version__


def test_the_citation_names_this_version() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {__version__}\n" in citation
