"""Brings the top of the page into view once, when a new reading has come."""

from __future__ import annotations

from posture.app.components.declare import declared


def scroll_up(reading: str) -> None:
    """Scroll up if `reading`, any name for it, was not shown in this browser tab before."""
    declared("scroll_up")(data=reading, key="scroll_up", height=1)
