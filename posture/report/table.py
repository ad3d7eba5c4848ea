"""Results as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from posture.result import Measured, Result

MEASURED = (
    "slca_deg",
    "chord_angle_deg",
    "hollow_depth_mm",
    "hollow_depth_ratio",
    "hollow_depth_stature",
    "hollow_hands",
    "bridge_length_mm",
    "yaw_deg",
)
ALIGNMENT = (
    "trunk_lean_deg",
    "head_forward_mm",
    "head_forward_deg",
    "knee_offset_mm",
    "hip_offset_mm",
    "shoulder_offset_mm",
    "ear_offset_mm",
)


def table(rows: Sequence[tuple[str, Result]]) -> str:
    """CSV with a heading: every number in one column and its ± (95 %) in the next.

    Args:
        rows: each with a name for its first column.
    """
    stream = io.StringIO()
    writer = csv.DictWriter(stream, fieldnames=list(_cells("", rows[0][1])), lineterminator="\r\n")
    writer.writeheader()
    for name, result in rows:
        writer.writerow(_cells(name, result))
    return stream.getvalue()


def _cells(name: str, result: Result) -> dict[str, object]:
    bands, made_by, subject = result.bands, result.provenance, result.subject
    cells: dict[str, object] = {"photo": name, "status": result.status}
    cells |= {
        "edited_by_hand": "yes" if made_by.edited_by_hand else "no",
        "verdict": bands.verdict if bands else "",
        "band_slca": bands.slca if bands else "",
        "band_depth": bands.depth if bands else "",
    }
    for field in MEASURED:
        cells |= _pair(field, getattr(result, field))
    for field in ALIGNMENT:
        found = None if result.alignment is None else getattr(result.alignment, field)
        cells |= _pair(field, found)
    return cells | {
        "findings": " ".join(item.code for item in result.findings),
        "stature_mm": _blank(subject.stature_mm),
        "sex": subject.sex,
        "age": _blank(subject.age),
        "hand_thickness_mm": _blank(subject.hand_thickness_mm),
        "facing": result.facing or "",
        "program_version": made_by.program_version,
        "method_version": made_by.method_version,
        "norms_version": made_by.norms_version,
        "model": made_by.model,
        "image_sha256": made_by.image_sha256 or "",
        "disclaimer": result.disclaimer,
    }


def _pair(name: str, measured: Measured | None) -> dict[str, object]:
    if measured is None:
        return {name: "", f"{name}_ci95": ""}
    return {name: f"{measured.value:.4g}", f"{name}_ci95": f"{measured.ci95:.3g}"}


def _blank(value: float | None) -> object:
    return "" if value is None else f"{value:g}"
