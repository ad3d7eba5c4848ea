"""Error bars: 95 % half-widths from how the measurement reacts to small changes of its input."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posture.measurement import Outline, View


@dataclass(frozen=True)
class ErrorModel:
    """Terms of the 95 % half-widths, added in quadrature.  Fitted by benchmarks/accuracy.

    Attributes:
        slca_floor_deg, depth_floor_mm: what remains on the easiest pictures.
        spread_gain: per unit of disagreement between the passes and the refined outline.
        yaw_slca, yaw_depth_mm: per degree of turn away from side-on.
    """

    slca_floor_deg: float = 3.6
    depth_floor_mm: float = 3.2
    spread_gain: float = 0.6
    yaw_slca: float = 0.12
    yaw_depth_mm: float = 0.12


ERROR_MODEL = ErrorModel()


@dataclass(frozen=True)
class CurveError:
    """95 % half-widths of one photo's curve, before the scale's own error.

    Attributes:
        slca_deg: of the angle.
        depth_mm: of the depth, nominal mm.
    """

    slca_deg: float
    depth_mm: float


def curve_error(view: View, outline: Outline, model: ErrorModel = ERROR_MODEL) -> CurveError:
    """How far the angle and the depth of this outline may be off."""
    assert outline.curve is not None, "only a measured curve has an error"
    found = [curve for curve in outline.alternatives if curve is not None]
    slca_spread = _largest_change(outline.curve.slca_deg, [c.slca_deg for c in found])
    depth_spread = _largest_change(outline.curve.depth, [c.depth for c in found])
    yaw = abs(view.yaw_deg)
    return CurveError(
        slca_deg=float(
            np.hypot.reduce(
                [model.slca_floor_deg, model.spread_gain * slca_spread, model.yaw_slca * yaw]
            )
        ),
        depth_mm=float(
            np.hypot.reduce(
                [model.depth_floor_mm, model.spread_gain * depth_spread, model.yaw_depth_mm * yaw]
            )
        ),
    )


def _largest_change(value: float, others: list[float]) -> float:
    return max((abs(value - other) for other in others), default=0.0)
