"""The photo as it is shown on screen and paper: shrunk first, so that drawing on it is quick."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from posture.overlay import Layer, draw_overlay
from posture.photo.decode import Photo
from posture.photo.resize import area_resized, quickly_resized
from posture.result import Result, scaled

SHOWN_PX = 1500


def annotated(photo: Photo, result: Result, layers: frozenset[Layer]) -> NDArray[np.uint8]:
    """The photo with these layers, at most :data:`SHOWN_PX` high or wide."""
    small, factor = shrunk_photo(photo, SHOWN_PX)
    return draw_overlay(small, scaled(result, factor), layers=layers - {Layer.PANEL})


def shrunk_photo(photo: Photo, limit_px: int, *, quick: bool = False) -> tuple[Photo, float]:
    """`photo` with neither side above `limit_px`, and by what its pixels were multiplied."""
    factor = min(1.0, limit_px / max(photo.width_px, photo.height_px))
    if factor == 1:
        return photo, 1.0
    size = (max(1, round(photo.width_px * factor)), max(1, round(photo.height_px * factor)))
    resized = quickly_resized if quick else area_resized
    return replace(photo, rgb=resized(photo.rgb, size)), factor
