"""The sentences of the history, from ``data/history.toml``."""

from __future__ import annotations

from typing import Any

from posture._support.tables import plain_table
from posture._support.texts import problem


def history_texts() -> dict[str, Any]:
    """All of them, nested as in the file."""
    return plain_table("history")


def history_problem(which: str, **values: Any) -> tuple[str, str]:
    """Why something cannot be kept or read, and what to do."""
    return problem(history_texts()["problem"][which], **values)
