"""Measuring photo by photo, and what comes of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from posture.cli.exit_codes import CANNOT_MEASURE, ERROR, MEASURED
from posture.errors import OutputFailed, WorkerDied
from posture.findings import is_input_error
from posture.result import Result
from posture.subject import Subject
from posture.worker import IsolatedAnalyzer, refused_by_death

if TYPE_CHECKING:
    from posture.analyzer import Analyzer
    from posture.overlay import ImageFormat
    from posture.overlay.numbers import LengthUnit


@dataclass(frozen=True)
class PhotoOutcome:
    """What became of one photo.

    Attributes:
        photo: path as it was given.
        result: the measurement or the refusal.
        picture: where the annotated picture was written; None when there is none.
        output_error: why the annotated picture could not be written.
        taken: when the photo says it was taken; None when it does not.
        together: whether this is no photo but the reading of several.
    """

    photo: str
    result: Result
    picture: Path | None = None
    output_error: OutputFailed | None = None
    taken: datetime | None = None
    together: bool = False

    @property
    def is_error(self) -> bool:
        """Whether the photo could not be read, or its picture not be written."""
        refusal = self.result.refusal
        return self.output_error is not None or (refusal is not None and is_input_error(refusal))

    @property
    def exit_code(self) -> int:
        """0 measured, 2 cannot measure, 1 error."""
        if self.is_error:
            return ERROR
        return CANNOT_MEASURE if self.result.status == "refused" else MEASURED


@dataclass(frozen=True)
class AnnotatedFile:
    """Where the annotated picture of one photo goes, and how it is written."""

    path: Path
    image_format: ImageFormat
    blur_face: bool
    replace: bool
    unit: LengthUnit


def measure(
    worker: IsolatedAnalyzer,
    photos: Sequence[str],
    subject: Subject,
    annotated: Mapping[str, AnnotatedFile] | None,
) -> Iterator[PhotoOutcome]:
    """The outcome of each photo in turn; pictures are written when `annotated` is given."""
    for photo in photos:
        try:
            yield worker.run(measure_one, photo, subject, annotated[photo] if annotated else None)
        except WorkerDied as death:
            yield PhotoOutcome(photo, refused_by_death(worker.settings, photo, subject, death))


def measure_one(
    analyzer: Analyzer, path: str, subject: Subject, annotated: AnnotatedFile | None
) -> PhotoOutcome:
    """The outcome of one photo; a picture is written when `annotated` is given."""
    photo, result = analyzer.look(path, subject)
    if photo is None:
        return PhotoOutcome(path, result)
    if annotated is None:
        return PhotoOutcome(path, result, taken=photo.taken)
    # Here, in the process that measures: it draws, too.
    from posture.cli.pictures import write_annotated

    try:
        write_annotated(
            annotated.path,
            photo,
            result,
            annotated.image_format,
            blur_face=annotated.blur_face,
            norms=analyzer.settings.norms,
            replace=annotated.replace,
            unit=annotated.unit,
        )
    except OutputFailed as error:
        return PhotoOutcome(path, result, output_error=error, taken=photo.taken)
    return PhotoOutcome(path, result, picture=annotated.path, taken=photo.taken)
