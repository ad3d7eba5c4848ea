"""How far two readings of one thing lie apart: limits of agreement, proportional bias, Deming.

Bland JM, Altman DG. Measuring agreement in method comparison studies. Stat Methods Med Res
1999;8:135-160 (doi 10.1177/096228029900800204).  Intervals of the limits: of one pair a participant
the exact ones of Carkeet A, Optom Vis Sci 2015;92:e71-e80 (doi 10.1097/OPX.0000000000000513), each
limit by itself; of several pairs the generalised ones of Krishnamoorthy K, Mathew T, Technometrics
2004;46:44-52, which become the exact ones where each participant has one, with the variance of
Bland JM, Altman DG, J Biopharm Stat 2007;17:571-582.  Deming's line: Linnet K, Clin Chem
1993;39:424-432, with his jackknife.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from posture.result import Z95
from posture.study.estimates import HIGH, LOW, Estimate, around, normal_and_factors, unknown
from posture.study.report_words import report_words

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Limits:
    """Limits of agreement.

    Attributes:
        participants: with a pair or more.
        pairs: all of them.
        bias: mean difference, first minus second, in the unit.
        sd: standard deviation of single differences.
        lower, upper: bias ± 1.96 of these, each with its interval.
    """

    participants: int
    pairs: int
    bias: Estimate
    sd: float
    lower: Estimate
    upper: Estimate


@dataclass(frozen=True)
class Slope:
    """How the difference changes with what is measured.

    Attributes:
        slope: of the difference on the mean, a unit a unit.
        p: of the two-sided test that there is none.
    """

    slope: Estimate
    p: float


@dataclass(frozen=True)
class DemingLine:
    """The line between two instruments that both err.

    Attributes:
        slope: 1 where a unit is a unit in both.
        intercept: 0 where nothing lies between them, in the unit.
        error_ratio: error variance of the second over that of the first.
        ratio_known: whether both were repeated often enough to tell it; else it was taken for 1.
    """

    slope: Estimate
    intercept: Estimate
    error_ratio: float
    ratio_known: bool


def limits_of_agreement(differences: Iterable[ArrayLike]) -> Limits:
    """Limits of agreement of differences.

    Args:
        differences: of each participant one or more, finite; of two participants or more.

    Raises:
        ValueError: when there are fewer.
    """
    groups = [np.atleast_1d(np.asarray(one, np.float64)) for one in differences]
    if len(groups) < 2 or not all(map(len, groups)):
        raise ValueError("differences of two participants or more are needed")
    single = all(len(group) == 1 for group in groups)
    found = _of_single(np.concatenate(groups)) if single else _of_repeated(groups)
    bias, sd = found.bias, found.sd
    return Limits(
        participants=len(groups),
        pairs=sum(map(len, groups)),
        bias=around(bias, found.half),
        sd=sd,
        lower=Estimate(bias - Z95 * sd, bias - found.far, bias - found.near),
        upper=Estimate(bias + Z95 * sd, bias + found.near, bias + found.far),
    )


def proportional_bias(first: Iterable[ArrayLike], second: Iterable[ArrayLike]) -> Slope:
    """Whether the difference grows or shrinks with the mean of both, by regression.

    It is made of one point a participant, their means, so that points are independent.  A slope is
    also seen where the readings of one side merely scatter more (Bland & Altman 1999, section 3.2).

    Args:
        first, second: readings of each participant, in pairs; of three participants or more.
    """
    ones, others = _side(first).mean, _side(second).mean
    mean, difference = (ones + others) / 2, ones - others
    if len(mean) < 3 or np.ptp(mean) == 0:
        return Slope(unknown(), math.nan)
    fit = stats.linregress(mean, difference)
    half = float(stats.t.ppf(HIGH, len(mean) - 2)) * float(fit.stderr)
    return Slope(around(float(fit.slope), half), float(fit.pvalue))


def deming(
    first: Iterable[ArrayLike], second: Iterable[ArrayLike], *, ratio: float | None = None
) -> DemingLine:
    """The line by which the second instrument's readings follow from the first's.

    Args:
        first, second: readings of each participant, in pairs; of three participants or more.
        ratio: error variance of the second over that of the first; None to tell it from repeated
            readings, and to take 1 where there are too few of these.

    Raises:
        ValueError: when there are fewer participants.
    """
    one, other = _side(first), _side(second)
    n = len(one.mean)
    if n < 3 or n != len(other.mean):
        raise ValueError("pairs of three participants or more are needed")
    known = ratio is not None or _can_tell(one, other)
    used, without_each = 1.0 if ratio is None else ratio, np.ones(n)
    if ratio is None and known:
        used = other.within / one.within
        without_each = other.within_without_each() / one.within_without_each()
    else:
        without_each *= used
    x, y = one.mean, other.mean
    dx, dy = x - x.mean(), y - y.mean()
    xx, yy, xy = (np.array([(a * b).sum()]) for a, b in ((dx, dx), (dy, dy), (dx, dy)))
    slope, intercept = _line(xx, yy, xy, x.mean(), y.mean(), np.array([used]))
    # What is left of sums and means without each participant in turn.
    more = n / (n - 1)
    slopes, intercepts = _line(
        xx - more * dx * dx,
        yy - more * dy * dy,
        xy - more * dx * dy,
        x.mean() - dx / (n - 1),
        y.mean() - dy / (n - 1),
        without_each,
    )
    return DemingLine(
        _jackknifed(float(slope[0]), slopes), _jackknifed(float(intercept[0]), intercepts),
        used, known,
    )  # fmt: skip


def _can_tell(one: _Side, other: _Side) -> bool:
    """Whether repeated readings tell how far both scatter, without any one participant, too."""
    repeats = min(side.degrees.sum() - side.degrees.max() for side in (one, other))
    least = report_words()["least_repeats"]
    return bool(repeats >= least and min(one.within, other.within) > 0)


class _Spread(NamedTuple):
    """Differences: mean and standard deviation, and by how much 95 % intervals lie from the mean.

    Attributes:
        bias, sd: of single differences.
        half: to the ends of the mean's own interval.
        near, far: to the ends of a limit's.
    """

    bias: float
    sd: float
    half: float
    near: float
    far: float


def _of_single(differences: Floats) -> _Spread:
    n = len(differences)
    bias, sd = float(differences.mean()), float(differences.std(ddof=1))
    error = sd / math.sqrt(n)
    half = float(stats.t.ppf(HIGH, n - 1)) * error
    # The quantile bias + 1.96 sd of a normal distribution has these exact bounds.
    near, far = (float(stats.nct.ppf(p, n - 1, Z95 * math.sqrt(n))) * error for p in (LOW, HIGH))
    return _Spread(bias, sd, half, near, far)


def _of_repeated(groups: Sequence[Floats]) -> _Spread:
    """Of a participant several: between and within participants differences vary for themselves."""
    n, sizes = len(groups), np.array([len(group) for group in groups])
    means = np.array([group.mean() for group in groups])
    bias, between = float(means.mean()), float(means.var(ddof=1))
    degrees = int(sizes.sum()) - n
    within = sum(float(((group - group.mean()) ** 2).sum()) for group in groups) / degrees
    # The variance of means holds a part of that within already.
    rest = 1 - float((1 / sizes).mean())
    sd = math.sqrt(between + rest * within)
    half = float(stats.t.ppf(HIGH, n - 1)) * math.sqrt(between / n)
    centre, factors = normal_and_factors((n - 1, degrees))
    true_between = between * factors[0]
    sds = np.sqrt(true_between + rest * within * factors[1])
    above = centre * np.sqrt(true_between / n) + Z95 * sds
    near, far = (float(end) for end in np.quantile(above, (LOW, HIGH)))
    return _Spread(bias, sd, half, near, far)


@dataclass(frozen=True)
class _Side:
    """The readings of one instrument: of each participant their mean, and how they scatter.

    Attributes:
        mean: (participants,).
        squares: (participants,) sums of squares around these.
        degrees: (participants,) degrees of freedom of those.
    """

    mean: Floats
    squares: Floats
    degrees: Floats

    @property
    def within(self) -> float:
        """Pooled variance of repeated readings; 0 where there are none."""
        return float(self.squares.sum() / max(self.degrees.sum(), 1))

    def within_without_each(self) -> Floats:
        """The same without each participant in turn."""
        squares = self.squares.sum() - self.squares
        return np.asarray(squares / (self.degrees.sum() - self.degrees), np.float64)


def _side(groups: Iterable[ArrayLike]) -> _Side:
    readings = [np.atleast_1d(np.asarray(one, np.float64)) for one in groups]
    return _Side(
        np.array([one.mean() for one in readings]),
        np.array([((one - one.mean()) ** 2).sum() for one in readings]),
        np.array([len(one) - 1.0 for one in readings]),
    )


def _line(
    xx: Floats, yy: Floats, xy: Floats, x: Floats, y: Floats, ratio: Floats
) -> tuple[Floats, Floats]:
    """Slopes and intercepts, by sums of squares and products, means and ratios of errors."""
    apart = yy - ratio * xx
    root = apart + np.sqrt(apart**2 + 4 * ratio * xy**2)
    slope: Floats = np.divide(root, 2 * xy, out=np.full_like(root, np.nan), where=xy != 0)
    return slope, np.asarray(y - slope * x, np.float64)


def _jackknifed(value: float, left_out: Floats) -> Estimate:
    n = len(left_out)
    pseudo = n * value - (n - 1) * left_out
    half = float(stats.t.ppf(HIGH, n - 2)) * float(pseudo.std(ddof=1)) / math.sqrt(n)
    return around(value, half)
