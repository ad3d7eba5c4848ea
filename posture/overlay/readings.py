"""Angle and depth as readings on a band gauge, for every place that shows one."""

from __future__ import annotations

from posture._support.texts import texts
from posture.overlay import numbers
from posture.overlay.gauge import Reading
from posture.result import Result
from posture.verdict.bands import Cuts
from posture.verdict.norms import Norms


def readings(result: Result, norms: Norms) -> tuple[Reading, ...]:
    """The angle and the depth of a measured result; empty for a refused one."""
    found = (_angle(result, norms), _depth(result, norms))
    return tuple(reading for reading in found if reading is not None)


def hands_cuts(norms: Norms) -> Cuts:
    """Where the words of the wall test change, in hands."""
    return norms.wall_test_cuts_hands


def _angle(result: Result, norms: Norms) -> Reading | None:
    if result.slca_deg is None or result.bands is None:
        return None
    cuts = norms.slca_cuts_deg[result.subject.sex]
    return Reading(
        name=texts()["overlay"]["angle"],
        figure=numbers.degrees(result.slca_deg),
        measured=result.slca_deg,
        cuts=cuts,
        band=result.bands.slca,
        cut_labels=_labels(cuts, "{:.0f}°"),
    )


def _depth(result: Result, norms: Norms) -> Reading | None:
    figure, sex = numbers.depth(result), result.subject.sex
    if result.bands is None or figure is None:
        return None
    name, band = texts()["overlay"]["depth"], result.bands.depth
    if result.hollow_depth_mm is not None:
        cuts = norms.depth_cuts_mm[sex]
        labels = _labels(cuts, "{:.0f} mm")
        return Reading(name, figure, result.hollow_depth_mm, cuts, band, labels)
    assert result.hollow_depth_ratio is not None
    cuts = norms.ratio_cuts(sex)
    labels = _labels(cuts, "{:.1%}")
    return Reading(name, figure, result.hollow_depth_ratio, cuts, band, labels)


def _labels(cuts: Cuts, form: str) -> tuple[str, str, str]:
    low, middle, high = (form.format(cut) for cut in cuts)
    return (low, middle, high)
