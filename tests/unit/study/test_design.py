"""What a study plans is written, read and checked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from posture.errors import InvalidInput
from posture.study.design import FILE, Instrument, design_text, plausible_range, read_design
from posture.study.study_settings import study_settings
from tests.support.studies import DESIGN, FLEXI


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    design = replace(DESIGN, title='A "study" \\ of two — ó', keep_photos=True)
    (tmp_path / FILE).write_text(design_text(design), encoding="utf-8")
    assert read_design(tmp_path) == design


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"raters": ("A",)}, "1 raters"),
        ({"sessions": 1}, "1 sessions"),
        ({"stances": 3}, "3 stances"),
        ({"participants": 1}, "1 participants"),
        ({"participants": 99_999}, "at most 5000 participants"),
        ({"raters": ("A", "a")}, "one code"),
        ({"raters": ("A", "B/..")}, "no code"),
        ({"prefix": "P1"}, "cannot begin pseudonyms"),
        ({"title": "two\nlines"}, "no line of text"),
        ({"quantities": ()}, "not told once each"),
    ],
)
def test_what_is_no_design_is_told(changed: dict[str, Any], told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        replace(DESIGN, **changed)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("sessions = 1\n", "1 sessions"),
        ('sessions = "two"\n', "sessions: 'two' is not a whole number"),
        ("sesions = 2\n", "missing sessions; unknown sesions"),
        ("sessions = \n", "no TOML file"),
    ],
)
def test_a_changed_file_is_told_with_what_is_wrong(tmp_path: Path, line: str, told: str) -> None:
    (tmp_path / FILE).write_text(design_text(DESIGN).replace("sessions = 2\n", line))
    with pytest.raises(InvalidInput, match=told) as refused:
        read_design(tmp_path)
    assert FILE in str(refused.value)


def test_a_folder_without_a_study_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="holds no study"):
        read_design(tmp_path)


def test_pseudonyms_sort_as_they_count() -> None:
    ids = replace(DESIGN, participants=120).planned_ids()
    assert (ids[0], ids[-1]) == ("P001", "P120")
    assert list(ids) == sorted(ids)


def test_an_instrument_reads_what_its_kind_reads() -> None:
    with pytest.raises(InvalidInput, match="No x-ray reads mm"):
        Instrument("film", "x-ray", "hollow_depth_mm", "mm")
    with pytest.raises(InvalidInput, match="reads slca_deg in mm"):
        Instrument("flexi", "flexicurve", "slca_deg", "mm")
    low, high = plausible_range(FLEXI)
    assert low < 20 < high


def test_no_sentence_has_a_place_for_a_number_of_the_curve() -> None:
    settings = study_settings()
    sentences = " ".join((*settings.words.values(), *settings.page.values()))
    for name in ("slca", "angle", "depth", "value", "verdict", "band", "ci95", "hands"):
        assert f"{{{name}" not in sentences
