"""The running page and strangers: they get nothing, and make it ask nobody else for anything."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.running import Server, running_page

# Notes every attempt of the server's process to reach another machine or to look up its name.
WATCHED = """
import sys

TOLD = open({notes!r}, "a", buffering=1)
WATCH = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")

def note(event, arguments):
    if event in WATCH:
        print(event, *map(repr, arguments[-2:]), file=TOLD)

import streamlit as st
from posture.app import server

app = st.App(server.MAIN, **server.options())
sys.addaudithook(note)
"""
WEBSOCKET = (
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
)
EVIL = "Origin: http://evil.example\r\n"


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("notes") / "asked"


@pytest.fixture(scope="module")
def watched(notes: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The page, with a note of everything that it asks of other machines."""
    folder = tmp_path_factory.mktemp("watched")
    start = folder / "app.py"
    start.write_text(WATCHED.format(notes=str(notes)), encoding="utf-8")
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    with running_page(folder, start=start) as server:
        yield server


def first_line(server: Server, request: str) -> str:
    """What the page answers to these bytes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(request.encode("latin-1"))
        answer = b""
        while piece := connection.recv(1000):
            answer += piece
            if b"\r\n" in answer:
                break
    return answer.split(b"\r\n")[0].decode()


def ask(server: Server, path: str, headers: str, method: str = "GET") -> str:
    return first_line(server, f"{method} {path} HTTP/1.1\r\n{headers}\r\n")


@pytest.mark.parametrize("upgrade", ["", WEBSOCKET])
@pytest.mark.parametrize("path", ["/", "/_stcore/stream", "/_stcore/health", "/live/frame"])
def test_strangers_get_nothing(watched: Server, path: str, upgrade: str) -> None:
    own = f"Host: localhost:{watched.port}\r\n{upgrade}"
    assert " 403" in ask(watched, path, own + EVIL)
    assert " 403" in ask(watched, path, own + "Origin: http://localhost:1\r\n")
    assert " 403" in ask(watched, path, f"Host: evil.example\r\n{upgrade}")
    assert " 400" in ask(watched, path, f"Host: [::1\r\n{upgrade}")


def test_the_page_itself_is_served(watched: Server) -> None:
    host = f"localhost:{watched.port}"
    own = f"Host: {host}\r\nOrigin: http://{host}\r\n"
    assert " 200" in ask(watched, "/", own)
    assert " 101" in ask(watched, "/_stcore/stream", own + WEBSOCKET)


def test_no_request_makes_the_page_ask_another_machine(watched: Server, notes: Path) -> None:
    host = f"Host: localhost:{watched.port}\r\n"
    for path in ("/", "/_stcore/stream", "/_stcore/host-config", "/_stcore/agent/mcp"):
        for headers in (EVIL, "Origin: http://[\r\n", f"Forwarded: for=192.0.2.1\r\n{EVIL}"):
            for upgrade in ("", WEBSOCKET):
                ask(watched, path, host + headers + upgrade)
                ask(watched, path, host + headers + upgrade, method="OPTIONS")
    ask(watched, "http://192.0.2.1/", host)
    ask(watched, "//192.0.2.1/", host)
    assert notes.read_text() == ""
