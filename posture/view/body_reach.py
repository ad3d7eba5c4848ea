"""What of the person's mask lies further from the skeleton than a body reaches.

Somebody else, a bag or a wide garment that the mask takes in shows itself there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

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
from posture.view.view_settings import view_settings

# Every fourth pixel is looked at: a mask cell spans several.
STRIDE = 4
ELBOWS = (Landmark.LEFT_ELBOW, Landmark.RIGHT_ELBOW)
_BODY = view_settings().body

Point = NDArray[np.float64]
# Both ends, and how far the body reaches from it, in trunk lengths.
Bone = tuple[Point, Point, float]


class BodyReach(NamedTuple):
    """How far the parts of a body may reach from their bones, in trunk lengths."""

    head: float
    trunk: float
    arm: float
    thigh: float
    shank: float


@dataclass(frozen=True)
class Stray:
    """The largest connected piece of the mask beyond the body.

    Attributes:
        area: as a share of the square over the trunk's length.
        corners_px: (2, 2) its upper left and lower right corner.
    """

    area: float
    corners_px: NDArray[np.float64]


def beyond_body(pose: Pose, reach: BodyReach) -> Stray | None:
    """The largest piece of the mask beyond the body; None when all of it is body.

    Args:
        pose: the person.
        reach: how far it may reach from its bones.
    """
    mask = (pose.mask[::STRIDE, ::STRIDE] >= MASK_LEVEL).astype(np.uint8)
    for start, end, radius in _bones(pose, reach):
        width = max(round(2 * radius * pose.trunk_px / STRIDE), 1)
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
    low, high = (max(round(hip_y + share * pose.trunk_px), 0) for share in _BODY.thighs)
    if high > len(pose.mask):
        return 0.0
    rows = pose.mask[low:high:STRIDE, ::STRIDE] >= MASK_LEVEL
    return float(rows.sum(axis=1).mean()) * STRIDE / pose.trunk_px


def _bones(pose: Pose, reach: BodyReach) -> list[Bone]:
    points = pose.points_px
    shoulder, hip, knee, ear = (pose.point(*pair) for pair in (SHOULDERS, HIPS, KNEES, EARS))
    crown = ear + _BODY.crown * (shoulder - hip)
    bones: list[Bone] = [
        (crown, shoulder, reach.head),
        (shoulder, hip, reach.trunk),
        (hip, hip + _BODY.belly * (knee - hip), reach.trunk),
    ]
    for side in (0, 1):
        elbow, wrist = points[ELBOWS[side]], points[WRISTS[side]]
        fingers = wrist + _BODY.fingertips * (wrist - elbow)
        bones += [
            (points[SHOULDERS[side]], elbow, reach.arm),
            (elbow, fingers, reach.arm),
            (points[HIPS[side]], points[KNEES[side]], reach.thigh),
            (points[KNEES[side]], points[ANKLES[side]], reach.shank),
            (points[ANKLES[side]], points[HEELS[side]], reach.shank),
            (points[HEELS[side]], points[TOES[side]], reach.shank),
        ]
    return bones


def _cell(point_px: Point) -> tuple[int, int]:
    # OpenCV's drawing takes 32-bit coordinates; landmarks may lie far outside the picture.
    x, y = np.clip(point_px / STRIDE, -1e4, 1e4)
    return (round(float(x)), round(float(y)))
