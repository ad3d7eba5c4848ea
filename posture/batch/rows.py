"""One photo as a row of a table: every number at full precision, and its ± in the next column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from posture.batch.plan import Job
from posture.report.table import ALIGNMENT, MEASURED
from posture.result import Measured, Result

ColumnKind = Literal["text", "number", "whole", "truth"]
Row = Mapping[str, Any]

NUMBERS = (*MEASURED, "mm_per_px")


def _pairs(names: tuple[str, ...]) -> dict[str, ColumnKind]:
    return {column: "number" for name in names for column in (name, f"{name}_ci95")}


# Columns of the table in order.  A number that was not measured is empty, never 0.
COLUMNS: dict[str, ColumnKind] = {
    "id": "text",
    "path": "text",
    "status": "text",
    "reason": "text",
    "message": "text",
    "fix": "text",
    "verdict": "text",
    "band_slca": "text",
    "band_depth": "text",
    **_pairs(NUMBERS),
    "repeatability_slca_deg": "number",
    "repeatability_hollow_depth_mm": "number",
    **_pairs(ALIGNMENT),
    "facing": "text",
    "findings": "text",
    "stature_mm": "number",
    "sex": "text",
    "age": "number",
    "hand_thickness_mm": "number",
    "image_sha256": "text",
    "image_width_px": "whole",
    "image_height_px": "whole",
    "picture": "text",
    "cpu_seconds": "number",
    "program_version": "text",
    "method_version": "text",
    "norms_version": "text",
    "model": "text",
    "model_sha256": "text",
    "mediapipe_version": "text",
    "mirrored_pass": "truth",
    "edge_refined": "truth",
}


def row_of(job: Job, result: Result, cpu_seconds: float) -> Row:
    """The row of a photo; the name of its picture is added where the picture is written."""
    refusal, bands, alignment = result.refusal, result.bands, result.alignment
    again, made_by = result.repeatability, result.provenance
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    row |= {
        "id": job.id,
        "path": job.path,
        "status": result.status,
        "facing": result.facing,
        "findings": " ".join(item.code for item in result.findings),
        "cpu_seconds": cpu_seconds,
        "stature_mm": result.subject.stature_mm,
        "sex": result.subject.sex,
        "age": result.subject.age,
        "hand_thickness_mm": result.subject.hand_thickness_mm,
    }
    row |= {name: getattr(made_by, name) for name in COLUMNS if hasattr(made_by, name)}
    for name in NUMBERS:
        row |= _pair(name, getattr(result, name))
    for name in ALIGNMENT:
        row |= _pair(name, None if alignment is None else getattr(alignment, name))
    if refusal is not None:
        row |= {"reason": refusal.code, "message": refusal.message, "fix": refusal.fix}
    if bands is not None:
        row |= {"verdict": bands.verdict, "band_slca": bands.slca, "band_depth": bands.depth}
    if again is not None:
        row["repeatability_slca_deg"] = again.slca_deg
        row["repeatability_hollow_depth_mm"] = again.hollow_depth_mm
    return row


def _pair(name: str, measured: Measured | None) -> dict[str, float | None]:
    if measured is None:
        return {name: None, f"{name}_ci95": None}
    return {name: measured.value, f"{name}_ci95": measured.ci95}
