"""From the curve of the silhouette to the curve of the body: smoothing loss and turned stance."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import numpy as np

from posture.curve import LumbarCurve, chord_angle_deg


@dataclass(frozen=True)
class ErrorTerms:
    """Terms of a 95 % half-width, added in quadrature.

    Attributes:
        floor: what remains on the easiest pictures.
        spread: times the disagreement of the passes, the mask and the refined outline.
        turn: times the sine of the turn away from side-on.
        coarseness: times nominal mm per pixel of the photo.
        hesitation: times the mm by which the mask's unsure zone is wider than usual.
        unrefined: only when the outline was not refined on the photo.
    """

    floor: float
    spread: float
    turn: float
    coarseness: float
    hesitation: float
    unrefined: float


@dataclass(frozen=True)
class Calibration:
    """Constants of ``data/calibration.toml``, fitted on known bodies.

    Attributes:
        yaw_bias_deg: what the yaw estimate is too high by.
        slca_gain, depth_gain: undo what smoothing takes.
        slca_front_deg, slca_rear_deg: what a full turn adds to the angle.
        depth_front_mm, depth_rear_mm: what it adds to the depth, nominal mm.
        slca_error, depth_error: terms of the error bars, degrees and nominal mm.
    """

    yaw_bias_deg: float
    slca_gain: float
    depth_gain: float
    slca_front_deg: float
    slca_rear_deg: float
    depth_front_mm: float
    depth_rear_mm: float
    slca_error: ErrorTerms
    depth_error: ErrorTerms


@cache
def load_calibration() -> Calibration:
    """The built-in constants."""
    text = resources.files("posture").joinpath("data/calibration.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return Calibration(
        yaw_bias_deg=table["yaw"]["bias_deg"],
        slca_gain=table["gain"]["slca"],
        slca_error=ErrorTerms(**table["error"]["slca_deg"]),
        depth_error=ErrorTerms(**table["error"]["depth_mm"]),
        depth_gain=table["gain"]["depth"],
        **table["turn"],
    )


def corrected(curve: LumbarCurve, yaw_deg: float, calibration: Calibration) -> LumbarCurve:
    """`curve` (nominal mm) with angle and depth as a true side view would show them.

    The points stay where they are seen in the photo.  Neither value falls below 0.
    """
    turn = float(np.sin(np.radians(yaw_deg)))
    front, rear = max(turn, 0.0), max(-turn, 0.0)
    slca_deg = calibration.slca_gain * curve.slca_deg - (
        calibration.slca_front_deg * front + calibration.slca_rear_deg * rear
    )
    depth = calibration.depth_gain * curve.depth - (
        calibration.depth_front_mm * front + calibration.depth_rear_mm * rear
    )
    depth = max(depth, 0.0)
    return replace(
        curve,
        slca_deg=max(slca_deg, 0.0),
        depth=depth,
        chord_angle_deg=chord_angle_deg(depth, curve.bridge_length),
    )
