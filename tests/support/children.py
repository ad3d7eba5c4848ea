"""Processes that measure for another one, found and killed by tests (Linux)."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from tests.support.waiting import wait_until


def state_of(pid: int) -> str:
    """R while it runs, S while it sleeps, Z when it has ended."""
    return _stat(pid)[0]


def worker_of(parent: int) -> int:
    """Process id of the child that measures for `parent`, or for one of its children."""
    found: list[int] = []

    def measuring() -> bool:
        found[:] = _workers_of(parent)
        return bool(found)

    wait_until(measuring, lambda: "nobody measures")
    return found[0]


def kill_in_mid_photo(pid: int) -> None:
    """Wait until it is at work, and kill it."""
    while state_of(pid) != "R":
        time.sleep(0.001)
    os.kill(pid, signal.SIGKILL)


def _stat(pid: int) -> list[str]:
    """State, parent and the rest."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()


def _workers_of(parent: int) -> list[int]:
    family, workers = {parent}, []
    for path in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        pid = int(path.name)
        try:
            if int(_stat(pid)[1]) in family:
                family.add(pid)
                if b"posture.worker" in (path / "cmdline").read_bytes():
                    workers.append(pid)
        except (FileNotFoundError, ProcessLookupError):
            # It has ended in the meantime.
            continue
    return workers
