"""The short labels on the photo: where there is room behind the back, never over the hollow."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

from posture._support.texts import texts
from posture.overlay import numbers
from posture.overlay.geometry import (
    PhotoScale,
    finding_boxes,
    hollow_outline,
    tangent_lines,
)
from posture.overlay.layers import Layer
from posture.overlay.marks import cased
from posture.overlay.numbers import LengthUnit
from posture.overlay.palette import INK, MUTED, PAPER, TANGENT, Rgb
from posture.overlay.shapes import Box, Plate, Point, Shape, Text
from posture.overlay.typeface import CAP_HEIGHT, Weight, text_width
from posture.result import CurveNumbers, CurvePoints, Measured, Result

# Text smaller than this is a smudge; the panel carries the number then.
MIN_TEXT_PX = 8.0
# Sizes tried in turn where room is scarce, as shares of the usual one.
_SIZES = (1.0, 0.9, 0.8, 0.7)
# Usual size of the text, and distances from the marks that are tried, in units of the photo.
_TEXT_UNITS = 2.5
_GAPS = (2.2, 1.2, 4.0)
# Moves up and down that are tried, in heights of the label.
_STEPS = (0.0, *(sign * k for k in (0.2, 0.4, 0.6, 0.8, 1.1, 1.5, 2.0, 2.6) for sign in (-1, 1)))


LabelLine = tuple[str, float, Weight, Rgb]


@dataclass(frozen=True)
class Label:
    """Lines of text on a plate, tied to a point of the photo.

    Attributes:
        lines: text, size relative to the label's, weight and colour of each line.
    """

    anchor: Point
    lines: tuple[LabelLine, ...]


@dataclass(frozen=True)
class PlacedLabel:
    """A label with its rectangle, and the text size in pixels that it is set in."""

    label: Label
    box: Box
    size: float


def photo_labels(
    result: Result, scale: PhotoScale, layers: frozenset[Layer], unit: LengthUnit = "mm"
) -> list[Shape]:
    """The plates, leaders and texts of all labels that find room."""
    return [
        shape
        for placed in place_labels(result, scale, layers, unit)
        for shape in _drawn(placed, scale)
    ]


def place_labels(
    result: Result, scale: PhotoScale, layers: frozenset[Layer], unit: LengthUnit = "mm"
) -> tuple[PlacedLabel, ...]:
    """Rectangles on the photo, behind the back, clear of every mark and of each other."""
    curve = result.curve
    if curve is None:
        return ()
    back = 1 if curve.facing == "left" else -1
    obstacles = _obstacles(result, curve.points_px, scale)
    placed: list[PlacedLabel] = []
    spots = finding_boxes(result, scale) if Layer.FINDINGS in layers else ()
    for label in _labels(curve, result.hollow_depth_mm, layers, unit):
        found = _place(label, scale, back, (*obstacles, *spots)) or _place(
            label, scale, back, obstacles
        )
        if found is not None:
            placed.append(found)
            obstacles = (*obstacles, found.box.grown(0.5 * scale.unit))
    return tuple(placed)


def _labels(
    curve: CurveNumbers, depth_mm: Measured | None, layers: frozenset[Layer], unit: LengthUnit
) -> list[Label]:
    """Depth first: where room is scarce it is the one to keep."""
    labels = []
    points, words = curve.points_px, texts()["overlay"]
    if Layer.DEPTH in layers:
        labels.append(Label(points.bridge_foot, _depth_lines(curve, depth_mm, unit)))
    if Layer.TANGENTS in layers:
        upper, _ = tangent_lines(points)
        value = str(numbers.degrees(curve.slca_deg))
        name: LabelLine = (words["angle_short"], 0.78, "regular", MUTED)
        labels.append(Label(upper[-1], ((value, 1.0, "semibold", TANGENT), name)))
    return labels


def _depth_lines(
    curve: CurveNumbers, depth_mm: Measured | None, unit: LengthUnit
) -> tuple[LabelLine, LabelLine]:
    """The depth in `unit` over that in hands; in hands alone where the stature is unknown.

    What share of the bridge it is says nothing to whoever just looks at a picture.
    """
    hands = str(numbers.hands(curve.hollow_hands))
    if depth_mm is None:
        first, second = hands, texts()["overlay"]["depth_short"]
    else:
        first, second = str(numbers.length(depth_mm, unit)), hands
    return ((first, 1.0, "semibold", INK), (second, 0.78, "regular", MUTED))


def _place(
    label: Label, scale: PhotoScale, back: int, obstacles: tuple[Box, ...]
) -> PlacedLabel | None:
    """The nearest free spot in the largest size; a little smaller goes before far away."""
    inside = scale.box.grown(-0.8 * scale.unit)
    best: tuple[float, PlacedLabel] | None = None
    for share in _SIZES:
        size = share * _TEXT_UNITS * scale.unit
        if size < MIN_TEXT_PX:
            break
        width, height = _plate_size(label, size)
        for gap, step in itertools.product(_GAPS, _STEPS):
            cost = abs(step) + 0.15 * gap + 6 * (1 - share)
            if best is not None and cost >= best[0]:
                continue
            middle = label.anchor[1] + step * height
            edge = _clear_edge(label.anchor[0], middle, height, back, obstacles)
            inner = edge + back * gap * scale.unit
            left = inner if back > 0 else inner - width
            box = Box(left, middle - height / 2, left + width, middle + height / 2)
            if inside.contains(box) and not any(box.overlaps(other) for other in obstacles):
                best = (cost, PlacedLabel(label, box, size))
    return None if best is None else best[1]


def _clear_edge(
    x: float, middle: float, height: float, back: int, obstacles: tuple[Box, ...]
) -> float:
    """The foremost x, behind the back, that is free of obstacles over these rows."""
    edges = [
        box.right if back > 0 else box.left
        for box in obstacles
        if box.top < middle + height / 2 and box.bottom > middle - height / 2
    ]
    return max([x, *edges]) if back > 0 else min([x, *edges])


def _obstacles(result: Result, points: CurvePoints, scale: PhotoScale) -> tuple[Box, ...]:
    """Small boxes along everything that a label must not cover."""
    margin = 0.6 * scale.unit
    lines: list[tuple[Point, ...]] = [
        hollow_outline(result, points),
        tuple(result.contour_px),
        (points.thoracic, points.gluteal),
    ]
    lines += tangent_lines(points)
    return tuple(
        Box(min(x0, x1) - margin, min(y0, y1) - margin, max(x0, x1) + margin, max(y0, y1) + margin)
        for line in lines
        for (x0, y0), (x1, y1) in _segments(line, 2 * scale.unit)
    )


def _segments(line: tuple[Point, ...], step: float) -> list[tuple[Point, Point]]:
    """The line in pieces of about `step` pixels; what bends within that counts as straight."""
    pieces = []
    corners = list(line[:1])
    for point in line:
        if math.dist(point, corners[-1]) >= step:
            corners.append(point)
    for (x0, y0), (x1, y1) in itertools.pairwise([*corners, *line[-1:]]):
        count = max(1, round(max(abs(x1 - x0), abs(y1 - y0)) / step))
        stops = [(x0 + (x1 - x0) * k / count, y0 + (y1 - y0) * k / count) for k in range(count + 1)]
        pieces += list(itertools.pairwise(stops))
    return pieces


def _plate_size(label: Label, size: float) -> tuple[float, float]:
    width = max(text_width(text, size * share, weight) for text, share, weight, _ in label.lines)
    height = sum(1.22 * size * share for _, share, _, _ in label.lines)
    return width + 1.1 * size, height + 0.7 * size


def _drawn(placed: PlacedLabel, scale: PhotoScale) -> list[Shape]:
    box, size, anchor = placed.box, placed.size, placed.label.anchor
    inner_x = box.left if box.left > anchor[0] else box.right
    middle = (box.top + box.bottom) / 2
    leader, colour = (anchor, (inner_x, middle)), placed.label.lines[0][3]
    shapes: list[Shape] = cased(leader, 0.2 * scale.line, colour, scale, strength=0.7)
    shadow = Box(box.left, box.top + 0.12 * size, box.right, box.bottom + 0.12 * size)
    shapes += [
        Plate(shadow, 0.45 * size, INK, 0.30, blur=0.22 * size),
        Plate(box, 0.45 * size, PAPER, 0.96),
    ]
    y = box.top + 0.35 * size
    for text, share, weight, colour in placed.label.lines:
        line = size * share
        y += 1.22 * line
        baseline = y - (1.22 - CAP_HEIGHT) / 2 * line
        shapes.append(Text(text, box.left + 0.55 * size, baseline, line, weight, colour))
    return shapes
