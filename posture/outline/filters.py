"""The few filters that an outline needs, in NumPy: averages along a line, and an opening.

They give what the functions of ``scipy.ndimage`` that they are named after give, to the last bit;
loading that takes longer than measuring a photo.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Array = NDArray[np.float64]
# What lies beyond the ends: the line mirrored, or its last value.
Beyond = Literal["symmetric", "edge"]
# The Gaussian is cut off at this many standard deviations.
TRUNCATED = 4.0


def gaussian_averaged(
    values: Array, sigma: float, axis: int = 0, *, beyond: Beyond = "symmetric"
) -> Array:
    """`values`, each the average of its neighbours along `axis` (``gaussian_filter1d``).

    Args:
        values: of any shape.
        sigma: standard deviation of the weights, in values.
        axis: along which.
        beyond: what counts as lying beyond the ends.
    """
    weights = _gaussian(sigma)
    radius = len(weights) - 1
    padding = [(0, 0)] * values.ndim
    padding[axis] = (radius, radius)
    along = np.moveaxis(np.pad(values, padding, mode=beyond), axis, 0)
    count = values.shape[axis]
    total = along[radius : radius + count] * weights[0]
    for away in range(radius, 0, -1):
        before, after = radius - away, radius + away
        pair = along[before : before + count] + along[after : after + count]
        total += pair * weights[away]
    return np.moveaxis(total, 0, axis)


def running_mean(values: Array, size: int) -> Array:
    """The mean (n,) of `size` neighbours, the line mirrored beyond its ends (``uniform_filter1d``).

    Args:
        values: (n,), n > 0.
        size: how many; of an even number one more before than after.
    """
    padded = np.pad(values, (size // 2, size - size // 2 - 1), mode="symmetric")
    # One sum that moves along the line.
    first = np.add.accumulate(padded[:size])[-1]
    sums = np.add.accumulate(np.concatenate([[first], padded[size:] - padded[:-size]]))
    return np.asarray(sums / size, np.float64)


def opened(values: Array, size: int) -> Array:
    """`values` (n,) without peaks narrower than `size` (``grey_opening``)."""
    before, after = size // 2, size - size // 2 - 1
    lowest = _windows(values, before, after).min(axis=1)
    return np.asarray(_windows(lowest, after, before).max(axis=1), np.float64)


def runs(marked: NDArray[np.bool_]) -> list[NDArray[np.intp]]:
    """Positions of each stretch of marked values (n,), in order (``label``)."""
    rows = np.flatnonzero(marked)
    return np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1) if len(rows) else []


def _windows(values: Array, before: int, after: int) -> Array:
    padded = np.pad(values, (before, after), mode="symmetric")
    return sliding_window_view(padded, before + after + 1)


@lru_cache(maxsize=8)
def _gaussian(sigma: float) -> Array:
    """Weights of the middle and of its neighbours to one side."""
    radius = int(TRUNCATED * sigma + 0.5)
    both = np.exp(-0.5 / (sigma * sigma) * np.arange(-radius, radius + 1) ** 2)
    weights = np.asarray((both / both.sum())[radius:], np.float64)
    weights.flags.writeable = False
    return weights
