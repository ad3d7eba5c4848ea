"""Where the marks of a result go on its photo, before anything is drawn.

Everything is in pixels of the upright photo and sized by the photo, not by the screen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posture.overlay.shapes import Box, Point
from posture.result import CurvePoints, PointPx, Result

# A landmark less visible than this is not drawn.
MIN_VISIBILITY = 0.5
# Below this the two tangents are parallel for the eye and have no meeting point worth an arc.
MIN_ARC_DEG = 4.0
# The tangents run on behind the back by this share of the distance between the inflection points.
_OVERHANG = 0.8
# The arc passes behind the upper inflection point, which lies at 1.
_ARC_RADIUS = 1.55
# The hollow is about a tenth of the bridge deep: lines this many times finer than the bridge is
# long leave it open to the eye.
_LINES_PER_BRIDGE = 21.0


@dataclass(frozen=True)
class PhotoScale:
    """Sizes of marks for one photo.

    Attributes:
        width, height: of the photo in pixels.
        bridge_px: length of the bridge, None where nothing was measured.
    """

    width: int
    height: int
    bridge_px: float | None = None

    @property
    def unit(self) -> float:
        """What text is sized by, in pixels: one hundredth of the photo's height.

        Of 1.4 times its width where that is less, so that portrait and landscape look alike.
        """
        return max(1.0, min(self.height, 1.4 * self.width) / 100)

    @property
    def line(self) -> float:
        """What lines and dots are sized by: finer than `unit` where the person is small."""
        limit = self.unit if self.bridge_px is None else self.bridge_px / _LINES_PER_BRIDGE
        return max(0.6, min(self.unit, limit))

    @property
    def box(self) -> Box:
        """The photo's own rectangle."""
        return Box(0, 0, self.width, self.height)


def photo_scale(result: Result, width: int, height: int) -> PhotoScale:
    """Sizes of the marks of `result` on a photo of these pixels."""
    points = result.points_px
    bridge_px = None if points is None else math.dist(points.thoracic, points.gluteal)
    return PhotoScale(width, height, bridge_px)


@dataclass(frozen=True)
class Wedge:
    """The angle between the two tangents as it is drawn.

    Attributes:
        apex: where the tangents meet.
        radius: of the arc, in pixels.
        arc: points from the upper tangent (behind the back) to the lower one's extension.
    """

    apex: Point
    radius: float
    arc: tuple[Point, ...]


def wedge(points: CurvePoints) -> Wedge | None:
    """Where the tangents meet and the arc between them; None when they are as good as parallel."""
    upper, lower = np.asarray(points.upper_inflection), np.asarray(points.lower_inflection)
    up_vector, low_vector = np.asarray(points.upper_tangent), np.asarray(points.lower_tangent)
    turn = _signed_angle(up_vector, low_vector)
    span = float(np.hypot(*(upper - lower)))
    if abs(turn) < math.radians(MIN_ARC_DEG) or span == 0:
        return None
    along = np.linalg.solve(np.stack([up_vector, -low_vector], axis=1), lower - upper)
    apex = upper + along[0] * up_vector
    tangent_length = float(np.hypot(*(upper - apex)))
    # On a hollow the tangents meet inside the body, below the upper inflection point.
    if along[0] >= 0 or not span / 20 < tangent_length < 1.2 * span:
        return None
    radius = _ARC_RADIUS * tangent_length
    start = math.atan2(up_vector[1], up_vector[0])
    angles = start + turn * np.linspace(0, 1, 33)
    arc = tuple(
        (float(apex[0] + radius * math.cos(a)), float(apex[1] + radius * math.sin(a)))
        for a in angles
    )
    return Wedge((float(apex[0]), float(apex[1])), radius, arc)


