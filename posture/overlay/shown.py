"""The photo as it is shown on screen and paper: shrunk first, so that drawing on it is quick."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from posture.overlay import DEFAULT_LAYERS, Layer
from posture.overlay.draw import draw_on_photo
from posture.overlay.numbers import LengthUnit
from posture.photo.decode import Photo
from posture.photo.resize import area_resized, quickly_resized
from posture.result import Result, scaled

SHOWN_PX = 1500


def annotated(
    photo: Photo,
    result: Result,
    *,
    layers: frozenset[Layer] = DEFAULT_LAYERS,
    limit_px: int = SHOWN_PX,
    blur_face: bool = False,
    quick: bool = False,
    unit: LengthUnit = "mm",
) -> NDArray[np.uint8]:
    """The photo with these layers but without the panel, neither side above `limit_px`.

    Args:
        photo: the upright photo that `result` was measured on.
        blur_face: whether to make the head unrecognisable.
        quick: whether a little less of a shrunk photo's fine detail will do.
        unit: in which the labels tell lengths.
    """
    small, factor = shrunk_photo(photo, limit_px, quick=quick)
    return draw_on_photo(
        small, scaled(result, factor), layers=layers, blur_face=blur_face, unit=unit
    )


def shrunk_photo(photo: Photo, limit_px: int, *, quick: bool = False) -> tuple[Photo, float]:
    """`photo` with neither side above `limit_px`, and by what its pixels were multiplied."""
    factor = min(1.0, limit_px / max(photo.width_px, photo.height_px))
    if factor == 1:
        return photo, 1.0
    size = (max(1, round(photo.width_px * factor)), max(1, round(photo.height_px * factor)))
    resized = quickly_resized if quick else area_resized
    return replace(photo, rgb=resized(photo.rgb, size)), factor
