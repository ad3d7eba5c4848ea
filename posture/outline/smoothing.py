"""The smoother of the back line, and the one scale at which its curve is defined.

An angle between tangents has no value without a length: on scanned people 8 or 15 mm of smoothing
differ by 4 to 6 degrees, for real backs have folds, creases and bands (docs/method.md).  So every
back line, the measured one and the true one of a known body alike, is smoothed by
:func:`smooth_back_line` and by nothing else.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from posture._support.unopened import unopened_packages
from posture.outline.outline_settings import outline_settings

try:
    # LAPACK itself: all of scipy.linalg takes as long to load as a photo to measure, and the checks
    # of its solveh_banded as long as solving.
    with unopened_packages("scipy", "scipy.linalg"):
        from scipy.linalg._flapack import dpbsv
except ImportError:  # where this release of SciPy has it elsewhere
    from scipy.linalg.lapack import dpbsv

Line = NDArray[np.float64]
_DEFINITION = outline_settings().definition
# Rows of a back line lie this far apart, nominal mm.
STEP_MM = _DEFINITION.step_mm
# Keeps the smoothing matrix positive definite where every row of a stretch has weight 0.
MIN_WEIGHT = 1e-6


def smooth_back_line(back_mm: Line, weight: Line | None = None) -> Line:
    """The back line (n,) at the scale of the definition, nominal mm.

    Args:
        back_mm: (n,) rows :data:`STEP_MM` apart, nominal mm; NaN is allowed where weight is 0.
        weight: (n,) 0 to 1; all 1 when None.
    """
    weight = np.isfinite(back_mm).astype(np.float64) if weight is None else weight
    return smooth(back_mm, weight, STEP_MM, _DEFINITION.half_wavelength_mm)


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
