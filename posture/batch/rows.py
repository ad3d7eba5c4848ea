"""One photo as a row of a table: every number at full precision, and its ± in the next column."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any, Literal

from posture.batch.plan import Job
from posture.findings import is_input_error_code
from posture.result import Result
from posture.result_columns import (
    ColumnKind,
    cells_of,
    headings_of,
    numbers_without,
    result_columns,
)

RowKind = Literal["measured", "refused", "unread"]
Row = Mapping[str, Any]

# What a batch knows beside the result.
_OWN: dict[str, ColumnKind] = {
    "id": "text",
    "path": "text",
    "reason": "text",
    "message": "text",
    "fix": "text",
    "picture": "text",
    "cpu_seconds": "number",
}
_LATER = ("mm_per_px", "repeatability", "alignment")
_ORDER = (
    "id",
    "path",
    "status",
    "reason",
    "message",
    "fix",
    "verdict",
    "band_slca",
    "band_depth",
    *numbers_without(*_LATER),
    *headings_of(*_LATER),
    "facing",
    "findings",
    *headings_of("subject"),
    "image_sha256",
    "image_width_px",
    "image_height_px",
    "picture",
    "cpu_seconds",
    "program_version",
    "method_version",
    "norms_version",
    "model",
    "model_sha256",
    "mediapipe_version",
    "mirrored_pass",
    "edge_refined",
)

# Columns of the table in order.  A number that was not measured is empty, never 0.
COLUMNS: dict[str, ColumnKind] = {
    name: _OWN[name] if name in _OWN else result_columns()[name].kind for name in _ORDER
}


def column_of(name: str, table: Container[str] = COLUMNS.keys()) -> str:
    """Where a table holds a column of the manifest: under its own name unless that is ours."""
    return f"manifest_{name}" if name in table else name


def with_more(row: Row, more: Iterable[tuple[str, str]]) -> Row:
    """The row with the texts of the manifest's own columns."""
    return {**row, **{column_of(name): text for name, text in more}}


def row_of(job: Job, result: Result, cpu_seconds: float) -> Row:
    """The row of a photo; the name of its picture is added where the picture is written."""
    refusal = result.refusal
    found = cells_of(result) | {
        "id": job.id,
        "path": job.path,
        "reason": None if refusal is None else refusal.code,
        "message": None if refusal is None else refusal.message,
        "fix": None if refusal is None else refusal.fix,
        "cpu_seconds": cpu_seconds,
    }
    return {name: found.get(name) for name in COLUMNS}


def kind_of(row: Row) -> RowKind:
    """Whether a photo was measured, could not be measured, or not even be read."""
    if row["status"] == "measured":
        return "measured"
    return "unread" if is_input_error_code(row["reason"]) else "refused"
