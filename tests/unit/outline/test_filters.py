"""The filters give what SciPy's give, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage

from posture.outline.filters import gaussian_averaged, opened, running_mean, runs

LENGTHS = (1, 2, 3, 7, 30, 141, 300)


def line(count: int) -> NDArray[np.float64]:
    return 30 * np.random.default_rng(count).normal(size=count)


@pytest.mark.parametrize("count", LENGTHS)
@pytest.mark.parametrize("sigma", [0.6, 1.25, 2.5, 10.0, 30.0])
def test_gaussian(count: int, sigma: float) -> None:
    values = line(count)
    expected = ndimage.gaussian_filter1d(values, sigma)
    assert np.array_equal(gaussian_averaged(values, sigma), expected)
    several = line(7 * count).reshape(count, 7)
    expected = ndimage.gaussian_filter1d(several, sigma, axis=0, mode="nearest")
    assert np.array_equal(gaussian_averaged(several, sigma, beyond="edge"), expected)


def test_gaussian_along_every_axis() -> None:
    blurred = counts = np.abs(line(5 * 6 * 7).reshape(5, 6, 7))
    for axis in range(3):
        blurred = gaussian_averaged(blurred, 0.6, axis)
    assert np.array_equal(blurred, ndimage.gaussian_filter(counts, 0.6))


@pytest.mark.parametrize("count", LENGTHS)
@pytest.mark.parametrize("size", [1, 2, 3, 15, 30])
def test_running_mean_and_opening(count: int, size: int) -> None:
    values = line(count)
    assert np.array_equal(running_mean(values, size), ndimage.uniform_filter1d(values, size))
    assert np.array_equal(opened(values, size), ndimage.grey_opening(values, (size,)))


@pytest.mark.parametrize("count", LENGTHS)
def test_runs(count: int) -> None:
    marked = line(count) > 0
    labels, number = ndimage.label(marked)
    found = runs(marked)
    assert len(found) == number
    for place, rows in enumerate(found, start=1):
        assert np.array_equal(rows, np.flatnonzero(labels == place))


def test_no_runs() -> None:
    assert runs(np.zeros(9, np.bool_)) == []
