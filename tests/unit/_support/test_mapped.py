"""Memory of a mapped file: given back, and read again when somebody does."""

from __future__ import annotations

import mmap
import sys
from pathlib import Path

import pytest

from posture._support.mapped import release_mapped

PAGE = mmap.PAGESIZE


def resident_kb(path: Path) -> int:
    """How much of a mapped file is in this process's memory."""
    lines = Path("/proc/self/smaps").read_text().splitlines()
    start = next(at for at, line in enumerate(lines) if line.endswith(f" {path}"))
    resident = next(line for line in lines[start:] if line.startswith("Rss:"))
    return int(resident.split()[1])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="as Linux tells it")
@pytest.mark.parametrize("access", [mmap.ACCESS_READ, mmap.ACCESS_COPY], ids=["read", "copy"])
def test_what_was_read_is_given_back_and_nothing_is_lost(tmp_path: Path, access: int) -> None:
    path = tmp_path / "weights"
    path.write_bytes(bytes(range(256)) * (64 * PAGE // 256))
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=access) as mapped:
        own = access == mmap.ACCESS_COPY
        if own:
            mapped[0] = 99
        sum(mapped[::PAGE])
        before = resident_kb(path)
        release_mapped(path)
        assert (resident_kb(path) < before) is not own
        assert mapped[0] == (99 if own else 0)
        assert mapped[1:256] == bytes(range(1, 256))


def test_a_file_that_nobody_has_mapped(tmp_path: Path) -> None:
    release_mapped(tmp_path / "absent")
