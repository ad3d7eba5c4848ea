"""What of a session's ± counts against another session of the same person.

What a body does to every reading of it cancels between two of them.  The larger part does not: it
comes with the set-up of a session (camera place, turn, light, clothes), so the photos of a session
share it, and it is the larger the more they say that they may be off.  Standing again comes on top
(:mod:`posture.history.repeatability`).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import fmean

from posture._support.tables import data_table
from posture.history.records import Kept, Numbers, Session
from posture.result import Measured
from posture.verdict.stances import that_count


@dataclass(frozen=True)
class NotCancelled:
    """Shares of a ± that do not cancel between two sessions; see ``data/change.toml``."""

    slca_deg: float
    depth: float


@dataclass(frozen=True)
class ChangeSettings:
    """All of ``data/change.toml``."""

    not_cancelled: NotCancelled


def load_not_cancelled() -> NotCancelled:
    """The built-in shares."""
    return data_table("change", ChangeSettings).not_cancelled


def photos_that_count(session: Session) -> tuple[Kept, ...]:
    """Those that make the reading: of one stance all, else all but the first of a whole session."""
    photos = session.photos
    return photos if (session.stances or 1) == 1 else that_count(photos)


def ci95_of_photos(session: Session, of: Callable[[Numbers], Measured | None]) -> float | None:
    """Root mean square of the half-widths of the photos that count; more of them do not narrow it.

    The reading's own where no photo has such a number, None where that has none, either.

    Args:
        session: with its photos.
        of: one of the numbers.
    """
    photos = [of(kept.numbers) for kept in photos_that_count(session)]
    known = [item for item in photos if item is not None]
    reading = of(session.reading)
    if not known and reading is not None:
        known = [reading]
    return math.sqrt(fmean(item.ci95**2 for item in known)) if known else None
