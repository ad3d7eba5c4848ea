"""Has the person stepped away since the last picture, so that the next is of another stance?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from posture.live.live_settings import StepAwaySettings
from posture.pose.landmarks import ANKLES, HIPS
from posture.pose.record import Pose


class StepAway:
    """Whether hips or feet have left the place where a picture was taken, or nobody was there."""

    def __init__(self, settings: StepAwaySettings) -> None:
        self._settings = settings
        self._places_px: NDArray[np.float64] | None = None
        self._limit_px = 0.0
        self._away = True
        self._seen_s = 0.0

    def mark(self, pose: Pose, time_s: float) -> None:
        """A picture of this pose was taken."""
        self._places_px = _places_px(pose)
        self._limit_px = self._settings.trunks * pose.trunk_px
        self._away, self._seen_s = False, time_s

    def add(self, pose: Pose | None, time_s: float) -> bool:
        """Whether the person was away at any time since the mark; True before the first one.

        Args:
            pose: the person in the frame; None when there is nobody.
            time_s: of the frame, ascending.
        """
        if self._places_px is None or self._away:
            return True
        if pose is None:
            self._away = time_s - self._seen_s >= self._settings.unseen_s
        else:
            self._seen_s = time_s
            moved_px = np.linalg.norm(_places_px(pose) - self._places_px, axis=1)
            self._away = bool((moved_px > self._limit_px).any())
        return self._away


def _places_px(pose: Pose) -> NDArray[np.float64]:
    """Where hips and feet (2, 2) are."""
    return np.array([pose.point(*HIPS), pose.point(*ANKLES)])
