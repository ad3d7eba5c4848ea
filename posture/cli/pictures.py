"""Annotated pictures: where each one goes, and writing it."""

from __future__ import annotations

import itertools
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from posture._support.files import identities, output_failed, write_atomically
from posture.result import Result
from posture.verdict.norms import Norms

if TYPE_CHECKING:
    from posture.overlay import ImageFormat, Layer
    from posture.overlay.numbers import LengthUnit
    from posture.photo.decode import Photo

MotionFormat = Literal["trc", "c3d"]
ENDING_OF: dict[ImageFormat | MotionFormat, str] = {
    "jpeg": ".jpg",
    "png": ".png",
    "trc": ".trc",
    "c3d": ".c3d",
}
# In bytes; file systems take 255, and something is added.
LONGEST_NAME = 180


def annotated_paths(
    labels: Mapping[str, str], folder: Path, file_format: ImageFormat | MotionFormat
) -> dict[str, Path]:
    """For each photo the path of its annotated picture: ``FOLDER_NAME_posture.jpg`` in `folder`.

    When two photos have one name, the later ones get ``_2``, ``_3`` and so on.  No path is that
    of a photo.  The same photos always get the same paths.

    Args:
        labels: what each photo is called, by its path; see :class:`posture.photo.find.Inputs`.
        folder: for the pictures.
        file_format: of them; those of motion files are named likewise.
    """
    taken = {key for photo in labels for key in identities(photo)}
    paths = {}
    for photo, label in labels.items():
        stem = f"{_whole_name(label)}_posture"
        names = itertools.chain([stem], (f"{stem}_{number}" for number in itertools.count(2)))
        candidates = (folder / (name + ENDING_OF[file_format]) for name in names)
        path = next(path for path in candidates if not identities(path) & taken)
        taken |= identities(path)
        paths[photo] = path
    return paths


def write_annotated(
    path: Path,
    photo: Photo,
    result: Result,
    image_format: ImageFormat,
    *,
    blur_face: bool,
    norms: Norms | None,
    replace: bool,
    unit: LengthUnit = "mm",
    layers: frozenset[Layer] | None = None,
) -> None:
    """Draw `result` on a copy of `photo` and write it to `path`; `layers` None are the usual ones.

    Raises:
        OutputFailed: when the picture cannot be encoded or written.
    """
    # Here: who only wants to know where pictures go does not draw any.
    from posture.overlay import DEFAULT_LAYERS, draw_overlay, encode_image

    picture = draw_overlay(
        photo,
        result,
        layers=layers or DEFAULT_LAYERS,
        blur_face=blur_face,
        norms=norms,
        unit=unit,
    )
    try:
        data = encode_image(picture, image_format)
    except OSError as error:
        # A JPEG cannot have sides above 65,500 px.
        raise output_failed(path, error) from error
    write_atomically(path, data, replace=replace)


def _whole_name(label: str) -> str:
    """A label as the name of a file; of a long one the end, which tells most."""
    name = label.replace("/", "_")
    while len(os.fsencode(name)) > LONGEST_NAME:
        name = name[1:]
    return name
