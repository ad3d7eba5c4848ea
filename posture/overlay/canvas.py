"""Puts a display list on pixels: anti-aliased, and only as much work as the shapes cover.

Every shape is first a coverage map (0 to 1) over its own rectangle, drawn at two to four times the
resolution and averaged down; then one routine blends it in.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from posture.overlay.palette import Rgb
from posture.overlay.shapes import Box, Disc, Fill, Plate, Point, Shape, Stroke, Text
from posture.overlay.typeface import Weight, fineness, font

Pixels = NDArray[np.uint8]
Coverage = NDArray[np.uint8]
ToFixedPoint = Callable[[Iterable[Point]], list[tuple[int, int]]]
DrawOn = Callable[[Coverage, ToFixedPoint, float], None]

# Supersampled maps larger than this are drawn at half the fineness: on 12-MP photos the pixels
# themselves are fine enough, and memory stays small.
_FINE_MAP_PX = 6_000_000
# Rows that are blended at a time.
_BAND_ROWS = 128
# OpenCV reads coordinates with this many binary places.
_SHIFT = 4


def paint(canvas: Pixels, shapes: Iterable[Shape]) -> None:
    """Draw `shapes`, first to last, onto `canvas` in place; what lies outside it is cut off."""
    for shape in shapes:
        match shape:
            case Stroke():
                _paint_stroke(canvas, shape)
            case Fill():
                _paint_fill(canvas, shape)
            case Disc():
                _paint_disc(canvas, shape)
            case Plate():
                _paint_plate(canvas, shape)
            case Text():
                _paint_text(canvas, shape)


def _paint_stroke(canvas: Pixels, stroke: Stroke) -> None:
    pieces = [stroke.points] if stroke.dash is None else dashes(stroke.points, *stroke.dash)

    def draw(coverage: Coverage, to_fixed: ToFixedPoint, fine: float) -> None:
        lines = [np.array(to_fixed(piece), np.int32) for piece in pieces]
        thickness = max(1, round(stroke.width * fine))
        cv2.polylines(coverage, lines, False, 255, thickness, cv2.LINE_8, _SHIFT)

    box = _bounds(stroke.points).grown(stroke.width / 2 + 3 * stroke.blur + 1)
    # A hair thinner than a pixel is drawn one pixel wide and paler.
    alpha = stroke.alpha * min(1.0, stroke.width)
    _blend_drawn(canvas, box, draw, stroke.colour, alpha, blur=stroke.blur)


def _paint_fill(canvas: Pixels, fill: Fill) -> None:
    def draw(coverage: Coverage, to_fixed: ToFixedPoint, fine: float) -> None:
        del fine
        polygon = np.array(to_fixed(fill.points), np.int32)
        cv2.fillPoly(coverage, [polygon], 255, cv2.LINE_8, _SHIFT)

    box = _bounds(fill.points).grown(1)
    _blend_drawn(canvas, box, draw, fill.colour, fill.alpha, colour_to=fill.colour_to)


def _paint_disc(canvas: Pixels, disc: Disc) -> None:
    def draw(coverage: Coverage, to_fixed: ToFixedPoint, fine: float) -> None:
        radius = round(disc.radius * fine * (1 << _SHIFT))
        (centre,) = to_fixed([disc.centre])
        cv2.circle(coverage, centre, radius, 255, cv2.FILLED, cv2.LINE_8, _SHIFT)

    box = _bounds((disc.centre,)).grown(disc.radius + 1)
    _blend_drawn(canvas, box, draw, disc.colour, disc.alpha)


def _paint_plate(canvas: Pixels, plate: Plate) -> None:
    outline = rounded_rectangle(plate.box, plate.radius)
    if plate.outline is None:
        if plate.blur > 0:
            _paint_shadow(canvas, plate, outline)
        elif plate.radius == 0 and plate.alpha == 1:
            _flood(canvas, plate.box, plate.colour)
        else:
            _paint_fill(canvas, Fill(outline, plate.colour, plate.alpha))
        return
    rim = Stroke((*outline, outline[0]), plate.outline, plate.colour, plate.alpha)
    _paint_stroke(canvas, rim)


def _flood(canvas: Pixels, box: Box, colour: Rgb) -> None:
    """Fill whole pixels; the ground of a panel is too large for a coverage map."""
    corner = (round(box.right) - 1, round(box.bottom) - 1)
    cv2.rectangle(canvas, (round(box.left), round(box.top)), corner, colour, cv2.FILLED)


def _paint_shadow(canvas: Pixels, plate: Plate, outline: tuple[Point, ...]) -> None:
    def draw(coverage: Coverage, to_fixed: ToFixedPoint, fine: float) -> None:
        del fine
        polygon = np.array(to_fixed(outline), np.int32)
        cv2.fillPoly(coverage, [polygon], 255, cv2.LINE_8, _SHIFT)

    box = plate.box.grown(3 * plate.blur + 1)
    _blend_drawn(canvas, box, draw, plate.colour, plate.alpha, blur=plate.blur)


def _paint_text(canvas: Pixels, text: Text) -> None:
    box, fine = text.box.grown(2), fineness(text.size)
    left, top = math.floor(box.left), math.floor(box.top)
    size = (math.ceil(box.right) - left, math.ceil(box.bottom) - top)
    start = (round((text.x - left) * fine), round((text.baseline - top) * fine))
    coverage = _set_text(text.text, round(text.size * fine), text.weight, start, size, fine)
    _blend(canvas, coverage, left, top, text.colour, 1.0)


# From photo to photo most lines are the same, and setting one costs more than blending it.
@lru_cache(maxsize=256)
def _set_text(
    text: str,
    font_size: int,
    weight: Weight,
    start: tuple[int, int],
    size: tuple[int, int],
    fine: int,
) -> Coverage:
    """Coverage of one line on `size` pixels; font and `start` are `fine` times finer."""
    sheet = Image.new("L", (size[0] * fine, size[1] * fine))
    ImageDraw.Draw(sheet).text(start, text, fill=255, font=font(font_size, weight), anchor="ls")
    return _averaged(np.asarray(sheet), fine)


def _blend_drawn(
    canvas: Pixels,
    box: Box,
    draw: DrawOn,
    colour: Rgb,
    alpha: float,
    *,
    blur: float = 0.0,
    colour_to: Rgb | None = None,
) -> None:
    """Blend what `draw` covers, looking only at the part of `box` that lies on the canvas."""
    height, width = canvas.shape[:2]
    left, top = max(0, math.floor(box.left)), max(0, math.floor(box.top))
    right, bottom = min(width, math.ceil(box.right) + 1), min(height, math.ceil(box.bottom) + 1)
    if left >= right or top >= bottom:
        return
    area = (right - left) * (bottom - top)
    fine = 4 if area * 16 <= _FINE_MAP_PX else 2
    big = np.zeros(((bottom - top) * fine, (right - left) * fine), np.uint8)

    def to_fixed(points: Iterable[Point]) -> list[tuple[int, int]]:
        scale = 1 << _SHIFT
        return [
            (
                round(((x - left) * fine - 0.5) * scale),
                round(((y - top) * fine - 0.5) * scale),
            )
            for x, y in points
        ]

    draw(big, to_fixed, fine)
    coverage = _averaged(big, fine)
    if blur > 0:
        coverage = _softened(coverage, blur)
    _blend(canvas, coverage, left, top, colour, alpha, colour_to)


def _averaged(fine_map: Coverage, fine: int) -> Coverage:
    """A map that is `fine` (1, 2 or 4) times as fine, averaged down.

    By halves: OpenCV averages two by two five times as fast as four by four.
    """
    while fine > 1:
        height, width = fine_map.shape
        size = (width // 2, height // 2)
        fine_map = np.asarray(cv2.resize(fine_map, size, interpolation=cv2.INTER_AREA), np.uint8)
        fine //= 2
    return fine_map


def _blend(
    canvas: Pixels,
    coverage: Coverage,
    left: int,
    top: int,
    colour: Rgb,
    alpha: float,
    colour_to: Rgb | None = None,
) -> None:
    height, width = canvas.shape[:2]
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(width, left + coverage.shape[1]), min(height, top + coverage.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    covered = coverage[y0 - top : y1 - top, x0 - left : x1 - left]
    # Lines cover little of their rectangle: of each band of rows only the columns it does cover.
    for band in range(0, y1 - y0, _BAND_ROWS):
        x, y, across, down = cv2.boundingRect(covered[band : band + _BAND_ROWS])
        if not across:
            continue
        rows, columns = slice(band + y, band + y + down), slice(x, x + across)
        view, share = canvas[y0:y1, x0:x1][rows, columns], covered[rows, columns]
        target = np.array([*colour, 0.0])
        if colour_to is not None:
            along = np.arange(rows.start, rows.stop) / max(1, y1 - y0 - 1)
            target = _two_colours(colour, colour_to, along, across)
        change = cv2.subtract(target, view, dtype=cv2.CV_32F)
        change = cv2.multiply(change, cv2.merge([share * np.float32(alpha / 255)] * 3))
        view[:] = cv2.add(view, change, dtype=cv2.CV_8U)


def _two_colours(
    upper: Rgb, lower: Rgb, along: NDArray[np.float64], width: int
) -> NDArray[np.float64]:
    """Pixels (n, width, 3) of rows from the top (0) to the bottom (1) of a fill."""
    ramp = np.clip((along[:, None] - 0.4) / 0.2, 0, 1)
    rows = np.asarray(upper) + ramp * (np.asarray(lower) - np.asarray(upper))
    return np.repeat(rows[:, None], width, axis=1)


def _softened(coverage: Coverage, sigma: float) -> Coverage:
    """Two box filters in place of a Gaussian: the same spread, at a cost that does not grow."""
    size = max(1, round(math.sqrt(6 * sigma**2 + 1)))
    return np.asarray(cv2.blur(cv2.blur(coverage, (size, size)), (size, size)), np.uint8)


def dashes(points: tuple[Point, ...], on: float, off: float) -> list[tuple[Point, ...]]:
    """The pieces of a line that are drawn when it is dashed, measured along the line."""
    line = np.asarray(points, float)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    starts = np.arange(0.0, along[-1], max(on + off, 1e-3))
    stops = np.minimum(starts + on, along[-1])
    # Where anything begins, ends or turns, as points; a dash is a stretch of them.
    stations = np.unique(np.concatenate([along, starts, stops]))
    xs, ys = (np.interp(stations, along, line[:, axis]).tolist() for axis in (0, 1))
    points = tuple(zip(xs, ys, strict=True))
    first, last = np.searchsorted(stations, starts), np.searchsorted(stations, stops)
    return [points[a : b + 1] for a, b in zip(first, last, strict=True)]


def rounded_rectangle(box: Box, radius: float) -> tuple[Point, ...]:
    """Outline of a rectangle with round corners, clockwise."""
    radius = max(0.0, min(radius, box.width / 2, box.height / 2))
    if radius == 0:
        return (
            (box.left, box.top),
            (box.right, box.top),
            (box.right, box.bottom),
            (box.left, box.bottom),
        )
    centres = (
        (box.right - radius, box.top + radius, -90),
        (box.right - radius, box.bottom - radius, 0),
        (box.left + radius, box.bottom - radius, 90),
        (box.left + radius, box.top + radius, 180),
    )
    return tuple(
        (x + radius * math.cos(turn), y + radius * math.sin(turn))
        for x, y, start in centres
        for turn in map(math.radians, range(start, start + 91, 10))
    )


def _bounds(points: tuple[Point, ...]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))
