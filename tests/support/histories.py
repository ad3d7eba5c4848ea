"""Sessions of a history, kept by one line of a test."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from posture.history import History, KeptPicture, Session
from posture.history.keeping import session_of
from posture.history.migrations import MIGRATIONS
from posture.history.repeatability import Standing, standing_of
from posture.history.story import story
from posture.overlay.numbers import LengthUnit
from posture.result import Measured
from posture.verdict.norms import load_norms
from tests.support.example_results import measured_result
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


def standing_by(sessions: Sequence[Session]) -> Standing:
    """The repeatability of the person of these sessions."""
    return standing_of(sessions, load_norms())


def story_of(sessions: Sequence[Session], unit: LengthUnit = "mm") -> tuple[str, ...]:
    """What is told of a person with these sessions."""
    return story(sessions, standing_by(sessions), unit)


def at(day: int, angle: float, **changes: Any) -> Session:
    """A session on that day of January with that angle; `changes` are of its numbers."""
    numbers = replace(NUMBERS, slca_deg=Measured(angle, 4.0), **changes)
    return session(f"2026-01-{day:02d}T12:00:00+00:00", numbers)


def stood(
    day: int,
    angles: Sequence[float],
    ci95: float = 4.4,
    *,
    stances: int | None = None,
    **changes: Any,
) -> Session:
    """A session on that day of January of a stance for each angle, as the program keeps it.

    Args:
        day: of January.
        angles: of the stances in order.
        ci95: of each photo.
        stances: as kept; the number of angles when None.
        changes: of the numbers.
    """
    base = measured_result()
    results = [
        replace(
            base,
            slca_deg=Measured(angle, ci95),
            provenance=replace(base.provenance, image_sha256=f"{number:064x}"),
            **changes,
        )
        for number, angle in enumerate(angles)
    ]
    when = datetime.fromisoformat(f"2026-01-{day:02d}T12:00:00+00:00")
    kept = session_of(results, when, load_norms())
    return kept if stances is None else replace(kept, stances=stances)


def of_an_older_program(path: Path) -> Path:
    """The history at `path` as the first release would have written it, in a file beside it."""
    old = path.with_name("old.sqlite3")
    with closing(sqlite3.connect(old)) as connection:
        for statement in MIGRATIONS[0]:
            connection.execute(statement)
        connection.execute("ATTACH ? AS new", (str(path),))
        for table in ("person", "session", "measurement", "picture"):
            rows = connection.execute(f"PRAGMA main.table_info({table})").fetchall()
            columns = ", ".join(row[1] for row in rows)
            connection.execute(f"INSERT INTO {table} SELECT {columns} FROM new.{table}")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    return old
