"""Readings kept over time, in one SQLite file in the user's data folder; only when asked to.

records (what is kept) ── keeping (results into records) ── store (the file) ── exchange (JSON)
                       ── between (what of a ± does not cancel), repeatability (standing again)
                          ── change (is it more than that?) ── story (the same in sentences)

`migrations` holds the schema, `database` opens the file safely, `checking` looks at what is to be
taken over before any of it is.  Nothing here loads the pose model.
"""

from __future__ import annotations

from posture.history.records import Kept, KeptPicture, Numbers, PersonEntry, Session
from posture.history.store import History, history_path

__all__ = ["History", "Kept", "KeptPicture", "Numbers", "PersonEntry", "Session", "history_path"]
