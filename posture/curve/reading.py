"""The lumbar curve of a traced outline: as it is seen, as it is taken to be, and how sure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posture.curve.correction import Calibration, Stance, corrected
from posture.curve.geometry import LumbarCurve, lumbar_curve
from posture.curve.uncertainty import ErrorSources, rivalry, unusual_doubt_mm
from posture.outline.trace import Outline
from posture.pose.landmarks import ANKLES, KNEES
from posture.view.see import View
from posture.view.trunk_frame import TrunkFrame

# Where the deepest point of the hollow may lie, nominal mm above mid-hip: .53 to .74 of stature.
WAIST_MM = (0.0, 330.0)
# The bridge rests on buttocks and ribs: not on the thighs of a person who sways back, nor on what
# stands out above the shoulders.  On known bodies it touches between -60 and 508.
TOUCHES_MM = (-80.0, 500.0)


@dataclass(frozen=True)
class CurveReading:
    """The lumbar curve of one photo, nominal mm.

    Attributes:
        seen: the curve of the back line as it is seen.
        corrected: the same without smoothing loss and without the turn.
        rival: of the rival outline, corrected alike; None when it has no hollow or nobody looked.
    """

    seen: LumbarCurve
    corrected: LumbarCurve
    rival: LumbarCurve | None


def read_curve(outline: Outline, view: View, calibration: Calibration) -> CurveReading | None:
    """The lumbar curve of the back line; None when it has no hollow."""
    seen = hollow(outline.mask.up_mm, outline.line)
    if seen is None:
        return None
    rival = None if outline.rival_line is None else hollow(outline.mask.up_mm, outline.rival_line)
    return CurveReading(
        seen=seen,
        corrected=as_side_on(seen, outline, view, calibration),
        rival=None if rival is None else as_side_on(rival, outline, view, calibration),
    )


def hollow(up_mm: NDArray[np.float64], line: NDArray[np.float64]) -> LumbarCurve | None:
    """The lumbar curve of a smooth back line as it is seen, nominal mm above mid-hip."""
    rows = (up_mm >= TOUCHES_MM[0]) & (up_mm <= TOUCHES_MM[1])
    return lumbar_curve(up_mm[rows], line[rows], WAIST_MM)


def as_side_on(
    curve: LumbarCurve, outline: Outline, view: View, calibration: Calibration
) -> LumbarCurve:
    """`curve` as a true side view of bare skin would show it."""
    stance = Stance(view.yaw_deg, view.elevation_deg, shanks_mm(view, outline.frame))
    return corrected(curve, stance, calibration, unusual_doubt_mm(outline.edge, curve))


def shanks_mm(view: View, frame: TrunkFrame) -> float | None:
    """Mid-knee to mid-ankle in nominal mm of `frame`; None when the feet are cut off."""
    if view.extent.soles_cut:
        return None
    shanks_px = float(np.hypot(*(view.pose.point(*KNEES) - view.pose.point(*ANKLES))))
    return shanks_px / frame.px_per_nominal_mm


def error_sources(
    reading: CurveReading, outline: Outline, view: View, *, cloth_hangs: bool
) -> ErrorSources:
    """What makes this curve less sure."""
    refined = outline.edge is not None
    rival_deg, rival_mm = rivalry(reading.corrected, reading.rival) if refined else (0.0, 0.0)
    return ErrorSources(
        yaw_deg=view.yaw_deg,
        rival_deg=rival_deg,
        rival_mm=rival_mm,
        doubt_mm=unusual_doubt_mm(outline.edge, reading.corrected),
        refined=refined,
        head_cut=view.extent.crown_cut,
        cloth_hangs=cloth_hangs,
    )
