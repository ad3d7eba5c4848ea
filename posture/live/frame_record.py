"""What the tracker knows after one frame, as plain numbers and words: for JSON and for the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from posture._support.language import number_text
from posture.overlay.numbers import DECIMALS_OF, MM_PER, LengthUnit
from posture.subject import Subject

if TYPE_CHECKING:
    from posture.live.tracker import LiveFrame, RawAndSmoothed


def as_record(live: LiveFrame, subject: Subject) -> dict[str, Any]:
    """One frame: what is said, the numbers (None when not known), and the findings by code."""
    view = live.reading.view
    return {
        "time_s": round(live.time_s, 3),
        "instruction": live.guidance.instruction.key,
        "still": round(live.guidance.still, 3),
        "taken": live.guidance.taken,
        "take": live.guidance.take,
        "facing": None if view is None else view.facing,
        "yaw_deg": None if view is None else round(view.yaw_deg, 1),
        **_both("angle", "deg", live.angle_deg, 1.0, 2),
        **_both("depth", "stature", live.depth_stature, 1.0, 5),
        **_both("depth", "mm", live.depth_stature, subject.stature_mm, 1),
        "findings": [item.code for item in live.reading.findings],
    }


def in_words(live: LiveFrame, subject: Subject, unit: LengthUnit = "mm") -> str:
    """The smoothed numbers in one line; empty when there are none."""
    angle, depth = live.angle_deg.smooth, live.depth_stature.smooth
    if angle is None or depth is None:
        return ""
    if subject.stature_mm is None:
        return f"{angle:.0f}°"
    length = number_text(depth * subject.stature_mm / MM_PER[unit], DECIMALS_OF[unit])
    return f"{angle:.0f}°   {length} {unit}"


def _both(
    name: str, unit: str, numbers: RawAndSmoothed, factor: float | None, digits: int
) -> dict[str, float | None]:
    """Raw and smoothed, in that unit."""

    def scaled(value: float | None) -> float | None:
        return None if value is None or factor is None else round(value * factor, digits)

    return {f"{name}_{unit}": scaled(numbers.smooth), f"{name}_raw_{unit}": scaled(numbers.raw)}
