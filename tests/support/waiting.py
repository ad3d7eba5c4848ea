"""Waiting for what another process or thread does."""

from __future__ import annotations

import time
from collections.abc import Callable

# A guard against tests that hang, not a promise of speed: far beyond what any machine takes.
PATIENCE_S = 120.0


def wait_until(
    is_so: Callable[[], bool], otherwise: Callable[[], str], pause_s: float = 0.02
) -> None:
    """Return as soon as `is_so`; fail with the words of `otherwise` when it never is."""
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        if time.monotonic() > deadline:
            raise AssertionError(otherwise())
        time.sleep(pause_s)
