"""Is a change more than what two readings of the same back differ by anyway?

Every reading is uncertain twice: by its own interval, and because the same person stands a little
differently each time.  Both are 95 % half-widths and independent, so they add in quadrature; what
two readings must differ by to count is the half-width of their difference: the minimal detectable
change (95 %).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from posture.result import Z95, Measured

# Two points always lie on a line.
MIN_SESSIONS_OF_TREND = 3
_SECONDS_PER_WEEK = 7 * 24 * 3600.0


@dataclass(frozen=True)
class Change:
    """The difference of two readings, later minus earlier.

    Attributes:
        detectable: the minimal detectable change (95 %), in the same unit.
    """

    difference: float
    detectable: float

    @property
    def counts(self) -> bool:
        """Whether it is more than standing again and measuring again would explain."""
        return abs(self.difference) > self.detectable


@dataclass(frozen=True)
class Trend:
    """A straight line through all readings.

    Attributes:
        change: of the line from the first to the last reading.
        ci95: half-width of its 95 % interval.
        weeks: from the first to the last reading.
    """

    change: float
    ci95: float
    weeks: float

    @property
    def counts(self) -> bool:
        """Whether the line's slope is surely not zero."""
        return abs(self.change) > self.ci95


def with_standing_again(reading: Measured, repeatability_share: float) -> Measured:
    """The reading with the interval within which another stance of that day would lie."""
    return Measured(reading.value, math.hypot(reading.ci95, repeatability_share * reading.value))


def change_between(before: Measured, after: Measured) -> Change:
    """The change from one reading to another; both intervals include standing again."""
    return Change(after.value - before.value, math.hypot(before.ci95, after.ci95))


def trend_of(readings: Sequence[tuple[datetime, Measured]]) -> Trend | None:
    """The weighted straight line; None for fewer than three readings, or all of one moment.

    Its interval comes from the readings' own; where they scatter more about the line than that
    explains, it is widened by the Birge ratio.
    """
    if len(readings) < MIN_SESSIONS_OF_TREND:
        return None
    start = min(moment for moment, _ in readings)
    weeks = [(moment - start).total_seconds() / _SECONDS_PER_WEEK for moment, _ in readings]
    values = [reading.value for _, reading in readings]
    weights = [(Z95 / reading.ci95) ** 2 for _, reading in readings]
    middle = _weighted_mean(weeks, weights)
    spread = sum(w * (t - middle) ** 2 for w, t in zip(weights, weeks, strict=True))
    if spread == 0:
        return None
    level = _weighted_mean(values, weights)
    slope = (
        sum(w * (t - middle) * (v - level) for w, t, v in zip(weights, weeks, values, strict=True))
        / spread
    )
    misfit = sum(
        w * (v - level - slope * (t - middle)) ** 2
        for w, t, v in zip(weights, weeks, values, strict=True)
    )
    birge = max(1.0, math.sqrt(misfit / (len(readings) - 2)))
    span = max(weeks)
    return Trend(slope * span, Z95 * birge / math.sqrt(spread) * span, span)


def _weighted_mean(values: Sequence[float], weights: Sequence[float]) -> float:
    return sum(w * v for w, v in zip(weights, values, strict=True)) / sum(weights)
