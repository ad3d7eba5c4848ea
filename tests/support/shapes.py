"""Made-up backs and people whose measures can be worked out by hand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from posture.pose.landmarks import EARS, HIPS, LANDMARK_COUNT, SHOULDERS, Landmark
from posture.pose.record import Pose
from posture.view.trunk_frame import TRUNK_MM, TrunkFrame

# A person who faces left, one nominal mm a pixel: hips at row 950, ears 250 mm above the shoulders.
HIP, EAR_UP = np.array([200.0, 950.0]), TRUNK_MM + 250.0
FRAME = TrunkFrame(HIP, np.array([0.0, -1.0]), np.array([1.0, 0.0]), 1.0, "left")


def row(up: float) -> int:
    """The row of the picture that lies so many mm above the hips of that person."""
    return round(float(HIP[1]) - up)


def facing_left(mask: NDArray[np.float32]) -> Pose:
    """That person, with this mask."""
    points = np.tile(HIP, (LANDMARK_COUNT, 1))
    points[list(SHOULDERS)] = HIP - (0, TRUNK_MM)
    points[list(EARS)] = HIP - (0, EAR_UP)
    points[Landmark.NOSE] = HIP - (70, EAR_UP)
    points[list(HIPS)] = HIP
    return Pose(points, np.ones(LANDMARK_COUNT), np.zeros((LANDMARK_COUNT, 3)), mask)


def raised_cosine(
    depth: float, wavelength: float, slant: float = 0.0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(up, back) of a cosine hollow between two apexes, with ends that fall away."""
    up = np.arange(-150.0, wavelength + 150.0, 1.0)
    inside = (up >= 0) & (up <= wavelength)
    wave = -depth / 2 * (1 - np.cos(2 * np.pi * up / wavelength))
    beyond = np.where(up < 0, up, wavelength - up)
    back = np.where(inside, wave, -(beyond**2) / 400)
    return up, back + slant * up
