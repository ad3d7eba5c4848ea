"""Two sessions of one person on a page: both pictures laid alike, and what the difference means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from posture._support.distribution import require_extra
from posture._support.texts import band_words, filled, page_texts, reading_from, texts
from posture.handout.one import measured_photo
from posture.history import Kept, KeptPicture, Session
from posture.history.aligned import (
    MeasuredPicture,
    measured_picture,
    on_common_ground,
    opened,
)
from posture.history.between import photos_that_count
from posture.history.keeping import LONGER_SIDE_PX
from posture.history.repeatability import Standing
from posture.history.story import (
    ANGLE,
    Quantity,
    change_sentence,
    depth_quantity,
    figure,
)
from posture.history.words import history_texts
from posture.overlay.face import hide_face
from posture.overlay.numbers import LengthUnit
from posture.overlay.shown import shrunk_photo
from posture.result import Result, scaled
from posture.verdict.norms import Norms

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Pair:
    """Two sessions of a person, and what is said of them.

    Attributes:
        name: of the person.
        before, after: in the order of the page.
        titles: what each is called on the page: its day, or a name.
        sentences: what the differences mean.
        norms: by which they do; the built-in ones when None.
        unit: in which lengths are told.
    """

    name: str
    before: Session
    after: Session
    titles: tuple[str, str]
    sentences: tuple[str, ...]
    norms: Norms | None = None
    unit: LengthUnit = "mm"


def change_sentences(
    before: Session, after: Session, standing: Standing, unit: LengthUnit = "mm"
) -> tuple[str, ...]:
    """What the differences mean to the person of this repeatability, each said once."""
    quantities = (ANGLE, depth_quantity((before, after), unit))
    found = (change_sentence(before, after, quantity, standing) for quantity in quantities)
    return tuple(dict.fromkeys(found))


def laid_alike(
    first: MeasuredPicture | None, second: MeasuredPicture | None, unit: LengthUnit
) -> tuple[Pixels, Pixels] | None:
    """Both pictures, hip on hip and of one size; None where that cannot be.

    Args:
        unit: in which their labels tell lengths.
    """
    if first is None or second is None or second.result.facing is None:
        return None
    facing = second.result.facing
    return on_common_ground(first, facing, unit), on_common_ground(second, facing, unit)


def pair_pdf(pair: Pair, pictures: tuple[Pixels, Pixels] | None) -> bytes:
    """The page as a PDF file.

    Args:
        pictures: of both, laid alike; None where there are none to compare.

    Raises:
        PackageMissing: where the extra `report` is not installed.
    """
    require_extra("report")
    from posture.report.before_after import Occasion, before_and_after

    depth = depth_quantity((pair.before, pair.after), pair.unit)
    both = zip((pair.before, pair.after), pair.titles, pictures or (None, None), strict=True)
    first, second = (
        Occasion(title, _lines(session, depth), _made_by(session), picture)
        for session, title, picture in both
    )
    return before_and_after(pair.name, first, second, pair.sentences, pair.norms)


def pair_of_kept(_: object, pair: Pair, kept: Sequence[tuple[Kept, KeptPicture] | None]) -> bytes:
    """As :func:`pair_pdf`, for a child process, with the pictures that a history keeps."""
    first, second = (None if one is None else opened(*one) for one in kept)
    return pair_pdf(pair, laid_alike(first, second, pair.unit))


def pair_of_files(
    _: object, pair: Pair, files: Sequence[tuple[str, Result]], blur_face: bool
) -> bytes:
    """As :func:`pair_pdf`, for a child process, with the photos in files.

    Args:
        files: of the first and the second, each with the result of its photo; or of none.
        blur_face: whether heads are made unrecognisable.
    """
    if not files:
        return pair_pdf(pair, None)
    first, second = (_from_file(path, result, blur_face) for path, result in files)
    return pair_pdf(pair, laid_alike(first, second, pair.unit))


def _from_file(path: str, result: Result, blur_face: bool) -> MeasuredPicture | None:
    """The photo at the size in which a history keeps it; None when it is not the measured one."""
    photo = measured_photo(path, result)
    if photo is None:
        return None
    small, factor = shrunk_photo(photo, LONGER_SIDE_PX["photo"])
    of_small = scaled(result, factor)
    if blur_face:
        pixels = small.rgb.copy()
        hide_face(pixels, of_small)
        small = replace(small, rgb=pixels)
    return measured_picture(small, of_small)


def _lines(session: Session, depth: Quantity) -> tuple[str, ...]:
    reading, words = session.reading, texts()["overlay"]
    lines = [
        f"{words['angle']}: {figure(reading, ANGLE)}",
        f"{words['depth']}: {figure(reading, depth)}",
        band_words(reading.verdict),
    ]
    if len(session.photos) > 1:
        lines.append(reading_from(len(session.photos), len(photos_that_count(session))))
    if reading.edited_by_hand:
        lines.append(history_texts()["table"]["edited"])
    return tuple(lines)


def _made_by(session: Session) -> str:
    made_by, reading = page_texts()["report"]["before_after"]["made_by"], session.reading
    return filled(made_by, method=reading.method_version, norms=reading.norms_version)
