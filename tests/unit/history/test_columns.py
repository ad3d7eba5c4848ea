"""What the history keeps of a result follows from the fields of `Numbers`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from posture.history import Numbers
from posture.history.exchange import sessions_csv
from posture.history.migrations import MIGRATIONS
from posture.result import Measured
from posture.result_columns import cells_of, columns_of, record_of, result_columns

NUMBERS = Numbers(
    slca_deg=Measured(41.0, 5.0),
    hollow_depth_mm=Measured(48.0, 6.0),
    hollow_depth_ratio=Measured(0.11, 0.01),
    verdict="typical",
    sex="f",
    repeatability_share=0.14,
    edited_by_hand=True,
    program_version="0.1.0",
    method_version="10",
    norms_version="3",
    model="heavy",
)


def test_the_file_has_a_column_for_each_number_and_no_other() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in (statement for step in MIGRATIONS for statement in step):
            connection.execute(statement)
        rows = connection.execute("PRAGMA table_info(measurement)").fetchall()
    about = {"id", "uid", "session_id", "role", "image_sha256", "result"}
    assert {row[1] for row in rows} - about == {column.name for column in columns_of(Numbers)}


def test_every_number_is_one_of_the_result() -> None:
    own = {column.name for column in columns_of(Numbers)} - {"repeatability_share"}
    assert own <= set(result_columns())


@pytest.mark.parametrize("numbers", [NUMBERS, replace(NUMBERS, hollow_depth_mm=None)])
def test_numbers_come_back_from_a_row(numbers: Numbers) -> None:
    cells = cells_of(numbers)
    assert record_of(Numbers, cells) == numbers
    # SQLite has no truth values.
    assert record_of(Numbers, cells | {"edited_by_hand": 1}) == numbers


def test_the_table_tells_every_number() -> None:
    headings = sessions_csv(()).strip().split(",")
    columns = {column.name for column in columns_of(Numbers)} - {"repeatability_share"}
    again = {f"{name}_ci95_over_time" for name in columns if f"{name}_ci95" in columns}
    assert set(headings) == columns | again | {
        "session",
        "taken_at",
        "photos",
        "picture",
        "stances",
        "pain",
        "training",
    }
    assert len(set(headings)) == len(headings)
