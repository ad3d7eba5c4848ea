"""The photo as it is shown on screen and paper: shrunk first, so that drawing on it is quick."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posture.findings import Finding
from posture.images import area_resized
from posture.overlay import Layer, draw_overlay
from posture.photo import Photo
from posture.result import CurvePoints, Landmark2D, PointPx, Result

SHOWN_PX = 1500
_DIRECTIONS = ("upper_tangent", "lower_tangent")


def annotated(photo: Photo, result: Result, layers: frozenset[Layer]) -> NDArray[np.uint8]:
    """The photo with these layers, at most :data:`SHOWN_PX` high or wide."""
    small, factor = shrunk_photo(photo, SHOWN_PX)
    return draw_overlay(small, scaled(result, factor), layers=layers - {Layer.PANEL})


def shrunk_photo(photo: Photo, limit_px: int) -> tuple[Photo, float]:
    """`photo` with neither side above `limit_px`, and by what its pixels were multiplied."""
    factor = min(1.0, limit_px / max(photo.width_px, photo.height_px))
    if factor == 1:
        return photo, 1.0
    size = (max(1, round(photo.width_px * factor)), max(1, round(photo.height_px * factor)))
    return replace(photo, rgb=area_resized(photo.rgb, size)), factor


def scaled(result: Result, factor: float) -> Result:
    """`result` with everything that is in photo pixels multiplied by `factor`."""
    return replace(
        result,
        points_px=None if result.points_px is None else _points(result.points_px, factor),
        contour_px=tuple(_point(point, factor) for point in result.contour_px),
        landmarks_px={
            name: Landmark2D(mark.x_px * factor, mark.y_px * factor, mark.visibility)
            for name, mark in result.landmarks_px.items()
        },
        findings=tuple(_finding(item, factor) for item in result.findings),
    )


def _points(points: CurvePoints, factor: float) -> CurvePoints:
    moved: dict[str, Any] = {
        field.name: _point(getattr(points, field.name), factor)
        for field in fields(points)
        if field.name not in _DIRECTIONS
    }
    return replace(points, **moved)


def _point(point: PointPx, factor: float) -> PointPx:
    return (point[0] * factor, point[1] * factor)


def _finding(item: Finding, factor: float) -> Finding:
    if item.region_px is None:
        return item
    left, top, right, bottom = (edge * factor for edge in item.region_px)
    return replace(item, region_px=(left, top, right, bottom))
