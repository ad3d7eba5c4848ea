"""Where a value stands among other adults."""

from __future__ import annotations

from itertools import pairwise
from statistics import NormalDist

from posture.result import Measured, Percentiles
from posture.subject import Sex
from posture.verdict.norms import Distribution, Norms

_NORMAL = NormalDist()


def percentiles_of(
    slca_deg: Measured, depth_mm: Measured | None, depth_ratio: Measured, sex: Sex, norms: Norms
) -> Percentiles:
    """Percentiles of the angle and of the depth (of the ratio without a stature), with their ±."""
    angle = norms.distributions["slca_deg"]
    if depth_mm is None:
        depth, of_depth = depth_ratio, norms.distributions["hollow_depth_ratio"]
    else:
        depth, of_depth = depth_mm, norms.distributions["hollow_depth_mm"]

    def three(measured: Measured, distribution: Distribution) -> tuple[float, float, float]:
        value, ci95 = measured.value, measured.ci95
        low, middle, high = (
            percentile(at, distribution, sex) for at in (value - ci95, value, value + ci95)
        )
        return middle, low, high

    return Percentiles(*three(slca_deg, angle), *three(depth, of_depth))


def percentile(value: float, distribution: Distribution, sex: Sex) -> float:
    """Share of adults of that sex below `value`, 0 to 100; of both, mixed, when unspecified."""
    if sex != "unspecified":
        return 100 * _below(value, distribution.percentiles, distribution.values[sex])
    people = distribution.people
    below = sum(
        people[one] * _below(value, distribution.percentiles, distribution.values[one])
        for one in people
    )
    return 100 * below / sum(people.values())


def _below(value: float, percentiles: tuple[float, ...], values: tuple[float, ...]) -> float:
    """Share, 0 to 1, straight between the known values on the scale of a normal distribution."""
    scores = [_NORMAL.inv_cdf(percent / 100) for percent in percentiles]
    known = list(zip(values, scores, strict=True))
    # The first piece whose upper end is not passed; the outermost ones go on beyond their ends.
    pieces = list(pairwise(known))
    (low, low_score), (high, high_score) = next(
        (piece for piece in pieces if value <= piece[1][0]), pieces[-1]
    )
    slope = (high_score - low_score) / (high - low)
    return _NORMAL.cdf(low_score + slope * (value - low))
