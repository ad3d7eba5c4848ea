"""Exercises for a verdict, by name and dose."""

from __future__ import annotations

from html import escape

from posture.advice.exercises import choose
from posture.result import Result

# As many as fit beside everything else on one page; the page on the screen has them all.
MAX_LINES = 6


def suggestions(result: Result) -> list[str]:
    """One line for each exercise that fits the verdict; empty when nothing was measured."""
    if result.bands is None:
        return []
    plan = choose(result.bands.verdict, age=result.subject.age)
    return [
        f"<b>{escape(item.name)}</b> · {escape(item.dose)}" for item in plan.offered[:MAX_LINES]
    ]
