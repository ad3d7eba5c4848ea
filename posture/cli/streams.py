"""Standard input, output and error, where the shell has closed them or the disk is full."""

from __future__ import annotations

import io
import os
import sys
from typing import NoReturn, TextIO

from posture.errors import OutputFailed


class _ClosedOutput(io.TextIOBase):
    """Stands for a standard output that is closed: all goes well until something is printed."""

    def write(self, text: str) -> NoReturn:
        raise OutputFailed("Standard output is closed.", "Let it go to a file or /dev/null.")


def require_streams() -> None:
    """Have all three streams, so that no file that is opened later is taken for one of them."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            # The lowest number that is free, which is this one.
            os.open(os.devnull, os.O_RDWR)
    # Python has none for those that were closed when it started.
    if _missing(sys.stdout):
        sys.stdout = _ClosedOutput()
    if _missing(sys.stderr):
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def close_quietly(stream: TextIO) -> bool:
    """Whether all that was printed got through; if not, Python shall not complain once more."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return False
    return True


def _missing(stream: TextIO | None) -> bool:
    return stream is None
