"""Who takes part, by pseudonym alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from posture.errors import InvalidInput
from posture.study.folder import ORDER, PARTICIPANTS, read_study
from posture.study.people import details_words, free_id, set_details
from posture.subject import Subject
from tests.support.studies import DESIGN, new_study, taken

ANN = Subject(1680.0, "f", 34.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return new_study(tmp_path / "s", heights=False)


def test_details_are_filled_in(folder: Path) -> None:
    assert free_id(read_study(folder)) == "P01"
    study = set_details(folder, "P01", ANN, replace_details=False)
    assert study.participant("P01").subject == ANN
    assert free_id(study) == "P02"
    study = set_details(folder, "P01", Subject(hand_thickness_mm=27.0), replace_details=False)
    assert study.participant("P01").subject == replace(ANN, hand_thickness_mm=27.0)
    assert details_words(study.participant("P01").subject) == "woman, 34 years, 168 cm, hand 27 mm"


def test_other_details_are_given_up_only_when_asked(folder: Path) -> None:
    set_details(folder, "P01", ANN, replace_details=False)
    with pytest.raises(InvalidInput, match="woman, 34 years, 168 cm"):
        set_details(folder, "P01", Subject(1780.0), replace_details=False)
    study = set_details(folder, "P01", Subject(1780.0), replace_details=True)
    assert study.participant("P01").subject == replace(ANN, stature_mm=1780.0)


def test_details_stay_once_photos_were_measured_with_them(tmp_path: Path) -> None:
    folder = new_study(tmp_path / "m")
    taken(folder, ["40"])
    with pytest.raises(InvalidInput, match="measured with other details"):
        set_details(folder, "P01", Subject(1780.0), replace_details=True)
    before = (folder / PARTICIPANTS).read_bytes()
    set_details(folder, "P01", Subject(1700.0), replace_details=False)
    assert (folder / PARTICIPANTS).read_bytes() == before


def test_somebody_new_joins_at_the_end_of_the_order(folder: Path) -> None:
    study = set_details(folder, "P04", ANN, replace_details=False)
    assert [one.id for one in study.participants] == ["P01", "P02", "P03", "P04"]
    assert [place.number for place in study.order] == list(range(1, 17))
    assert {place.sitting.participant for place in study.order[12:]} == {"P04"}
    for id in ("P01", "P02", "P03"):
        study = set_details(folder, id, ANN, replace_details=False)
    assert free_id(study) == "P05"


@pytest.mark.parametrize("name", ["Ann", "P", "Pann", "X01", "P01/..", ""])
def test_a_name_is_no_pseudonym(folder: Path, name: str) -> None:
    before = (folder / ORDER).read_bytes()
    with pytest.raises(InvalidInput, match=r"no pseudonym|no code"):
        set_details(folder, name, ANN, replace_details=False)
    assert (folder / ORDER).read_bytes() == before


def test_own_columns_and_delimiters_are_kept(folder: Path) -> None:
    path = folder / PARTICIPANTS
    path.write_text("sport;id;sex;age;stature_mm;hand_mm\nrowing;P01;;;;\n;P02;;;;\n;P03;;;;\n")
    set_details(folder, "P01", ANN, replace_details=False)
    assert path.read_text().splitlines()[:2] == [
        "sport;id;sex;age;stature_mm;hand_mm",
        "rowing;P01;f;34;1680;",
    ]


def test_new_studies_do_not_replace_anything(folder: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(Exception, match="there already"):
        new_study(folder)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_texts_that_are_there_already_stay(tmp_path: Path) -> None:
    folder = tmp_path / "approved"
    folder.mkdir()
    (folder / "consent.md").write_text("As approved.")
    new_study(folder, DESIGN)
    assert (folder / "consent.md").read_text() == "As approved."
    assert "Two raters" in (folder / "protocol.md").read_text()
