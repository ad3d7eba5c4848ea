"""How well readings tell people apart and repeat: ICC, SEM and MDC95, each with its 95 % interval.

The model is the two-way one of Shrout PE, Fleiss JL (Psychol Bull 1979;86:420-428): participants
are a sample, each is read under the same conditions (raters, sessions or stances), once under each.
In the words of McGraw KO, Wong SP (Psychol Methods 1996;1:30-46) ICC(2,1) is ICC(A,1), agreement,
for which conditions are a sample of all that there could be; ICC(3,1) is ICC(C,1), consistency, for
which what separates the conditions in the mean counts for nothing.

No interval here is taken from a normal approximation.  Those of consistency follow from the F and
chi-squared distributions of the mean squares and are exact.  Those of agreement are generalised
intervals (Weerahandi S, J Am Stat Assoc 1993;88:899-905; for this ICC: Tian L, Cappelleri JC, Stat
Med 2004;23:2125-2135; compared: Ionan AC et al., BMC Med Res Methodol 2014;14:121): McGraw and
Wong's own covers the truth in far fewer than 95 % of studies when few raters differ from each other
(``benchmarks/study_coverage.py``), and is given beside it only because most papers print it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from posture.study.estimates import HIGH, LOW, Estimate, factors, unknown

# Two readings differ by at most this many SEM in 95 % of pairs: 1.96 times the root of two.
_MDC_PER_SEM = float(stats.norm.ppf(HIGH)) * math.sqrt(2)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class MeanSquares:
    """The analysis of variance of a table without gaps.

    Attributes:
        participants: rows of the table, 2 or more.
        conditions: its columns, 2 or more.
        between_participants, between_conditions, error: mean squares, in the unit squared.
    """

    participants: int
    conditions: int
    between_participants: float
    between_conditions: float
    error: float

    @property
    def degrees(self) -> tuple[int, int, int]:
        """Degrees of freedom of the three."""
        rows, columns = self.participants - 1, self.conditions - 1
        return rows, columns, rows * columns


@dataclass(frozen=True)
class Reliability:
    """How well the readings of a table repeat.

    Attributes:
        mean, sd: of the participants' means, in the unit.
        icc_agreement: ICC(2,1).
        icc_agreement_1996: the same with the interval of McGraw and Wong, which is too short when
            few conditions differ.
        icc_consistency: ICC(3,1).
        sem_agreement: standard error of measurement with what separates the conditions.
        sem_consistency: the same without: the root of the error mean square.
        mdc95_agreement, mdc95_consistency: 1.96 times the root of two times these.
    """

    mean: float
    sd: float
    icc_agreement: Estimate
    icc_agreement_1996: Estimate
    icc_consistency: Estimate
    sem_agreement: Estimate
    sem_consistency: Estimate
    mdc95_agreement: Estimate
    mdc95_consistency: Estimate


def reliability(table: ArrayLike) -> Reliability:
    """All of it for a table of readings.

    With the variance that belongs to each ICC (participants, conditions and error for agreement;
    participants and error for consistency) SD times the root of 1 - ICC is the very SEM that the
    analysis of variance gives, so that there is one SEM of each kind and not two.

    Args:
        table: (participants, conditions), 2 × 2 or more, finite.

    Raises:
        ValueError: when it is not of that kind.
    """
    values = np.asarray(table, np.float64)
    squares = mean_squares(values)
    by_person = values.mean(axis=1)
    sem_agreement = _sem_agreement(squares)
    sem_consistency = _sem_consistency(squares)
    return Reliability(
        mean=float(by_person.mean()),
        sd=float(by_person.std(ddof=1)),
        icc_agreement=icc_agreement(squares),
        icc_agreement_1996=icc_agreement_1996(squares),
        icc_consistency=icc_consistency(squares),
        sem_agreement=sem_agreement,
        sem_consistency=sem_consistency,
        mdc95_agreement=sem_agreement.times(_MDC_PER_SEM),
        mdc95_consistency=sem_consistency.times(_MDC_PER_SEM),
    )


def mean_squares(table: Floats) -> MeanSquares:
    """The two-way analysis of variance; raises as :func:`reliability`."""
    if table.ndim != 2 or min(table.shape) < 2 or not np.isfinite(table).all():
        raise ValueError("a table of 2 × 2 or more finite readings is needed")
    rows, columns = table.shape
    mean = table.mean()
    by_row, by_column = table.mean(axis=1, keepdims=True), table.mean(axis=0, keepdims=True)
    rest = table - by_row - by_column + mean
    return MeanSquares(
        participants=rows,
        conditions=columns,
        between_participants=float(columns * ((by_row - mean) ** 2).sum() / (rows - 1)),
        between_conditions=float(rows * ((by_column - mean) ** 2).sum() / (columns - 1)),
        error=float((rest**2).sum() / ((rows - 1) * (columns - 1))),
    )


def icc_agreement(squares: MeanSquares) -> Estimate:
    """ICC(2,1) with its generalised interval."""
    return _generalised(squares, _agreement_of)


def icc_agreement_1996(squares: MeanSquares) -> Estimate:
    """ICC(2,1) with the interval of McGraw and Wong 1996, table 7 (Satterthwaite's degrees)."""
    n, k = squares.participants, squares.conditions
    between, conditions, error = (
        squares.between_participants, squares.between_conditions, squares.error,
    )  # fmt: skip
    value = _seen(_agreement_of, squares)
    if not math.isfinite(value) or error == 0:
        return unknown(value)
    ratio, rest = conditions / error, n * (1 + (k - 1) * value) - k * value
    degrees = squares.degrees[2] * (k * value * ratio + rest) ** 2
    degrees /= (n - 1) * (k * value * ratio) ** 2 + rest**2
    upper = float(stats.f.ppf(HIGH, n - 1, degrees))
    lower = float(stats.f.ppf(HIGH, degrees, n - 1))
    others = k * conditions + (k * n - k - n) * error
    return Estimate(
        value,
        n * (between - upper * error) / (upper * others + n * between),
        n * (lower * between - error) / (others + n * lower * between),
    )


def icc_consistency(squares: MeanSquares) -> Estimate:
    """ICC(3,1) with its exact interval (Shrout and Fleiss 1979)."""
    rows, _, rest = squares.degrees
    more = squares.conditions - 1
    if squares.error == 0:
        return unknown(1.0 if squares.between_participants else math.nan)
    ratio = squares.between_participants / squares.error
    low = ratio / float(stats.f.ppf(HIGH, rows, rest))
    high = ratio * float(stats.f.ppf(HIGH, rest, rows))
    return Estimate(*((one - 1) / (one + more) for one in (ratio, low, high)))


def _sem_consistency(squares: MeanSquares) -> Estimate:
    degrees = squares.degrees[2]
    value = math.sqrt(squares.error)
    return Estimate(
        value,
        value * math.sqrt(degrees / float(stats.chi2.ppf(HIGH, degrees))),
        value * math.sqrt(degrees / float(stats.chi2.ppf(LOW, degrees))),
    )


def _sem_agreement(squares: MeanSquares) -> Estimate:
    return _generalised(squares, _sem_of)


# What is estimated, by the expected mean squares between participants, between conditions and of
# error, and the table's shape.
_Quantity = Callable[[Floats, Floats, Floats, int, int], Floats]


def _agreement_of(between: Floats, conditions: Floats, error: Floats, n: int, k: int) -> Floats:
    whole = between + (k - 1) * error + k * (conditions - error) / n
    return np.divide(between - error, whole, out=np.full_like(whole, np.nan), where=whole > 0)


def _sem_of(_: Floats, conditions: Floats, error: Floats, n: int, __: int) -> Floats:
    # Where conditions differ by less than chance alone makes them, they do not differ.
    apart = np.maximum((conditions - error) / n, 0)
    return np.asarray(np.sqrt(apart + error), np.float64)


def _seen(quantity: _Quantity, squares: MeanSquares) -> float:
    ones = tuple(np.ones(1) for _ in squares.degrees)
    return float(_with_factors(quantity, squares, ones)[0])


def _with_factors(quantity: _Quantity, squares: MeanSquares, by: tuple[Floats, ...]) -> Floats:
    """The quantity if the expected mean squares were so many times those seen."""
    between, conditions, error = by
    return quantity(
        squares.between_participants * between,
        squares.between_conditions * conditions,
        squares.error * error,
        squares.participants,
        squares.conditions,
    )


def _generalised(squares: MeanSquares, quantity: _Quantity) -> Estimate:
    """An estimate with the range of what the mean squares could have been of."""
    value = _seen(quantity, squares)
    if not math.isfinite(value):
        return unknown(value)
    range_ = _with_factors(quantity, squares, factors(squares.degrees))
    low, high = np.quantile(range_, (LOW, HIGH))
    return Estimate(value, float(low), float(high))
