"""The two plots of the accuracy page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.accuracy.numbers import (
    Array,
    JudgedPicture,
    Pictures,
    QuantityErrors,
    errors_of,
    in_stratum,
    of_family,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

OUTSIDE, MADE_UP, LIMIT, ZERO = "#0072b2", "#999999", "#d55e00", "#555555"
# 95 % of normal differences lie within this many standard deviations.
AGREEMENT_SD = 1.96
QUANTITIES = ("angle, °", "depth, mm")


def save_plots(pictures: Pictures, folder: Path) -> None:
    """Write the Bland-Altman plot of the pictures in protocol, and the errors by turn."""
    folder.mkdir(exist_ok=True)
    agreement = bland_altman(in_stratum(pictures))
    agreement.savefig(folder / "accuracy-bland-altman.png", dpi=100)
    measurable = [one for one in pictures if one.truth.measurable]
    by_turn = errors_by_turn(in_stratum(measurable, "in_protocol", "yaw"))
    by_turn.savefig(folder / "accuracy-by-yaw.png", dpi=100)


def bland_altman(pictures: Pictures) -> Figure:
    """Measured minus true against the mean of both, with the outside bodies' limits."""
    figure, axes = _two_axes(height_in=4.0)
    for axis, (outside, made_up), quantity in zip(axes, _both(pictures), QUANTITIES, strict=True):
        for errors, colour, name in _coloured(outside, made_up):
            _dots(axis, errors.true + errors.error / 2, errors.error, colour, name)
        middle, reach = outside.error.mean(), AGREEMENT_SD * outside.error.std(ddof=1)
        for level, style in ((middle - reach, "--"), (middle, "-"), (middle + reach, "--")):
            axis.axhline(level, color=LIMIT, linestyle=style, linewidth=1)
        axis.set_xlabel(f"mean of measured and true {quantity}")
        axis.set_ylabel("measured minus true")
        axis.legend(frameon=False, loc="upper left")
    figure.tight_layout()
    return figure


def errors_by_turn(pictures: Pictures) -> Figure:
    """Measured minus true against the turn away from side-on."""
    figure, axes = _two_axes(height_in=3.6)
    yaw_deg = [_yaw_deg(those) for those in _families(pictures)]
    for axis, both, quantity in zip(axes, _both(pictures), QUANTITIES, strict=True):
        for yaw, (errors, colour, name) in zip(yaw_deg, _coloured(*both), strict=True):
            _dots(axis, yaw, errors.error, colour, name)
        axis.axhline(0, color=ZERO, linewidth=0.8)
        axis.set_xlabel("turn away from side-on, ° (positive shows the front)")
        axis.set_ylabel(f"error of the {quantity}")
    figure.tight_layout()
    return figure


def _families(pictures: Pictures) -> tuple[list[JudgedPicture], list[JudgedPicture]]:
    return of_family(pictures, made_up=False), of_family(pictures, made_up=True)


def _yaw_deg(pictures: Pictures) -> Array:
    return np.array([one.truth.yaw_deg for one in pictures if one.reading is not None])


def _both(pictures: Pictures) -> tuple[tuple[QuantityErrors, QuantityErrors], ...]:
    """Of angle and depth the errors on bodies from outside and on made-up ones."""
    outside, made_up = map(errors_of, _families(pictures))
    return (outside.slca_deg, made_up.slca_deg), (outside.depth_mm, made_up.depth_mm)


def _coloured(
    outside: QuantityErrors, made_up: QuantityErrors
) -> Iterator[tuple[QuantityErrors, str, str]]:
    yield outside, OUTSIDE, "bodies from outside"
    yield made_up, MADE_UP, "made-up bodies"


def _two_axes(height_in: float) -> tuple[Figure, Iterable[Axes]]:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, 2, figsize=(10, height_in))
    for axis in axes:
        axis.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _dots(axis: Axes, x: Array, y: Array, colour: str, name: str) -> None:
    axis.scatter(x, y, s=14, color=colour, alpha=0.7, linewidths=0, label=name)
