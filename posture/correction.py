"""From the curve of the silhouette to the curve of the body.

Undoes what smoothing takes and what a turned stance adds, and lets the two readings of one hollow,
its angle and its depth, steady each other: cloth, folds and blurred rows spoil them differently.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import numpy as np

from posture.curve import LumbarCurve, chord_angle_deg

# Nominal mm; .235 of stature in men, .261 in women (docs/method.md).
USUAL_BRIDGE_MM = 400.0


@dataclass(frozen=True)
class ErrorTerms:
    """Terms of a 95 % half-width, added in quadrature.

    Attributes:
        floor: what remains on the easiest pictures.
        spread: times the disagreement of the passes, the mask and the refined outline.
        turn: times how far the back is seen turned (`Calibration.turn`).
        coarseness: times nominal mm per pixel of the photo.
        hesitation: times the mm by which the mask's unsure zone is wider than usual.
        unrefined: only when the outline was not refined on the photo.
        head_cut: only when the head is outside the picture; turn and scale are less sure then.
    """

    floor: float
    spread: float
    turn: float
    coarseness: float
    hesitation: float
    unrefined: float
    head_cut: float


@dataclass(frozen=True)
class AngleTerms:
    """The angle of the body (degrees) as a sum.

    Attributes:
        tangents: times the angle between the tangents that are seen.
        chord: times the angle of the circular arc of that depth and length.
        constant: what smoothing takes off any curve.
        turn_deg: minus this at a full turn.
    """

    tangents: float
    chord: float
    constant: float
    turn_deg: float


@dataclass(frozen=True)
class DepthTerms:
    """The depth of the hollow (nominal mm) as a sum.

    Attributes:
        bridge: times the depth that is seen under the bridge.
        tangents_mm_per_deg: times the angle between the tangents that are seen.
        turn_mm: minus this at a full turn, for a bridge of the usual length.
    """

    bridge: float
    tangents_mm_per_deg: float
    turn_mm: float


@dataclass(frozen=True)
class Calibration:
    """Constants of ``data/calibration.toml``, fitted on known bodies.

    Attributes:
        yaw_bias_deg: what the yaw estimate is too high by.
        perspective_deg: how much more of the front a camera shows of a body that is side-on.
        angle, depth: from what is seen to what is.
        slca_error, depth_error: terms of the error bars, degrees and nominal mm.
    """

    yaw_bias_deg: float
    perspective_deg: float
    angle: AngleTerms
    depth: DepthTerms
    slca_error: ErrorTerms
    depth_error: ErrorTerms

    def turn(self, yaw_deg: float) -> float:
        """How far (0 to 1) the back is seen turned at this yaw, whichever way."""
        return abs(float(np.sin(np.radians(yaw_deg + self.perspective_deg))))


@cache
def load_calibration() -> Calibration:
    """The built-in constants."""
    text = resources.files("posture").joinpath("data/calibration.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return Calibration(
        yaw_bias_deg=table["yaw"]["bias_deg"],
        perspective_deg=table["yaw"]["perspective_deg"],
        angle=AngleTerms(**table["angle"]),
        depth=DepthTerms(**table["depth"]),
        slca_error=ErrorTerms(**table["error"]["slca_deg"]),
        depth_error=ErrorTerms(**table["error"]["depth_mm"]),
    )


def corrected(curve: LumbarCurve, yaw_deg: float, calibration: Calibration) -> LumbarCurve:
    """`curve` (nominal mm) with angle and depth as a true side view of bare skin would show them.

    The points stay where they are seen in the photo.  Neither value falls below 0.
    """
    turn, angle, depth = calibration.turn(yaw_deg), calibration.angle, calibration.depth
    slca_deg = (
        angle.tangents * curve.slca_deg
        + angle.chord * curve.chord_angle_deg
        + angle.constant
        - angle.turn_deg * turn
    )
    depth_mm = (
        depth.bridge * curve.depth
        + depth.tangents_mm_per_deg * curve.slca_deg
        - depth.turn_mm * turn * width_factor(curve)
    )
    depth_mm = max(depth_mm, 0.0)
    return replace(
        curve,
        slca_deg=max(slca_deg, 0.0),
        depth=depth_mm,
        chord_angle_deg=chord_angle_deg(depth_mm, curve.bridge_length),
    )


def width_factor(curve: LumbarCurve) -> float:
    """How much a turn deepens this hollow, 1 at the usual length of the bridge.

    The longer the bridge, the further from the middle are shoulder blades and buttocks where it
    touches, and the more of them a turn brings into view.
    """
    return (curve.bridge_length / USUAL_BRIDGE_MM) ** 2
