"""The photo as it is shown on screen and paper: shrunk first, so that drawing on it is quick."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posture.findings import Finding
from posture.images import area_resized, quickly_resized
from posture.overlay import Layer, draw_overlay
from posture.photo import Photo
from posture.result import CurvePoints, Landmark2D, PointPx, Result

SHOWN_PX = 1500
_DIRECTIONS = ("upper_tangent", "lower_tangent")


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


def scaled(result: Result, factor: float) -> Result:
    """`result` with everything that is in photo pixels multiplied by `factor`."""
    return moved(result, lambda point: (point[0] * factor, point[1] * factor), mirror=False)


def moved(result: Result, place: Callable[[PointPx], PointPx], *, mirror: bool) -> Result:
    """`result` on another picture of the same photo.

    Args:
        place: from a pixel of the photo to one of that picture: scaled, shifted or mirrored.
        mirror: whether it mirrors left and right.
    """
    facing = result.facing
    if mirror and facing is not None:
        facing = "left" if facing == "right" else "right"
    return replace(
        result,
        facing=facing,
        points_px=None if result.points_px is None else _points(result.points_px, place, mirror),
        contour_px=tuple(place(point) for point in result.contour_px),
        landmarks_px={
            name: Landmark2D(*place((mark.x_px, mark.y_px)), mark.visibility)
            for name, mark in result.landmarks_px.items()
        },
        findings=tuple(_finding(item, place) for item in result.findings),
    )


def _points(points: CurvePoints, place: Callable[[PointPx], PointPx], mirror: bool) -> CurvePoints:
    changed: dict[str, Any] = {}
    for field in fields(points):
        x, y = getattr(points, field.name)
        if field.name in _DIRECTIONS:
            changed[field.name] = (-x if mirror else x, y)
        else:
            changed[field.name] = place((x, y))
    return replace(points, **changed)


def _finding(item: Finding, place: Callable[[PointPx], PointPx]) -> Finding:
    if item.region_px is None:
        return item
    left, top, right, bottom = item.region_px
    (x0, y0), (x1, y1) = place((left, top)), place((right, bottom))
    return replace(item, region_px=(min(x0, x1), y0, max(x0, x1), y1))
