"""The 33 landmarks of the pose model, by name, and the lines of the skeleton between them."""

from __future__ import annotations

from enum import IntEnum


class Landmark(IntEnum):
    """Index of each landmark in the pose model's output (left and right are the person's)."""

    NOSE = 0
    LEFT_EYE_INNER = 1
    LEFT_EYE = 2
    LEFT_EYE_OUTER = 3
    RIGHT_EYE_INNER = 4
    RIGHT_EYE = 5
    RIGHT_EYE_OUTER = 6
    LEFT_EAR = 7
    RIGHT_EAR = 8
    MOUTH_LEFT = 9
    MOUTH_RIGHT = 10
    LEFT_SHOULDER = 11
    RIGHT_SHOULDER = 12
    LEFT_ELBOW = 13
    RIGHT_ELBOW = 14
    LEFT_WRIST = 15
    RIGHT_WRIST = 16
    LEFT_PINKY = 17
    RIGHT_PINKY = 18
    LEFT_INDEX = 19
    RIGHT_INDEX = 20
    LEFT_THUMB = 21
    RIGHT_THUMB = 22
    LEFT_HIP = 23
    RIGHT_HIP = 24
    LEFT_KNEE = 25
    RIGHT_KNEE = 26
    LEFT_ANKLE = 27
    RIGHT_ANKLE = 28
    LEFT_HEEL = 29
    RIGHT_HEEL = 30
    LEFT_FOOT_INDEX = 31
    RIGHT_FOOT_INDEX = 32


LANDMARK_COUNT = len(Landmark)


def _mirror_image() -> tuple[int, ...]:
    names = {mark.name: mark.value for mark in Landmark}
    swapped = {
        name: name.replace("LEFT", "#").replace("RIGHT", "LEFT").replace("#", "RIGHT")
        for name in names
    }
    return tuple(names[swapped[mark.name]] for mark in Landmark)


MIRROR_IMAGE = _mirror_image()
"""For each landmark the index of its counterpart on the other side of the body."""

SHOULDERS = (Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER)
HIPS = (Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
KNEES = (Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE)
ANKLES = (Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE)
HEELS = (Landmark.LEFT_HEEL, Landmark.RIGHT_HEEL)
TOES = (Landmark.LEFT_FOOT_INDEX, Landmark.RIGHT_FOOT_INDEX)
WRISTS = (Landmark.LEFT_WRIST, Landmark.RIGHT_WRIST)
EARS = (Landmark.LEFT_EAR, Landmark.RIGHT_EAR)
EYES = (Landmark.LEFT_EYE, Landmark.RIGHT_EYE)

SKELETON_EDGES = tuple(
    edge
    for side in ("LEFT", "RIGHT")
    for edge in (
        (Landmark[f"{side}_SHOULDER"], Landmark[f"{side}_ELBOW"]),
        (Landmark[f"{side}_ELBOW"], Landmark[f"{side}_WRIST"]),
        (Landmark[f"{side}_SHOULDER"], Landmark[f"{side}_HIP"]),
        (Landmark[f"{side}_HIP"], Landmark[f"{side}_KNEE"]),
        (Landmark[f"{side}_KNEE"], Landmark[f"{side}_ANKLE"]),
        (Landmark[f"{side}_ANKLE"], Landmark[f"{side}_HEEL"]),
        (Landmark[f"{side}_HEEL"], Landmark[f"{side}_FOOT_INDEX"]),
    )
)
