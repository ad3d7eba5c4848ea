"""Another instrument's readings: all that were given, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from posture.errors import InvalidInput
from posture.study.folder import INSTRUMENTS, Reading, Sitting, Study, read_study
from posture.study.instruments import add_readings, readings_from, single_reading
from tests.support.studies import FIRST, new_study

HEAD = "participant,rater,session,instrument,value,unit\n"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return read_study(new_study(tmp_path / "s"))


def table(study: Study, *lines: str) -> Path:
    path = study.folder.parent / "readings.csv"
    path.write_text(HEAD + "".join(f"{line}\n" for line in lines))
    return path


def test_readings_of_a_table_are_kept_with_their_numbers(study: Study) -> None:
    path = table(study, "P01,A,1,flexi,31.5,mm", "P01,A,1,flexi,31.5,", "P02,,2,flexi,40,mm")
    add_readings(readings_from(path, study, unusual=False), study, again=False)
    assert read_study(study.folder).readings == (
        Reading(FIRST, "flexi", 1, 31.5),
        Reading(FIRST, "flexi", 2, 31.5),
        Reading(Sitting("P02", "", 2), "flexi", 1, 40.0),
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("P01,A,1,flexi,3.15,cm", "line 3: flexi is read in mm here, not in cm"),
        ("P01,A,1,flexi,3.15,mm", "line 3: 3.15 mm is outside"),
        ("P01,A,1,flexi,-30,mm", "line 3: -30 mm is outside"),
        ("P01,A,1,ruler,30,mm", "line 3: .*no instrument 'ruler'"),
        ("P01,C,1,flexi,30,mm", "line 3: There is no rater 'C'"),
        ("P01,A,9,flexi,30,mm", "line 3: There is no session 9"),
        ("P09,A,1,flexi,30,mm", "line 3: There is no participant 'P09'"),
        ("P01,A,1,flexi,,mm", "line 3: value is empty"),
        ("P01,A,1,flexi,thirty,mm", "line 3: value is 'thirty'"),
    ],
)
def test_one_wrong_line_and_none_is_taken(study: Study, line: str, told: str) -> None:
    path = table(study, "P01,A,1,flexi,31,mm", line)
    with pytest.raises(InvalidInput, match=told):
        readings_from(path, study, unusual=False)
    assert not (study.folder / INSTRUMENTS).exists()


def test_an_unusual_reading_is_taken_when_it_was_read_so(study: Study) -> None:
    reading = single_reading(FIRST, "flexi", 3.15, "mm", study, unusual=True)
    assert reading == Reading(FIRST, "flexi", 1, 3.15)


def test_the_same_table_is_not_taken_over_twice(study: Study) -> None:
    path = table(study, "P01,A,1,flexi,31,mm")
    add_readings(readings_from(path, study, unusual=False), study, again=False)
    study = read_study(study.folder)
    readings = readings_from(path, study, unusual=False)
    with pytest.raises(InvalidInput, match="is there already"):
        add_readings(readings, study, again=False)
    add_readings(readings, study, again=True)
    assert [one.number for one in read_study(study.folder).readings] == [1, 2]


def test_an_empty_table_is_told(study: Study) -> None:
    with pytest.raises(InvalidInput, match="holds no reading"):
        readings_from(table(study), study, unusual=False)
