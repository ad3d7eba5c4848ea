"""Does the body move?  By how far its landmarks have strayed lately, in trunk lengths."""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from posture.live.live_settings import StillnessSettings
from posture.pose.landmarks import ANKLES, EARS, HIPS, SHOULDERS, WRISTS
from posture.pose.record import Pose

BODY = (EARS, SHOULDERS, HIPS, ANKLES)


class Stillness:
    """How long the body has stood still, up to the time that is asked for."""

    def __init__(self, settings: StillnessSettings) -> None:
        self._settings = settings
        self._limits = np.array([settings.max_body_move] * len(BODY) + [settings.max_hand_move])
        self._times_s: deque[float] = deque()
        self._places_px: deque[NDArray[np.float64]] = deque()
        self._trunk_px = 1.0

    def add(self, pose: Pose | None, time_s: float) -> float:
        """Seconds without moving, at most the `still_s` of the settings.

        Args:
            pose: the person in the frame; None when there is nobody.
            time_s: of the frame, ascending.
        """
        if pose is None or (self._times_s and self._paused(time_s)):
            self._times_s.clear()
            self._places_px.clear()
        if pose is None:
            return 0.0
        self._times_s.append(time_s)
        self._places_px.append(_places_px(pose))
        self._trunk_px = pose.trunk_px
        # One frame older than the time that is asked for, so that it can be reached.
        while len(self._times_s) > 2 and time_s - self._times_s[1] >= self._settings.still_s:
            self._times_s.popleft()
            self._places_px.popleft()
        return min(time_s - self._times_s[self._still_from()], self._settings.still_s)

    def _paused(self, time_s: float) -> bool:
        return not 0 <= time_s - self._times_s[-1] <= self._settings.max_gap_s

    def _still_from(self) -> int:
        """Index of the earliest frame since which every part has kept its place."""
        backwards = np.array(self._places_px)[::-1] / self._trunk_px
        highest = np.maximum.accumulate(backwards)
        lowest = np.minimum.accumulate(backwards)
        moved = np.linalg.norm(highest - lowest, axis=-1)
        kept = (moved <= self._limits).all(axis=1)
        # The newest frame has always kept its place.
        count = len(kept) if kept.all() else int(np.argmin(kept))
        return len(kept) - count


def _places_px(pose: Pose) -> NDArray[np.float64]:
    """Where the parts (n, 2) of the body are."""
    return np.array([pose.point(*pair) for pair in (*BODY, WRISTS)])
