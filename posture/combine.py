"""Several photos of one stance, each measured, combined into one set of numbers.

The value is the median.  Its interval has two parts.  What all photos share (the body behind its
outline, the yardstick of the scale) does not get smaller with more photos and is kept whole.  What
differs from photo to photo shrinks as the error of a median does, 1.253 / sqrt(n); and where the
photos lie further apart than their own intervals explain, it is widened by the Birge ratio
(Birge 1932, doi 10.1103/PhysRev.40.207), the root of chi-square over its degrees of freedom.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist, fmean, median
from typing import NamedTuple

from posture._support.tables import data_table
from posture.curve.calibration import Calibration, load_calibration
from posture.errors import InvalidInput
from posture.findings import Finding, finding
from posture.result import Z95, Bands, Measured, Percentiles, Result
from posture.verdict.judge import judged
from posture.verdict.norms import Norms, load_norms
from posture.view.trunk_frame import NOMINAL_STATURE_MM


class CombineSettings(NamedTuple):
    """All of ``data/combine.toml``, which says what each is."""

    median_loss: float
    sure: float


def combine_settings() -> CombineSettings:
    """The built-in settings."""
    return data_table("combine", CombineSettings)


@dataclass(frozen=True)
class Combined:
    """The numbers of several photos together; fields as in :class:`posture.Result`.

    Attributes:
        count: how many photos, each once.
        edited_by_hand: whether points were moved in any of them.
        findings: what is to be known of the photos beside each other.
    """

    count: int
    edited_by_hand: bool
    slca_deg: Measured
    hollow_depth_mm: Measured | None
    hollow_depth_ratio: Measured
    hollow_hands: Measured
    bands: Bands
    percentiles: Percentiles
    wall_test: str
    findings: tuple[Finding, ...] = ()

    def on(self, result: Result) -> Result:
        """`result` (one of the photos) with the numbers of all photos in place of its own.

        Raises:
            InvalidInput: when it was not measured.
        """
        _require_measured([result])
        return replace(
            result,
            slca_deg=self.slca_deg,
            chord_angle_deg=None,
            hollow_depth_mm=self.hollow_depth_mm,
            hollow_depth_ratio=self.hollow_depth_ratio,
            hollow_depth_stature=None,
            hollow_hands=self.hollow_hands,
            bands=self.bands,
            percentiles=self.percentiles,
            wall_test=self.wall_test,
            findings=result.findings + self.findings,
            provenance=replace(result.provenance, edited_by_hand=self.edited_by_hand),
        )


def combined(
    results: Sequence[Result], norms: Norms | None = None, calibration: Calibration | None = None
) -> Combined:
    """The median of measured results of one person in one stance; the same photo counts once.

    Raises:
        InvalidInput: when there are fewer than two, one was refused, or the person differs.
    """
    norms = norms or load_norms()
    _require_alike(results)
    given, results = len(results), distinct_photos(results)
    subject = results[0].subject
    numbers = [result.numbers() for result in results]
    angles = [item.slca_deg for item in numbers]
    ratios = [item.hollow_depth_ratio for item in numbers]
    depths = [result.hollow_depth_mm for result in results if result.hollow_depth_mm is not None]
    bridge_mm = NOMINAL_STATURE_MM * norms.bridge_per_stature[subject.sex]
    calibration = calibration or load_calibration()
    slca_shared = calibration.error.slca_deg.shared(median(item.value for item in angles))
    depth = median(item.value for item in ratios) * bridge_mm
    ratio_shared = calibration.error.depth_mm.shared(depth) / bridge_mm
    slca_deg = median_of(angles, shared=slca_shared)
    ratio = median_of(ratios, shared=ratio_shared)
    again = norms.repeatability_fraction
    differ = (
        _difference("photos-differ-in-angle", angles, slca_shared, again),
        _difference("photos-differ-in-depth", ratios, ratio_shared, again),
    )
    twice = (finding("photo-given-twice"),) if len(results) < given else ()
    depth_mm = _depth_mm(depths, ratios, ratio) if len(depths) == len(results) else None
    verdict = judged(slca_deg, depth_mm, ratio, subject, norms)
    return Combined(
        count=len(results),
        edited_by_hand=any(result.provenance.edited_by_hand for result in results),
        slca_deg=slca_deg,
        hollow_depth_mm=depth_mm,
        hollow_depth_ratio=ratio,
        hollow_hands=verdict.hollow_hands,
        bands=verdict.bands,
        percentiles=verdict.percentiles,
        wall_test=verdict.wall_test,
        findings=twice + tuple(item for item in differ if item is not None),
    )


def distinct_photos(results: Sequence[Result]) -> tuple[Result, ...]:
    """The results, of each file only the first; arrays have no file and are all different."""
    first: dict[object, Result] = {}
    for result in results:
        first.setdefault(result.provenance.image_sha256 or id(result), result)
    return tuple(first.values())


def _difference(
    code: str, values: Sequence[Measured], shared: float, repeatability: float
) -> Finding | None:
    """That two photos differ by more than two stances of one person measured so would.

    Each value is uncertain by its own part of the half-width and by standing again, a share of the
    value.  All pairs are looked at, so each pair's limit is that of Šidák: the chance that any of
    them exceeds it by accident is 5 %.
    """
    spreads = [
        math.hypot(math.sqrt(max(item.ci95**2 - shared**2, 0.0)), repeatability * item.value)
        for item in values
    ]
    pairs = [
        (abs(values[i].value - values[k].value), math.hypot(spreads[i], spreads[k]))
        for i, k in itertools.combinations(range(len(values)), 2)
    ]
    if not pairs:
        return None
    chance = 1 - combine_settings().sure ** (1 / len(pairs))
    wider = NormalDist().inv_cdf(1 - chance / 2) / Z95
    value, limit = max(pairs, key=lambda pair: pair[0] / pair[1])
    return finding(code, value=value, limit=wider * limit) if value > wider * limit else None


def median_of(values: Sequence[Measured], *, shared: float) -> Measured:
    """Median and 95 % half-width, `shared` being the part of each half-width all have in common."""
    count = len(values)
    if count == 1:
        return values[0]
    own = [math.sqrt(max(value.ci95**2 - shared**2, 0.0)) for value in values]
    spread = fmean((v.value - fmean(w.value for w in values)) ** 2 for v in values)
    spread_ci95 = Z95 * math.sqrt(spread * count / (count - 1))
    # Birge: never less than the photos claim for themselves, more where they disagree.
    single = max(math.sqrt(fmean(part**2 for part in own)), spread_ci95)
    narrowing = min(1.0, combine_settings().median_loss / math.sqrt(count))
    kept = min(shared, *(value.ci95 for value in values))
    return Measured(median(value.value for value in values), math.hypot(kept, narrowing * single))


def _depth_mm(
    depths: Sequence[Measured], ratios: Sequence[Measured], ratio: Measured
) -> Measured | None:
    """Median depth: the ratio's interval in mm, and the scale's, which all photos share."""
    if len(depths) == 1:
        return depths[0]
    if median(item.value for item in ratios) <= 0:
        return None
    middle = median(item.value for item in depths)
    bridge_mm = middle / ratio.value
    scale_ci95 = min(
        math.sqrt(max(depth.ci95**2 - (own.ci95 * depth.value / own.value) ** 2, 0.0))
        for depth, own in zip(depths, ratios, strict=True)
        if own.value > 0
    )
    return Measured(middle, math.hypot(ratio.ci95 * bridge_mm, scale_ci95))


def _require_alike(results: Sequence[Result]) -> None:
    if len(results) < 2:
        raise InvalidInput("One photo cannot be combined.", "Give two or more of the same stance.")
    _require_measured(results)
    if len({result.subject for result in results}) > 1:
        raise InvalidInput("The photos are of different people.", "Combine one person's photos.")


def _require_measured(results: Sequence[Result]) -> None:
    if any(result.status != "measured" for result in results):
        raise InvalidInput("One of the photos was not measured.", "Leave it out.")