def tangent_lines(points: CurvePoints) -> tuple[tuple[Point, Point], tuple[Point, Point]]:
    """Upper and lower tangent, from where they meet (inside) to behind the back."""
    span = math.dist(points.upper_inflection, points.lower_inflection)
    angle, out = wedge(points), _OVERHANG * span
    inner = [
        0.3 * span if angle is None else math.dist(angle.apex, inflection)
        for inflection in (points.upper_inflection, points.lower_inflection)
    ]
    return (
        ray(points.upper_inflection, points.upper_tangent, -inner[0], out),
        ray(points.lower_inflection, points.lower_tangent, inner[1], -out),
    )


def hollow_outline(result: Result, points: CurvePoints) -> tuple[Point, ...]:
    """Polygon between the bridge and the back line, from the upper touch point to the lower."""
    contour = np.asarray(result.contour_px, float).reshape(-1, 2)
    if len(contour) < 2:
        return (points.thoracic, points.lumbar, points.gluteal)
    ends = [
        int(np.argmin(np.hypot(*(contour - np.asarray(touch)).T)))
        for touch in (points.thoracic, points.gluteal)
    ]
    first, last = min(ends), max(ends)
    between = [(float(x), float(y)) for x, y in contour[first : last + 1]]
    if ends[0] > ends[1]:
        between.reverse()
    return (points.thoracic, *between, points.gluteal)


def finding_boxes(result: Result, scale: PhotoScale) -> tuple[Box, ...]:
    """The regions of all findings, cut to what lies well inside the picture."""
    inside = scale.box.grown(-0.8 * scale.unit)
    regions = [item.region_px for item in result.findings if item.region_px is not None]
    boxes = [
        Box(
            max(left, inside.left),
            max(top, inside.top),
            min(right, inside.right),
            min(bottom, inside.bottom),
        )
        for left, top, right, bottom in dict.fromkeys(regions)
    ]
    return tuple(box for box in boxes if box.width >= 1 and box.height >= 1)


def near_side(result: Result) -> str:
    """The person's side ("LEFT" or "RIGHT") nearer to the camera, by visibility, then by facing."""
    joints = ("SHOULDER", "HIP", "KNEE", "ANKLE")

    def seen(side: str) -> float:
        marks = [result.landmarks_px.get(f"{side}_{joint}".lower()) for joint in joints]
        return sum(mark.visibility for mark in marks if mark is not None)

    # A person who faces left shows the left side; a hair more visibility does not overrule that.
    by_facing = 0.2 if result.facing == "left" else -0.2 if result.facing == "right" else 0.0
    return "LEFT" if seen("LEFT") + by_facing >= seen("RIGHT") else "RIGHT"


def landmark(result: Result, name: str) -> Point | None:
    """Pixel position of the landmark with this `Landmark` name, None when it is not seen."""
    mark = result.landmarks_px.get(name.lower())
    return None if mark is None or mark.visibility < MIN_VISIBILITY else (mark.x_px, mark.y_px)


def joint_middle(result: Result, joint: str) -> Point | None:
    """Half-way between the left and the right joint; None when neither is seen."""
    marks = [result.landmarks_px.get(f"{side}_{joint}".lower()) for side in ("LEFT", "RIGHT")]
    found = [mark for mark in marks if mark is not None]
    if not found or max(mark.visibility for mark in found) < MIN_VISIBILITY:
        return None
    count = len(found)
    return sum(mark.x_px for mark in found) / count, sum(mark.y_px for mark in found) / count


def _signed_angle(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    cross = first[0] * second[1] - first[1] * second[0]
    return math.atan2(float(cross), float(first @ second))


def ray(start: PointPx, direction: PointPx, first: float, last: float) -> tuple[Point, Point]:
    """Two points of the line through `start`, at these distances along `direction`."""
    (x, y), (dx, dy) = start, direction
    return (x + first * dx, y + first * dy), (x + last * dx, y + last * dy)


def stretched(first: Point, last: Point, beyond: float) -> tuple[Point, Point]:
    """A line made longer by `beyond` pixels at both ends."""
    length = max(math.dist(first, last), 1e-6)
    dx, dy = (last[0] - first[0]) / length * beyond, (last[1] - first[1]) / length * beyond
    return (first[0] - dx, first[1] - dy), (last[0] + dx, last[1] + dy)
