"""Results as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from posture._support.outside import cell
from posture.result import Result
from posture.result_columns import Cell, Column, headings_of, numbers_without, result_columns

# Columns in order, after the name of the photo.
COLUMNS = (
    "status",
    "edited_by_hand",
    "verdict",
    "band_slca",
    "band_depth",
    # The scale and how much numbers move by standing again are about the photo and the method.
    *numbers_without("mm_per_px", "repeatability"),
    "findings",
    *headings_of("subject"),
    "facing",
    "program_version",
    "method_version",
    "norms_version",
    "model",
    "image_sha256",
    "disclaimer",
)
# Digits that are worth reading.
_FORM = {"value": ".4g", "ci95": ".3g"}


def table(rows: Sequence[tuple[str, Result]]) -> str:
    """CSV with a heading: every number in one column and its ± (95 %) in the next.

    Args:
        rows: each with a name for its first column.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(("photo", *COLUMNS))
    columns = [result_columns()[name] for name in COLUMNS]
    for name, result in rows:
        texts = [name, *(_text(column, column.cell(result)) for column in columns)]
        # A result may come from outside; its numbers are numbers.
        writer.writerow([cell(text) for text in texts])
    return stream.getvalue()


def _text(column: Column, found: Cell) -> str:
    if found is None:
        return ""
    if isinstance(found, bool):
        return "yes" if found else "no"
    return found if isinstance(found, str) else f"{found:{_FORM.get(column.path[-1], 'g')}}"
