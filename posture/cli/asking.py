"""Asking before something is deleted."""

from __future__ import annotations

import sys

from posture._support.outside import printable
from posture.errors import InvalidInput


def require_consent(question: str, *, sure: bool) -> None:
    """What is deleted cannot be brought back: ask, where somebody can answer."""
    if sure:
        return
    if not sys.stdin.isatty():
        raise InvalidInput("Nothing was deleted.", "Add --yes to delete without being asked.")
    if input(f"{printable(question)} It cannot be undone. [y/N] ").strip().lower() != "y":
        raise InvalidInput("Nothing was deleted.", "Answer y to delete.")
