"""Photos of a study: measured, recorded, and nothing told of what was measured.

:func:`take` is the one way in, of the command and of the page.  A photo's result is written before
its line in ``captures.csv``: whatever ends the program in between leaves a result that does not
count (:func:`posture.study.progress.progress_of` tells of it), and the photo can be given again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from posture._support.files import make_folder, write_atomically
from posture.errors import InvalidInput, WorkerDied
from posture.findings import Finding, is_input_error
from posture.history.records import has_been, taken_text
from posture.result import Result
from posture.settings import METHOD_VERSION
from posture.study.cells import append_rows, write_new
from posture.study.folder import (
    CAPTURE_COLUMNS,
    CAPTURES,
    PHOTOS,
    RESULTS,
    VOID_COLUMNS,
    VOIDS,
    Capture,
    CaptureStatus,
    Sitting,
    Study,
    called,
    read_study,
    require_of_study,
    result_name,
    result_of,
)
from posture.subject import Subject
from posture.worker import IsolatedAnalyzer, refused_by_death

if TYPE_CHECKING:
    from posture.analyzer import Analyzer

# Enough for measuring a kept photo once more.
JPEG_QUALITY = 95
_DIGITS = 4
_MAX_WHY = 300


@dataclass(frozen=True)
class Taken:
    """A photo that was recorded.

    Attributes:
        capture: its record.
        refusal: why it could not be measured; None when it was.
        earlier_than: the capture before it, where the photos' own clocks say otherwise.
    """

    capture: Capture
    refusal: Finding | None
    earlier_than: Capture | None = None


@dataclass(frozen=True)
class TakenBefore:
    """A photo that the study has already.

    Attributes:
        capture: as which.
        here: whether it is of the same sitting.
    """

    capture: Capture
    here: bool


@dataclass(frozen=True)
class LeftOut:
    """A photo beyond the stances of its sitting."""

    sitting: Sitting


Outcome = Taken | TakenBefore | LeftOut


@dataclass(frozen=True)
class _Seen:
    """What the measuring process gives back: result, the photo's own time, a copy to keep."""

    result: Result
    taken: datetime | None
    jpeg: bytes | None


def require_ready(study: Study, sitting: Sitting) -> None:
    """Do nothing when photos of this sitting can be taken.

    Raises:
        InvalidInput: when the study has no such sitting, another version of the program began it,
            the participant's height is needed and unknown, or their details have changed.
    """
    require_of_study(sitting, study.design, study.ids)
    made_by = study.design.made_by
    if made_by.method_version != METHOD_VERSION:
        raise InvalidInput(
            f"The study was begun with method {made_by.method_version}, and this program measures "
            f"with method {METHOD_VERSION}: their numbers cannot be compared.",
            f"Go on with posture {made_by.program_version}.",
        )
    subject = study.participant(sitting.participant).subject
    if subject.stature_mm is None and "hollow_depth_mm" in study.design.quantities:
        raise InvalidInput(
            f"{sitting.participant} has no height, and the study tells of depths in mm.",
            f"posture study add {study.folder} --participant {sitting.participant} --height 176cm",
        )
    _require_same_person(study, sitting, subject)


def take(
    analyzer: IsolatedAnalyzer, folder: Path, sitting: Sitting, data: bytes, now: datetime
) -> Outcome:
    """Measure one photo and record it.

    Args:
        analyzer: that measures.
        folder: of the study.
        sitting: whose photo it is.
        data: the photo's file.
        now: with its zone; recorded where the photo does not tell its own time.

    Raises:
        InvalidInput: as :func:`require_ready`.
        OutputFailed: when it cannot be recorded.
    """
    study = read_study(folder, results=False)
    require_ready(study, sitting)
    sha256 = hashlib.sha256(data).hexdigest()
    before = _with_photo(study, sha256)
    if before is not None:
        return TakenBefore(before, before.sitting == sitting)
    if study.is_whole(sitting):
        return LeftOut(sitting)
    subject = study.participant(sitting.participant).subject
    seen = _look(analyzer, data, subject, keep=study.design.keep_photos)
    return _record(study, sitting, sha256, seen, now)


def void(folder: Path, capture: str, why: str, now: datetime) -> Capture:
    """Let a capture count no longer; it is kept, with the reason.

    Raises:
        InvalidInput: when there is none of that name, it is void already, or no reason is given.
        OutputFailed: when it cannot be recorded.
    """
    study = read_study(folder, results=False)
    reason = " ".join(why.split())
    if not reason or len(reason) > _MAX_WHY or not reason.isprintable():
        raise InvalidInput(
            "The reason is no line of text.", f"Write one of at most {_MAX_WHY} letters."
        )
    found = next((one for one in study.captures if one.capture == capture), None)
    if found is None:
        raise InvalidInput(f"There is no capture {capture!r}.", f"See {CAPTURES}.")
    if found.void is not None:
        raise InvalidInput(f"{capture} is void already: {found.void}", "Nothing is to be done.")
    row = {"capture": capture, "voided_at": taken_text(now), "why": reason}
    append_rows(folder / VOIDS, VOID_COLUMNS, [row])
    return replace(found, void=reason)


