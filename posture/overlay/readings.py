"""Angle and depth as they are named, printed and laid on a gauge: for panel, PDF and page alike."""

from __future__ import annotations

from posture._support.texts import texts
from posture.overlay import numbers
from posture.overlay.gauge import GaugeReading
from posture.overlay.numbers import Figure
from posture.result import Result
from posture.verdict.bands import Cuts
from posture.verdict.norms import Norms


def figures(result: Result) -> tuple[tuple[str, Figure], ...]:
    """Name and figure of the angle and the depth, as far as they were measured."""
    words = texts()["overlay"]
    angle = None if result.slca_deg is None else numbers.degrees(result.slca_deg)
    named = ((words["angle"], angle), (words["depth"], numbers.depth(result)))
    return tuple((name, figure) for name, figure in named if figure is not None)


def readings(result: Result, norms: Norms) -> tuple[GaugeReading, ...]:
    """The angle and the depth between their cuts; empty for a refused result."""
    found = (_angle(result, norms), _depth(result, norms))
    return tuple(reading for reading in found if reading is not None)


def hands_cuts(norms: Norms) -> Cuts:
    """Where the words of the wall test change, in hands."""
    return norms.wall_test_cuts_hands


def _angle(result: Result, norms: Norms) -> GaugeReading | None:
    if result.slca_deg is None or result.bands is None:
        return None
    cuts = norms.slca_cuts_deg[result.subject.sex]
    return GaugeReading(
        name=texts()["overlay"]["angle"],
        figure=numbers.degrees(result.slca_deg),
        measured=result.slca_deg,
        cuts=cuts,
        band=result.bands.slca,
        cut_labels=_labels(cuts, "°"),
    )


def _depth(result: Result, norms: Norms) -> GaugeReading | None:
    figure, sex = numbers.depth(result), result.subject.sex
    measured = result.hollow_depth_mm or result.hollow_depth_ratio
    if result.bands is None or figure is None or measured is None:
        return None
    if result.hollow_depth_mm is not None:
        cuts = norms.depth_cuts_mm[sex]
        labels = _labels(cuts, " mm")
    else:
        cuts = norms.ratio_cuts(sex)
        low, middle, high = cuts
        labels = _labels((100 * low, 100 * middle, 100 * high), " %", decimals=1)
    name = texts()["overlay"]["depth"]
    return GaugeReading(name, figure, measured, cuts, result.bands.depth, labels)


def _labels(cuts: Cuts, unit: str, decimals: int = 0) -> tuple[str, str, str]:
    low, middle, high = (f"{cut:.{decimals}f}{unit}" for cut in cuts)
    return (low, middle, high)
