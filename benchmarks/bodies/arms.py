"""Where the arms go: target directions of upper arm and forearm for each named pose."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.spatial.transform import Rotation

from benchmarks.bodies.mesh import Floats

Direction = tuple[float, float, float]
Rotate = Callable[[Floats], Floats]  # the parent bone's rotation -> this bone's


@dataclass(frozen=True)
class ArmPose:
    """Directions (outwards, back, up) of upper arm and forearm, left then right.

    `roll_deg` turns the forearm about itself; `shoulder_share` is how much of the arm's
    turn the collar bone and shoulder take.
    """

    left: tuple[Direction, Direction]
    right: tuple[Direction, Direction]
    roll_deg: float = 0.0
    shoulder_share: float = 0.0


def _both(upper: Direction, fore: Direction, **more: float) -> ArmPose:
    return ArmPose((upper, fore), (upper, fore), **more)


HANGING = ((0.16, 0.03, -1.0), (0.06, -0.25, -1.0))
ARM_POSES = {
    "hang": _both(*HANGING),
    "hang_back": _both((0.16, 0.22, -1), (0.06, -0.02, -1)),
    "forward": _both((0.10, -1, -0.12), (0, -1, 0.02), roll_deg=30, shoulder_share=0.12),
    "forward_low": _both((0.10, -0.8, -0.75), (0, -1, -0.45), roll_deg=20, shoulder_share=0.06),
    "crossed": ArmPose(
        ((0.20, -0.40, -0.88), (-0.86, -0.44, 0.26)),
        ((0.22, -0.30, -0.90), (-0.86, -0.50, 0.10)),
        roll_deg=20,
        shoulder_share=0.05,
    ),
    "folded": ArmPose(
        ((0.20, -0.52, -0.84), (-0.97, -0.10, 0.22)),
        ((0.22, -0.40, -0.90), (-0.97, -0.16, 0.16)),
        roll_deg=15,
        shoulder_share=0.08,
    ),
    "behind": ArmPose(
        ((0.30, 0.42, -0.86), (-0.92, 0.10, -0.30)),
        ((0.30, 0.42, -0.86), (-0.92, 0.16, -0.20)),
        roll_deg=-40,
    ),
    "one_behind": ArmPose(
        HANGING,
        ((0.30, 0.42, -0.86), (-0.92, 0.08, -0.30)),
        roll_deg=-40,
    ),
}
SIDES = (("L", 1.0), ("R", -1.0))


def arm_rotations(name: str, heads: Floats, bone_index: Mapping[str, int]) -> dict[str, Rotate]:
    """Return each arm bone's rotation from the rest body, as a function of its parent's."""
    pose = ARM_POSES[name]
    rotations: dict[str, Rotate] = {}
    for side, sign in SIDES:
        shoulder, elbow, wrist = (
            heads[bone_index[f"{bone}.{side}"]] for bone in ("upperarm01", "lowerarm01", "wrist")
        )
        upper_rest, fore_rest = elbow - shoulder, wrist - elbow
        outwards = np.array([sign, 1, 1])
        upper, fore = (np.array(d) * outwards for d in (pose.left if sign > 0 else pose.right))
        turn_upper = _frame(upper, fore) @ _frame(upper_rest, fore_rest).T
        target = _frame(fore, -upper)
        roll = Rotation.from_rotvec(math.radians(pose.roll_deg) * sign * target[:, 0]).as_matrix()
        turn_fore = roll @ target @ _frame(fore_rest, -upper_rest).T
        share = pose.shoulder_share
        rotations[f"clavicle.{side}"] = _partly(turn_upper, share * 0.5)
        rotations[f"shoulder01.{side}"] = _partly(turn_upper, 0.25 + share)
        rotations[f"upperarm01.{side}"] = fixed(turn_upper)
        rotations[f"lowerarm01.{side}"] = fixed(turn_fore)
    return rotations


def _frame(along: Floats, towards: Floats) -> Floats:
    """Right-handed frame whose first axis is `along`, with `towards` in its first plane."""
    along = along / np.linalg.norm(along)
    normal = np.cross(along, towards)
    normal /= np.linalg.norm(normal)
    return np.stack([along, normal, np.cross(along, normal)], 1)


def fixed(rotation: Floats) -> Rotate:
    """A rotation that does not depend on the parent bone's."""
    return lambda _parent: rotation


def _partly(rotation: Floats, share: float) -> Rotate:
    def rotate(parent: Floats) -> Floats:
        way = Rotation.from_matrix(rotation @ parent.T).as_rotvec()
        return Rotation.from_rotvec(way * share).as_matrix() @ parent

    return rotate