def look_there(analyzer: Analyzer, data: bytes, subject: Subject, keep: bool) -> _Seen:
    """In the measuring process: the result, and a copy free of what the camera noted."""
    photo, result = analyzer.look(data, subject)
    jpeg = None
    if photo is not None and keep:
        from posture.overlay import encode_image

        jpeg = encode_image(photo.rgb, "jpeg", JPEG_QUALITY)
    return _Seen(result, None if photo is None else photo.taken, jpeg)


def _look(analyzer: IsolatedAnalyzer, data: bytes, subject: Subject, *, keep: bool) -> _Seen:
    try:
        return analyzer.run(look_there, data, subject, keep)
    except WorkerDied as death:
        return _Seen(refused_by_death(analyzer.settings, data, subject, death), None, None)


def _record(study: Study, sitting: Sitting, sha256: str, seen: _Seen, now: datetime) -> Taken:
    result, refusal = seen.result, seen.result.refusal
    before = study.taken(sitting)
    own_time = None if seen.taken is None or not has_been(seen.taken, now) else seen.taken
    name = _new_name(study.folder)
    status = _status(result)
    capture = Capture(
        capture=name,
        taken_at=taken_text(own_time or now),
        sitting=sitting,
        stance=study.stances(sitting) + 1,
        status=status,
        findings=_codes(result),
        image_sha256=sha256,
    )
    write_atomically(
        study.folder / RESULTS / result_name(name), result.to_json().encode(), replace=True
    )
    if seen.jpeg is not None:
        make_folder(study.folder / PHOTOS)
        write_atomically(study.folder / PHOTOS / f"{name}.jpg", seen.jpeg)
    append_rows(study.folder / CAPTURES, CAPTURE_COLUMNS, [_row(capture)])
    return Taken(capture, refusal, None if own_time is None else _earlier(capture, before))


def _new_name(folder: Path) -> str:
    """A name that nothing has, taken by an empty file for its result: two programs may capture."""
    results = make_folder(folder / RESULTS)
    number = len(list(results.glob("*.json")))
    while True:
        number += 1
        name = f"C{number:0{_DIGITS}d}"
        try:
            write_new(results / result_name(name), "")
        except FileExistsError:
            continue
        return name


def _row(capture: Capture) -> dict[str, object]:
    return {
        "capture": capture.capture,
        "taken_at": capture.taken_at,
        "participant": capture.sitting.participant,
        "rater": capture.sitting.rater,
        "session": capture.sitting.session,
        "stance": capture.stance,
        "status": capture.status,
        "findings": ";".join(capture.findings),
        "image_sha256": capture.image_sha256,
        "result": result_name(capture.capture),
    }


def _status(result: Result) -> CaptureStatus:
    if result.refusal is not None and is_input_error(result.refusal):
        return "unreadable"
    return result.status


def _codes(result: Result) -> tuple[str, ...]:
    """The codes of the findings, that of the refusal first."""
    first = () if result.refusal is None else (result.refusal,)
    return tuple(item.code for item in (*first, *result.other_findings))


def _with_photo(study: Study, sha256: str) -> Capture | None:
    """The capture of the same file, but for void ones: those are mistakes."""
    for capture in study.captures:
        if capture.image_sha256 == sha256 and capture.void is None:
            return capture
    return None


def _earlier(capture: Capture, before: Sequence[Capture]) -> Capture | None:
    """The last capture of the sitting where `capture` is older by the photos' own clocks.

    Clocks of two kinds, with and without a zone, are not compared.
    """
    if not before:
        return None
    last = datetime.fromisoformat(before[-1].taken_at)
    this = datetime.fromisoformat(capture.taken_at)
    if (last.tzinfo is None) != (this.tzinfo is None):
        return None
    return before[-1] if this < last else None


def _require_same_person(study: Study, sitting: Sitting, subject: Subject) -> None:
    counting = [
        one
        for one in study.captures
        if one.counts and one.sitting.participant == sitting.participant
    ]
    if counting and result_of(study.folder, counting[-1]).subject != subject:
        raise InvalidInput(
            f"What is said of {sitting.participant} has changed since "
            f"{counting[-1].capture} was measured ({called(counting[-1].sitting)}).",
            "Set it back, or void what was measured before and take those photos again.",
        )
