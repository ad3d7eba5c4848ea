"""Where a process listens, as the kernel tells (Linux)."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

_LISTEN = "0A"
is_told = sys.platform == "linux"


def listening_at(pid: int) -> set[tuple[str, int]]:
    """Address and port of every TCP socket on which the process waits for somebody."""
    own = set()
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):  # closed meanwhile
            own.add(os.readlink(entry))
    found = set()
    for family, table in ((socket.AF_INET, "tcp"), (socket.AF_INET6, "tcp6")):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            columns = line.split()
            if columns[3] == _LISTEN and f"socket:[{columns[9]}]" in own:
                address, _, port = columns[1].partition(":")
                found.add((_address(family, address), int(port, 16)))
    return found


def _address(family: socket.AddressFamily, told: str) -> str:
    """The kernel writes words of four bytes in the machine's own order."""
    words = [told[at : at + 8] for at in range(0, len(told), 8)]
    packed = b"".join(int(word, 16).to_bytes(4, sys.byteorder) for word in words)
    return socket.inet_ntop(family, packed)
