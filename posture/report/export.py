"""The files a person may save, as bytes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module

from posture._support.distribution import require_extra
from posture._support.outside import json_text
from posture.overlay import draw_overlay, encode_image
from posture.overlay.numbers import LengthUnit
from posture.photo.decode import Photo
from posture.report.table import table
from posture.result import Result
from posture.verdict.norms import Norms
from posture.verdict.stances import that_count

__all__ = ["Export", "as_csv", "as_json", "as_pdf", "as_png", "load"]


def load() -> None:
    """Load what the first PDF would wait for."""
    from posture.report.paper import load as load_typeface

    import_module("posture.report.page")
    load_typeface()


@dataclass(frozen=True)
class Export:
    """What is to be saved.

    Attributes:
        photo: the photo that is shown.
        result: its result, as it holds now (edited by hand or not).
        summary: the same with the median of all photos in place of its own numbers; equal to
            `result` for a single photo.
        singles: the results of all photos of the session, in order.
        blur_face: whether heads are made unrecognisable.
        norms: the reference values that they were judged by; the built-in ones when None.
        name: of the person, where they want it on the report.
        unit: in which lengths are told.
    """

    photo: Photo
    result: Result
    summary: Result
    singles: tuple[Result, ...]
    blur_face: bool
    norms: Norms | None = None
    name: str = ""
    unit: LengthUnit = "mm"


def as_png(export: Export) -> bytes:
    """The annotated photo at its full resolution, with its own numbers, free of camera notes."""
    picture = draw_overlay(
        export.photo,
        export.result,
        blur_face=export.blur_face,
        norms=export.norms,
        unit=export.unit,
    )
    return encode_image(picture, "png")


def as_pdf(export: Export) -> bytes:
    """One page with everything a person would want to show somebody.

    Raises:
        PackageMissing: where the extra `report` is not installed.
    """
    require_extra("report")
    # Here: most people look at a page, and save none.
    from posture.report.page import one_page

    return one_page(
        export.photo,
        export.result,
        export.summary,
        export.singles,
        blur_face=export.blur_face,
        norms=export.norms,
        name=export.name,
        unit=export.unit,
    )


def as_json(export: Export) -> bytes:
    """One result as published in the schema; of several photos a list and their median."""
    singles = [nameless(result).to_dict() for result in export.singles]
    if len(singles) == 1:
        data: object = singles[0]
    else:
        data = {"photos": singles, "median": nameless(export.summary).to_dict()}
    return json_text(data, indent=2).encode()


def as_csv(export: Export) -> bytes:
    """One row a photo, and one for the median of several."""
    rows: list[tuple[str, Result]] = [
        (f"photo {number}", result) for number, result in enumerate(export.singles, start=1)
    ]
    if len(rows) > 1:
        rows.append((f"median of {len(that_count(rows))}", export.summary))
    return table(rows).encode()


def nameless(result: Result) -> Result:
    """`result` without the photo's path or name, which may tell who it shows."""
    return replace(result, image=None)
