"""Error bars: 95 % half-widths from how the measurement reacts to small changes of its input."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posture.correction import Calibration, ErrorTerms
from posture.curve import LumbarCurve
from posture.measurement import Outline, View

# Beyond this width (nominal mm) the mask hesitates more than it does at an ordinary edge.
USUAL_HESITATION_MM = 25.0
# Above this (natural logarithm) an edge inside the outline is stronger than usual.
USUAL_RIVAL = -1.0


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
    photo_px_per_mm: float,
    calibration: Calibration,
    *,
    hair_over_back: bool,
) -> CurveError:
    """How far the angle and the depth of this outline may be off.

    Args:
        view: for the turn of the body.
        outline: a measured one.
        photo_px_per_mm: pixels of the photo per nominal mm.
        calibration: the weights of the terms.
        hair_over_back: whether hair was found there.
    """
    curve = outline.curve
    assert curve is not None, "only a measured curve has an error"
    others = [other for other in outline.alternatives if other is not None]
    turn = calibration.turn(view.yaw_deg)
    hesitation_mm = worst_hesitation_mm(outline, curve)
    rival = strongest_rival(outline, curve)

    def half_width(terms: ErrorTerms, spread: float) -> float:
        parts = [
            terms.floor,
            terms.spread * spread,
            terms.turn * turn,
            terms.coarseness / photo_px_per_mm,
            terms.hesitation * hesitation_mm,
            terms.rival * rival,
            terms.unrefined if outline.edge is None else 0.0,
            terms.head_cut if view.extent.crown_cut else 0.0,
            terms.hair if hair_over_back else 0.0,
        ]
        return float(np.hypot.reduce(parts))

    return CurveError(
        slca_deg=half_width(
            calibration.slca_error, _largest_change(curve.slca_deg, [o.slca_deg for o in others])
        ),
        depth_mm=half_width(
            calibration.depth_error, _largest_change(curve.depth, [o.depth for o in others])
        ),
    )


def worst_hesitation_mm(outline: Outline, curve: LumbarCurve) -> float:
    """By how much the mask's unsure zone is wider than usual, 90th percentile over the hollow."""
    if outline.edge is None:
        return 0.0
    hesitation_mm = outline.edge.hesitation_mm[_hollow_rows(outline, curve)]
    return max(float(np.percentile(hesitation_mm, 90)) - USUAL_HESITATION_MM, 0)


def strongest_rival(outline: Outline, curve: LumbarCurve) -> float:
    """Of the edges inside the outline of the hollow, how near the strongest comes to being one.

    Natural logarithm, above :data:`USUAL_RIVAL`; 0 on a fast run.
    """
    if outline.edge is None:
        return 0.0
    return max(float(outline.edge.rival[_hollow_rows(outline, curve)].max()) - USUAL_RIVAL, 0)


def _hollow_rows(outline: Outline, curve: LumbarCurve) -> NDArray[np.bool_]:
    """Rows (n,) of the outline under the bridge."""
    up_mm = outline.mask.up_mm
    return np.asarray((up_mm >= curve.gluteal[0]) & (up_mm <= curve.thoracic[0]))


def _largest_change(value: float, others: list[float]) -> float:
    return max((abs(value - other) for other in others), default=0.0)
