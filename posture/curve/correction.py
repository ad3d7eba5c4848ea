"""From the curve of the silhouette to the curve of the body.

Undoes what smoothing takes and what a turned stance adds, and lets the two readings of one hollow,
its angle and its depth, steady each other: cloth, folds and blurred rows spoil them differently.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from posture._support.tables import data_table
from posture.curve.geometry import LumbarCurve, chord_angle_deg

# Nominal mm; .235 of stature in men, .261 in women (docs/method.md).
USUAL_BRIDGE_MM = 400.0
# Medians of known bodies; what is as usual adds nothing.
USUAL_APEX_SHARE = 0.4
USUAL_SHANKS_MM = 385.0
USUAL_BUTTOCKS_MM = 135.0
USUAL_INFLECTIONS_MM = 190.0


@dataclass(frozen=True)
class Stance:
    """How the person stands towards the camera.

    Attributes:
        yaw_deg: turn away from side-on, positive shows more of the front.
        elevation_deg: how far the camera looks down on the trunk, negative for up.
        shanks_mm: mid-knee to mid-ankle, nominal mm; None when the feet are outside the picture.
    """

    yaw_deg: float
    elevation_deg: float = 0.0
    shanks_mm: float | None = None


@dataclass(frozen=True)
class ErrorTerms:
    """Terms of a 95 % half-width, added in quadrature.

    Attributes:
        floor: what remains on the easiest pictures.
        rival: times how far the curve of the rival outline is off.
        turn: times how far the back is seen turned (`Calibration.turn`).
        doubt: times the mm by which the outline's place is less sure than usual.
        unrefined: only when the outline was not refined on the photo.
        head_cut: only when the head is outside the picture; turn and scale are less sure then.
        loose: only when clothes seem to hang off the back.
    """

    floor: float
    rival: float
    turn: float
    doubt: float
    unrefined: float
    head_cut: float
    loose: float


@dataclass(frozen=True)
class AngleTerms:
    """The angle of the body (degrees) as a sum.

    Attributes:
        tangents: times the angle between the tangents that are seen.
        chord: times the angle of the circular arc of that depth and length.
        constant: what smoothing takes off any curve.
        turn_deg: minus this at a full turn, whichever way, for a bridge of the usual length.
        front: plus this times the angle at a full turn to the front; a turn to the rear adds more.
        apex: minus this times the angle, the higher up the bridge the deepest point lies.
        inflections_deg_per_mm: minus this times what the inflection points lie further apart than
            usual: smoothing takes less off a long hollow.
        elevation_deg: minus this times the squared sine of the camera's elevation: from above, as
            from below, parts of buttocks and shoulder blades show that make the hollow tighter.
        buttocks_deg_per_mm: minus this times what the buttocks stand further than usual behind the
            hip joints: the further, the further from the midline the bridge touches them.
        doubt_deg_per_mm: plus this times the mm by which the outline's place is less sure than
            usual: in doubt it runs near the mask's, which fills the hollow.
    """

    tangents: float
    chord: float
    constant: float
    turn_deg: float
    front: float
    apex: float
    inflections_deg_per_mm: float
    elevation_deg: float
    buttocks_deg_per_mm: float
    doubt_deg_per_mm: float


@dataclass(frozen=True)
class DepthTerms:
    """The depth of the hollow (nominal mm) as a sum.

    Attributes:
        bridge: times the depth that is seen under the bridge.
        tangents_mm_per_deg: times the angle between the tangents that are seen.
        turn_mm: minus this at a full turn, for a bridge of the usual length.
        front: minus this times the depth at a full turn to the front, plus it at one to the rear.
        bend_mm2: times the bend of the line where the bridge touches the rib cage, which is the
            rounder the nearer the camera shows the far ridge.
        shanks_per_mm: plus this times the depth, the longer the shanks beside the trunk, the
            nominal yardstick: a short trunk makes all of its millimetres short.
        buttocks: as for the angle.
        doubt: as for the angle.
    """

    bridge: float
    tangents_mm_per_deg: float
    turn_mm: float
    front: float
    bend_mm2: float
    shanks_per_mm: float
    buttocks: float
    doubt: float


@dataclass(frozen=True)
class YawTerms:
    """What stands between the yaw that the pose model sees and how the back is seen.

    Attributes:
        bias_deg: what the yaw estimate is too high by.
        perspective_deg: how much more of the front a camera shows of a body that is side-on.
    """

    bias_deg: float
    perspective_deg: float


@dataclass(frozen=True)
class CurveErrorTerms:
    """Terms of the error bars of the angle (degrees) and of the depth (nominal mm)."""

    slca_deg: ErrorTerms
    depth_mm: ErrorTerms


@dataclass(frozen=True)
class Calibration:
    """Constants of ``data/calibration.toml``, fitted on known bodies.

    Attributes:
        source: what they were fitted on.
        angle, depth: from what is seen to what is.
        yaw: from the yaw that is estimated to how the back is seen.
        error: terms of the error bars.
    """

    source: str
    angle: AngleTerms
    depth: DepthTerms
    yaw: YawTerms
    error: CurveErrorTerms

    def turn(self, yaw_deg: float) -> float:
        """How far (0 to 1) the back is seen turned at this yaw, whichever way."""
        return abs(float(np.sin(np.radians(yaw_deg + self.yaw.perspective_deg))))


def load_calibration() -> Calibration:
    """The built-in constants."""
    return data_table("calibration", Calibration)


def corrected(
    curve: LumbarCurve, stance: Stance, calibration: Calibration, doubt_mm: float = 0.0
) -> LumbarCurve:
    """`curve` (nominal mm) with angle and depth as a true side view of bare skin would show them.

    The points stay where they are seen in the photo.  Neither value falls below 0.

    Args:
        curve: as it is seen.
        stance: of the person.
        calibration: the constants.
        doubt_mm: by how much the outline is less sure than usual.
    """
    angle, depth = calibration.angle, calibration.depth
    turn = calibration.turn(stance.yaw_deg) * width_factor(curve)
    front = float(np.sin(np.radians(stance.yaw_deg)))
    slca_deg = (
        angle.tangents * curve.slca_deg
        + angle.chord * curve.chord_angle_deg
        + angle.constant
        - angle.turn_deg * turn
        + angle.front * front * curve.slca_deg
        - angle.apex * curve.slca_deg * (curve.apex_share - USUAL_APEX_SHARE)
        - angle.inflections_deg_per_mm * (curve.inflections_apart - USUAL_INFLECTIONS_MM)
        - angle.elevation_deg * np.sin(np.radians(stance.elevation_deg)) ** 2
        - angle.buttocks_deg_per_mm * (curve.gluteal[1] - USUAL_BUTTOCKS_MM)
        + angle.doubt_deg_per_mm * doubt_mm
    )
    shanks_mm = USUAL_SHANKS_MM if stance.shanks_mm is None else stance.shanks_mm
    depth_mm = (
        depth.bridge * curve.depth
        + depth.tangents_mm_per_deg * curve.slca_deg
        - depth.turn_mm * turn
        - depth.front * front * curve.depth
        + depth.bend_mm2 * curve.thoracic_bend
        + depth.shanks_per_mm * curve.depth * (shanks_mm - USUAL_SHANKS_MM)
        - depth.buttocks * (curve.gluteal[1] - USUAL_BUTTOCKS_MM)
        + depth.doubt * doubt_mm
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
