"""Plots as inline SVG, which needs no library and no other machine to be seen."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from posture.overlay.palette import CONTOUR, INK, band_colours, css

WIDTH = 640
_LABEL_WIDTH, _ROW_HEIGHT = 150, 26
_PLOT_HEIGHT, _AXIS_HEIGHT = 190, 24


@dataclass
class Bins:
    """Counts of values in bins of one width; as small for a million values as for ten."""

    width: float
    counts: Counter[int] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        """How many values."""
        return self.counts.total()

    def add(self, value: float) -> None:
        """Count a value."""
        self.counts[math.floor(value / self.width)] += 1

    def quantile(self, share: float) -> float:
        """The value below which this share lies, to within a bin."""
        below = 0
        for index in sorted(self.counts):
            inside = self.counts[index]
            if below + inside >= share * self.count:
                return (index + (share * self.count - below) / inside) * self.width
            below += inside
        return math.nan


def bars(rows: Sequence[tuple[str, str, int]]) -> str:
    """Horizontal bars of (label, band or bands, count), with counts and percentages."""
    total, most = sum(count for _, _, count in rows), max(count for _, _, count in rows)
    room = WIDTH - _LABEL_WIDTH - 110
    parts, said = [], []
    for index, (label, bands, count) in enumerate(rows):
        y = index * _ROW_HEIGHT
        width = room * count / most
        figure = f"{count:,} ({100 * count / total:.0f} %)"
        said.append(f"{label} {figure}")
        left, right = band_colours(bands)
        for start, colour in ((0.0, left), (width / 2, right)):
            parts.append(
                f'<rect x="{_LABEL_WIDTH + start:.1f}" y="{y + 4}" width="{width / 2:.1f}" '
                f'height="{_ROW_HEIGHT - 8}" fill="{css(colour)}"/>'
            )
        middle = y + _ROW_HEIGHT / 2 + 4.5
        parts.append(
            f'<text x="{_LABEL_WIDTH - 10}" y="{middle}" text-anchor="end">{escape(label)}</text>'
            f'<text class="quiet" x="{_LABEL_WIDTH + width + 8:.1f}" y="{middle}">{figure}</text>'
        )
    return _svg(len(rows) * _ROW_HEIGHT, parts, "; ".join(said))


def histogram(bins: Bins, cuts: Sequence[float], said: str) -> str:
    """Counts by value, with a line at each cut."""
    edges = [min(bins.counts) * bins.width, (max(bins.counts) + 1) * bins.width, *cuts]
    low, high = min(edges) - bins.width, max(edges) + bins.width
    per_unit, most = WIDTH / (high - low), max(bins.counts.values())
    parts = []
    for index, count in bins.counts.items():
        height = (_PLOT_HEIGHT - 20) * count / most
        parts.append(
            f'<rect x="{(index * bins.width - low) * per_unit + 0.5:.1f}" '
            f'y="{_PLOT_HEIGHT - height:.1f}" width="{bins.width * per_unit - 1:.1f}" '
            f'height="{height:.1f}" fill="{css(CONTOUR)}"/>'
        )
    for cut in cuts:
        x = (cut - low) * per_unit
        parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{_PLOT_HEIGHT}" stroke="{css(INK)}" '
            'stroke-dasharray="4 4"/>'
        )
    parts.append(f'<path d="M0 {_PLOT_HEIGHT}H{WIDTH}" stroke="{css(INK)}"/>')
    step = _round_step((high - low) / 8)
    tick = math.ceil(low / step) * step
    while tick <= high:
        x = (tick - low) * per_unit
        if 12 < x < WIDTH - 12:
            parts.append(
                f'<text class="quiet" x="{x:.1f}" y="{_PLOT_HEIGHT + 17}" text-anchor="middle">'
                f"{tick:g}</text>"
            )
        tick += step
    return _svg(_PLOT_HEIGHT + _AXIS_HEIGHT, parts, said)


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, 20, … that is not below `least`."""
    size = 10.0 ** math.floor(math.log10(least))
    return next(factor * size for factor in (1, 2, 5, 10) if factor * size >= least)


def _svg(height: float, parts: Sequence[str], said: str) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:g}" role="img" aria-label="{escape(said)}">'
        f"{''.join(parts)}</svg>"
    )
