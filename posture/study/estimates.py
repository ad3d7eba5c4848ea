"""A number with its 95 % interval, and what generalised intervals are made with."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import stats

# The shares between which 95 % lie.
LOW, HIGH = 0.025, 0.975
# Points that stand for all that could have been seen: 2 to this.
_POINTS_POWER = 13
_SEED = 1

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A number with the ends of its 95 % interval; NaN where one cannot be told."""

    value: float
    low: float
    high: float

    def times(self, factor: float) -> Estimate:
        """All of it times a positive number."""
        return Estimate(self.value * factor, self.low * factor, self.high * factor)


def around(value: float, half: float) -> Estimate:
    """A number in the middle of its interval."""
    return Estimate(value, value - half, value + half)


def unknown(value: float = math.nan) -> Estimate:
    """A number of which no interval can be told."""
    return Estimate(value, math.nan, math.nan)


@cache
def factors(degrees: tuple[int, ...]) -> tuple[Floats, ...]:
    """By what the variances behind mean squares may be larger than these, jointly: (points,) each.

    Degrees of freedom over chi-squared, at points that fill their space evenly and are the same
    every time, so that a report of the same readings has the same numbers.
    """
    return _of_chi_squared(degrees, _points(len(degrees)))


@cache
def normal_and_factors(degrees: tuple[int, ...]) -> tuple[Floats, tuple[Floats, ...]]:
    """A standard normal number beside :func:`factors`, independent of them."""
    points = _points(len(degrees) + 1)
    return np.asarray(stats.norm.ppf(points[0])), _of_chi_squared(degrees, points[1:])


def _of_chi_squared(degrees: tuple[int, ...], points: tuple[Floats, ...]) -> tuple[Floats, ...]:
    return tuple(
        np.asarray(one / stats.chi2.ppf(column, one), np.float64)
        for one, column in zip(degrees, points, strict=True)
    )


@cache
def _points(dimensions: int) -> tuple[Floats, ...]:
    sampler = stats.qmc.Sobol(dimensions, rng=np.random.default_rng(_SEED))
    return tuple(np.ascontiguousarray(one) for one in sampler.random_base2(_POINTS_POWER).T)
