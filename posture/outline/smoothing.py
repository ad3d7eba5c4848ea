"""The smoother of the back line."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from posture._support.unopened import unopened_packages

try:
    # LAPACK itself: all of scipy.linalg takes as long to load as a photo to measure, and the checks
    # of its solveh_banded as long as solving.
    with unopened_packages("scipy", "scipy.linalg"):
        from scipy.linalg._flapack import dpbsv
except ImportError:  # where this release of SciPy has it elsewhere
    from scipy.linalg.lapack import dpbsv

Line = NDArray[np.float64]
# Keeps the smoothing matrix positive definite where every row of a stretch has weight 0.
MIN_WEIGHT = 1e-6


def smooth(back: Line, weight: Line, step: float, half_wavelength: float) -> Line:
    """Whittaker smoother with a third-difference penalty.

    Passes quadratics unchanged and bridges rows of weight 0.  Waves as long as `half_wavelength`
    keep half their height, longer ones nearly all (Eilers 2003, doi 10.1021/ac034173t).

    Args:
        back: (n,) values; NaN is allowed where weight is 0.
        weight: (n,) 0 to 1.
        step: distance between rows.
        half_wavelength: in the unit of step.
    """
    found = np.isfinite(back)
    weight = np.where(found, np.maximum(weight, MIN_WEIGHT), MIN_WEIGHT * 1e-3)
    bands = _penalty_bands(len(back), step, half_wavelength).copy()
    bands[0] += weight
    filled = np.where(found, back, 0.0)
    _, line, failed = dpbsv(bands, weight * filled, lower=1, overwrite_ab=1)
    assert not failed, "positive definite by MIN_WEIGHT"
    return np.asarray(line, np.float64)


@lru_cache(maxsize=8)
def _penalty_bands(n: int, step: float, half_wavelength: float) -> Line:
    """The penalty's matrix (4, n) in lower banded form; the same for every line of that length."""
    penalty = (2 * np.sin(np.pi * step / half_wavelength)) ** -6
    difference = np.array([-1.0, 3.0, -3.0, 1.0])
    bands = np.zeros((4, n))
    for lag in range(4):
        for k in range(4 - lag):
            bands[lag, k : k + n - 3] += penalty * difference[k] * difference[k + lag]
    bands.flags.writeable = False
    return bands
