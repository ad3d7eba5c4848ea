"""The one definition of the lumbar curve: a back line, the scale it is seen at, its curve.

Whoever knows a back line (the measurement from a photo, a benchmark from a mesh) calls
:func:`surface_curve`, so that measured and true values mean the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from posture.curve.geometry import LumbarCurve, lumbar_curve
from posture.outline.smoothing import smooth

Line = NDArray[np.float64]

# An angle between tangents has no value without a length.  Waves of the outline this long (nominal
# mm) keep half their height: longer than folds of the skin, waistbands and creases, shorter than
# the hollow of the low back.
HALF_WAVELENGTH_MM = 130.0
# Mid-hip above the floor, and where the deepest point of the hollow may lie, shares of stature.
MID_HIP_SHARE = 0.53
WAIST_SHARES = (0.53, 0.74)
NOMINAL_STATURE_MM = 1700.0
MID_HIP_MM = MID_HIP_SHARE * NOMINAL_STATURE_MM
WAIST_MM = (
    WAIST_SHARES[0] * NOMINAL_STATURE_MM - MID_HIP_MM,
    WAIST_SHARES[1] * NOMINAL_STATURE_MM - MID_HIP_MM,
)
# The bridge rests on buttocks and ribs: not on the thighs of a person who sways back, nor on what
# stands out above the shoulders.
TOUCHES_MM = (-80.0, 500.0)


def surface_curve(up_mm: Line, back_mm: Line, weight: Line | None = None) -> LumbarCurve | None:
    """The lumbar curve of a back line, or None when the line has no hollow.

    Angle, depth and bridge are those of the smoothed line.

    Args:
        up_mm: (n,) ascending, evenly spaced, nominal mm above mid-hip.
        back_mm: (n,) distance towards the back, nominal mm; NaN is allowed where weight is 0.
        weight: (n,) 0 to 1, how far to trust each row; all alike when left out.
    """
    trust = np.ones(len(back_mm)) if weight is None else weight
    line = smooth(back_mm, trust, float(up_mm[1] - up_mm[0]), HALF_WAVELENGTH_MM)
    rows = (up_mm >= TOUCHES_MM[0]) & (up_mm <= TOUCHES_MM[1])
    return lumbar_curve(up_mm[rows], line[rows], WAIST_MM)
