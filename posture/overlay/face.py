"""Makes the head unrecognisable: a few coarse blocks, blurred, which nothing can turn back."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from posture.overlay.shapes import Box, Point
from posture.pose.landmarks import ANKLES, EARS, HIPS, SHOULDERS, Landmark
from posture.result import Result

# The model guesses hidden landmarks; a guess still tells where the head is.
_MIN_VISIBILITY = 0.15
FACE_LANDMARKS = tuple(mark for mark in Landmark if mark <= Landmark.MOUTH_RIGHT)
# Radius of a circle round the ear that holds crown, hair, chin and nose, and distances between
# landmarks, all as a fraction of stature.
_HEAD_RADIUS = 0.088
_SHOULDER_TO_HIP = 0.29
_HIP_TO_ANKLE = 0.49
# Blocks across the head.  Seven leave no feature of a face standing.
_BLOCKS = 7


# Findings by which there are more faces than the landmarks tell of.
SEVERAL_PEOPLE = "several-people"
OTHERS = "others-in-background"


@dataclass(frozen=True)
class Head:
    """A circle that holds the head with its hair, in pixels."""

    centre: Point
    radius: float

    @property
    def box(self) -> Box:
        """The circle's bounding rectangle."""
        return Box(*self.centre, *self.centre).grown(self.radius)


def find_head(result: Result) -> Head | None:
    """Where the head is, from the face landmarks and the size of the body; None without a face."""
    face = _seen(result, FACE_LANDMARKS)
    if not face:
        return None
    ears = _seen(result, EARS)
    middle = _mean(face)
    # In profile the skull's middle lies at the ear; the face pulls it forward a little.
    centre = middle if not ears else _mean([_mean(ears), _mean(ears), middle])
    farthest = max(math.dist(centre, point) for point in face)
    stature_px = _stature_px(result)
    radius = max(1.55 * farthest, _HEAD_RADIUS * (stature_px or 0.0), 4.0)
    # Hair rises further above the ear than the chin hangs below it.
    return Head((centre[0], centre[1] - 0.12 * radius), radius)


def hide_face(pixels: NDArray[np.uint8], result: Result) -> None:
    """Blur the head in place.

    Without a face landmark everything above the shoulders goes.  Where the shoulders are unknown
    too, or two people stand close together, nothing tells where faces are and all of it goes.
    With other people in the background only the measured body stays sharp.
    """
    height, width = pixels.shape[:2]
    codes, head = {item.code for item in result.findings}, find_head(result)
    whole = Box(0, 0, width, height)
    block_px = max(width, height) / 32
    body = _body_box(result)
    if SEVERAL_PEOPLE in codes or (OTHERS in codes and body is None):
        _coarsen(pixels, whole, block_px, None)
        return
    if OTHERS in codes and body is not None:
        rows = slice(max(0, round(body.top)), max(0, round(body.bottom)))
        columns = slice(max(0, round(body.left)), max(0, round(body.right)))
        kept = pixels[rows, columns].copy()
        _coarsen(pixels, whole, block_px, None)
        pixels[rows, columns] = kept
    if head is not None:
        _coarsen(pixels, head.box.grown(0.2 * head.radius), 2 * head.radius / _BLOCKS, head)
    else:
        shoulders = _seen(result, SHOULDERS)
        bottom = max((y for _, y in shoulders), default=float(height))
        _coarsen(pixels, Box(0, 0, width, bottom), block_px, None)


def _coarsen(pixels: NDArray[np.uint8], box: Box, block_px: float, head: Head | None) -> None:
    """Average `box` to blocks of `block_px` and blur the blocks; soft at the rim of `head`."""
    height, width = pixels.shape[:2]
    left, top = max(0, math.floor(box.left)), max(0, math.floor(box.top))
    right, bottom = min(width, math.ceil(box.right) + 1), min(height, math.ceil(box.bottom) + 1)
    if left >= right or top >= bottom:
        return
    region = pixels[top:bottom, left:right]
    columns = max(1, round((right - left) / block_px))
    rows = max(1, round((bottom - top) / block_px))
    blocks = cv2.resize(region, (columns, rows), interpolation=cv2.INTER_AREA)
    # The blur works on a small copy: block edges are all there is to soften.
    tiles = cv2.resize(blocks, (8 * columns, 8 * rows), interpolation=cv2.INTER_NEAREST)
    soft = cv2.GaussianBlur(tiles, (0, 0), 2.8)
    coarse = cv2.resize(soft, (right - left, bottom - top), interpolation=cv2.INTER_LINEAR)
    if head is None:
        region[:] = coarse
        return
    ys, xs = np.mgrid[top:bottom, left:right]
    distance = np.hypot(xs - head.centre[0], ys - head.centre[1])
    share = np.clip((1.2 * head.radius - distance) / (0.2 * head.radius), 0, 1)[..., None]
    region[:] = np.rint(region + share * (coarse.astype(np.float32) - region))


def _body_box(result: Result) -> Box | None:
    """Rectangle round the measured person below the head, with a margin for arms and clothes."""
    body = _seen(result, tuple(mark for mark in Landmark if mark not in FACE_LANDMARKS))
    points = [*body, *result.contour_px]
    if not points:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = Box(min(xs), min(ys), max(xs), max(ys))
    return box.grown(0.06 * max(box.width, box.height))


def _stature_px(result: Result) -> float | None:
    """Rough body height in pixels from the landmarks below the head."""
    shoulders, hips = _seen(result, SHOULDERS), _seen(result, HIPS)
    ankles = _seen(result, ANKLES)
    sizes = []
    if shoulders and hips:
        sizes.append(math.dist(_mean(shoulders), _mean(hips)) / _SHOULDER_TO_HIP)
    if hips and ankles:
        sizes.append(math.dist(_mean(hips), _mean(ankles)) / _HIP_TO_ANKLE)
    return max(sizes, default=None)


def _seen(result: Result, marks: tuple[Landmark, ...]) -> list[Point]:
    found = [result.landmarks_px.get(mark.name.lower()) for mark in marks]
    return [
        (mark.x_px, mark.y_px)
        for mark in found
        if mark is not None and mark.visibility >= _MIN_VISIBILITY
    ]


def _mean(points: list[Point]) -> Point:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
