"""The rows of a batch as Parquet and CSV, written row by row: memory does not grow with them."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from posture._support.files import atomic_file
from posture._support.outside import cell
from posture._support.texts import texts
from posture.batch.rows import COLUMNS, Row, column_of
from posture.result_columns import ColumnKind

ROWS_AT_A_TIME = 2000


def write_csv(rows: Iterable[Row], target: Path, columns: Sequence[str]) -> None:
    """One line a row; numbers with all their digits, and no text that a spreadsheet would compute.

    Args:
        rows: of the batch.
        target: replaced when it is there.
        columns: of the table, in order.

    Raises:
        OutputFailed: when it cannot be written; also :func:`write_parquet`.
    """
    with atomic_file(target, replace=True) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        writer = csv.writer(text)
        writer.writerow([cell(name) for name in columns])
        for row in rows:
            writer.writerow([_as_text(row.get(name)) for name in columns])
        text.detach()


def write_parquet(rows: Iterable[Row], target: Path, more: Sequence[str] = ()) -> None:
    """One row a photo, typed.

    Args:
        rows, target: as for :func:`write_csv`.
        more: names of the columns that the manifest brought along.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    type_of: dict[ColumnKind, Any] = {
        "text": pa.string(),
        "number": pa.float64(),
        "whole": pa.int64(),
        "truth": pa.bool_(),
    }
    fields = [pa.field(name, type_of[kind]) for name, kind in COLUMNS.items()]
    fields += [pa.field(column_of(name), pa.string()) for name in more]
    schema = pa.schema(fields, metadata={"disclaimer": texts()["disclaimer"]})
    with atomic_file(target, replace=True) as file, pq.ParquetWriter(file, schema) as writer:
        for part in batched(rows, ROWS_AT_A_TIME):
            arrays = [
                pa.array([_text_or_number(row.get(field.name)) for row in part], field.type)
                for field in fields
            ]
            writer.write_table(pa.table(arrays, schema=schema))


def batched(items: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Lists of at most `size`."""
    iterator = iter(items)
    while part := list(itertools.islice(iterator, size)):
        yield part


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    return repr(value) if isinstance(value, float) else cell(str(value))


def _text_or_number(value: Any) -> Any:
    """Names of files that are no text get their odd bytes spelled out."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    return value
