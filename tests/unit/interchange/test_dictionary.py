"""The data dictionary tells every column of every table, and cannot fall behind them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from ucumvert import get_ucum_parser

from posture.batch.plan import Job
from posture.batch.rows import COLUMNS as BATCH_COLUMNS
from posture.batch.rows import row_of
from posture.batch.visits import CHANGES, VISITS
from posture.cli.schema import result_schema
from posture.history.exchange import people_csv, sessions_csv
from posture.interchange.dictionary import (
    HEADINGS,
    TABLE_NAMES,
    TableName,
    dictionary,
    dictionary_csv,
    dictionary_json,
    unit_of,
)
from posture.report.table import table
from posture.subject import Subject
from tests.support.example_results import measured_result, refused_result
from tests.support.histories import at

ENTRIES = [entry for entries in dictionary().values() for entry in entries]

KIND_OF: dict[str, type[Any]] = {"text": str, "number": float, "whole": int, "truth": bool}


def told(name: TableName) -> list[str]:
    return [entry.name for entry in dictionary()[name]]


def headings(text: str) -> list[str]:
    return next(csv.reader(io.StringIO(text)))


def leaves(value: Any, path: str = "") -> Iterator[str]:
    """Paths of a result's JSON, as the dictionary writes them."""
    if isinstance(value, dict):
        named = path == "landmarks_px"
        for name, inner in value.items():
            yield from leaves(inner, f"{path}.{'*' if named else name}" if path else name)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for inner in value:
            yield from leaves(inner, f"{path}[]")
    else:
        yield path


def test_every_column_of_every_table_is_told_in_its_order() -> None:
    job = Job("side.jpg", "1", Subject())
    assert told("results") == list(row_of(job, measured_result(), 0.1)) == list(BATCH_COLUMNS)
    assert told("saved") == headings(table([("photo 1", measured_result())]))
    assert (told("visits"), told("changes")) == (list(VISITS), list(CHANGES))
    assert told("history") == headings(people_csv({"Ann": [at(1, 40.0)]}))
    assert told("history")[1:] == headings(sessions_csv([at(1, 40.0)]))


def test_every_field_of_the_json_is_told_and_none_else() -> None:
    found = set(leaves(measured_result().to_dict())) | set(leaves(refused_result().to_dict()))
    # Whole records that are null stand for all of their fields.
    whole = {path for path in found if any(name.startswith(f"{path}.") for name in told("json"))}
    missing = {"percentiles", *whole}
    assert found - missing <= set(told("json"))
    percentiles = {name for name in told("json") if name.startswith("percentiles.")}
    assert set(told("json")) - found == percentiles | {
        name for name in told("json") if name.startswith("alignment.") and name not in found
    }
    assert {name.split(".")[0].removesuffix("[]") for name in told("json")} == set(
        result_schema()["properties"]
    )


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_a_column_says_what_it_is(name: TableName) -> None:
    for entry in dictionary()[name]:
        assert entry.meaning.endswith("."), entry.name
        assert "{" not in entry.meaning, entry.name
        assert bool(entry.unit) == (entry.kind in ("number", "whole")), entry.name
        assert bool(entry.unit) == bool(entry.unit_words), entry.name


def test_units_are_ucum_codes() -> None:
    parser = get_ucum_parser()
    for unit in {entry.unit for entry in ENTRIES if entry.unit}:
        parser.parse(unit)


def test_a_number_without_a_unit_is_no_column() -> None:
    assert unit_of("hollow_depth_mm_ci95_over_time").code == "mm"
    with pytest.raises(KeyError, match="no unit of weight"):
        unit_of("weight")


def test_what_stands_in_a_table_is_what_is_told_of_it() -> None:
    """Kinds, ranges, choices and what may be missing hold for rows of all kinds."""
    no_hand = replace(measured_result(), subject=Subject())
    for result in (measured_result(), refused_result(), no_hand):
        row = row_of(Job("side.jpg", "1", result.subject), result, 0.1)
        for entry in dictionary()["results"]:
            value: Any = row[entry.name]
            if value is None:
                assert entry.optional, entry.name
                continue
            assert KIND_OF[entry.kind] is type(value), entry.name
            assert not entry.choices or value in entry.choices
            assert entry.minimum is None or value >= entry.minimum
            assert entry.maximum is None or value <= entry.maximum


def test_both_forms_tell_the_same() -> None:
    rows = list(csv.DictReader(io.StringIO(dictionary_csv())))
    assert tuple(rows[0]) == HEADINGS
    tables = json.loads(dictionary_json())["tables"]
    assert tuple(tables) == TABLE_NAMES
    assert [(row["table"], row["column"]) for row in rows] == [
        (name, column["name"]) for name in tables for column in tables[name]["columns"]
    ]
    age = next(row for row in rows if row["column"] == "age")
    assert (age["unit"], age["minimum"], age["maximum"]) == ("a", "2", "120")
    assert "not a diagnosis" in json.loads(dictionary_json())["disclaimer"]
