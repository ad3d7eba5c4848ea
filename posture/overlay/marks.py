"""What a result draws on the photo itself: lines, dots and the hollow (labels are apart)."""

from __future__ import annotations

import math

import numpy as np

from posture.overlay.geometry import (
    PhotoScale,
    finding_boxes,
    hollow_outline,
    joint_middle,
    landmark,
    near_side,
    ray,
    stretched,
    tangent_lines,
    wedge,
)
from posture.overlay.layers import Layer
from posture.overlay.palette import (
    CONTOUR,
    INK,
    MUTED,
    NOTICE,
    TANGENT,
    WHITE,
    Rgb,
    band_colours,
)
from posture.overlay.shapes import Fill, Plate, Point, Shape, Stroke, circle
from posture.pose.landmarks import SKELETON_EDGES, Landmark
from posture.result import CurvePoints, Result

_NECK_EDGES = (
    (Landmark.LEFT_EAR, Landmark.LEFT_SHOULDER),
    (Landmark.RIGHT_EAR, Landmark.RIGHT_SHOULDER),
)
_PLUMB_JOINTS = ("EAR", "SHOULDER", "HIP", "KNEE", "ANKLE")


def photo_marks(result: Result, scale: PhotoScale, layers: frozenset[Layer]) -> list[Shape]:
    """Everything of `layers` that lies on the photo, from the back to the front, but labels."""
    points = result.points_px
    shapes: list[Shape] = []
    if Layer.PLUMB in layers:
        shapes += _plumb(result, scale)
    if Layer.SKELETON in layers:
        shapes += _skeleton(result, scale)
    if points is not None:
        if Layer.DEPTH in layers:
            shapes += _hollow(result, points)
        if Layer.BRIDGE in layers:
            shapes += _bridge(points, scale)
    if Layer.CONTOUR in layers and len(result.contour_px) > 1:
        shapes += cased(result.contour_px, 0.5 * scale.line, CONTOUR, scale, strength=0.65)
    if points is not None:
        if Layer.TANGENTS in layers:
            shapes += _tangents(points, scale)
        shapes += _dots(points, scale, layers)
        if Layer.DEPTH in layers:
            shapes += _depth_arrow(points, scale)
    if Layer.FINDINGS in layers:
        shapes += _regions(result, scale)
    return shapes


def cased(
    points: tuple[Point, ...],
    width: float,
    colour: Rgb,
    scale: PhotoScale,
    *,
    dash: tuple[float, float] | None = None,
    casing: Rgb = WHITE,
    strength: float = 0.75,
) -> list[Shape]:
    """A line with a soft light round it, so that it reads on dark and on light."""
    width = max(1.2, width)
    halo = Stroke(points, width + 0.42 * scale.line, casing, strength, dash, 0.14 * scale.line)
    return [halo, Stroke(points, width, colour, 1.0, dash)]


def _hollow(result: Result, points: CurvePoints) -> list[Shape]:
    verdict = result.bands.verdict if result.bands is not None else "typical"
    first, second = band_colours(verdict)
    outline = hollow_outline(result, points)
    return [Fill(outline, first, 0.6, second if second != first else None)]


def _tangents(points: CurvePoints, scale: PhotoScale) -> list[Shape]:
    unit, angle = scale.line, wedge(points)
    shapes: list[Shape] = []
    if angle is not None:
        shapes.append(Fill((angle.apex, *angle.arc), WHITE, 0.30))
        extension = ray(angle.apex, points.lower_tangent, 0.0, 1.1 * angle.radius)
        dash = (0.9 * unit, 0.7 * unit)
        shapes += cased(extension, 0.22 * unit, TANGENT, scale, dash=dash, strength=0.4)
        shapes += cased(angle.arc, 0.24 * unit, TANGENT, scale, strength=0.5)
    for line in tangent_lines(points):
        # A strong light would wash out the back line, which the tangents follow for a while.
        shapes += cased(line, 0.24 * unit, TANGENT, scale, strength=0.25)
    return shapes


def _bridge(points: CurvePoints, scale: PhotoScale) -> list[Shape]:
    beyond = 0.04 * math.dist(points.thoracic, points.gluteal)
    line = stretched(points.thoracic, points.gluteal, beyond)
    return cased(line, 0.3 * scale.line, INK, scale, strength=0.85)


