"""Kept pictures of two sessions, laid over each other: hip on hip, at the same stature."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from posture.errors import InvalidInput
from posture.history.records import Kept, KeptPicture
from posture.overlay import Layer
from posture.overlay.draw import draw_on_photo
from posture.overlay.numbers import LengthUnit
from posture.overlay.palette import MIST
from posture.photo.decode import Photo, load_photo
from posture.pose.landmarks import HIPS
from posture.result import Facing, PointPx, Result, moved, scaled

# One stature on the common picture; what it reaches over, in statures; where the hip lies on it.
STATURE_PX = 760
HEIGHT, WIDTH = 1.12, 0.66
HIP_FROM_TOP = 0.5
LAYERS = frozenset({Layer.CONTOUR, Layer.BRIDGE, Layer.DEPTH, Layer.TANGENTS})


@dataclass(frozen=True)
class MeasuredPicture:
    """A kept photo and what was measured on it, in pixels of the kept picture."""

    photo: Photo
    result: Result
    hip_px: PointPx
    stature_px: float


def opened(kept: Kept, picture: KeptPicture) -> MeasuredPicture | None:
    """What is needed to align a picture; None where an old or foreign result does not tell."""
    photo = load_photo(picture.jpeg)
    try:
        result = scaled(Result.from_json(kept.result), picture.scale)
    except InvalidInput:
        return None
    return measured_picture(photo, result) if isinstance(photo, Photo) else None


def measured_picture(photo: Photo, result: Result) -> MeasuredPicture | None:
    """What is needed to align a photo; None where its result does not tell.

    Args:
        result: in pixels of `photo`.
    """
    hip_px, stature_px = _hip_px(result), _stature_px(result)
    if hip_px is None or stature_px is None:
        return None
    return MeasuredPicture(photo, result, hip_px, stature_px)


def opened_there(_: object, kept: Kept, picture: KeptPicture) -> MeasuredPicture | None:
    """As :func:`opened`, for a worker's child: what was imported may hold anybody's pictures."""
    return opened(kept, picture)


def on_common_ground(
    picture: MeasuredPicture, facing: Facing, unit: LengthUnit = "mm"
) -> NDArray[np.uint8]:
    """The annotated photo, hip and stature where every other one has them, facing this way.

    Args:
        unit: in which its labels tell lengths.
    """
    scale = STATURE_PX / picture.stature_px
    mirror = picture.result.facing != facing
    across = -scale if mirror else scale
    width, height = round(WIDTH * STATURE_PX), round(HEIGHT * STATURE_PX)
    x0, y0 = width / 2, HIP_FROM_TOP * HEIGHT * STATURE_PX
    hip_x, hip_y = picture.hip_px

    def to_ground(point: PointPx) -> PointPx:
        return (x0 + across * (point[0] - hip_x), y0 + scale * (point[1] - hip_y))

    # warpAffine counts from the centre of the first pixel, we from its corner.
    shift_x, shift_y = to_ground((0.5, 0.5))
    matrix = np.array([[across, 0.0, shift_x - 0.5], [0.0, scale, shift_y - 0.5]])
    flags = cv2.INTER_LINEAR if scale > 0.5 else cv2.INTER_AREA
    pixels = cv2.warpAffine(
        picture.photo.rgb, matrix, (width, height), flags=flags, borderValue=MIST
    )
    ground = Photo(np.asarray(pixels, np.uint8), None, None, False)
    laid = moved(picture.result, to_ground, mirror=mirror)
    return draw_on_photo(ground, laid, layers=LAYERS, unit=unit)


def _hip_px(result: Result) -> PointPx | None:
    marks = [result.landmarks_px.get(mark.name.lower()) for mark in HIPS]
    seen = [mark for mark in marks if mark is not None]
    if not seen:
        return None
    return (sum(m.x_px for m in seen) / len(seen), sum(m.y_px for m in seen) / len(seen))


def _stature_px(result: Result) -> float | None:
    """The person's height in pixels: the bridge is measured in both, so no height is needed."""
    points, ratio, share = result.points_px, result.hollow_depth_ratio, result.hollow_depth_stature
    if points is None or ratio is None or share is None or share.value <= 0 or ratio.value <= 0:
        return None
    return math.dist(points.thoracic, points.gluteal) * ratio.value / share.value
