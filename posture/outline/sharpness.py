"""How sharp the picture of the trunk is, from the steepest changes of brightness in it."""

from __future__ import annotations

import cv2
import numpy as np

from posture.outline.outline_settings import outline_settings
from posture.pose.record import RgbImage

_SHARPNESS = outline_settings().sharpness


def edge_width_px(rgb: RgbImage) -> float:
    """Distance over which brightness would run from dark to light at the steepest edges.

    A few pixels in a sharp picture; it grows in proportion with blur, however strong, where the
    width of a single edge is lost.  Infinite when nothing changes at all.

    Args:
        rgb: (H, W, 3), at least 2 pixels each way, a person's trunk and a little round it.
    """
    grey = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.float32)
    down, right = (np.asarray(change, np.float32) for change in np.gradient(grey))
    steepness = np.asarray(cv2.magnitude(down, right), np.float32)
    steepest = float(np.percentile(steepness, 100 * (1 - _SHARPNESS.steepest_share)))
    dark, light = np.percentile(grey, _SHARPNESS.extremes)
    return float(light - dark) / steepest if steepest > 0 else float("inf")
