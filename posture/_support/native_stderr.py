"""Keeps MediaPipe's start-up chatter out of the terminal.

Its native code writes a few INFO and WARNING lines straight to file descriptor 2 while a model
is loaded; no environment variable or Python logger stops them.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

_STDERR = 2
# I0000 or W0000 with a time is absl's form, INFO: and WARNING: are TensorFlow Lite's.
_CHATTER = re.compile(
    rb"[IW]\d{4} \d\d:\d\d:|INFO: Created TensorFlow Lite|WARNING: All log messages before absl::"
)


@contextmanager
def native_stderr_silenced() -> Iterator[None]:
    """Hold back standard error inside the block, then pass on all of it but known chatter.

    Errors, tracebacks and whatever other threads print meanwhile come out late but complete.
    Blocks may overlap in several threads.  Where there is no standard error, nothing happens.
    """
    _holder.enter()
    try:
        yield
    finally:
        _holder.leave()


class _Holder:
    """Redirects descriptor 2 into a temporary file while at least one block is active."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._blocks = 0
        self._held: tuple[int, BinaryIO] | None = None

    def enter(self) -> None:
        with self._lock:
            self._blocks += 1
            if self._blocks == 1:
                self._held = _redirect()

    def leave(self) -> None:
        with self._lock:
            self._blocks -= 1
            if self._blocks == 0 and self._held is not None:
                _restore(*self._held)
                self._held = None


_holder = _Holder()


def _redirect() -> tuple[int, BinaryIO] | None:
    try:
        original = os.dup(_STDERR)
    except OSError:
        return None
    import tempfile

    # Not closed by a with block: it lives until the last block is left.
    held = tempfile.TemporaryFile()  # noqa: SIM115
    os.dup2(held.fileno(), _STDERR)
    return original, held


def _restore(original: int, held: BinaryIO) -> None:
    os.dup2(original, _STDERR)
    os.close(original)
    with held:
        held.seek(0)
        for line in held:
            if not _CHATTER.match(line):
                os.write(_STDERR, line)
