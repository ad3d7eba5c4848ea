"""How many cores there are to work with."""

from __future__ import annotations

import os


def usable_cores() -> int:
    """Those that this process may use; macOS and Windows tell only how many there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
