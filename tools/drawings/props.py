"""What stands round the figures: floor, wall, chair, mat, mirror, arrows and marks."""

from __future__ import annotations

import math
from collections.abc import Sequence

from posture.advice.drawings.palette import ACCENT, FLOOR, INK, MAT, PAPER, PROP, PROP_DARK, WALL
from tools.drawings.canvas import Frame, Label, Shape
from tools.drawings.geometry import Point, direction, step


def box(left: float, bottom: float, right: float, top: float, fill: str) -> Shape:
    """An upright rectangle."""
    corners = ((left, bottom), (right, bottom), (right, top), (left, top))
    return Shape(corners, fill=fill, smooth=False)


def floor(width: float) -> Shape:
    """The line to stand on."""
    edge = width / 2 - 5
    return Shape(((-edge, 0), (edge, 0)), stroke=FLOOR, width=1.4, closed=False)


def mat(left: float, right: float, thickness: float = 3.0) -> Shape:
    """An exercise mat on the floor."""
    return Shape(
        ((left, -thickness / 2), (right, -thickness / 2)),
        stroke=MAT,
        width=thickness,
        closed=False,
    )


def wall(surface_x: float, height: float, thickness: float = 12.0) -> list[Shape]:
    """A wall to the left of `surface_x`."""
    face = Shape(
        ((surface_x, 0), (surface_x, height)),
        stroke=PROP_DARK,
        width=1.2,
        closed=False,
        smooth=False,
    )
    return [box(surface_x - thickness, 0, surface_x, height, WALL), face]


def chair(front_x: float) -> list[Shape]:
    """A chair seen from its side, its seat's front edge at `front_x`, facing right."""
    back_x = front_x - 42
    seat = 41.0
    legs = [
        Shape(((x, 0), (x, seat)), stroke=PROP_DARK, width=3.2, closed=False)
        for x in (back_x + 2, front_x - 3)
    ]
    back = Shape(
        ((back_x + 2, seat), (back_x - 3, seat + 42)), stroke=PROP_DARK, width=3.2, closed=False
    )
    cushion = Shape(((back_x + 2, seat), (front_x - 2, seat)), stroke=PROP, width=5.5, closed=False)
    return [*legs, back, cushion]


def mirror(left: float, right: float, top: float) -> list[Shape]:
    """A tall mirror on the wall with two soft reflections."""
    gleams = [
        Shape(
            ((x, top - 34), (x + 20, top - 8)),
            stroke=PAPER,
            width=2.4,
            closed=False,
            opacity=0.8,
        )
        for x in (left + 6, left + 12)
    ]
    return [
        box(left - 2.5, 3, right + 2.5, top + 2.5, PROP_DARK),
        box(left, 5.5, right, top, WALL),
        *gleams,
    ]


def arrow(points: Sequence[Point], width: float = 1.9) -> list[Shape]:
    """A movement along a smooth path, with its head at the last point."""
    along = direction(points[-2], points[-1])
    head = 3.4 * width
    tip = step(points[-1], along, head * 0.55)
    corners = (tip, step(tip, along + 150, head), step(tip, along - 150, head))
    path = Shape(tuple(points), stroke=ACCENT, width=width, closed=False)
    return [path, Shape(corners, fill=ACCENT, smooth=False)]


def round_arrow(
    centre: Point, radius: float, start_deg: float, turn_deg: float, width: float = 1.9
) -> list[Shape]:
    """A movement along a circle; a positive turn is clockwise."""
    count = max(4, math.ceil(abs(turn_deg) / 30))
    points = [step(centre, start_deg + turn_deg * k / count, radius) for k in range(count + 1)]
    return arrow(points, width)


def curve_mark(points: Sequence[Point], width: float = 2.2) -> Shape:
    """A highlighted line, such as the outline of the back."""
    return Shape(tuple(points), stroke=ACCENT, width=width, closed=False)


def dot(centre: Point, radius: float = 2.6) -> Shape:
    """A mark on a spot."""
    ring = tuple(step(centre, turn, radius) for turn in range(0, 360, 60))
    return Shape(ring, fill=ACCENT)


def glow(centre: Point, radius: float) -> Shape:
    """A soft mark where a stretch is felt."""
    ring = tuple(step(centre, turn, radius) for turn in range(0, 360, 45))
    return Shape(ring, fill=ACCENT, opacity=0.4)


def badge(number: int, frame: Frame) -> list[Shape | Label]:
    """The number of a key frame, in its upper left corner."""
    centre = (-frame.width / 2 + 9, frame.height - frame.ground - 9)
    ring = tuple(step(centre, turn, 5.2) for turn in range(0, 360, 45))
    return [Shape(ring, fill=INK), Label(str(number), centre, 6.6, PAPER)]


def measure(
    start: Point, end: Point, text: str, text_at: Point, size: float = 5.0
) -> list[Shape | Label]:
    """A dimension line with end ticks and its length in words."""
    across = direction(start, end) + 90
    ticks = [
        Shape(
            (step(point, across, 1.6), step(point, across, -1.6)),
            stroke=ACCENT,
            width=0.9,
            closed=False,
        )
        for point in (start, end)
    ]
    line = Shape((start, end), stroke=ACCENT, width=0.9, closed=False)
    return [line, *ticks, Label(text, text_at, size, INK)]
