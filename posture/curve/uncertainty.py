"""Error bars: 95 % half-widths from how the measurement reacts to small changes of its input."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posture.curve.calibration import Calibration, ErrorTerms
from posture.curve.curve_settings import curve_settings
from posture.curve.geometry import LumbarCurve
from posture.outline.edge import RefinedEdge
from posture.outline.trace import USUAL_DOUBT_MM, worst_stretch_mm

_UNCERTAINTY = curve_settings().uncertainty


@dataclass(frozen=True)
class CurveError:
    """95 % half-widths of one photo's curve, before the scale's own error.

    Attributes:
        slca_deg: of the angle.
        depth_mm: of the depth, nominal mm.
    """

    slca_deg: float
    depth_mm: float


@dataclass(frozen=True)
class ErrorSources:
    """What makes the curve of one photo less sure.

    Attributes:
        yaw_deg: turn away from side-on, positive shows more of the front.
        rival_deg, rival_mm: how far off the rival outline's (the alternative hypothesis') angle and
            depth are, as far as counts.
        doubt_mm: by how much the outline's posterior standard deviation under the bridge is above
            the usual.
        refined: whether the outline was refined on the photo.
        head_cut: whether the head is outside the picture.
        warned: whether a check of the outline warns that it may not be the body's.
        worn: whether something worn seems to make the outline.
        stretch: how far (0 upwards, natural logarithm) the picture seems stretched or squeezed,
            beyond what bodies differ by; it makes a curve as much deeper or flatter.
        arm_mm: length of outline that an arm seems to run along, nominal mm.
    """

    yaw_deg: float
    rival_deg: float
    rival_mm: float
    doubt_mm: float
    refined: bool
    head_cut: bool
    warned: bool
    worn: bool
    stretch: float
    arm_mm: float


def curve_error(curve: LumbarCurve, sources: ErrorSources, calibration: Calibration) -> CurveError:
    """How far the angle and the depth of a curve may be off; terms are added in quadrature."""
    turn = calibration.turn(sources.yaw_deg)

    def half_width(terms: ErrorTerms, rival: float, value: float) -> float:
        parts = [
            terms.floor,
            terms.relative * value,
            terms.rival * rival,
            terms.turn * turn,
            terms.doubt * sources.doubt_mm,
            0.0 if sources.refined else terms.unrefined,
            terms.head_cut if sources.head_cut else 0.0,
            terms.warned if sources.warned else 0.0,
            terms.worn if sources.worn else 0.0,
            sources.stretch * value,
            terms.arm * sources.arm_mm / _UNCERTAINTY.arm_unit_mm,
        ]
        return float(np.hypot.reduce(parts))

    return CurveError(
        slca_deg=half_width(calibration.error.slca_deg, sources.rival_deg, curve.slca_deg),
        depth_mm=half_width(calibration.error.depth_mm, sources.rival_mm, curve.depth),
    )


def unusual_doubt_mm(edge: RefinedEdge | None, curve: LumbarCurve) -> float:
    """By how much the outline under the bridge is less sure than usual, as far as that counts."""
    if edge is None:
        return 0.0
    up_mm = edge.contour.up_mm
    rows = (up_mm >= curve.gluteal[0]) & (up_mm <= curve.thoracic[0])
    unusual_mm = worst_stretch_mm(edge.doubt_mm[rows]) - USUAL_DOUBT_MM
    return min(max(unusual_mm, 0.0), _UNCERTAINTY.most_doubt_mm)


def rivalry(curve: LumbarCurve, rival: LumbarCurve | None) -> tuple[float, float]:
    """How far off the rival's angle (degrees) and depth (nominal mm) are, as far as that counts.

    A rival without a hollow is as far off as the curve itself.
    """
    slca_deg, depth_mm = (0.0, 0.0) if rival is None else (rival.slca_deg, rival.depth)
    return (
        min(abs(curve.slca_deg - slca_deg), _UNCERTAINTY.most_rivalry_deg),
        min(abs(curve.depth - depth_mm), _UNCERTAINTY.most_rivalry_mm),
    )
