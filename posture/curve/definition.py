"""What is measured: the lumbar curve of a back line at the one scale of the definition.

Truth and measurement call the same functions here, so that an error is an error of the line and
not of two definitions.
"""

from __future__ import annotations

from posture.curve.curve_settings import curve_settings
from posture.curve.geometry import Line, LumbarCurve, lumbar_curve
from posture.outline.smoothing import smooth_back_line
from posture.subject import NOMINAL_STATURE_MM

_DEFINITION = curve_settings().definition
# Mid-hip above the floor: a share of stature, and nominal mm.
MID_HIP_SHARE = _DEFINITION.mid_hip_share
MID_HIP_MM = MID_HIP_SHARE * NOMINAL_STATURE_MM


def curve_of_smooth_line(up_mm: Line, line_mm: Line) -> LumbarCurve | None:
    """The lumbar curve of a line that is smooth already, nominal mm; None without a hollow.

    Args:
        up_mm: (n,) rows above mid-hip, ascending, evenly spaced.
        line_mm: (n,) how far back the line lies.
    """
    lowest_mm, highest_mm = _DEFINITION.touches_mm
    rows = (up_mm >= lowest_mm) & (up_mm <= highest_mm)
    return lumbar_curve(up_mm[rows], line_mm[rows], _DEFINITION.waist_mm)


def surface_curve(up_mm: Line, back_mm: Line) -> LumbarCurve | None:
    """The lumbar curve of an exact back line, nominal mm; None without a hollow.

    Args:
        up_mm: (n,) rows above mid-hip, ascending, 2 mm apart.
        back_mm: (n,) how far back the line lies.
    """
    return curve_of_smooth_line(up_mm, smooth_back_line(back_mm))


def nominal_rows(height_mm: Line, stature_mm: float) -> Line:
    """Heights above the floor, true mm, as nominal mm above mid-hip."""
    return height_mm * (NOMINAL_STATURE_MM / stature_mm) - MID_HIP_MM
