"""A study is read whole, or what is wrong with it is told with file and line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from posture.errors import InvalidInput
from posture.study.capture import void
from posture.study.folder import (
    CAPTURES,
    INSTRUMENTS,
    ORDER,
    PARTICIPANTS,
    RESULTS,
    VOIDS,
    Sitting,
    read_study,
    session_values,
)
from tests.support.studies import DESIGN, FIRST, NOW, new_study, taken


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return new_study(tmp_path / "s")


def test_a_new_study_is_read(folder: Path) -> None:
    study = read_study(folder)
    assert study.design == DESIGN
    assert [one.id for one in study.participants] == ["P01", "P02", "P03"]
    assert study.participant("P02").subject.stature_mm == 1710.0
    assert len(study.order) == 12 and not study.captures and not study.readings


def test_a_reading_is_the_median_of_the_stances_after_the_first(folder: Path) -> None:
    taken(folder, ["20", "refused", "40", "44", "unreadable", "42"])
    taken(folder, ["30", "36"], Sitting("P02", "B", 2))
    taken(folder, ["31.5"], Sitting("P01", "B", 1))
    whole, one, two = session_values(read_study(folder), "slca_deg")
    assert (whole.participant, whole.rater, whole.session) == ("P01", "A", 1)
    assert (whole.value, whole.stances, whole.dropped_first) == (42.0, 4, True)
    assert (one.value, one.ci95, one.stances, one.dropped_first) == (31.5, 3.0, 1, False)
    assert (two.value, two.stances, two.dropped_first) == (33.0, 2, False)
    assert session_values(read_study(folder), "hollow_depth_mm")[0].value == 52.0


def test_a_void_capture_counts_no_more(folder: Path) -> None:
    taken(folder, ["20", "40", "44", "42"])
    void(folder, "C0001", "somebody else", NOW)
    study = read_study(folder)
    assert study.captures[0].void == "somebody else"
    (value,) = session_values(study, "slca_deg")
    assert (value.value, value.stances, value.dropped_first) == (42.0, 3, False)
    taken(folder, ["43"])
    (value,) = session_values(read_study(folder), "slca_deg")
    assert (value.value, value.stances, value.dropped_first) == (43.0, 4, True)


def test_a_depth_that_is_not_known_is_left_out(tmp_path: Path) -> None:
    folder = new_study(tmp_path / "t", replace(DESIGN, quantities=("slca_deg",)), heights=False)
    taken(folder, ["40"])
    assert not session_values(read_study(folder), "hollow_depth_mm")
    assert session_values(read_study(folder), "slca_deg")


def test_who_reads_without_results_holds_none(folder: Path) -> None:
    taken(folder, ["40", "41"])
    study = read_study(folder, results=False)
    assert all(one.result is None for one in study.captures)
    assert "40" not in repr(study.captures)
    with pytest.raises(InvalidInput, match="without its results"):
        session_values(study, "slca_deg")


def test_there_are_no_other_quantities(folder: Path) -> None:
    with pytest.raises(InvalidInput, match="no quantity 'cobb_deg'"):
        session_values(read_study(folder), "cobb_deg")  # type: ignore[arg-type]


def edit(folder: Path, name: str, before: str, after: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda f: edit(f, PARTICIPANTS, "P02,f", "P01,f"), "participant P01 twice"),
        (lambda f: edit(f, PARTICIPANTS, "P02,f", "P02,x"), "line 3: sex is 'x'"),
        (lambda f: edit(f, PARTICIPANTS, ",1710,", ",171,"), "line 3: Height 171 mm"),
        (lambda f: edit(f, PARTICIPANTS, "P02,f", "Ann Lee,f"), "line 3: .*no code"),
        (lambda f: edit(f, ORDER, "1,P03,B,1", "1,P09,B,1"), "line 2: .*participant 'P09'"),
        (lambda f: edit(f, ORDER, "1,P03,B,1", "1,P03,C,1"), "line 2: .*no rater 'C'"),
        (lambda f: edit(f, ORDER, "1,P03,B,1", "1,P03,B,3"), "line 2: .*no session 3"),
        (lambda f: edit(f, ORDER, "1,P03,B,1", "1,P03,A,1"), "twice"),
        (lambda f: edit(f, CAPTURES, "C0002.json", "C00"), "line 3: result is not C0002.json"),
        (lambda f: edit(f, CAPTURES, ",measured,", ",good,"), "line 2: status is 'good'"),
        (lambda f: edit(f, CAPTURES, "2026-03-21T", "21.03.26 "), "line 2: taken_at is '21.03.26"),
        (lambda f: edit(f, CAPTURES, "P01,A,1,2", "P01,A,1,two"), "line 3: stance is 'two'"),
        (lambda f: (f / RESULTS / "C0002.json").unlink(), "line 3: .*cannot be read"),
        (lambda f: edit(f, f"{RESULTS}/C0001.json", "{", "["), "line 2: .*cannot be read"),
        (
            lambda f: (f / RESULTS / "C0001.json").replace(f / RESULTS / "C0002.json"),
            "cannot be read",
        ),
        (
            lambda f: edit(f, f"{RESULTS}/C0001.json", '"image_sha256": "', '"image_sha256": "0'),
            "line 2: .*of another photo",
        ),
        (
            lambda f: edit(f, CAPTURES, "1,1,measured", "1,1,refused"),
            "line 2: .*is measured, unlike its line",
        ),
        (
            lambda f: (f / VOIDS).write_text("capture,voided_at,why\nC0009,2026,x\n"),
            "names C0009",
        ),
        (
            lambda f: (f / INSTRUMENTS).write_text(
                "participant,rater,session,instrument,reading,value\nP01,,1,flexi,1,30\n"
                "P01,,1,ruler,1,30\n"
            ),
            "line 3: .*no instrument 'ruler'",
        ),
    ],
)
def test_what_is_wrong_is_told(folder: Path, spoil: Callable[[Path], object], told: str) -> None:
    taken(folder, ["40", "41"])
    read_study(folder)
    spoil(folder)
    with pytest.raises(InvalidInput, match=told):
        read_study(folder)


def test_own_columns_stay_with_their_participant(folder: Path) -> None:
    path = folder / PARTICIPANTS
    lines = path.read_text().splitlines()
    path.write_text("\n".join((f"{lines[0]},sport", *(f"{line},rowing" for line in lines[1:]))))
    assert read_study(folder).participants[0].more == (("sport", "rowing"),)


def test_stances_measured_for_other_details_are_not_mixed(folder: Path) -> None:
    taken(folder, ["40"])
    edit(folder, PARTICIPANTS, "1700", "1800")
    taken_sitting = FIRST
    study = read_study(folder)
    other = replace(
        study.captures[0],
        capture="C0002",
        result=replace(
            study.captures[0].result,  # type: ignore[type-var]
            subject=study.participant(taken_sitting.participant).subject,
        ),
    )
    mixed = replace(study, captures=(*study.captures, other))
    with pytest.raises(InvalidInput, match="P01, rater A, session 1"):
        session_values(mixed, "slca_deg")
