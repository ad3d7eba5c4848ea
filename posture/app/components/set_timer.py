"""The timer that counts the sets and rests of one exercise, in the browser."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from importlib import resources
from typing import Any

import streamlit as st

from posture.advice.exercises import Exercise, library


def set_timer(exercise: Exercise) -> None:
    """Show the timer of an exercise; it keeps counting while the page is drawn again."""
    data = {
        "key": exercise.key,
        "name": exercise.name,
        "timer": asdict(exercise.timer),
        "words": dict(library().timer),
    }
    _component()(data=data, key=f"timer.{exercise.key}")


@cache
def _component() -> Any:
    folder = resources.files("posture").joinpath("app/components")
    return st.components.v2.component(
        "posture_set_timer",
        html='<div class="timer"></div>',
        css=folder.joinpath("set_timer.css").read_text(encoding="utf-8"),
        js=folder.joinpath("set_timer.js").read_text(encoding="utf-8"),
    )
