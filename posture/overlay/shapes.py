"""The display list: what is to be drawn, as plain values, before any pixel is touched.

Coordinates are pixels, x right, y down; (0, 0) is the upper left corner of the first pixel.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from posture.overlay.palette import Rgb
from posture.overlay.typeface import Weight, ink_box

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Pixels from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Pixels from top to bottom."""
        return self.bottom - self.top

    def grown(self, margin: float) -> Box:
        """The rectangle with `margin` pixels more on every side."""
        return Box(self.left - margin, self.top - margin, self.right + margin, self.bottom + margin)

    def overlaps(self, other: Box) -> bool:
        """Whether the two share an area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def contains(self, other: Box) -> bool:
        """Whether `other` lies wholly inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )


@dataclass(frozen=True)
class Stroke:
    """A line through points, with round joints.

    Attributes:
        dash: (on, off) lengths in pixels, or None for a solid line.
        blur: standard deviation of a Gaussian over the line, for halos and shadows.
    """

    points: tuple[Point, ...]
    width: float
    colour: Rgb
    alpha: float = 1.0
    dash: tuple[float, float] | None = None
    blur: float = 0.0


@dataclass(frozen=True)
class Fill:
    """A filled polygon; with `colour_to` its lower half has that colour."""

    points: tuple[Point, ...]
    colour: Rgb
    alpha: float = 1.0
    colour_to: Rgb | None = None


@dataclass(frozen=True)
class Disc:
    """A filled circle."""

    centre: Point
    radius: float
    colour: Rgb
    alpha: float = 1.0


@dataclass(frozen=True)
class Plate:
    """A rectangle with round corners, filled or (with `outline`, a width) only its rim."""

    box: Box
    radius: float
    colour: Rgb
    alpha: float = 1.0
    outline: float | None = None
    blur: float = 0.0


@dataclass(frozen=True)
class Text:
    """One line of text; (x, baseline) is where its first glyph stands."""

    text: str
    x: float
    baseline: float
    size: float
    weight: Weight
    colour: Rgb

    @property
    def box(self) -> Box:
        """The rectangle that its ink covers."""
        left, top, right, bottom = ink_box(self.text, self.size, self.weight)
        return Box(self.x + left, self.baseline + top, self.x + right, self.baseline + bottom)


Shape = Stroke | Fill | Disc | Plate | Text


def moved(shape: Shape, dx: float, dy: float) -> Shape:
    """The same shape `dx` pixels to the right and `dy` down."""
    match shape:
        case Stroke() | Fill():
            points = tuple((x + dx, y + dy) for x, y in shape.points)
            return dataclasses.replace(shape, points=points)
        case Disc():
            centre = (shape.centre[0] + dx, shape.centre[1] + dy)
            return dataclasses.replace(shape, centre=centre)
        case Plate():
            box = shape.box
            shifted = Box(box.left + dx, box.top + dy, box.right + dx, box.bottom + dy)
            return dataclasses.replace(shape, box=shifted)
        case Text():
            return dataclasses.replace(shape, x=shape.x + dx, baseline=shape.baseline + dy)


def circle(centre: Point, radius: float, colour: Rgb, rim: Rgb, rim_width: float) -> list[Shape]:
    """A dot with a rim of another colour round it."""
    return [Disc(centre, radius + rim_width, rim), Disc(centre, radius, colour)]
