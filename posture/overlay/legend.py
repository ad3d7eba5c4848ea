"""The legend: a small sample of each line that is drawn, and its name."""

from __future__ import annotations

from posture._support.texts import texts
from posture.overlay.blocks import Block, Style, paragraph, side_by_side, stacked
from posture.overlay.layers import Layer
from posture.overlay.palette import (
    CONTOUR,
    INK,
    MUTED,
    NOTICE,
    TANGENT,
    WHITE,
    band_colours,
)
from posture.overlay.shapes import Box, Fill, Plate, Shape, Stroke, circle
from posture.result import Result


def shown_layers(result: Result, layers: frozenset[Layer]) -> list[Layer]:
    """The layers that put something on this photo, in the order of the legend."""
    present = {
        Layer.CONTOUR: len(result.contour_px) > 1,
        Layer.BRIDGE: result.points_px is not None,
        Layer.DEPTH: result.points_px is not None,
        Layer.TANGENTS: result.points_px is not None,
        Layer.PLUMB: result.status == "measured" and bool(result.landmarks_px),
        Layer.SKELETON: bool(result.landmarks_px),
        Layer.FINDINGS: any(item.region_px is not None for item in result.findings),
    }
    return [layer for layer, here in present.items() if here and layer in layers]


def legend(result: Result, layers: frozenset[Layer], width: float, em: float) -> Block | None:
    """Samples and names in two columns; None when nothing is drawn on the photo."""
    shown = shown_layers(result, layers)
    if not shown:
        return None
    columns = 2 if width >= 18 * em else 1
    step = width / columns
    items = [_item(layer, result, step - 0.6 * em, em) for layer in shown]
    rows = [side_by_side(items[k : k + columns], step) for k in range(0, len(items), columns)]
    return stacked(rows, 0.28 * em)


def _item(layer: Layer, result: Result, width: float, em: float) -> Block:
    indent = 2.5 * em
    style = Style(0.8 * em, "regular", INK)
    name = paragraph(str(texts()["legend"][layer.value]), width - indent, style)
    label = side_by_side([Block(0.0, ()), name], indent)
    return Block(label.height, (*label.shapes, *_sample(layer, result, em)))


def _sample(layer: Layer, result: Result, em: float) -> list[Shape]:
    """A piece of the layer's line, 1.8 em long, level with the first line of text."""
    y, left, right = 0.55 * em, 0.1 * em, 1.9 * em
    line = ((left, y), (right, y))
    if layer is Layer.CONTOUR:
        steps = range(11)
        bend = tuple((left + 0.18 * em * k, y + (0.02 * (k - 5) ** 2 - 0.2) * em) for k in steps)
        return [Stroke(bend, 0.2 * em, CONTOUR)]
    if layer is Layer.BRIDGE:
        ends = [dot for end in line for dot in circle(end, 0.16 * em, INK, WHITE, 0.08 * em)]
        return [Stroke(line, 0.13 * em, INK), *ends]
    if layer is Layer.DEPTH:
        verdict = result.bands.verdict if result.bands is not None else "typical"
        first, second = band_colours(verdict)
        corners = ((left, y - 0.42 * em), (right, y - 0.42 * em))
        floor = ((right, y + 0.42 * em), (left, y + 0.42 * em))
        tip = ((right, y), (right - 0.5 * em, y - 0.2 * em), (right - 0.5 * em, y + 0.2 * em))
        return [
            Fill((*corners, *floor), first, 0.6, second if second != first else None),
            Stroke(((left, y), (right - 0.4 * em, y)), 0.13 * em, INK),
            Fill(tip, INK),
        ]
    if layer is Layer.TANGENTS:
        spread = (0.4 * em, -0.4 * em)
        rays = [((left, y + rise), (right, y + rise / 8)) for rise in spread]
        return [Stroke(ray, 0.13 * em, TANGENT) for ray in rays]
    if layer is Layer.FINDINGS:
        box = Box(left, y - 0.36 * em, right, y + 0.36 * em)
        return [Plate(box, 0.2 * em, NOTICE, 1.0, outline=0.15 * em)]
    centre, line = ((left + right) / 2, y), ((left + 0.1 * em, y), (right - 0.1 * em, y))
    if layer is Layer.PLUMB:
        dash = (0.36 * em, 0.27 * em)
        dot = circle(centre, 0.14 * em, MUTED, WHITE, 0.09 * em)
        return [Stroke(line, 0.36 * em, MUTED), Stroke(line, 0.15 * em, WHITE, 1.0, dash), *dot]
    dot = circle(centre, 0.17 * em, WHITE, INK, 0.09 * em)
    return [Stroke(line, 0.36 * em, MUTED), Stroke(line, 0.15 * em, WHITE), *dot]
