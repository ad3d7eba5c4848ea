"""The photos of one session, each measured, combined into one set of numbers.

Each photo is a stance of its own, with a step away between each; of a whole session the first one
is thrown away (:mod:`posture.verdict.stances`).  The value is the median.  Its interval has two
parts.  What all photos share (the body behind its outline, the yardstick of the scale) does not get
smaller with more photos and is kept whole.  What differs from photo to photo shrinks as the error
of a median does; and where the photos lie further apart than their own intervals explain, it is
widened by the Birge ratio (Birge 1932, doi 10.1103/PhysRev.40.207), the root of chi-square over its
degrees of freedom.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist, fmean, median
from typing import NamedTuple

from posture._support.tables import data_table
from posture.curve.calibration import Calibration, load_calibration
from posture.errors import InvalidInput
from posture.findings import Finding, finding
from posture.result import Z95, Bands, Measured, Percentiles, Repeatability, Result
from posture.subject import NOMINAL_STATURE_MM, Sex
from posture.verdict.judge import judged
from posture.verdict.norms import Norms, load_norms
from posture.verdict.stances import error_of_median, standing_again, that_count


class CombineSettings(NamedTuple):
    """All of ``data/combine.toml``, which says what each is."""

    sure: float


def combine_settings() -> CombineSettings:
    """The built-in settings."""
    return data_table("combine", CombineSettings)


@dataclass(frozen=True)
class Combined:
    """The numbers of several photos together; fields as in :class:`posture.Result`.

    Attributes:
        count: how many photos, each once.
        counted: how many of them make the numbers: all, or all but the first.
        edited_by_hand: whether points were moved in any of those.
        repeatability: how far the numbers move in another session of as many stances.
        findings: what is to be known of the photos beside each other.
    """

    count: int
    counted: int
    edited_by_hand: bool
    slca_deg: Measured
    hollow_depth_mm: Measured | None
    hollow_depth_ratio: Measured
    hollow_hands: Measured
    bridge_length_mm: Measured | None
    yaw_deg: Measured | None
    repeatability: Repeatability
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
            bridge_length_mm=self.bridge_length_mm,
            yaw_deg=self.yaw_deg,
            repeatability=self.repeatability,
            bands=self.bands,
            percentiles=self.percentiles,
            wall_test=self.wall_test,
            findings=result.findings + self.findings,
            provenance=replace(result.provenance, edited_by_hand=self.edited_by_hand),
        )


@dataclass(frozen=True)
class SharedError:
    """What all photos of a person are off by alike, 95 % half-widths.

    Attributes:
        slca_deg: of the angle.
        ratio: of depth / bridge length.
    """

    slca_deg: float
    ratio: float


def shared_error(
    slca_deg: float, ratio: float, sex: Sex, norms: Norms, calibration: Calibration
) -> SharedError:
    """That part of the ± of an angle and of a depth / bridge length of these values."""
    bridge_mm = NOMINAL_STATURE_MM * norms.bridge_per_stature[sex]
    error = calibration.error
    return SharedError(
        slca_deg=error.slca_deg.shared(slca_deg),
        ratio=error.depth_mm.shared(ratio * bridge_mm) / bridge_mm,
    )


def combined(
    results: Sequence[Result],
    norms: Norms | None = None,
    calibration: Calibration | None = None,
    *,
    one_stance: bool = False,
) -> Combined:
    """The median of measured results of one person, in order; the same photo counts once.

    Args:
        results: of a stance each, with a step away between; of a whole session the first one is
            thrown away.
        norms: the reference values; the built-in ones when None.
        calibration: the error terms; the built-in ones when None.
        one_stance: whether all show one stance, as the frames of a clip do; then all count.

    Raises:
        InvalidInput: when there are fewer than two, one was refused, or the person differs.
    """
    norms, calibration = norms or load_norms(), calibration or load_calibration()
    _require_alike(results)
    different = distinct_photos(results)
    counting = different if one_stance else that_count(different)
    subject = results[0].subject
    numbers = [result.numbers() for result in counting]
    angles = [item.slca_deg for item in numbers]
    ratios = [item.hollow_depth_ratio for item in numbers]
    shared = shared_error(
        median(item.value for item in angles),
        median(item.value for item in ratios),
        subject.sex,
        norms,
        calibration,
    )
    slca_deg = median_of(angles, shared=shared.slca_deg)
    ratio = median_of(ratios, shared=shared.ratio)
    depths = _known(result.hollow_depth_mm for result in counting)
    depth_mm = _depth_mm(depths, ratios, ratio) if len(depths) == len(counting) else None
    verdict = judged(slca_deg, depth_mm, ratio, subject, norms)
    again = 1.0 if one_stance else standing_again(len(different))
    twice = (finding("photo-given-twice"),) if len(different) < len(results) else ()
    return Combined(
        count=len(different),
        counted=len(counting),
        edited_by_hand=any(result.provenance.edited_by_hand for result in counting),
        slca_deg=slca_deg,
        hollow_depth_mm=depth_mm,
        hollow_depth_ratio=ratio,
        hollow_hands=verdict.hollow_hands,
        bridge_length_mm=_median_alike(_known(result.bridge_length_mm for result in counting)),
        yaw_deg=_median_alike(_known(result.yaw_deg for result in counting)),
        repeatability=verdict.repeatability.times(again),
        bands=verdict.bands,
        percentiles=verdict.percentiles,
        wall_test=verdict.wall_test,
        findings=twice + _differences(different, shared, norms),
    )


def distinct_photos(results: Sequence[Result]) -> tuple[Result, ...]:
    """The results, of each file only the first; arrays have no file and are all different."""
    first: dict[object, Result] = {}
    for result in results:
        first.setdefault(result.provenance.image_sha256 or id(result), result)
    return tuple(first.values())


def _differences(
    results: Sequence[Result], shared: SharedError, norms: Norms
) -> tuple[Finding, ...]:
    """That the photos do not fit together, in angle or in depth."""
    numbers, again = [result.numbers() for result in results], norms.repeatability_fraction
    angles = [item.slca_deg for item in numbers]
    ratios = [item.hollow_depth_ratio for item in numbers]
    differ = (
        _difference("photos-differ-in-angle", angles, shared.slca_deg, again),
        _difference("photos-differ-in-depth", ratios, shared.ratio, again),
    )
    return tuple(item for item in differ if item is not None)


def _difference(
    code: str, values: Sequence[Measured], shared: float, repeatability: float
) -> Finding | None:
    """That two photos differ by more than two stances of one person measured so would.

    Each value is uncertain by its own part of the half-width and by standing again, a share of the
    value.  All pairs are looked at, so each pair's limit is that of Šidák: the chance that any of
    them exceeds it by accident is 5 %.
    """
    spreads = [
        math.hypot(own_part(item.ci95, shared), repeatability * item.value) for item in values
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
    own = [own_part(value.ci95, shared) for value in values]
    spread = fmean((v.value - fmean(w.value for w in values)) ** 2 for v in values)
    spread_ci95 = Z95 * math.sqrt(spread * count / (count - 1))
    # Birge: never less than the photos claim for themselves, more where they disagree.
    single = max(math.sqrt(fmean(part**2 for part in own)), spread_ci95)
    kept = min(shared, *(value.ci95 for value in values))
    ci95 = math.hypot(kept, error_of_median(count) * single)
    return Measured(median(value.value for value in values), ci95)


def own_part(ci95: float, shared: float) -> float:
    """What is left of a half-width without the part that all photos share."""
    return math.sqrt(max(ci95**2 - shared**2, 0.0))


def _known(values: Iterable[Measured | None]) -> list[Measured]:
    return [value for value in values if value is not None]


def _median_alike(values: Sequence[Measured]) -> Measured | None:
    """The median of what is off alike in all photos; None when it is not known of any."""
    shared = min((value.ci95 for value in values), default=0.0)
    return median_of(values, shared=shared) if values else None


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
        raise InvalidInput("One photo cannot be combined.", "Give two or more of one session.")
    _require_measured(results)
    if len({result.subject for result in results}) > 1:
        raise InvalidInput("The photos are of different people.", "Combine one person's photos.")


def _require_measured(results: Sequence[Result]) -> None:
    if any(result.status != "measured" for result in results):
        raise InvalidInput("One of the photos was not measured.", "Leave it out.")
