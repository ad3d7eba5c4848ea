"""The lumbar curve of a traced outline, and what makes it less sure."""

from __future__ import annotations

from dataclasses import dataclass

from posture.curve.definition import curve_of_smooth_line
from posture.curve.geometry import LumbarCurve
from posture.curve.uncertainty import ErrorSources, rivalry, unusual_doubt_mm
from posture.outline.trace import Outline
from posture.view.see import View


@dataclass(frozen=True)
class CurveReading:
    """The lumbar curve of one photo, nominal mm.

    Attributes:
        curve: of the back line that is drawn.
        rival: of the rival outline; None when it has no hollow or nobody looked.
    """

    curve: LumbarCurve
    rival: LumbarCurve | None


def read_curve(outline: Outline) -> CurveReading | None:
    """The lumbar curve of the back line; None when it has no hollow."""
    up_mm, rival = outline.mask.up_mm, outline.rival_line
    curve = curve_of_smooth_line(up_mm, outline.line)
    if curve is None:
        return None
    return CurveReading(curve, None if rival is None else curve_of_smooth_line(up_mm, rival))


def error_sources(
    reading: CurveReading,
    outline: Outline,
    view: View,
    *,
    warned: bool,
    worn: bool,
    stretch: float,
    arm_mm: float,
) -> ErrorSources:
    """What makes this curve less sure.

    Args:
        reading: the curve.
        outline: the line it was read from.
        view: how the person stands.
        warned: whether a check of the outline warns that it may not be the body's.
        worn: whether something worn seems to make the outline.
        stretch: how far the picture seems stretched or squeezed beyond what bodies differ by.
        arm_mm: length of outline that an arm seems to run along, nominal mm.
    """
    refined = outline.edge is not None
    rival_deg, rival_mm = rivalry(reading.curve, reading.rival) if refined else (0.0, 0.0)
    return ErrorSources(
        yaw_deg=view.yaw_deg,
        rival_deg=rival_deg,
        rival_mm=rival_mm,
        doubt_mm=unusual_doubt_mm(outline.edge, reading.curve),
        refined=refined,
        head_cut=view.extent.crown_cut,
        warned=warned,
        worn=worn,
        stretch=stretch,
        arm_mm=arm_mm,
    )
