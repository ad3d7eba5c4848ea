"""Sessions of a history, kept by one line of a test."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from posture.history import History, KeptPicture, Session
from posture.result import Measured
from tests.support.history_writer import NUMBERS, session

WHEN = datetime.fromisoformat("2026-05-04T10:00:00+00:00")
PICTURE = KeptPicture("photo", b"the very bytes of a photo" * 400, 0.5)


def save(
    history: History, name: str = "Ann", picture: KeptPicture | None = None, **changes: Any
) -> Session:
    """Keep a session of one photo; `changes` go to :func:`session`."""
    one = session(**changes)
    history.save(name, one, {one.kept[0].uid: picture} if picture else {})
    return one


def at(day: int, angle: float, **changes: Any) -> Session:
    """A session on that day of January with that angle; `changes` are of its numbers."""
    numbers = replace(NUMBERS, slca_deg=Measured(angle, 4.0), **changes)
    return session(f"2026-01-{day:02d}T12:00:00+00:00", numbers)
