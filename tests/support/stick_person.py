"""A stick person whose turn, tilt and outline can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from posture.pose.landmarks import SHOULDERS, Landmark
from posture.pose.record import Pose

HEIGHT, WIDTH = 600, 400
TRUNK_PX = 150.0


def standing_pose(mask: NDArray[np.float32] | None = None, lean: float = 0.0) -> Pose:
    """A stick person 520 px tall who faces right, feet at the bottom, seen exactly side-on."""
    points = np.zeros((33, 2))
    heights = {
        "NOSE": 80, "EAR": 80, "SHOULDER": 150, "HIP": 300, "KNEE": 430, "ANKLE": 540,
        "HEEL": 555, "FOOT_INDEX": 558,
    }  # fmt: skip
    for mark in Landmark:
        y = next((y for name, y in heights.items() if mark.name.endswith(name)), 200)
        points[mark] = (200 + lean * (300 - y), y)
    points[Landmark.NOSE, 0] += 30
    for side in ("LEFT", "RIGHT"):
        points[Landmark[f"{side}_FOOT_INDEX"], 0] += 40
        points[Landmark[f"{side}_HEEL"], 0] -= 10
    world = np.zeros((33, 3))
    for mark in Landmark:
        world[mark, 2] = {"LEFT": 0.15, "RIGHT": -0.15}.get(mark.name.split("_")[0], 0.0)
    if mask is None:
        mask = np.zeros((HEIGHT, WIDTH), np.float32)
        mask[40:560, 160:240] = 1
    return Pose(points, np.ones(33), world, mask)


def turned(pose: Pose, degrees: float) -> Pose:
    """The pose turned about the vertical, the front towards the camera for positive angles."""
    angle = np.radians(degrees)
    x, y, z = pose.world_m.T
    spun = np.stack(
        [x * np.cos(angle) + z * np.sin(angle), y, z * np.cos(angle) - x * np.sin(angle)], 1
    )
    return replace(pose, world_m=spun)


def seen_from(pose: Pose, degrees: float) -> Pose:
    """An upright trunk of half a metre as a camera sees it that looks down by so much."""
    angle = np.radians(degrees)
    world = pose.world_m.copy()
    world[list(SHOULDERS), 1] -= 0.5
    x, y, z = world.T
    tipped = np.stack(
        [x, y * np.cos(angle) - z * np.sin(angle), z * np.cos(angle) + y * np.sin(angle)], 1
    )
    return replace(pose, world_m=tipped)
