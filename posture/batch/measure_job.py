"""One photo of a batch: what is asked of the process that measures, and what it gives back.

The functions that measure and draw load what they need there; the process that asks needs none.
"""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from posture import __version__
from posture._support.outside import is_address
from posture.batch.plan import Job
from posture.batch.remote import read_url
from posture.batch.rows import Row, row_of
from posture.errors import PostureError
from posture.findings import Finding, finding
from posture.refusal import refused
from posture.result import Result
from posture.settings import Settings

if TYPE_CHECKING:
    from posture.analyzer import Analyzer
    from posture.photo.decode import Photo

# Large enough to judge the outline by; drawing on the full photo costs more than measuring it.
PICTURE_PX = 800
JPEG_QUALITY = 85


@dataclass(frozen=True)
class PictureOptions:
    """How the annotated pictures of a batch are drawn."""

    blur_face: bool


@dataclass(frozen=True)
class JobOutcome:
    """One finished photo.

    Attributes:
        row: of the table.
        picture: the annotated one as a JPEG.
        result: the whole of it, as JSON, for a photo of a visit; None for others.
        taken: when, by the account of such a photo; None when it does not tell.
    """

    row: Row
    picture: bytes | None
    result: str | None = None
    taken: datetime | None = None


def measure(analyzer: Analyzer, job: Job, pictures: PictureOptions | None) -> JobOutcome:
    """Measure one photo; whatever is wrong with it becomes its row.

    Raises:
        PostureError: what concerns every photo, not this one: a missing model or library.
    """
    import cv2

    # One photo, one core: the other cores measure other photos.
    cv2.setNumThreads(1)
    started = time.process_time()
    photo: Photo | None = None
    try:
        photo, result = _looked_at(analyzer, job)
        picture = None
        if photo is not None and pictures is not None:
            picture = _drawn(photo, result, pictures)
    except PostureError:
        raise
    except Exception as error:
        # A fault of this program must not end a batch of thousands; it is told in the row.
        return _without_photo(analyzer.settings, job, _fault(error))
    outcome = outcome_of(job, result, time.process_time() - started)
    taken = None if photo is None or job.visit is None else photo.taken
    return replace(outcome, picture=picture, taken=taken)


def outcome_of(job: Job, result: Result, cpu_seconds: float) -> JobOutcome:
    """The outcome of a photo without a picture."""
    whole = None if job.visit is None else replace(result, image=None).to_json()
    return JobOutcome(row_of(job, result, cpu_seconds), None, whole)


def unusable(settings: Settings, job: Job) -> JobOutcome:
    """The row of a line of the manifest that cannot be used."""
    return _without_photo(settings, job, finding("manifest-line", problem=job.problem))


def lost(settings: Settings, job: Job) -> JobOutcome:
    """The row of a photo that ended whoever tried to measure it."""
    return _without_photo(settings, job, finding("measuring-crashed"))


def _fault(error: Exception) -> Finding:
    """That this program itself failed, and where."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}"
    return finding("measuring-failed", where=where, version=__version__)


def _without_photo(settings: Settings, job: Job, item: Finding) -> JobOutcome:
    return outcome_of(job, refused(settings, job.path, None, job.subject, (item,)), 0.0)


def _looked_at(analyzer: Analyzer, job: Job) -> tuple[Photo | None, Result]:
    source = read_url(job.path) if is_address(job.path) else job.path
    if isinstance(source, Finding):
        return None, refused(analyzer.settings, job.path, None, job.subject, (source,))
    return analyzer.look(source, job.subject)


def _drawn(photo: Photo, result: Result, pictures: PictureOptions) -> bytes:
    from posture.overlay import encode_image
    from posture.overlay.shown import annotated

    blur = pictures.blur_face
    picture = annotated(photo, result, limit_px=PICTURE_PX, blur_face=blur, quick=True)
    return encode_image(picture, "jpeg", JPEG_QUALITY)
