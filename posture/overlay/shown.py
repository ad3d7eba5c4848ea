"""The photo as it is shown on screen and paper: shrunk first, so that drawing on it is quick."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from posture.overlay import DEFAULT_LAYERS, Layer
from posture.overlay.draw import draw_on_photo
from posture.overlay.numbers import LengthUnit
from posture.photo.decode import Photo
from posture.photo.resize import area_resized, quickly_resized
from posture.result import PointPx, Result, moved, scaled

SHOWN_PX = 1500
# Over and under the landmarks, as a share of their height: the top of the head has none.
AROUND_PERSON = 0.16
# Width by height of what is shown at least: the labels need room beside the person.
LEAST_WIDTH = 0.75
# A photo that would stay nearly as large is shown as it is.
WORTH_CROPPING = 0.6


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


def around_person(photo: Photo, result: Result) -> tuple[Photo, Result]:
    """The part of the photo round the person and all that was found, and its result.

    Both stay as they are where nothing was measured, or the person fills most of the photo.
    """
    if result.points_px is None or not result.landmarks_px:
        return photo, result
    left, top, right, bottom = _around(result, photo.width_px, photo.height_px)
    if (right - left) * (bottom - top) > WORTH_CROPPING * photo.width_px * photo.height_px:
        return photo, result

    def place(point: PointPx) -> PointPx:
        return (point[0] - left, point[1] - top)

    part = np.ascontiguousarray(photo.rgb[top:bottom, left:right])
    return replace(photo, rgb=part), moved(result, place, mirror=False)


def shrunk_photo(photo: Photo, limit_px: int, *, quick: bool = False) -> tuple[Photo, float]:
    """`photo` with neither side above `limit_px`, and by what its pixels were multiplied."""
    factor = min(1.0, limit_px / max(photo.width_px, photo.height_px))
    if factor == 1:
        return photo, 1.0
    size = (max(1, round(photo.width_px * factor)), max(1, round(photo.height_px * factor)))
    resized = quickly_resized if quick else area_resized
    return replace(photo, rgb=resized(photo.rgb, size)), factor


def _around(result: Result, width: int, height: int) -> tuple[int, int, int, int]:
    """Left, top, right and bottom round all that the result knows a place of."""
    places = [(mark.x_px, mark.y_px) for mark in result.landmarks_px.values()]
    places += result.contour_px
    for item in result.findings:
        if item.region_px is not None:
            places += [item.region_px[:2], item.region_px[2:]]
    xs, ys = zip(*places, strict=True)
    margin = AROUND_PERSON * (max(ys) - min(ys))
    high = max(ys) - min(ys) + 2 * margin
    beside = max(margin, (LEAST_WIDTH * high - (max(xs) - min(xs))) / 2)
    return (
        max(0, math.floor(min(xs) - beside)),
        max(0, math.floor(min(ys) - margin)),
        min(width, math.ceil(max(xs) + beside)),
        min(height, math.ceil(max(ys) + margin)),
    )
