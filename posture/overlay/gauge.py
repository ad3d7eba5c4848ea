"""A band gauge: flat | typical | borderline | deep, the value on it and its whisker.

The four bands have fixed widths so that their names fit; within each the scale is linear.  It
starts at 0 and ends one width of the typical band above the last cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from posture._support.texts import texts
from posture.overlay.blocks import Block, Style, at_right
from posture.overlay.numbers import NumberText
from posture.overlay.palette import BAND, INK, MUTED, PAPER, WHITE, mixed
from posture.overlay.shapes import Box, Plate, Shape, Stroke, Text, circle
from posture.overlay.typeface import CAP_HEIGHT, Weight, text_width
from posture.result import Measured
from posture.verdict.bands import BAND_NAMES, Cuts, covered

# Right edge of each band as a share of the gauge's length.
_EDGES = (0.0, 0.22, 0.56, 0.78, 1.0)


@dataclass(frozen=True)
class GaugeReading:
    """One row of the gauge.

    Attributes:
        name: what was measured.
        figure: the value as printed.
        measured, cuts: value and cut-offs in one unit.
        band: where it lies; the first and the last joined by "/" when it may be in several.
        cut_labels: the three cuts as printed under the bar.
    """

    name: str
    figure: NumberText
    measured: Measured
    cuts: Cuts
    band: str
    cut_labels: tuple[str, str, str]


def position(value: float, cuts: Cuts) -> float:
    """Where `value` lies along the gauge, 0 to 1, clamped at the ends."""
    low, middle, high = cuts
    ends = (0.0, low, middle, high, high + (middle - low))
    shares = list(zip(ends, ends[1:], _EDGES, _EDGES[1:], strict=False))
    for start, stop, left, right in shares:
        if value < stop:
            return left + max(0.0, (value - start) / (stop - start)) * (right - left)
    return 1.0


def heading(name: str, figure: NumberText, width: float, em: float) -> Block:
    """Name on the left, figure on the right: the value large, its ± smaller.

    Where the two do not fit side by side the name stands above.
    """
    small, value = Style(0.9 * em, "regular", MUTED), Style(1.5 * em, "semibold", INK)
    gap = 0.3 * em
    figure_width = (
        text_width(figure.value, value.size, value.weight)
        + gap
        + text_width(figure.spread, small.size, small.weight)
    )
    fits = text_width(name, small.size, small.weight) + figure_width + em <= width
    baseline = (1.4 if fits else 2.7) * em
    spread = at_right(figure.spread, width, baseline, small)
    number = at_right(figure.value, spread.x - gap, baseline, value)
    title = Text(name, 0, 1.4 * em if fits else em, 0.9 * em, "regular", INK)
    return Block(baseline + 0.5 * em, (title, number, spread))


def gauge(reading: GaugeReading, width: float, em: float) -> Block:
    """Heading, bar with marker and whisker, and the cut-offs under it."""
    head = heading(reading.name, reading.figure, width, em)
    bar_top = head.height + 0.42 * em
    bar = Box(0, bar_top, width, bar_top + 0.62 * em)
    shapes: list[Shape] = [*head.shapes, *_bar(bar, covered(reading.band), em)]
    shapes += _marker(bar, reading, em)
    small = 0.72 * em
    baseline = bar.bottom + 0.55 * em + CAP_HEIGHT * small
    for share, label in zip(_EDGES[1:4], reading.cut_labels, strict=True):
        x = share * width - text_width(label, small, "regular") / 2
        shapes.append(Text(label, x, baseline, small, "regular", MUTED))
    return Block(baseline + 0.2 * em, tuple(shapes))


def band_names(verdict: str, width: float, em: float) -> Block:
    """The names of the four bands over their part of the bar, the verdict's in bold."""
    words, chosen = texts()["overlay"]["band_short"], covered(verdict)
    size = 0.78 * em
    shapes = []
    for name, left, right in zip(BAND_NAMES, _EDGES, _EDGES[1:], strict=False):
        weight: Weight = "semibold" if name in chosen else "regular"
        text = str(words[name])
        x = (left + right) / 2 * width - text_width(text, size, weight) / 2
        colour = INK if name in chosen else MUTED
        shapes.append(Text(text, x, 0.9 * em, size, weight, colour))
    return Block(1.1 * em, tuple(shapes))


def _bar(bar: Box, chosen: Sequence[str], em: float) -> list[Shape]:
    """Four segments; those of the verdict in full colour, the others as a tint."""
    gap, shapes = 0.12 * em, list[Shape]()
    for name, left, right in zip(BAND_NAMES, _EDGES, _EDGES[1:], strict=False):
        segment = Box(
            left * bar.width + (gap / 2 if left > 0 else 0),
            bar.top,
            right * bar.width - (gap / 2 if right < 1 else 0),
            bar.bottom,
        )
        tint = BAND[name] if name in chosen else mixed(BAND[name], PAPER, 0.68)
        shapes.append(Plate(segment, 0.2 * em, tint))
    return shapes


def _marker(bar: Box, reading: GaugeReading, em: float) -> list[Shape]:
    measured, middle = reading.measured, (bar.top + bar.bottom) / 2
    value, spread = measured.value, measured.ci95
    x, low, high = (
        bar.left + bar.width * position(point, reading.cuts)
        for point in (value, value - spread, value + spread)
    )
    inset = 0.5 * em
    x = min(max(x, inset), bar.width - inset)
    serif = 0.34 * em
    shapes: list[Shape] = [Stroke(((low, middle), (high, middle)), 0.13 * em, INK)]
    for end in (low, high):
        # An end beyond the scale stays open.
        if bar.left < end < bar.right:
            serifs = ((end, middle - serif), (end, middle + serif))
            shapes.append(Stroke(serifs, 0.13 * em, INK))
    return [*shapes, *circle((x, middle), 0.36 * em, INK, WHITE, 0.15 * em)]
