"""The two plots of the accuracy page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.accuracy.numbers import Array, Pictures, QuantityErrors, errors_of, in_stratum

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DOT, LIMIT, ZERO = "#0072b2", "#d55e00", "#555555"
# 95 % of normal differences lie within so many standard deviations.
AGREEMENT_SD = 1.96
QUANTITIES = ("angle, °", "depth, mm")


def save_plots(pictures: Pictures, folder: Path) -> None:
    """Write the Bland-Altman plot of the pictures in protocol, and the errors by turn."""
    folder.mkdir(exist_ok=True)
    agreement = bland_altman(in_stratum(pictures, "in_protocol"))
    agreement.savefig(folder / "accuracy-bland-altman.png", dpi=100)
    by_turn = errors_by_turn(in_stratum(pictures, "in_protocol", "yaw"))
    by_turn.savefig(folder / "accuracy-by-yaw.png", dpi=100)


def bland_altman(pictures: Pictures) -> Figure:
    """Measured minus true against the mean of both, with the limits of agreement."""
    figure, axes = _two_axes(height_in=4.0)
    for axis, errors, quantity in zip(axes, _both(pictures), QUANTITIES, strict=True):
        _dots(axis, errors.true + errors.error / 2, errors.error)
        middle, reach = errors.error.mean(), AGREEMENT_SD * errors.error.std(ddof=1)
        for level, style in ((middle - reach, "--"), (middle, "-"), (middle + reach, "--")):
            axis.axhline(level, color=LIMIT, linestyle=style, linewidth=1)
        axis.set_xlabel(f"mean of measured and true {quantity}")
        axis.set_ylabel("measured minus true")
    figure.tight_layout()
    return figure


def errors_by_turn(pictures: Pictures) -> Figure:
    """Measured minus true against the turn away from side-on."""
    figure, axes = _two_axes(height_in=3.6)
    yaw_deg = np.array([p.truth.yaw_deg for p in pictures if p.reading is not None])
    for axis, errors, quantity in zip(axes, _both(pictures), QUANTITIES, strict=True):
        _dots(axis, yaw_deg, errors.error)
        axis.axhline(0, color=ZERO, linewidth=0.8)
        axis.set_xlabel("turn away from side-on, ° (positive shows the front)")
        axis.set_ylabel(f"error of the {quantity}")
    figure.tight_layout()
    return figure


def _both(pictures: Pictures) -> tuple[QuantityErrors, QuantityErrors]:
    errors = errors_of(pictures)
    return errors.slca_deg, errors.depth_mm


def _two_axes(height_in: float) -> tuple[Figure, Iterable[Axes]]:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, 2, figsize=(10, height_in))
    for axis in axes:
        axis.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _dots(axis: Axes, x: Array, y: Array) -> None:
    axis.scatter(x, y, s=14, color=DOT, alpha=0.7, linewidths=0)
