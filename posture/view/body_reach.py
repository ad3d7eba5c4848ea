"""What of the person's mask lies further from the skeleton than a body reaches.

Somebody else, a bag or a wide garment that the mask takes in shows itself there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from posture.pose.landmarks import (
    ANKLES,
    EARS,
    HEELS,
    HIPS,
    KNEES,
    SHOULDERS,
    TOES,
    WRISTS,
    Landmark,
)
from posture.pose.mask import MASK_LEVEL
from posture.pose.record import Pose

# Every fourth pixel is looked at: a mask cell spans several.
STRIDE = 4
ELBOWS = (Landmark.LEFT_ELBOW, Landmark.RIGHT_ELBOW)
# The crown above the ears, the fingertips beyond the wrist, the belly down to here along the
# thighs: shares of the trunk, of the forearm and of the thighs.
CROWN, FINGERTIPS, BELLY = 0.1, 0.5, 0.4
# Where a body is slim from the side, below the hips: shares of the trunk.
THIGHS = (0.1, 0.5)

Point = NDArray[np.float64]
Bone = tuple[Point, Point, str]


@dataclass(frozen=True)
class Stray:
    """The largest connected piece of the mask beyond the body.

    Attributes:
        area: as a share of the square over the trunk's length.
        corners_px: (2, 2) its upper left and lower right corner.
    """

    area: float
    corners_px: NDArray[np.float64]


def beyond_body(pose: Pose, radii: Mapping[str, float]) -> Stray | None:
    """The largest piece of the mask beyond the body; None when all of it is body.

    Args:
        pose: the person.
        radii: by part of the body, how far it may reach from its bones, in trunk lengths.
    """
    mask = (pose.mask[::STRIDE, ::STRIDE] >= MASK_LEVEL).astype(np.uint8)
    for start, end, part in _bones(pose):
        width = max(round(2 * radii[part] * pose.trunk_px / STRIDE), 1)
        cv2.line(mask, _cell(start), _cell(end), 0, width)
    _, _, pieces, _ = cv2.connectedComponentsWithStats(mask)
    if len(pieces) < 2:
        return None
    left, top, width, height, cells = pieces[1 + int(pieces[1:, cv2.CC_STAT_AREA].argmax())]
    return Stray(
        area=float(cells) * STRIDE**2 / pose.trunk_px**2,
        corners_px=STRIDE * np.array([[left, top], [left + width, top + height]], np.float64),
    )


def thighs_width(pose: Pose) -> float:
    """Mean width of the mask below the hips, in trunk lengths; 0 where the photo ends above."""
    hip_y = float(pose.point(*HIPS)[1])
    low, high = (max(round(hip_y + share * pose.trunk_px), 0) for share in THIGHS)
    if high > len(pose.mask):
        return 0.0
    rows = pose.mask[low:high:STRIDE, ::STRIDE] >= MASK_LEVEL
    return float(rows.sum(axis=1).mean()) * STRIDE / pose.trunk_px


def _bones(pose: Pose) -> list[Bone]:
    points = pose.points_px
    shoulder, hip, knee, ear = (pose.point(*pair) for pair in (SHOULDERS, HIPS, KNEES, EARS))
    crown = ear + CROWN * (shoulder - hip)
    bones: list[Bone] = [
        (crown, shoulder, "head"),
        (shoulder, hip, "trunk"),
        (hip, hip + BELLY * (knee - hip), "trunk"),
    ]
    for side in (0, 1):
        elbow, wrist = points[ELBOWS[side]], points[WRISTS[side]]
        fingers = wrist + FINGERTIPS * (wrist - elbow)
        bones += [
            (points[SHOULDERS[side]], elbow, "arm"),
            (elbow, fingers, "arm"),
            (points[HIPS[side]], points[KNEES[side]], "thigh"),
            (points[KNEES[side]], points[ANKLES[side]], "shank"),
            (points[ANKLES[side]], points[HEELS[side]], "shank"),
            (points[HEELS[side]], points[TOES[side]], "shank"),
        ]
    return bones


def _cell(point_px: Point) -> tuple[int, int]:
    # OpenCV's drawing takes 32-bit coordinates; landmarks may lie far outside the picture.
    x, y = np.clip(point_px / STRIDE, -1e4, 1e4)
    return (round(float(x)), round(float(y)))
