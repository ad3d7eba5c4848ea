"""Error bars: 95 % half-widths from how the measurement reacts to small changes of its input."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posture.correction import Calibration, ErrorTerms
from posture.curve import LumbarCurve
from posture.measurement import Outline, View, unusual_doubt_mm

# A rival that is further off than this is as likely wrong itself.
MOST_RIVALRY_DEG, MOST_RIVALRY_MM = 8.0, 4.0

# Findings of clothes that make the outline.
LOOSE = {"clothing-loose", "clothing-bunched-slightly"}


@dataclass(frozen=True)
class CurveError:
    """95 % half-widths of one photo's curve, before the scale's own error.

    Attributes:
        slca_deg: of the angle.
        depth_mm: of the depth, nominal mm.
    """

    slca_deg: float
    depth_mm: float


def curve_error(
    view: View,
    outline: Outline,
    calibration: Calibration,
    found: frozenset[str],
) -> CurveError:
    """How far the angle and the depth of this outline may be off.

    Args:
        view: for the turn of the body.
        outline: a measured one.
        calibration: the weights of the terms.
        found: codes of the findings.
    """
    curve = outline.curve
    assert curve is not None, "only a measured curve has an error"
    turn = calibration.turn(view.yaw_deg)
    doubt_mm = unusual_doubt_mm(outline.edge, curve)
    off_deg, off_mm = rivalry(outline, curve)

    def half_width(terms: ErrorTerms, off: float) -> float:
        parts = [
            terms.floor,
            terms.rival * off,
            terms.turn * turn,
            terms.doubt * doubt_mm,
            terms.unrefined if outline.edge is None else 0.0,
            terms.head_cut if view.extent.crown_cut else 0.0,
            terms.loose if found & LOOSE else 0.0,
        ]
        return float(np.hypot.reduce(parts))

    return CurveError(
        slca_deg=half_width(calibration.slca_error, off_deg),
        depth_mm=half_width(calibration.depth_error, off_mm),
    )


def rivalry(outline: Outline, curve: LumbarCurve) -> tuple[float, float]:
    """How far off the rival's angle (degrees) and depth (nominal mm) are, as far as that counts."""
    if outline.edge is None:
        return 0.0, 0.0
    rival = outline.rival
    slca_deg, depth_mm = (0.0, 0.0) if rival is None else (rival.slca_deg, rival.depth)
    return (
        min(abs(curve.slca_deg - slca_deg), MOST_RIVALRY_DEG),
        min(abs(curve.depth - depth_mm), MOST_RIVALRY_MM),
    )
