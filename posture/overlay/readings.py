"""Angle and depth as they are named, printed and laid on a gauge: for panel, PDF and page alike."""

from __future__ import annotations

from posture._support.language import number_text
from posture._support.texts import texts
from posture.overlay import numbers
from posture.overlay.gauge import GaugeReading
from posture.overlay.numbers import DECIMALS_OF, MM_PER, LengthUnit, NumberText
from posture.result import CurveNumbers, Measured, Result
from posture.subject import Sex
from posture.verdict.bands import Cuts
from posture.verdict.norms import Norms, load_norms


def figures(result: Result, unit: LengthUnit = "mm") -> tuple[tuple[str, NumberText], ...]:
    """Name and figure of the angle and the depth, in `unit`; empty for a refused result."""
    words, curve = texts()["overlay"], result.curve
    if curve is None:
        return ()
    depth = numbers.depth(result.hollow_depth_mm, curve.hollow_depth_ratio, unit)
    return ((words["angle"], numbers.degrees(curve.slca_deg)), (words["depth"], depth))


def readings(result: Result, norms: Norms, unit: LengthUnit = "mm") -> tuple[GaugeReading, ...]:
    """The angle and the depth between their cuts, lengths printed in `unit`; empty if refused."""
    curve, sex = result.curve, result.subject.sex
    if curve is None:
        return ()
    return (_angle(curve, sex, norms), _depth(curve, result.hollow_depth_mm, sex, norms, unit))


def norms_at_hand(result: Result, norms: Norms | None) -> Norms | None:
    """The norms whose cuts may be printed beside this result; None where they are not at hand.

    Args:
        norms: those that are in use; the built-in ones when None.
    """
    chosen = norms if norms is not None else load_norms()
    return chosen if chosen.version == result.provenance.norms_version else None


def hands_cuts(norms: Norms) -> Cuts:
    """Where the words of the wall test change, in hands."""
    return norms.wall_test_cuts_hands


def _angle(curve: CurveNumbers, sex: Sex, norms: Norms) -> GaugeReading:
    cuts = norms.slca_cuts_deg[sex]
    return GaugeReading(
        name=texts()["overlay"]["angle"],
        figure=numbers.degrees(curve.slca_deg),
        measured=curve.slca_deg,
        cuts=cuts,
        band=curve.bands.slca,
        cut_labels=_labels(cuts, "°"),
    )


def _depth(
    curve: CurveNumbers, depth_mm: Measured | None, sex: Sex, norms: Norms, unit: LengthUnit
) -> GaugeReading:
    if depth_mm is not None:
        cuts = norms.depth_cuts_mm[sex]
        low, middle, high = (cut / MM_PER[unit] for cut in cuts)
        labels = _labels((low, middle, high), f" {unit}", DECIMALS_OF[unit])
    else:
        cuts = norms.ratio_cuts[sex]
        low, middle, high = cuts
        labels = _labels((100 * low, 100 * middle, 100 * high), " %", decimals=1)
    return GaugeReading(
        name=texts()["overlay"]["depth"],
        figure=numbers.depth(depth_mm, curve.hollow_depth_ratio, unit),
        measured=depth_mm or curve.hollow_depth_ratio,
        cuts=cuts,
        band=curve.bands.depth,
        cut_labels=labels,
    )


def _labels(cuts: Cuts, unit: str, decimals: int = 0) -> tuple[str, str, str]:
    low, middle, high = (number_text(cut, decimals) + unit for cut in cuts)
    return (low, middle, high)
