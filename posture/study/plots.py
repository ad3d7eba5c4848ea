"""The plots of a report: differences over means, and another instrument over the photos."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from posture.overlay.charts import finish, load_typeface
from posture.overlay.palette import CONTOUR, INK, MUTED, TANGENT, css
from posture.study.analysis import Analysis, Comparison, Difference, Readings
from posture.study.design import Quantity
from posture.study.report_words import report_words
from posture.study.tables import compared, shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

_COLUMNS, _COLUMNS_OF_LINES = 3, 2
_WIDTH_IN, _PANEL_HEIGHT_IN, _DPI = 7.6, 2.3, 200
_USED, _NAMED = re.compile(r'#([^")]+)'), re.compile(r' id="([^"]+)"')


@dataclass(frozen=True)
class Figure:
    """A figure of a report.

    Attributes:
        title: above it.
        said: what it shows, for who cannot see it.
        note: what is left out; empty when nothing is.
        svg, png: the same twice, for a page and for paper.
    """

    title: str
    said: str
    note: str
    svg: str
    png: bytes


def figures(analysis: Analysis) -> tuple[Figure, ...]:
    """All figures; of each quantity raters and sessions apart, then the instruments."""
    with _look():
        return tuple(_drawn(analysis))


def _drawn(analysis: Analysis) -> Iterator[Figure]:
    for quantity in analysis.readings:
        for between in ("raters", "sessions"):
            found = [
                one
                for one in analysis.differences
                if (one.quantity, one.between) == (quantity, between) and one.pairs.limits
            ]
            if found:
                yield _of_differences(quantity, found)
    beside = [one for one in analysis.comparisons if one.line and one.pairs.limits]
    if beside:
        yield _of_instruments(beside)


def _of_differences(quantity: Quantity, found: Sequence[Difference]) -> Figure:
    words = report_words()
    drawn = found[: words["most_panels"]]
    title = words["heading"]["agreement"].format(quantity=words["quantity"][quantity])
    between = words["between"][found[0].between]
    drawing, panels = _panels(len(drawn), _COLUMNS)
    for axes, one in zip(panels, drawn, strict=True):
        _differences(axes, one)
    said = " ".join(_said(one, quantity) for one in drawn)
    return _figure(drawing, f"{title}, {between}", said, len(found) - len(drawn))


def _of_instruments(found: Sequence[Comparison]) -> Figure:
    words = report_words()
    drawn = found[: words["most_panels"] // 2]
    drawing, panels = _panels(2 * len(drawn), _COLUMNS_OF_LINES)
    said = list[str]()
    for index, one in enumerate(drawn):
        _line(panels[2 * index], one)
        _differences(panels[2 * index + 1], one)
        quantity = one.instrument.quantity
        said.append(_said(one, quantity))
        if one.line is not None:
            said.append(
                words["note"]["plot_line"].format(
                    slope=shown(one.line.slope.value, words["decimals"]["share"]),
                    intercept=shown(one.line.intercept.value, words["decimals"][quantity]),
                )
            )
    title = words["heading"]["instruments"]
    return _figure(drawing, title, " ".join(said), len(found) - len(drawn))


def _said(item: Difference | Comparison, quantity: Quantity) -> str:
    words, limits = report_words(), item.pairs.limits
    if limits is None:
        return ""
    decimals = words["decimals"][quantity]
    return str(words["note"]["plot"]).format(
        compared=compared(item),
        bias=shown(limits.bias.value, decimals),
        lower=shown(limits.lower.value, decimals),
        upper=shown(limits.upper.value, decimals),
        pairs=limits.pairs,
    )


@contextmanager
def _look() -> Iterator[None]:
    """The bundled typeface, small; letters of an SVG stay letters, to be read and found."""
    # Imported here: it takes half a second.
    from matplotlib import rc_context

    load_typeface()
    with rc_context(
        {
            "font.family": ["Inter", "sans-serif"],
            "font.size": 7.0,
            "axes.titlesize": 7.5,
            "axes.labelsize": 7.0,
            "legend.fontsize": 6.5,
            "grid.linewidth": 0.6,
            "svg.fonttype": "none",
        }
    ):
        yield


def _panels(count: int, columns: int) -> tuple[Drawing, list[Axes]]:
    # A figure of its own, without pyplot, has no window.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Drawing

    rows = math.ceil(count / columns)
    drawing = Drawing((_WIDTH_IN, rows * _PANEL_HEIGHT_IN), _DPI, layout="constrained")
    FigureCanvasAgg(drawing)
    panels = list(drawing.subplots(rows, columns, squeeze=False).flat)
    for axes in panels[count:]:
        axes.set_axis_off()
    return drawing, panels[:count]


def _figure(drawing: Drawing, title: str, said: str, left_out: int) -> Figure:
    form = report_words()["note"]["more_panels"]
    note = form.format(count=left_out) if left_out else ""
    return Figure(title, said, note, _svg(drawing, title), _png(drawing))


def _svg(drawing: Drawing, title: str) -> str:
    """A part of a page: names of its parts are no other figure's, and the same in every run."""
    from matplotlib import rc_context

    stream = io.BytesIO()
    with rc_context({"svg.hashsalt": title}):
        drawing.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    text = stream.getvalue().decode()
    # What comes before is for files that stand by themselves.
    svg = text[text.index("<svg") :]
    used = set(_USED.findall(svg))
    return _NAMED.sub(lambda found: found[0] if found[1] in used else "", svg)


def _png(drawing: Drawing) -> bytes:
    stream = io.BytesIO()
    drawing.savefig(stream, format="png", metadata={"Software": None})
    return stream.getvalue()


def _differences(axes: Axes, item: Difference | Comparison) -> None:
    words, limits = report_words()["axis"], item.pairs.limits
    if limits is None:
        return
    ones, others = _flat(item.pairs.first), _flat(item.pairs.second)
    axes.plot((ones + others) / 2, ones - others, "o", color=css(CONTOUR), ms=3.5, alpha=0.7)
    for estimate, colour in (
        (limits.lower, MUTED),
        (limits.bias, INK),
        (limits.upper, MUTED),
    ):
        axes.axhspan(estimate.low, estimate.high, color=css(colour), alpha=0.13, lw=0)
        axes.axhline(estimate.value, color=css(colour), lw=1, ls="-" if colour == INK else "--")
    axes.axhline(0, color=css(INK), lw=0.5, ls=":")
    finish(axes, compared(item), words["mean"], words["difference"])


def _line(axes: Axes, item: Comparison) -> None:
    words = report_words()["axis"]
    ones, others = (
        np.array([np.mean(one) for one in readings.values()])
        for readings in (item.pairs.first, item.pairs.second)
    )
    axes.plot(ones, others, "o", color=css(CONTOUR), ms=3.5, alpha=0.7)
    ends = np.array([ones.min(), ones.max()])
    axes.plot(ends, ends, color=css(MUTED), lw=0.8, ls=":", label=words["equal"])
    if item.line is not None:
        fit = item.line.intercept.value + item.line.slope.value * ends
        axes.plot(ends, fit, color=css(TANGENT), lw=1.4, label=words["line"])
    axes.legend(frameon=False)
    finish(axes, item.instrument.name, words["photos"], item.instrument.name)


def _flat(readings: Readings) -> NDArray[np.float64]:
    return np.array(list(chain.from_iterable(readings.values())))