def _dots(points: CurvePoints, scale: PhotoScale, layers: frozenset[Layer]) -> list[Shape]:
    unit = scale.line
    shapes: list[Shape] = []
    if Layer.TANGENTS in layers:
        for inflection in (points.upper_inflection, points.lower_inflection):
            shapes += circle(inflection, 0.36 * unit, WHITE, TANGENT, 0.24 * unit)
    if Layer.BRIDGE in layers:
        for touch in (points.thoracic, points.gluteal):
            shapes += circle(touch, 0.4 * unit, INK, WHITE, 0.22 * unit)
    return shapes


def _depth_arrow(points: CurvePoints, scale: PhotoScale) -> list[Shape]:
    """From the bridge to the deepest point, with a head there; short hollows get a short head."""
    foot, tip = np.asarray(points.bridge_foot), np.asarray(points.lumbar)
    length = float(np.hypot(*(tip - foot)))
    if length < 1:
        return []
    along = (tip - foot) / length
    across = np.array([-along[1], along[0]])
    head = min(1.7 * scale.line, 0.5 * length)
    neck = tip - head * along
    wing = 0.42 * head * across
    triangle = tuple((float(x), float(y)) for x, y in (tip, neck + wing, neck - wing))
    shaft = (points.bridge_foot, (float(neck[0]), float(neck[1])))
    rim = Stroke((*triangle, triangle[0]), 0.36 * scale.line, WHITE, 0.8, blur=0.1 * scale.line)
    return [*cased(shaft, 0.3 * scale.line, INK, scale, strength=0.85), rim, Fill(triangle, INK)]


def _plumb(result: Result, scale: PhotoScale) -> list[Shape]:
    """The vertical through the ankle, and how far the other joints lie from it.

    Like the alignment values it uses the middle between the left and the right joint.
    """
    if result.status != "measured":
        return []
    joints = {name: joint_middle(result, name) for name in _PLUMB_JOINTS}
    ankle = joints["ANKLE"]
    seen = [point for point in joints.values() if point is not None]
    if ankle is None or len(seen) < 2:
        return []
    unit = scale.line
    x, top = ankle[0], min(y for _, y in seen)
    line = ((x, ankle[1]), (x, top - 2 * unit))
    shapes: list[Shape] = [
        Stroke(line, 0.5 * unit, INK, 0.35, blur=0.1 * unit),
        Stroke(line, 0.26 * unit, WHITE, 0.95, (1.2 * unit, 0.9 * unit)),
    ]
    for point in seen:
        offset = (point, (x, point[1]))
        shapes += [
            Stroke(offset, 0.44 * unit, INK, 0.3, blur=0.1 * unit),
            Stroke(offset, 0.2 * unit, WHITE, 0.95),
            *circle((x, point[1]), 0.24 * unit, MUTED, WHITE, 0.18 * unit),
        ]
    return shapes


def _skeleton(result: Result, scale: PhotoScale) -> list[Shape]:
    """The side nearer to the camera, or both sides when it is unclear which way the body faces."""
    unit, sides = scale.line, _drawn_sides(result)
    lines: list[Shape] = []
    joints: dict[Landmark, Point] = {}
    for first, second in (*SKELETON_EDGES, *_NECK_EDGES):
        start, end = landmark(result, first.name), landmark(result, second.name)
        if start is None or end is None or first.name.split("_")[0] not in sides:
            continue
        joints |= {first: start, second: end}
        lines += [
            Stroke((start, end), 0.5 * unit, INK, 0.3, blur=0.12 * unit),
            Stroke((start, end), 0.24 * unit, WHITE, 0.8),
        ]
    for point in joints.values():
        lines += circle(point, 0.3 * unit, WHITE, INK, 0.12 * unit)
    return lines


def _drawn_sides(result: Result) -> tuple[str, ...]:
    return ("LEFT", "RIGHT") if result.facing is None else (near_side(result),)


def _regions(result: Result, scale: PhotoScale) -> list[Shape]:
    """A rounded box round every spot that a finding is about."""
    unit = scale.unit
    shapes: list[Shape] = []
    for box in finding_boxes(result, scale):
        shapes += [
            Plate(box, 1.6 * unit, NOTICE, 0.10),
            Plate(box, 1.6 * unit, INK, 0.5, outline=0.75 * unit),
            Plate(box, 1.6 * unit, NOTICE, 1.0, outline=0.42 * unit),
        ]
    return shapes
