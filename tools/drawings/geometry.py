"""Plane geometry of the drawn figures, in centimetres: x right, y up.

A direction is an angle in degrees from straight up, clockwise positive (90 points right), so that
a figure facing right leans forward by a positive angle.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

Point = tuple[float, float]


def step(start: Point, direction_deg: float, length: float) -> Point:
    """The point `length` from `start` in a direction."""
    angle = math.radians(direction_deg)
    return (start[0] + length * math.sin(angle), start[1] + length * math.cos(angle))


def direction(start: Point, end: Point) -> float:
    """The direction from one point to another, in (-180, 180]."""
    return math.degrees(math.atan2(end[0] - start[0], end[1] - start[1]))


def distance(first: Point, second: Point) -> float:
    """Length of the straight line between two points."""
    return math.hypot(second[0] - first[0], second[1] - first[1])


def between(first: Point, second: Point, share: float) -> Point:
    """The point a `share` (0 to 1) of the way from `first` to `second`."""
    return (
        first[0] + (second[0] - first[0]) * share,
        first[1] + (second[1] - first[1]) * share,
    )


def placed(points: Sequence[Point], origin: Point, turn_deg: float) -> list[Point]:
    """Points of a part drawn around (0, 0), turned clockwise and moved to `origin`."""
    angle = math.radians(turn_deg)
    sine, cosine = math.sin(angle), math.cos(angle)
    return [
        (origin[0] + x * cosine + y * sine, origin[1] - x * sine + y * cosine) for x, y in points
    ]


def joint(start: Point, end: Point, upper: float, lower: float, bend: int) -> Point:
    """Knee or elbow of a two-part limb from `start` to `end`.

    `bend` is +1 when the joint lies to the right of the way from start to end, else -1.  A target
    out of reach stretches the limb straight towards it.
    """
    reach = min(distance(start, end), upper + lower - 1e-6)
    reach = max(reach, abs(upper - lower) + 1e-6)
    cosine = (upper**2 + reach**2 - lower**2) / (2 * upper * reach)
    opening = math.degrees(math.acos(max(-1.0, min(1.0, cosine))))
    return step(start, direction(start, end) + bend * opening, upper)


def offset_outline(
    centre: Sequence[Point], left: Sequence[float], right: Sequence[float]
) -> list[Point]:
    """Closed outline round a centre line: down its right side's offsets and back up its left's.

    Left and right are seen along the line.  All three sequences have the same length.
    """
    last = len(centre) - 1
    rights, lefts = [], []
    for index, point in enumerate(centre):
        along = direction(centre[max(index - 1, 0)], centre[min(index + 1, last)])
        rights.append(step(point, along + 90, right[index]))
        lefts.append(step(point, along - 90, left[index]))
    return [*rights, *reversed(lefts)]
