"""The trunk as a bent rod: any sagittal curvature can be set, not only five rigid bones.

The rod runs through the vertebral bodies from L5/S1 (s = 0) to C7/T1 (s = 1). Bending it
turns every level by an angle; points beside the rod go along with their level. All
coordinates are person space in metres.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.ndimage import gaussian_filter1d

from benchmarks.bodies.config import BodyPose
from benchmarks.bodies.mesh import Floats
from benchmarks.bodies.model import N_SKIN

LEVELS = {
    "L5S1": 0.0,
    "L4L5": 0.085,
    "L3L4": 0.165,
    "L2L3": 0.245,
    "L1L2": 0.325,
    "T12L1": 0.40,
    "C7T1": 1.0,
}
N_SAMPLES = 401

# Fractions of stature.
L5S1_ABOVE_HIP = 0.062
SKIN_TO_VERTEBRA_LOW, SKIN_TO_VERTEBRA_HIGH = 0.034, 0.028
SLICE = 0.012


def smoothstep(start: float, end: float, x: Floats) -> Floats:
    """0 before `start`, 1 after `end`, smooth between."""
    t = np.clip((x - start) / (end - start), 0, 1)
    return t * t * (3 - 2 * t)


def tip_forward(angle_rad: float) -> Floats:
    """Rotation about the x axis; positive tips the top forward."""
    c, s = math.cos(angle_rad), math.sin(angle_rad)
    return np.array([[1, 0, 0], [0, c, -s], [0, s, c]])


def _turn(angle: Floats, vectors: Floats) -> Floats:
    """`tip_forward` for one angle per vector."""
    c, s = np.cos(angle), np.sin(angle)
    x, y, z = np.moveaxis(vectors, -1, 0)
    return np.stack([np.broadcast_to(x, c.shape), c * y - s * z, s * y + c * z], -1)


def _plateau(s: Floats, start: float, end: float, ramp: float) -> Floats:
    """A smooth bump of area one."""
    bump = smoothstep(start, start + ramp, s) * (1 - smoothstep(end - ramp, end, s))
    return bump / np.trapezoid(bump, s)


class SpineRod:
    """Rest and bent centre line of the spine.

    `s` runs 0..1, `turn` is how far each level is turned forward (radians), `rest` and
    `bent` are its positions.
    """

    def __init__(
        self, vertices: Floats, hip: Floats, neck_z: float, stature: float, pose: BodyPose
    ):
        self.low_z = hip[2] + L5S1_ABOVE_HIP * stature
        self.high_z = neck_z
        self.s = np.linspace(0, 1, N_SAMPLES)
        z = np.linspace(self.low_z, self.high_z, N_SAMPLES)
        depth = np.linspace(SKIN_TO_VERTEBRA_LOW, SKIN_TO_VERTEBRA_HIGH, N_SAMPLES) * stature
        y = self._posterior_midline(vertices, hip, stature, z) - depth
        self.rest = np.stack([np.zeros_like(z), y, z], 1)
        self.turn = self._level_turn(pose)
        self.bent = self._bend(hip)

    def level_of(self, z_rest: Floats) -> Floats:
        """Rod parameter of rest heights; outside 0..1 beyond the ends."""
        return np.asarray((z_rest - self.low_z) / (self.high_z - self.low_z))

    def turn_at(self, s: float) -> float:
        """Forward turn of a level, radians."""
        return float(np.interp(s, self.s, self.turn))

    def carry(self, s: Floats, points: Floats) -> Floats:
        """Move rest points with the rod's frame at level s."""
        s = np.clip(s, 0, 1)
        rest, bent = (
            np.stack([np.interp(s, self.s, line[:, k]) for k in range(3)], -1)
            for line in (self.rest, self.bent)
        )
        return bent + _turn(np.interp(s, self.s, self.turn), points - rest)

    def _posterior_midline(
        self, vertices: Floats, hip: Floats, stature: float, z: Floats
    ) -> Floats:
        """Smoothed y of the rest body's back in the mid-sagittal plane."""
        low, high = self.low_z - 0.03 * stature, self.high_z + 0.02 * stature
        skin = vertices[:N_SKIN]
        behind = (np.abs(skin[:, 0]) < 1e-3) & (skin[:, 1] > hip[1] + 0.015)
        mid = skin[behind & (skin[:, 2] > low) & (skin[:, 2] < high)]
        farthest = []
        for start in np.arange(low, high, SLICE * stature):
            level = mid[(mid[:, 2] >= start) & (mid[:, 2] < start + SLICE * stature)]
            if len(level):
                farthest.append(level[level[:, 1].argmax()])
        _, y_back, z_back = np.array(farthest).T
        order = np.argsort(z_back)
        return gaussian_filter1d(np.interp(z, z_back[order], y_back[order]), 30)

    def _level_turn(self, pose: BodyPose) -> Floats:
        curvature = math.radians(pose.thoracic_flexion_deg) * _plateau(self.s, 0.44, 1.0, 0.2)
        curvature -= math.radians(pose.lumbar_extension_deg) * _plateau(self.s, -0.08, 0.46, 0.14)
        steps = (curvature[1:] + curvature[:-1]) * 0.5 * np.diff(self.s)
        return math.radians(pose.pelvic_tilt_deg) + np.concatenate([[0], np.cumsum(steps)])

    def _bend(self, hip: Floats) -> Floats:
        between = 0.5 * (self.turn[1:] + self.turn[:-1])
        steps = _turn(between, np.diff(self.rest, axis=0))
        start = hip + tip_forward(self.turn[0]) @ (self.rest[0] - hip)
        return np.concatenate([[start], start + np.cumsum(steps, 0)])
