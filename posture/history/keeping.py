"""Finished results and photos, turned into what the history keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from posture.combine import combined, distinct_photos
from posture.errors import InvalidInput
from posture.history.records import (
    NO_NOTES,
    Kept,
    KeptPicture,
    Notes,
    Numbers,
    PictureKind,
    Role,
    Session,
    new_uid,
    taken_text,
)
from posture.overlay import encode_image
from posture.overlay.face import hide_face
from posture.overlay.shown import shrunk_photo
from posture.photo.decode import Photo, load_photo
from posture.result import Result, scaled
from posture.result_columns import cells_of, record_of
from posture.verdict.norms import Norms
from posture.verdict.stances import standing_again

LONGER_SIDE_PX: dict[PictureKind, int] = {"thumbnail": 480, "photo": 1600}
JPEG_QUALITY = 85


def session_of(
    results: Sequence[Result], when: date, norms: Norms, notes: Notes = NO_NOTES
) -> Session:
    """A new session of these photos, in order, with their median where there are several.

    Each shows a stance of its own; the same photo is kept once.

    Raises:
        InvalidInput: when one of them was not measured, or they are of different people.
    """
    results = distinct_photos(results)
    share = norms.repeatability_fraction
    kept = [_kept(result, "photo", share) for result in results]
    if len(results) > 1:
        median = combined(results, norms).on(results[0])
        without_photo = replace(median.provenance, image_sha256=None)
        median = replace(median, provenance=without_photo)
        kept.append(_kept(median, "median", share * standing_again(len(results))))
    return Session(new_uid(), taken_text(when), tuple(kept), stances=len(results), notes=notes)


def picture_of(photo: Photo, result: Result, kind: PictureKind, *, blur_face: bool) -> KeptPicture:
    """A small copy of the photo that `result` was measured on."""
    small, factor = shrunk_photo(photo, LONGER_SIDE_PX[kind])
    pixels = small.rgb.copy()
    if blur_face:
        hide_face(pixels, scaled(result, factor))
    return KeptPicture(kind, encode_image(pixels, "jpeg", JPEG_QUALITY), factor)


def picture_of_file(
    _: object, path: str, result: Result, kind: PictureKind, blur_face: bool
) -> KeptPicture | None:
    """As :func:`picture_of`, for a child process; None when the file has gone meanwhile."""
    photo = load_photo(path)
    if not isinstance(photo, Photo):
        return None
    return picture_of(photo, result, kind, blur_face=blur_face)


def _kept(result: Result, role: Role, share: float) -> Kept:
    if result.curve is None:
        raise InvalidInput("A photo that was not measured cannot be kept.", "Leave it out.")
    return Kept(
        uid=new_uid(),
        role=role,
        numbers=record_of(Numbers, cells_of(result) | {"repeatability_share": share}),
        image_sha256=result.provenance.image_sha256,
        # The photo's path may tell who it shows.
        result=replace(result, image=None).to_json(),
        has_picture=False,
    )
