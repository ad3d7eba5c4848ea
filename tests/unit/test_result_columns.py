"""The tables of a result follow from its fields: nothing is lost, nothing told twice."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from typing import Annotated, Any

import pytest

from posture.batch.plan import Job
from posture.batch.rows import COLUMNS as BATCH
from posture.batch.rows import row_of
from posture.findings import Finding, finding
from posture.refusal import refused
from posture.report.table import COLUMNS as CSV
from posture.report.table import table
from posture.result import Alignment, Bands, Measured, Repeatability, Result
from posture.result_columns import (
    cells_of,
    columns_of,
    headings_of,
    numbers_without,
    record_of,
    result_columns,
)
from posture.settings import Settings
from posture.subject import Subject

# The path may tell who is shown; sentences are for pages, not for tables.
SAID_ELSEWHERE = {"image", "wall_test"}
NOT_IN_CSV = SAID_ELSEWHERE | {
    *headings_of("mm_per_px", "repeatability"),
    *("model_sha256", "mediapipe_version", "mirrored_pass", "edge_refined"),
    *("image_width_px", "image_height_px"),
}
# A batch edits nothing, and tells the disclaimer once for all rows.
NOT_IN_BATCH = SAID_ELSEWHERE | {"edited_by_hand", "disclaimer"}


@dataclass(frozen=True)
class Seen:
    """Numbers before any correction."""

    slca_deg: Measured
    hollow_depth_mm: Measured | None


@dataclass(frozen=True)
class Record:
    """A record with a nested one."""

    count: int
    chosen: Annotated[bool, "Whether it is chosen."]
    note: str | None
    slca_deg: Annotated[Measured | None, "An angle."]
    as_seen: Seen | None
    line: tuple[float, ...] = ()
    findings: tuple[Finding, ...] = ()


RECORD = Record(3, True, None, Measured(41.0, 5.0), Seen(Measured(38.0, 2.0), None))


@pytest.fixture
def nothing() -> Result:
    subject = Subject(stature_mm=1650.5, sex="f")
    return refused(Settings(), "front.jpg", None, subject, (finding("no-person"),))


@pytest.fixture
def something(nothing: Result) -> Result:
    """The same with a few numbers: no whole result, but enough to fill cells."""
    return replace(
        nothing,
        slca_deg=Measured(41.23456, 3.25678),
        bands=Bands(slca="typical", depth="typical/borderline", verdict="deep"),
        repeatability=Repeatability(slca_deg=6.0, hollow_depth_mm=None),
        alignment=Alignment(None, Measured(-12.0, 4.0), None, None, None, None, None),
        findings=(finding("photo-animated"), finding("stature-unknown")),
    )


def csv_row(result: Result) -> dict[str, str]:
    (row,) = csv.DictReader(io.StringIO(table([("photo 1", result)])))
    return row


def test_every_field_of_the_result_stands_in_the_tables_or_is_left_out_on_purpose() -> None:
    assert set(CSV) == set(result_columns()) - NOT_IN_CSV
    assert set(BATCH) & set(result_columns()) == set(result_columns()) - NOT_IN_BATCH


def test_no_heading_stands_twice() -> None:
    names = [column.name for column in columns_of(Result)]
    assert len(set(names)) == len(names)
    assert len(set(CSV)) == len(CSV)


def test_a_new_field_or_block_of_numbers_gets_its_columns_by_itself() -> None:
    assert {column.name: column.kind for column in columns_of(Record)} == {
        "count": "whole",
        "chosen": "truth",
        "note": "text",
        "slca_deg": "number",
        "slca_deg_ci95": "number",
        "as_seen_slca_deg": "number",
        "as_seen_slca_deg_ci95": "number",
        "as_seen_hollow_depth_mm": "number",
        "as_seen_hollow_depth_mm_ci95": "number",
        "findings": "text",
    }


def test_what_is_not_there_is_an_empty_cell_and_never_zero() -> None:
    cells = cells_of(RECORD)
    assert (cells["slca_deg"], cells["slca_deg_ci95"]) == (41.0, 5.0)
    assert (cells["as_seen_slca_deg"], cells["as_seen_hollow_depth_mm"]) == (38.0, None)
    without = cells_of(replace(RECORD, as_seen=None, slca_deg=None))
    assert {name: without[name] for name in without if name.endswith("ci95")} == dict.fromkeys(
        ("slca_deg_ci95", "as_seen_slca_deg_ci95", "as_seen_hollow_depth_mm_ci95")
    )


def test_cells_become_the_same_record_again() -> None:
    for seen in (Seen(Measured(1.0, 2.0), Measured(3.0, 4.0)), Seen(Measured(1.0, 2.0), None)):
        assert record_of(Seen, cells_of(seen)) == seen
        assert record_of(Seen, cells_of(seen) | {"other": 1}) == seen


def test_a_refused_photo_has_no_number_in_any_table(nothing: Result) -> None:
    cells = cells_of(nothing)
    assert {cells[name] for name in numbers_without()} == {None}
    assert {csv_row(nothing)[name] for name in CSV if name in numbers_without()} == {""}
    row = row_of(Job("front.jpg", "1", nothing.subject), nothing, 0.5)
    assert {row[name] for name in numbers_without()} == {None}
    assert (row["reason"], row["message"], row["fix"]) == (
        nothing.findings[0].code,
        nothing.findings[0].message,
        nothing.findings[0].fix,
    )


def test_the_csv_is_written_for_people(something: Result) -> None:
    row = csv_row(something)
    assert list(row) == ["photo", *CSV]
    expected = {
        "photo": "photo 1",
        "edited_by_hand": "no",
        "verdict": "deep",
        "band_slca": "typical",
        "band_depth": "typical/borderline",
        "slca_deg": "41.23",
        "slca_deg_ci95": "3.26",
        "hollow_depth_mm": "",
        "head_forward_mm": "-12",
        "head_forward_mm_ci95": "4",
        "findings": "photo-animated stature-unknown",
        "stature_mm": "1650.5",
        "age": "",
        "facing": "",
        "image_sha256": "",
    }
    assert {name: row[name] for name in expected} == expected


def test_the_batch_keeps_every_digit(something: Result) -> None:
    row: Any = row_of(Job("a.jpg", "7", something.subject), something, 0.5)
    assert list(row) == list(BATCH)
    assert (row["id"], row["path"], row["cpu_seconds"]) == ("7", "a.jpg", 0.5)
    assert (row["slca_deg"], row["slca_deg_ci95"]) == (41.23456, 3.25678)
    assert (row["repeatability_slca_deg"], row["repeatability_hollow_depth_mm"]) == (6.0, None)
    assert (row["mirrored_pass"], row["image_width_px"], row["reason"]) == (True, None, None)
