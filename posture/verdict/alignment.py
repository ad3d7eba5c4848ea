"""Describe the stance from the landmarks; description only, never a score."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from posture._support.tables import data_table
from posture.pose.landmarks import ANKLES, EARS, HIPS, KNEES, SHOULDERS, Landmark
from posture.pose.record import Pose
from posture.result import Alignment, Facing, Measured
from posture.view.camera_level import turned


class AlignmentSettings(NamedTuple):
    """All of ``data/alignment.toml``, which says what each is."""

    landmark_ci95_mm: float
    min_visibility: float


def alignment_settings() -> AlignmentSettings:
    """The built-in settings."""
    return data_table("alignment", AlignmentSettings)


def describe_alignment(
    pose: Pose,
    facing: Facing,
    mm_per_px: float | None,
    nominal_mm_per_px: float,
    camera_roll_deg: float = 0.0,
) -> Alignment:
    """Offsets in mm (None without a scale) and lean in degrees; forward is positive.

    Args:
        pose: landmarks.
        facing: the side that counts as forward.
        mm_per_px: true scale, None without a stature.
        nominal_mm_per_px: scale of a 1,700-mm person, for the error of angles.
        camera_roll_deg: turn of the camera, clockwise; 0 takes the photo's vertical for the true.
    """
    forward = 1.0 if facing == "right" else -1.0
    head, trunk = (EARS, SHOULDERS), (SHOULDERS, HIPS)
    ci95_mm = alignment_settings().landmark_ci95_mm

    def offset_mm(upper: tuple[Landmark, ...], lower: tuple[Landmark, ...]) -> Measured | None:
        if mm_per_px is None or not _seen(pose, upper, lower):
            return None
        x, _ = turned(_from_to(pose, lower, upper), camera_roll_deg)
        return Measured(forward * x * mm_per_px, ci95_mm)

    def lean_deg(upper: tuple[Landmark, ...], lower: tuple[Landmark, ...]) -> Measured | None:
        if not _seen(pose, upper, lower):
            return None
        x, y = turned(_from_to(pose, lower, upper), camera_roll_deg)
        length_mm = float(np.hypot(x, y)) * nominal_mm_per_px
        error_deg = np.degrees(np.arctan2(ci95_mm, max(length_mm, 1.0)))
        return Measured(float(np.degrees(np.arctan2(forward * x, -y))), float(error_deg))

    return Alignment(
        trunk_lean_deg=lean_deg(*trunk),
        head_forward_mm=offset_mm(*head),
        head_forward_deg=lean_deg(*head),
        knee_offset_mm=offset_mm(KNEES, ANKLES),
        hip_offset_mm=offset_mm(HIPS, ANKLES),
        shoulder_offset_mm=offset_mm(SHOULDERS, ANKLES),
        ear_offset_mm=offset_mm(EARS, ANKLES),
    )


def _from_to(
    pose: Pose, start: tuple[Landmark, ...], end: tuple[Landmark, ...]
) -> NDArray[np.float64]:
    return pose.point(*end) - pose.point(*start)


def _seen(pose: Pose, *groups: tuple[Landmark, ...]) -> bool:
    minimum = alignment_settings().min_visibility
    return all(pose.visibility[list(group)].max() >= minimum for group in groups)
