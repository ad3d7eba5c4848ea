"""Is a change more than what two readings of the same back differ by anyway?

Every reading is uncertain twice: by what does not cancel between two readings of one back, and
because the same person stands a little differently each time.  Both are 95 % half-widths and
independent, so they add in quadrature; what two readings must differ by to count is the half-width
of their difference: the minimal detectable change (95 %).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from statistics import NormalDist, fmean, median

from posture.result import Z95, Measured

# Two points always lie on a line.
MIN_SESSIONS_OF_TREND = 3
_SECONDS_PER_WEEK = 7 * 24 * 3600.0
# Standard error of a median of slopes over that of a fitted line, normal errors, many readings.
_SEN_LOSS = math.sqrt(math.pi / 3)


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
        start: where it is at the first reading.
        change: of the line from the first to the last reading.
        ci95: half-width of its 95 % interval.
        weeks: from the first to the last reading.
    """

    start: float
    change: float
    ci95: float
    weeks: float

    @property
    def counts(self) -> bool:
        """Whether the line's slope is surely not zero."""
        return abs(self.change) > self.ci95


def change_between(before: Measured, after: Measured) -> Change:
    """The change from one reading to another, each with the ± that counts between them."""
    return Change(after.value - before.value, math.hypot(before.ci95, after.ci95))


def trend_of(readings: Sequence[tuple[datetime, Measured]]) -> Trend | None:
    """A straight line that one odd reading does not turn (Theil-Sen: the median of all slopes).

    None for fewer than three readings, or all of one moment.  Its interval comes from the readings'
    own, as of a fitted line and a little wider (Sen 1968, doi 10.1080/01621459.1968.10480934);
    where their middle scatters more about the line than that explains, it is widened by as much.
    """
    if len(readings) < MIN_SESSIONS_OF_TREND:
        return None
    start = min(moment for moment, _ in readings)
    weeks = [(moment - start).total_seconds() / _SECONDS_PER_WEEK for moment, _ in readings]
    span = max(weeks)
    if span == 0:
        return None
    values = [reading.value for _, reading in readings]
    points = list(zip(weeks, values, strict=True))
    slope = median(
        (v2 - v1) / (t2 - t1) for (t1, v1), (t2, v2) in combinations(points, 2) if t1 != t2
    )
    level = median(v - slope * t for t, v in points)
    misfits = [
        abs(v - level - slope * t) / (reading.ci95 / Z95)
        for (t, v), (_, reading) in zip(points, readings, strict=True)
    ]
    ci95 = _SEN_LOSS * _scatter(misfits) * _line_ci95(weeks, [item.ci95 for _, item in readings])
    return Trend(level, slope * span, ci95 * span, span)


def _line_ci95(weeks: Sequence[float], ci95s: Sequence[float]) -> float:
    """Half-width of the slope of a line that is fitted to values with these half-widths."""
    middle = fmean(weeks)
    spread = sum((t - middle) ** 2 for t in weeks)
    return (
        math.sqrt(sum(((t - middle) * ci95) ** 2 for t, ci95 in zip(weeks, ci95s, strict=True)))
        / spread
    )


def _scatter(misfits: Sequence[float]) -> float:
    """How many times further the middle misfit is than its standard error explains; at least 1.

    Two of the readings only tell where the line lies.
    """
    freedom = math.sqrt(len(misfits) / (len(misfits) - 2))
    return max(1.0, freedom * median(misfits) / NormalDist().inv_cdf(0.75))
