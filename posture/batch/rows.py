"""One photo as a row of a table: every number at full precision, and its ± in the next column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from posture.batch.plan import Job
from posture.result import Result
from posture.result_columns import (
    ColumnKind,
    cells_of,
    headings_of,
    numbers_without,
    result_columns,
)

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
