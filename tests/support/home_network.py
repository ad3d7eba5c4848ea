"""A home network of two: this thread's computer, and a phone, each in a network namespace.

Nothing reaches either of them from elsewhere.  It takes Linux, iproute2 and the rights of an
administrator.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

COMPUTER_ADDRESS, PHONE_ADDRESS = "192.168.77.1", "192.168.77.2"
_WAY_OUT = "192.0.2.1/32"
_CLONE_NEWNET = 0x40000000
_ETH_P_ALL = 0x0003
# SO_RCVBUFFORCE of asm-generic/socket.h; the module has no name for it.
_RECEIVE_BUFFER_FORCE = 33
_BUFFER_BYTES = 2**26


@dataclass(frozen=True)
class HomeNetwork:
    """Names of the two namespaces, and of the computer's end of the wire."""

    computer: str
    phone: str
    wire: str

    def on_the_phone(self, program: str, folder: Path) -> str:
        """A program that starts `program` on the phone."""
        script = folder / "on-the-phone"
        script.write_text(f'#!/bin/sh\nexec nsenter --net=/run/netns/{self.phone} {program} "$@"\n')
        script.chmod(0o755)
        return str(script)


def missing() -> str | None:
    """What this machine lacks for a home network; None when it has all."""
    if sys.platform != "linux":
        return "network namespaces are Linux's"
    if os.geteuid() != 0:
        return "a network namespace takes the rights of an administrator"
    if not all(map(shutil.which, ("ip", "nsenter"))):
        return "needs ip and nsenter (Debian: iproute2, util-linux)"
    probe = f"posture-{os.getpid()}"
    if subprocess.run(["ip", "netns", "add", probe], capture_output=True, check=False).returncode:
        return "this machine makes no network namespaces"
    _ip("netns", "del", probe)
    return None


@contextmanager
def home_network() -> Iterator[HomeNetwork]:
    """Let this thread, and what it starts, be on the computer of a new home network."""
    name = f"{os.getpid()}"
    home = HomeNetwork(f"posture-c-{name}", f"posture-p-{name}", f"pc{name}")
    try:
        for namespace in (home.computer, home.phone):
            _ip("netns", "add", namespace)
            _ip("-n", namespace, "link", "set", "lo", "up")
        ends = (("name", home.wire), ("peer", "name", f"pp{name}"))
        _ip("-n", home.computer, "link", "add", *ends[0], "type", "veth", *ends[1])
        _ip("-n", home.computer, "link", "set", f"pp{name}", "netns", home.phone)
        _bring_up(home.computer, home.wire, COMPUTER_ADDRESS)
        _bring_up(home.phone, f"pp{name}", PHONE_ADDRESS)
        with _inside(home.computer):
            yield home
    finally:
        for namespace in (home.computer, home.phone):
            subprocess.run(["ip", "netns", "del", namespace], capture_output=True, check=False)


@contextmanager
def recorded(home: HomeNetwork) -> Iterator[bytearray]:
    """Everything that the wire carries meanwhile, one packet behind the other."""
    record = bytearray()
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_ETH_P_ALL)) as wire:
        wire.setsockopt(socket.SOL_SOCKET, _RECEIVE_BUFFER_FORCE, _BUFFER_BYTES)
        wire.bind((home.wire, 0))
        wire.settimeout(0.2)
        over = threading.Event()

        def listen() -> None:
            while not over.is_set():
                try:
                    record.extend(wire.recv(2**17))
                except TimeoutError:
                    continue

        listener = threading.Thread(target=listen)
        listener.start()
        try:
            yield record
        finally:
            over.set()
            listener.join()


def _bring_up(namespace: str, wire: str, address: str) -> None:
    _ip("-n", namespace, "address", "add", f"{address}/24", "dev", wire)
    _ip("-n", namespace, "link", "set", wire, "up")
    # No more of a way to the internet than the program looks for: who asks for a name is told at
    # once that there is none.
    _ip("-n", namespace, "route", "add", _WAY_OUT, "dev", wire)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


@contextmanager
def _inside(namespace: str) -> Iterator[None]:
    """Sockets and processes that this thread makes are of that namespace."""
    with Path("/proc/thread-self/ns/net").open() as before:
        with Path(f"/run/netns/{namespace}").open() as wanted:
            _set_namespace(wanted.fileno())
        try:
            yield
        finally:
            _set_namespace(before.fileno())


def _set_namespace(number: int) -> None:
    if ctypes.CDLL(None, use_errno=True).setns(number, _CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "the namespace cannot be entered")
