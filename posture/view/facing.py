"""From where the person is seen: which way they face, how far from side-on, how far from above."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from posture.pose.landmarks import ANKLES, EARS, HEELS, HIPS, KNEES, SHOULDERS, TOES, Landmark
from posture.pose.record import Pose
from posture.result import Facing
from posture.view.view_settings import view_settings

Pair = tuple[Landmark, Landmark]

# Shares of the mean that estimates yaw: least-squares on known bodies, rounded to plain numbers.
YAW_PAIRS: tuple[Pair, ...] = (SHOULDERS, HIPS, KNEES, ANKLES)
_FACING = view_settings().facing


@dataclass(frozen=True)
class FacingVote:
    """One opinion: positive is right, negative left, near zero undecided (-1 to 1)."""

    name: str
    direction: float


def facing_votes(poses: Iterable[Pose]) -> tuple[FacingVote, ...]:
    """Votes of head, feet, shoulders and hips of every pose (the photo's and its mirror's)."""
    votes = []
    for pose in poses:
        trunk_px = float(np.hypot(*(pose.point(*SHOULDERS) - pose.point(*HIPS)))) + 1e-9
        nose = (Landmark.NOSE,)
        head_px, feet_px = trunk_px / _FACING.head_part, trunk_px / _FACING.feet_part
        votes += [
            FacingVote("head", _seen(pose, *nose) * _ahead(pose, nose, EARS, head_px)),
            FacingVote("feet", _seen(pose, *TOES) * _ahead(pose, TOES, HEELS, feet_px)),
            FacingVote("shoulders", _far_side(pose, SHOULDERS)),
            FacingVote("hips", _far_side(pose, HIPS)),
        ]
    return tuple(votes)


def decide_facing(votes: Iterable[FacingVote], minimum: float) -> Facing | None:
    """The side that the mean vote points to; None when it is weaker than `minimum` (0 to 1)."""
    mean = float(np.mean([vote.direction for vote in votes]))
    if abs(mean) < minimum:
        return None
    return "right" if mean > 0 else "left"


def yaw_deg(poses: Iterable[Pose], pairs: tuple[Pair, ...] = YAW_PAIRS) -> float:
    """Turn away from side-on in degrees; positive shows more of the front, 90 is a front view.

    The angle of the body's left-right lines in the model's world coordinates, averaged over
    `pairs`: shoulders, hips, knees and ankles of a standing person.
    """
    lines = [pose.world_m[left] - pose.world_m[right] for pose in poses for left, right in pairs]
    across, depth = np.mean([(line[0], abs(line[2])) for line in lines], axis=0)
    return float(np.degrees(np.arctan2(across, depth)))


def elevation_deg(poses: Iterable[Pose]) -> float:
    """How far above the height of the trunk the camera stands, as an angle; negative is below it.

    An upright trunk, from hips to shoulders, leans towards a camera that looks down on it in the
    model's world coordinates, which are the camera's (right within 3 degrees on known bodies).
    """
    trunks = [pose.world_m[list(HIPS)] - pose.world_m[list(SHOULDERS)] for pose in poses]
    _, down, away = np.mean(trunks, axis=(0, 1))
    return float(np.degrees(np.arctan2(away, down)))


def _ahead(pose: Pose, front: tuple[Landmark, ...], rear: Pair, full_px: float) -> float:
    """How far `front` lies to the right of `rear`, 1 at `full_px` or more."""
    offset = pose.point(*front)[0] - pose.point(*rear)[0]
    return float(np.clip(offset / full_px, -1, 1))


def _seen(pose: Pose, *marks: Landmark) -> float:
    return float(max(pose.visibility[list(marks)]) >= _FACING.min_visibility)


def _far_side(pose: Pose, pair: Pair) -> float:
    """1 when the left side is straight behind the right one, as for a person facing right."""
    line = pose.world_m[pair[0]] - pose.world_m[pair[1]]
    return float(line[2] / (np.hypot(line[0], line[2]) + 1e-9))
