"""One session on a page: the photo that is nearest to the reading, and all numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from posture._support.distribution import require_extra
from posture.history import Kept, KeptPicture, Session
from posture.overlay.numbers import LengthUnit
from posture.photo.decode import Photo, load_photo
from posture.result import Result, scaled
from posture.verdict.norms import Norms


@dataclass(frozen=True)
class Sheet:
    """What stands on the page of one session.

    Attributes:
        shown: the result of the photo that is shown.
        summary: the numbers to print; those of `shown`, or of all photos together.
        singles: the results of all photos, in order.
        name: of the person; empty where they want none.
        day: of the session; None leaves it to the photo.
        norms: the reference values in use; the built-in ones when None.
        blur_face: whether the head is made unrecognisable.
        unit: in which lengths are told.
    """

    shown: Result
    summary: Result
    singles: tuple[Result, ...]
    name: str
    day: date | None
    norms: Norms | None = None
    blur_face: bool = False
    unit: LengthUnit = "mm"


def sheet_of(session: Session, shown: Kept, name: str, day: date | None) -> Sheet:
    """The page of a session, with this photo of it.

    Raises:
        InvalidInput: when what was kept is no result that this program reads.
    """
    singles = tuple(Result.from_json(kept.result) for kept in session.photos)
    of_shown = Result.from_json(shown.result)
    together = Result.from_json(session.kept[-1].result)
    return Sheet(of_shown, on_shown(together, of_shown, singles), singles, name, day)


def on_shown(together: Result, shown: Result, singles: Sequence[Result]) -> Result:
    """The numbers of all photos beside the photo that is shown.

    Args:
        together: those numbers, as they were put on the first photo.
        shown: the result of the photo that is shown.
        singles: the results of all photos, in order.
    """
    if len(singles) < 2:
        return together
    # What is said of a photo is said of this one; what is said of all stays.
    of_all = tuple(item for item in together.findings if item not in singles[0].findings)
    edited = together.provenance.edited_by_hand
    return replace(
        together,
        findings=shown.findings + of_all,
        provenance=replace(shown.provenance, edited_by_hand=edited),
    )


def sheet_pdf(sheet: Sheet, photo: Photo | None) -> bytes:
    """The page as a PDF file; without a photo it has the numbers alone.

    Args:
        photo: the one that `sheet.shown` was measured on.

    Raises:
        PackageMissing: where the extra `report` is not installed.
    """
    require_extra("report")
    from posture.report.page import one_page

    return one_page(
        photo,
        sheet.shown,
        sheet.summary,
        sheet.singles,
        blur_face=sheet.blur_face,
        norms=sheet.norms,
        name=sheet.name,
        day=sheet.day,
        unit=sheet.unit,
    )


def sheet_of_file(_: object, sheet: Sheet, path: str | None) -> bytes:
    """As :func:`sheet_pdf`, for a child process, with the photo in a file.

    A file that is not the one that was measured any more is not shown.
    """
    return sheet_pdf(sheet, None if path is None else measured_photo(path, sheet.shown))


def measured_photo(path: str, result: Result) -> Photo | None:
    """The photo in a file; None when it is not the one that `result` was measured on any more."""
    photo = load_photo(path)
    if not isinstance(photo, Photo) or photo.sha256 != result.provenance.image_sha256:
        return None
    return photo


def sheet_of_kept(_: object, sheet: Sheet, picture: KeptPicture | None) -> bytes:
    """As :func:`sheet_pdf`, for a child process, with the picture that a history keeps."""
    photo = None if picture is None else load_photo(picture.jpeg)
    if picture is None or not isinstance(photo, Photo):
        return sheet_pdf(sheet, None)
    return sheet_pdf(replace(sheet, shown=scaled(sheet.shown, picture.scale)), photo)
