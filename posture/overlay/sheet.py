"""Where photo and panel go on the finished picture.

A tall photo gets its panel beside it, on the side of the person's back, any other below it.  The
photo itself is never scaled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from posture.overlay.blocks import Block, placed, side_by_side, stacked
from posture.overlay.layers import Layer
from posture.overlay.numbers import LengthUnit
from posture.overlay.palette import PAPER
from posture.overlay.panel import Section, footer, sections
from posture.overlay.shapes import Box, Plate, Shape
from posture.result import Result
from posture.verdict.norms import Norms

PanelPlace = Literal["auto", "beside", "below"]
# The panel for a column of so many pixels.
Parts = Callable[[float], list[Section]]

# Photos at least this much taller than wide get their panel beside them.
_TALL = 1.15
# Body text is never set smaller than this many pixels per em, however small the photo.
MIN_EM_PX = 12.0
# A photo is this many em high: enough lines for the panel, large enough to read on a phone.
_EM_PER_HEIGHT = 45.5
# In em: width of the panel beside a photo, least width of a column below, margins and gutters.
_BESIDE_EM = 25.5
_COLUMN_EM = 19.0
_MARGIN_EM = 1.5
_GUTTER_EM = 2.2
_GAP_EM = 0.85


@dataclass(frozen=True)
class Sheet:
    """The finished picture's plan.

    Attributes:
        width, height: of the whole, in whole pixels.
        photo_left, photo_top: where the photo's upper left pixel goes.
        panel: the panel's shapes in coordinates of the whole.
    """

    width: int
    height: int
    photo_left: int
    photo_top: int
    panel: tuple[Shape, ...]


def plan_sheet(
    result: Result,
    photo_width: int,
    photo_height: int,
    layers: frozenset[Layer],
    norms: Norms | None,
    place: PanelPlace = "auto",
    unit: LengthUnit = "mm",
) -> Sheet:
    """Plan of the finished picture; the bare photo when the panel is switched off."""
    if Layer.PANEL not in layers:
        return Sheet(photo_width, photo_height, 0, 0, ())
    if place == "auto":
        place = "beside" if photo_height >= _TALL * photo_width else "below"
    em = _em(photo_width, photo_height)

    def parts(column: float) -> list[Section]:
        return sections(result, norms, layers, column, em, unit)

    lay = _beside if place == "beside" else _below
    return lay(result, photo_width, photo_height, em, parts)


def _beside(result: Result, width: int, height: int, em: float, parts: Parts) -> Sheet:
    """Panel to the right of a back that faces right, else to the left; footer at the bottom."""
    panel_width = round(_BESIDE_EM * em)
    column = panel_width - 2 * _MARGIN_EM * em
    foot = footer(result, column, em)
    room = height - foot.height - (2 * _MARGIN_EM + _GAP_EM) * em
    body = _fitted(parts(column), room, em)
    needed = body.height + height - room
    total = max(height, round(needed))
    panel_left = 0 if result.facing == "right" else width
    x, bottom = panel_left + _MARGIN_EM * em, total - _MARGIN_EM * em
    shapes = (
        Plate(Box(panel_left, 0, panel_left + panel_width, total), 0, PAPER),
        *placed(body, x, _MARGIN_EM * em),
        *placed(foot, x, bottom - foot.height),
    )
    photo_left = panel_width if result.facing == "right" else 0
    return Sheet(width + panel_width, total, photo_left, (total - height) // 2, shapes)


def _below(result: Result, width: int, height: int, em: float, parts: Parts) -> Sheet:
    """Panel under the photo in one to three columns, as wide as the photo or a readable column."""
    total_width = max(width, round((_COLUMN_EM + 2 * _MARGIN_EM) * em))
    inner = total_width - 2 * _MARGIN_EM * em
    count = max(1, min(3, int((inner + _GUTTER_EM * em) / ((_COLUMN_EM + _GUTTER_EM) * em))))
    column = (inner - (count - 1) * _GUTTER_EM * em) / count
    groups = _dealt(parts(column), count)
    columns = [stacked([part.block for part in group], _GAP_EM * em) for group in groups]
    body = side_by_side(columns, column + _GUTTER_EM * em)
    foot = footer(result, inner, em)
    content = stacked([body, foot], _GAP_EM * em)
    total = round(height + content.height + 2 * _MARGIN_EM * em)
    shapes = (
        Plate(Box(0, height, total_width, total), 0, PAPER),
        *placed(content, _MARGIN_EM * em, height + _MARGIN_EM * em),
    )
    return Sheet(total_width, total, (total_width - width) // 2, 0, shapes)


def _em(width: int, height: int) -> float:
    """Body size of the panel's text in pixels, by the size of the photo."""
    return max(MIN_EM_PX, min(height, 1.6 * width) / _EM_PER_HEIGHT)


def _fitted(parts: list[Section], room: float, em: float) -> Block:
    """The sections that fit into `room` pixels; those of rank 0 stay even where it is too small.

    What is too long for what is left gives way to what is short enough.
    """

    def laid(kept: set[int]) -> Block:
        blocks = [part.block for number, part in enumerate(parts) if number in kept]
        return stacked(blocks, _GAP_EM * em)

    kept = {number for number, part in enumerate(parts) if part.rank == 0}
    others = sorted(set(range(len(parts))) - kept, key=lambda number: (parts[number].rank, -number))
    for number in others:
        if laid(kept | {number}).height <= room:
            kept.add(number)
    return laid(kept)


def _dealt(parts: list[Section], count: int) -> list[list[Section]]:
    """Sections in `count` columns, in reading order: head, numbers, notes."""
    order = {1: (0, 0, 0), 2: (0, 0, 1), 3: (0, 1, 2)}[count]
    column_of = dict(zip(("head", "numbers", "notes"), order, strict=True))
    groups: list[list[Section]] = [[] for _ in range(count)]
    for part in parts:
        groups[column_of[part.part]].append(part)
    return [group for group in groups if group]
