"""Measuring photo by photo, and what comes of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from posture.analyzer import Analyzer
from posture.cli.pictures import write_annotated
from posture.errors import OutputFailed
from posture.findings import is_input_error
from posture.norms import Norms
from posture.overlay import ImageFormat
from posture.photo import Photo, load_photo
from posture.quiet import native_stderr_silenced
from posture.result import Result
from posture.subject import Subject

MEASURED, ERROR, CANNOT_MEASURE = 0, 1, 2


@dataclass(frozen=True)
class Outcome:
    """What became of one photo.

    Attributes:
        photo: path as it was given.
        result: the measurement or the refusal.
        picture: where the annotated picture was written; None when there is none.
        output_error: why the annotated picture could not be written.
    """

    photo: str
    result: Result
    picture: Path | None = None
    output_error: OutputFailed | None = None

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
class PictureOptions:
    """How annotated pictures are written."""

    paths: Mapping[str, Path]
    image_format: ImageFormat
    blur_face: bool
    norms: Norms | None


def measure(
    analyzer: Analyzer, photos: Sequence[str], subject: Subject, pictures: PictureOptions | None
) -> Iterator[Outcome]:
    """The outcome of each photo in turn; pictures are written when `pictures` is given."""
    for path in photos:
        photo = load_photo(path)
        # MediaPipe still starts parts of itself when it sees the first person.
        with native_stderr_silenced():
            result = analyzer.analyze(photo if isinstance(photo, Photo) else path, subject)
        outcome = Outcome(path, result)
        if pictures is not None and isinstance(photo, Photo):
            outcome = _with_picture(outcome, photo, pictures)
        yield outcome


def _with_picture(outcome: Outcome, photo: Photo, pictures: PictureOptions) -> Outcome:
    path = pictures.paths[outcome.photo]
    try:
        write_annotated(
            path,
            photo,
            outcome.result,
            pictures.image_format,
            blur_face=pictures.blur_face,
            norms=pictures.norms,
        )
    except OutputFailed as error:
        return replace(outcome, output_error=error)
    return replace(outcome, picture=path)


def overall_exit_code(codes: Sequence[int]) -> int:
    """1 when anything went wrong, else 2 when a photo could not be measured, else 0."""
    if ERROR in codes:
        return ERROR
    return CANNOT_MEASURE if CANNOT_MEASURE in codes else MEASURED
