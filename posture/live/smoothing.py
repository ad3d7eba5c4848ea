"""Numbers over time: calm while nothing changes, quick when something does.

The One-Euro filter (Casiez, Roussel and Vogel 2012, doi 10.1145/2207676.2208639), a low-pass filter
whose cut-off rises with the speed of the value, behind a short running median.
"""

from __future__ import annotations

import math
from collections import deque
from statistics import median

from posture.live.live_settings import SmoothingSettings


class Smoothed:
    """One number over time.

    Args:
        settings: of the filter.
        unit: how much of the number counts as one unit of `settings.per_unit_hz`.
        lost_s: without a new value for this long, the past is forgotten.
    """

    def __init__(self, settings: SmoothingSettings, *, unit: float, lost_s: float) -> None:
        self._settings, self._unit, self._lost_s = settings, unit, lost_s
        self._recent: deque[float] = deque(maxlen=settings.median_of)
        self._value: float | None = None
        self._speed = 0.0
        self._time_s = -math.inf

    def add(self, value: float | None, time_s: float) -> float | None:
        """The smoothed number after this reading; None when there is nothing to go by.

        Args:
            value: the reading, None when the frame gave none.
            time_s: of the frame, ascending.
        """
        elapsed_s = time_s - self._time_s
        if elapsed_s > self._lost_s:
            self._recent.clear()
            self._value, self._speed = None, 0.0
        if value is None or elapsed_s <= 0:
            return self._value
        self._recent.append(value)
        self._time_s = time_s
        middle = median(self._recent)
        if self._value is None:
            self._value = middle
            return middle
        speed = (middle - self._value) / self._unit / elapsed_s
        self._speed += _share(self._settings.speed_hz, elapsed_s) * (speed - self._speed)
        cut_off_hz = self._settings.still_hz + self._settings.per_unit_hz * abs(self._speed)
        self._value += _share(cut_off_hz, elapsed_s) * (middle - self._value)
        return self._value


def _share(cut_off_hz: float, elapsed_s: float) -> float:
    """How much of a change a first-order low-pass filter lets through in this time."""
    turns = 2 * math.pi * cut_off_hz * elapsed_s
    return turns / (turns + 1)
