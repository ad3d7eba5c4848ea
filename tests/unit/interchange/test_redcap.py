"""REDCap takes the dictionary, and the table under it, by the rules of its own documentation."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from posture.batch.plan import Job
from posture.batch.rows import COLUMNS, row_of
from posture.batch.tables import write_csv
from posture.errors import InvalidInput
from posture.interchange.redcap import HEADINGS, redcap_dictionary, redcap_import
from posture.result import Result
from tests.support.example_results import measured_result, refused_result

FIELDS = list(csv.DictReader(io.StringIO(redcap_dictionary())))
NAMES = [field["Variable / Field Name"] for field in FIELDS]
TYPE, VALIDATION = "Field Type", "Text Validation Type OR Show Slider Number"
CHOICES = "Choices, Calculations, OR Slider Labels"
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def batch_table(folder: Path, rows: Sequence[tuple[str, Result]], more: Sequence[str] = ()) -> str:
    """The text of a results.csv with these ids."""
    file = folder / "results.csv"
    made = [
        {
            **row_of(Job(f"{name}.jpg", name, result.subject), result, 1e-7),
            **dict.fromkeys(more, "x"),
        }
        for name, result in rows
    ]
    write_csv(made, file, [*COLUMNS, *more])
    return file.read_text(encoding="utf-8")


def coded(field: dict[str, str]) -> dict[str, str]:
    """The choices of a field, label by raw value."""
    parts = (choice.partition(", ") for choice in field[CHOICES].split(" | "))
    return {code: label for code, _, label in parts}


def test_there_are_the_18_columns_in_order() -> None:
    assert len(HEADINGS) == 18
    assert tuple(FIELDS[0]) == HEADINGS
    assert HEADINGS[0] == "Variable / Field Name" and HEADINGS[-1] == "Field Annotation"


def test_fields_follow_the_rules() -> None:
    assert NAMES[0] == "record_id"
    assert len(set(NAMES)) == len(NAMES)
    for field in FIELDS:
        name = field["Variable / Field Name"]
        assert re.fullmatch(r"[a-z][a-z0-9_]{0,99}", name), name
        assert field["Form Name"] == "posture"
        assert field[TYPE] in {"text", "dropdown", "yesno"}
        assert bool(field[CHOICES]) == (field[TYPE] == "dropdown")
        assert field[VALIDATION] in {"", "number", "integer"}
        assert not field[VALIDATION] or field[TYPE] == "text"
        limited = field["Text Validation Min"] or field["Text Validation Max"]
        assert not limited or field[VALIDATION]
        assert field["Field Label"]
        if field[TYPE] == "dropdown":
            assert all(re.fullmatch(r"\w+", code) for code in coded(field))


def test_what_may_tell_who_it_is_is_marked() -> None:
    marked = {field["Variable / Field Name"] for field in FIELDS if field["Identifier?"] == "y"}
    assert marked == {"path", "picture", "image_sha256"}


def test_a_table_fits_the_dictionary(tmp_path: Path) -> None:
    rows = [("007", measured_result()), ("b", refused_result())]
    made = redcap_import(batch_table(tmp_path, rows, more=["clinic"]))
    assert made.left_out == ("clinic",)
    imported = list(csv.DictReader(io.StringIO(made.table)))
    assert list(imported[0]) == [*NAMES, "posture_complete"]
    assert [row["record_id"] for row in imported] == ["007", "b"]
    for row in imported:
        assert row["posture_complete"] == "2"
        for field in FIELDS:
            value = row[field["Variable / Field Name"]]
            if not value:
                continue
            if field[VALIDATION]:
                assert NUMBER.fullmatch(value), value
            if field[TYPE] == "yesno":
                assert value in {"0", "1"}
            if field[TYPE] == "dropdown":
                assert value in coded(field)
    assert imported[0]["band_depth"] == "typical_to_borderline"
    assert imported[0]["cpu_seconds"] == "0.0000001"
    assert imported[1]["slca_deg"] == ""


def test_two_records_of_one_name_are_refused(tmp_path: Path) -> None:
    twice = batch_table(tmp_path, [("a", measured_result())] * 2)
    with pytest.raises(InvalidInput, match="called 'a', and REDCap would keep one"):
        redcap_import(twice)


@pytest.mark.parametrize("text", ["", "name,size\na,3\n"])
def test_another_table_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"no column id\. Give the results\.csv of a batch"):
        redcap_import(text)


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="101 letters"):
        redcap_import(batch_table(tmp_path, [("a" * 101, measured_result())]))
