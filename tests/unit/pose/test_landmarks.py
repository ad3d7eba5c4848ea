"""Left and right of the landmarks."""

from __future__ import annotations

import numpy as np

from posture.pose.landmarks import MIRROR_IMAGE, Landmark


def test_mirror_image_swaps_left_and_right_once() -> None:
    swapped = np.array(MIRROR_IMAGE)
    assert (swapped[swapped] == np.arange(33)).all()
    assert swapped[Landmark.LEFT_HEEL] == Landmark.RIGHT_HEEL
    assert swapped[Landmark.NOSE] == Landmark.NOSE
