"""Constants fitted on known bodies: what makes error bars wide, and what the turn is off by."""

from __future__ import annotations

import math
from dataclasses import dataclass

from posture._support.tables import data_table


@dataclass(frozen=True)
class ErrorTerms:
    """Terms of a 95 % half-width, added in quadrature.

    Attributes:
        floor: what remains on the easiest pictures.
        relative: times the value itself, the angle in degrees or the depth in nominal mm.
        rival: times how far the curve of the rival outline (alternative hypothesis) is off.
        turn: times how far the back is seen turned (`Calibration.turn`).
        doubt: times the mm by which the outline's posterior standard deviation is above the usual.
        unrefined: only when the outline was not refined on the photo.
        head_cut: only when the head is outside the picture; turn and scale are less sure then.
        warned: only when a check of the outline warns that it may not be the body's.
        worn: only when something worn seems to make the outline: a brace, a belt, a phone.
        arm: times the length of outline that an arm seems to run along, in units of
            ``uncertainty.arm_unit_mm`` (``data/curve.toml``).
    """

    floor: float
    relative: float
    rival: float
    turn: float
    doubt: float
    unrefined: float
    head_cut: float
    warned: float
    worn: float
    arm: float

    def shared(self, value: float) -> float:
        """What all photos of one person in one stance have in common, at this value."""
        return math.hypot(self.floor, self.relative * value)


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
        yaw: from the yaw that is estimated to how the back is seen.
        error: terms of the error bars.
    """

    source: str
    yaw: YawTerms
    error: CurveErrorTerms

    def turn(self, yaw_deg: float) -> float:
        """How far (0 to 1) the back is seen turned at this yaw, whichever way."""
        return abs(math.sin(math.radians(yaw_deg + self.yaw.perspective_deg)))


def load_calibration() -> Calibration:
    """The built-in constants."""
    return data_table("calibration", Calibration)
