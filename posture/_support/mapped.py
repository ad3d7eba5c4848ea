"""Memory of files that native code has mapped and does not read any more."""

from __future__ import annotations

import ctypes
import mmap
import sys
from pathlib import Path


def release_mapped(path: Path) -> None:
    """Give back the memory in which a file is mapped for reading; nothing is lost (Linux).

    The system would take it back itself, but only once memory is short.  Whoever does read the
    file again gets it from the disk's cache.
    """
    if not sys.platform.startswith("linux"):
        return
    advise = ctypes.CDLL(None).madvise
    advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    # Address range, rights, offset, device, inode, name.
    for line in Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines():
        if line.endswith(f" {path}"):
            place, rights, *_ = line.split()
            first, last = (int(address, 16) for address in place.split("-"))
            # What was written into a mapping of its own would be lost.
            if rights.startswith("r-"):
                advise(first, last - first, mmap.MADV_DONTNEED)
