"""The timer that counts the sets and rests of one exercise, in the browser."""

from __future__ import annotations

from dataclasses import asdict

from posture.advice.exercises import Exercise, library
from posture.app.components.declare import declared


def set_timer(exercise: Exercise) -> None:
    """Show the timer of an exercise; it keeps counting while the page is drawn again."""
    data = {
        "key": exercise.key,
        "name": exercise.name,
        "timer": asdict(exercise.timer),
        "words": dict(library().timer),
    }
    declared("set_timer", '<div class="timer"></div>')(data=data, key=f"timer.{exercise.key}")
