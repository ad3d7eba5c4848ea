"""Shapes of a drawing and the SVG they become.

Only plain attributes are used (no style sheet, script, font file or outside reference), so that
every viewer and PDF maker understands the files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from tools.drawings.geometry import Point


@dataclass(frozen=True)
class Shape:
    """One path: points in centimetres, y up; smooth paths pass through all of them."""

    points: tuple[Point, ...]
    fill: str = "none"
    stroke: str = "none"
    width: float = 0.0
    closed: bool = True
    smooth: bool = True
    opacity: float = 1.0
    dashes: str = ""


@dataclass(frozen=True)
class Label:
    """A short text centred on a point."""

    text: str
    at: Point
    size: float
    fill: str
    bold: bool = True


@dataclass
class Frame:
    """One key frame: what is drawn, back to front, on a sheet of `width` by `height` centimetres.

    (0, 0) is the middle of the sheet, `ground` above its lower edge; a negative `ground` shows
    only what is higher up.  `zoom` enlarges the sheet in the picture.
    """

    width: float
    height: float
    zoom: float = 1.0
    ground: float = 8.0
    items: list[Shape | Label] = field(default_factory=list)

    def add(self, *items: Shape | Label) -> None:
        """Draw more on top."""
        self.items.extend(items)


def svg(frames: Sequence[Frame], title: str, *, stacked: bool, paper: str, gap: float = 6) -> str:
    """The frames side by side, or one below the other, each on a card of its own."""
    widths = [frame.width * frame.zoom for frame in frames]
    heights = [frame.height * frame.zoom for frame in frames]
    gaps = gap * (len(frames) - 1)
    size = (max(widths), sum(heights) + gaps) if stacked else (sum(widths) + gaps, max(heights))
    left = top = 0.0
    groups = []
    for frame, width, height in zip(frames, widths, heights, strict=True):
        groups.append(_card(frame, left, top, paper))
        left, top = (left, top + height + gap) if stacked else (left + width + gap, top)
    name = escape(title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(size[0])} {_n(size[1])}" '
        f'width="{_n(size[0] * 2)}" height="{_n(size[1] * 2)}" role="img">\n'
        f"<title>{name}</title>\n" + "\n".join(groups) + "\n</svg>\n"
    )


def _card(frame: Frame, left: float, top: float, paper: str) -> str:
    width, height = _n(frame.width), _n(frame.height)
    lines = [
        f'<svg x="{_n(left)}" y="{_n(top)}" width="{_n(frame.width * frame.zoom)}" '
        f'height="{_n(frame.height * frame.zoom)}" viewBox="0 0 {width} {height}">',
        f'<rect width="{width}" height="{height}" rx="{_n(6 / frame.zoom)}" fill="{paper}"/>',
    ]
    shift = (frame.width / 2, frame.height - frame.ground)
    lines += [_element(item, shift) for item in frame.items]
    return "\n".join([*lines, "</svg>"])


def _element(item: Shape | Label, shift: Point) -> str:
    if isinstance(item, Label):
        x, y = _flipped(item.at, shift)
        weight = ' font-weight="600"' if item.bold else ""
        return (
            f'<text x="{_n(x)}" y="{_n(y + item.size * 0.36)}" font-size="{_n(item.size)}" '
            f'font-family="Inter, sans-serif" text-anchor="middle"{weight} fill="{item.fill}">'
            f"{escape(item.text)}</text>"
        )
    points = [_flipped(point, shift) for point in item.points]
    path = _smooth(points, item.closed) if item.smooth else _straight(points, item.closed)
    attributes = f'd="{path}" fill="{item.fill}"'
    if item.stroke != "none":
        attributes += (
            f' stroke="{item.stroke}" stroke-width="{_n(item.width)}"'
            ' stroke-linecap="round" stroke-linejoin="round"'
        )
    if item.dashes:
        attributes += f' stroke-dasharray="{item.dashes}"'
    if item.opacity < 1:
        attributes += f' opacity="{_n(item.opacity)}"'
    return f"<path {attributes}/>"


def _flipped(point: Point, shift: Point) -> Point:
    return (shift[0] + point[0], shift[1] - point[1])


def _straight(points: Sequence[Point], closed: bool) -> str:
    return "M" + "L".join(_pair(p) for p in points) + ("Z" if closed else "")


def _smooth(points: Sequence[Point], closed: bool) -> str:
    """A Catmull-Rom curve through the points, as cubic Bezier pieces."""
    count = len(points)
    pieces = ["M" + _pair(points[0])]
    for index in range(count if closed else count - 1):
        before = points[index - 1] if closed or index else points[0]
        start, end = points[index], points[(index + 1) % count]
        after = points[(index + 2) % count] if closed or index + 2 < count else end
        if start == end:  # a point given twice is a corner
            continue
        first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        second = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        pieces.append(f"C{_pair(first)} {_pair(second)} {_pair(end)}")
    return "".join(pieces) + ("Z" if closed else "")


def _pair(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _n(value: float) -> str:
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
