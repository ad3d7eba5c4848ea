"""Whether the camera was level: from upright lines around the person, or as the camera noted it.

Door frames, corners of rooms and furniture stand upright.  In a picture from a level camera they
do too; from a camera that looks up or down they lean towards each other, evenly to both sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from posture.photo.resize import area_resized
from posture.pose.record import RgbImage
from posture.view.view_settings import view_settings

_LEVEL = view_settings().level
# Candidates: turns of the camera, and how much more lines lean at the picture's edge than in its
# middle because the camera looks up or down (degrees per long side of the picture).
ROLLS_DEG = np.arange(*_LEVEL.rolls_deg)
CONVERGENCES_DEG = np.arange(*_LEVEL.convergences_deg)


@dataclass(frozen=True)
class CameraLevel:
    """By how much the camera was turned round its line of sight.

    Attributes:
        roll_deg: positive when the camera was turned clockwise, so that the picture's upright
            lines run to the right on their way down; -45 to 45.
        source: what tells it.
    """

    roll_deg: float
    source: Literal["surroundings", "camera"]


def camera_level(
    rgb: RgbImage, person: NDArray[np.float32], noted_roll_deg: float | None
) -> CameraLevel | None:
    """How the camera was turned; what the picture shows goes before what the camera noted.

    Args:
        rgb: (H, W, 3).
        person: (H, W), 0 to 1, probability that a pixel belongs to somebody.
        noted_roll_deg: as the camera noted it; the picture may have been cut or turned since.
    """
    seen = level_from_surroundings(rgb, person)
    if seen is None and noted_roll_deg is not None:
        return CameraLevel(noted_roll_deg, "camera")
    return seen


def level_from_surroundings(rgb: RgbImage, person: NDArray[np.float32]) -> CameraLevel | None:
    """The turn that most upright lines agree on; None when there are too few."""
    lean_deg, length, across = _upright_lines(rgb, person)
    if len(length) < _LEVEL.min_lines:
        return None
    expected = ROLLS_DEG[:, None, None] + CONVERGENCES_DEG[None, :, None] * across
    agreement = np.exp(-0.5 * ((lean_deg - expected) / _LEVEL.agreement_deg) ** 2)
    support = agreement @ length - _LEVEL.convergence_cost * np.abs(CONVERGENCES_DEG)
    roll, convergence = np.unravel_index(support.argmax(), support.shape)
    agreeing = int((agreement[roll, convergence] > _LEVEL.agreeing).sum())
    if support[roll, convergence] < _LEVEL.min_support or agreeing < _LEVEL.min_lines:
        return None
    return CameraLevel(float(ROLLS_DEG[roll]), "surroundings")


def _upright_lines(
    rgb: RgbImage, person: NDArray[np.float32]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Lean (n,) in degrees, length in picture heights, distance from the middle in long sides."""
    factor = min(_LEVEL.lines_px / max(rgb.shape[:2]), 1.0)
    width, height = (max(round(side * factor), 1) for side in (rgb.shape[1], rgb.shape[0]))
    squeezed = max(round(_LEVEL.squeezed * height), 1)
    grey = area_resized(
        np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8), (width, squeezed)
    )
    found = cv2.createLineSegmentDetector().detect(grey)[0]
    lines = np.reshape(np.zeros(0) if found is None else found, (-1, 4)).astype(np.float64)
    lines[:, 1::2] *= height / squeezed
    x, y = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    lean_deg = np.degrees(np.arctan2(x * np.sign(y), np.abs(y)))
    middle = (lines[:, :2] + lines[:, 2:]) / 2
    length = np.hypot(x, y) / height
    body = np.asarray(cv2.resize(person, (width, height)), np.float32)
    near = _surrounded(body, round(_LEVEL.person_margin * height))
    column, row = np.clip(middle.astype(int), 0, (width - 1, height - 1)).T
    upright = (length > _LEVEL.min_line) & (np.abs(lean_deg) < _LEVEL.max_lean_deg)
    upright &= ~near[row, column]
    across = (middle[:, 0] - width / 2) / max(width, height)
    return lean_deg[upright], length[upright], across[upright]


def _surrounded(person: NDArray[np.float32], margin_px: int) -> NDArray[np.bool_]:
    body = (person > _LEVEL.person_level).astype(np.uint8)
    side = 2 * margin_px + 1
    return np.asarray(cv2.dilate(body, np.ones((side, side), np.uint8)) > 0)


def turned(vector_px: NDArray[np.float64], camera_roll_deg: float) -> tuple[float, float]:
    """A vector of the picture as a level camera would have seen it: x right, y down."""
    sine, cosine = np.sin(np.radians(camera_roll_deg)), np.cos(np.radians(camera_roll_deg))
    x, y = vector_px
    return float(x * cosine - y * sine), float(x * sine + y * cosine)
