"""The plot of a clip over time, and of the lean over the stride, as PNG; opens no window."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from posture._support.texts import filled, texts
from posture.clip.gait import Gait
from posture.clip.outcome import ClipOutcome
from posture.overlay.charts import finish, load_typeface
from posture.overlay.palette import BAND, CONTOUR, INK, MUTED, NOTICE, css

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Of the axis of the curve angle, so that small wobbles look small.
LEAST_TOP_DEG = 70.0
SIZE_IN, GAIT_SIZE_IN, DPI = (11.0, 4.6), (11.0, 8.4), 110


def plot_png(outcome: ClipOutcome) -> bytes:
    """Curve angle over time and, for a walking person, the lean of the trunk over the stride."""
    # Imported here: it takes half a second.  A figure of its own, without pyplot, has no window.
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    load_typeface()
    with rc_context(
        {"font.family": "Inter", "font.size": 11, "axes.titleweight": 600, "grid.linewidth": 0.8}
    ):
        figure = Figure(GAIT_SIZE_IN if outcome.gait else SIZE_IN, DPI, layout="constrained")
        FigureCanvasAgg(figure)
        panels = figure.subplots(2 if outcome.gait else 1, 1, squeeze=False)[:, 0]
        _angle(panels[0], outcome)
        if outcome.gait is not None:
            _stride(panels[1], outcome.gait)
        stream = io.BytesIO()
        figure.savefig(stream, format="png")
    return stream.getvalue()


def _angle(axes: Axes, outcome: ClipOutcome) -> None:
    words = texts()["clip"]["plot"]
    axes.plot(
        outcome.trace.time_s,
        outcome.trace.angle_deg,
        ".",
        color=css(MUTED),
        alpha=0.45,
        markersize=4,
        label=words["quick"],
    )
    if outcome.slca_deg is not None:
        middle, half = outcome.slca_deg.median, outcome.slca_deg.ci95
        axes.axhspan(middle - half, middle + half, color=css(BAND["flat"]), alpha=0.22, lw=0)
        axes.axhline(middle, color=css(CONTOUR), lw=1.6, label=words["median"])
        values = [reading.result.numbers().slca_deg for reading in outcome.readings]
        axes.errorbar(
            [reading.time_s for reading in outcome.readings],
            [value.value for value in values],
            [value.ci95 for value in values],
            fmt="o",
            color=css(INK),
            ecolor=css(MUTED),
            elinewidth=1,
            capsize=3,
            markersize=6,
            label=words["measured"],
        )
    best = outcome.best
    if best is not None:
        axes.plot(
            [best.time_s],
            [best.result.numbers().slca_deg.value],
            "o",
            color=css(NOTICE),
            markersize=9,
            zorder=5,
            label=words["best"],
        )
    axes.set_xlim(0, max(outcome.duration_s, 0.1))
    axes.set_ylim(0, max(LEAST_TOP_DEG, 1.12 * axes.get_ylim()[1]))
    finish(axes, words["angle_title"], words["time"], words["angle"])
    if axes.get_legend_handles_labels()[0]:
        axes.legend(loc="lower right", ncols=4, frameon=False)


def _stride(axes: Axes, gait: Gait) -> None:
    words = texts()["clip"]["plot"]
    share = np.linspace(0, 100, len(gait.stride_deg))
    mean = np.array(gait.stride_deg)
    if gait.stride_spread_deg:
        spread = np.array(gait.stride_spread_deg)
        colour = css(BAND["flat"])
        axes.fill_between(share, mean - spread, mean + spread, color=colour, alpha=0.3, lw=0)
    axes.plot(share, mean, color=css(CONTOUR), lw=2.2)
    axes.axhline(0, color=css(INK), lw=0.8)
    axes.set_xlim(0, 100)
    low, high = axes.get_ylim()
    # A lean of a degree or two must not look like a fall.
    axes.set_ylim(min(low, -10), max(high, 15))
    title = filled(
        words["stride_title"],
        lean=gait.lean_deg,
        error=gait.lean_ci95,
        cadence=gait.steps_per_minute,
    )
    finish(axes, title, words["stride"], words["lean"])
