"""Building blocks of the panel: a height and the shapes in it, stacked like lines on a page.

A block is laid out for a given width with its upper left corner at (0, 0).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from posture.overlay.palette import Rgb
from posture.overlay.shapes import Shape, Text, moved
from posture.overlay.typeface import CAP_HEIGHT, LINE_HEIGHT, Weight, text_width, wrap


@dataclass(frozen=True)
class Block:
    """Shapes that take up `height` pixels of a column."""

    height: float
    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Style:
    """How a paragraph is set; `size` in pixels per em."""

    size: float
    weight: Weight
    colour: Rgb


def paragraph(text: str, width: float, style: Style) -> Block:
    """Text wrapped to `width`."""
    lines = wrap(text, style.size, style.weight, width)
    advance = LINE_HEIGHT * style.size
    drop = (LINE_HEIGHT + CAP_HEIGHT) / 2 * style.size
    return Block(
        advance * len(lines),
        tuple(
            Text(line, 0.0, k * advance + drop, style.size, style.weight, style.colour)
            for k, line in enumerate(lines)
        ),
    )


def stacked(blocks: Sequence[Block], gap: float) -> Block:
    """Blocks one under the other, `gap` pixels apart."""
    shapes: list[Shape] = []
    y = 0.0
    for block in blocks:
        shapes += placed(block, 0.0, y)
        y += block.height + gap
    return Block(max(0.0, y - gap), tuple(shapes))


def side_by_side(blocks: Sequence[Block], step: float) -> Block:
    """Blocks next to each other, each `step` pixels to the right of the one before."""
    shapes = [shape for k, block in enumerate(blocks) for shape in placed(block, k * step, 0.0)]
    return Block(max((block.height for block in blocks), default=0.0), tuple(shapes))


def placed(block: Block, x: float, y: float) -> list[Shape]:
    """The shapes of a block with its upper left corner at (x, y)."""
    return [moved(shape, x, y) for shape in block.shapes]


def at_right(text: str, right: float, baseline: float, style: Style) -> Text:
    """One line that ends at `right`."""
    x = right - text_width(text, style.size, style.weight)
    return Text(text, x, baseline, style.size, style.weight, style.colour)
