"""The texts to adapt say what the design says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from posture.study.create import TEXTS, texts
from posture.study.folder import (
    CAPTURE_COLUMNS,
    INSTRUMENT_COLUMNS,
    PARTICIPANT_COLUMNS,
    VOID_COLUMNS,
    WITHDRAWN_COLUMNS,
)
from tests.support.paths import ROOT
from tests.support.studies import DESIGN, new_study


def test_the_data_sheet_tells_every_column_and_file(tmp_path: Path) -> None:
    folder = new_study(tmp_path / "s")
    sheet = (folder / "data-sheet.md").read_text()
    columns = (*PARTICIPANT_COLUMNS, *CAPTURE_COLUMNS, *VOID_COLUMNS, *INSTRUMENT_COLUMNS)
    for name in (
        *columns,
        *WITHDRAWN_COLUMNS,
        "withdrawn.csv",
        *(path.name for path in folder.glob("*.[ct]*")),
    ):
        assert f"`{name}`" in sheet
    assert "flexi: flexicurve" in sheet


def test_the_protocol_follows_the_photo_page_and_the_reporting_guideline() -> None:
    protocol = texts(DESIGN)["protocol.md"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rules = readme.partition("## How to take the photo")[2].partition("A photo that")[0]
    for rule in re.findall(r"^- (.*)$", rules, re.M)[:5]:
        assert rule in protocol
    named = {
        int(number)
        for part in re.findall(r"GRRAS ([\d, ]+)\)", protocol)
        for number in part.split(",")
    }
    assert set(range(1, 11)) <= named
    assert "3 participants × 2 raters × 2 sessions × 4 stances" in protocol
    assert "seed 4" in protocol


@pytest.mark.parametrize("keep", [True, False])
def test_consent_says_what_becomes_of_photos(keep: bool) -> None:
    consent = texts(replace(DESIGN, keep_photos=keep))["consent.md"]
    assert ("kept on the study's computer" in consent) is keep
    assert ("measured and not kept" in consent) is not keep
    assert "are sent nowhere" in consent


def test_no_place_is_left_unfilled() -> None:
    for name in TEXTS:
        assert not re.search(r"\{\w*\}", texts(DESIGN)[name])


def test_enough_participants_are_told_what_they_show() -> None:
    many = texts(replace(DESIGN, participants=50))["protocol.md"]
    assert "Bonett 2002" in many and "Bonett 2002" not in texts(DESIGN)["protocol.md"]
