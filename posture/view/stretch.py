"""Whether the picture was stretched or squeezed: proportions that no body has from the side.

A picture whose sides were scaled unequally makes a curve flatter or deeper than it is.  Two parts
of a body hardly differ between people as shares of its height and lie across the picture of
somebody seen from the side: the foot and the head.
"""

from __future__ import annotations

import math

import numpy as np

from posture.pose.landmarks import ANKLES, EARS, HEELS, HIPS, KNEES, SHOULDERS, TOES
from posture.pose.mask import MASK_LEVEL
from posture.pose.record import Pose
from posture.view.view_settings import view_settings

_STRETCH = view_settings().stretch


def stretch_of(pose: Pose) -> float | None:
    """How wide the picture is against its height, 1 as the camera took it, below 1 squeezed.

    None where foot or head cannot be seen from the side.
    """
    hip, knee, ankle = (pose.point(*pair) for pair in (HIPS, KNEES, ANKLES))
    leg_px = float(np.hypot(*(hip - knee)) + np.hypot(*(knee - ankle)))
    foot_px = max(
        abs(float(pose.points_px[heel][0] - pose.points_px[toe][0]))
        for heel, toe in zip(HEELS, TOES, strict=True)
    )
    trunk_px = float(np.hypot(*(pose.point(*SHOULDERS) - hip)))
    if leg_px <= 0 or trunk_px <= 0:
        return None
    foot, head = foot_px / leg_px, _head_px(pose, trunk_px) / trunk_px
    if min(foot, head) < _STRETCH.least_share:
        return None
    return math.exp(
        _STRETCH.constant + _STRETCH.foot * math.log(foot) + _STRETCH.head * math.log(head)
    )


def _head_px(pose: Pose, trunk_px: float) -> float:
    """Greatest width of the mask near the ears."""
    ear_y = float(pose.point(*EARS)[1])
    rows = np.array([round(ear_y + level * trunk_px) for level in _STRETCH.head_levels])
    rows = rows[(rows >= 0) & (rows < len(pose.mask))]
    if not len(rows):
        return 0.0
    return float((pose.mask[rows] > MASK_LEVEL).sum(axis=1).max())
