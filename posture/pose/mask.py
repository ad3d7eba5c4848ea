"""The person mask: where it calls a pixel the person's, and the outermost of those."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from posture.pose.pose_settings import pose_settings

MASK_LEVEL = pose_settings().mask.level


def largest_outline(mask: NDArray[np.float32]) -> NDArray[np.int32]:
    """Outermost pixels (n, 2), x and y, of the largest region of the mask."""
    body = (mask >= MASK_LEVEL).astype(np.uint8)
    outlines, _ = cv2.findContours(body, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    largest = max(outlines, key=cv2.contourArea, default=np.empty((0, 1, 2)))
    return np.asarray(largest[:, 0], np.int32)
