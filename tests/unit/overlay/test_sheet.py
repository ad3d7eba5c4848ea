"""Which parts of the panel are kept where height is short."""

from __future__ import annotations

import pytest

from posture.overlay.blocks import Block, Style, paragraph
from posture.overlay.palette import INK
from posture.overlay.panel import Section
from posture.overlay.sheet import _fitted

STYLE = Style(10.0, "regular", INK)


def section(text: str, rank: int) -> Section:
    return Section(paragraph(text, 1000.0, STYLE), rank, "notes")


HEAD, SHORT, LAST = section("head", 0), section("short", 1), section("last", 1)
LONG = Section(Block(400.0, paragraph("long", 1000.0, STYLE).shapes), 1, "notes")
LINE = HEAD.block.height + 10.0


@pytest.mark.parametrize(
    ("room", "kept"),
    [
        (1000.0, [HEAD, SHORT, LONG, LAST]),
        # What is too long for what is left gives way to what is short enough.
        (4 * LINE, [HEAD, SHORT, LAST]),
        (2 * LINE, [HEAD, LAST]),
        (0.0, [HEAD]),
    ],
)
def test_what_fits_is_kept_in_reading_order(room: float, kept: list[Section]) -> None:
    words = [str(getattr(shape, "text", "")) for part in kept for shape in part.block.shapes]
    block = _fitted([HEAD, SHORT, LONG, LAST], room, 10.0)
    assert [str(getattr(shape, "text", "")) for shape in block.shapes] == words
    assert block.height <= max(room, HEAD.block.height)
