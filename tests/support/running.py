"""Starts the page for tests that need it running."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.paths import ROOT
from tests.support.waiting import PATIENCE_S, wait_until


@dataclass(frozen=True)
class Server:
    """A running page; `stop` ends it before its time."""

    url: str
    port: int
    log: Path
    pid: int
    stop: Callable[[], None]


def browser_programs() -> tuple[str, str] | None:
    """Paths of chromium and chromedriver."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    return (chromium, driver) if chromium and driver else None


@contextmanager
def running_page(home: Path, port: int = 0, start: Path = ROOT / "app.py") -> Iterator[Server]:
    """The page as ``posture app`` starts it, with `home` as the person's home folder.

    Its port is a free one when `port` is 0; `start` is the file that Streamlit runs.
    """
    log = home / "server.log"
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", port))
        port = free.getsockname()[1]
    environment = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    command = [sys.executable, "-m", "streamlit", "run", str(start)]
    command += ["--server.port", str(port), "--server.headless", "true"]
    with (
        log.open("wb") as stream,
        subprocess.Popen(
            command, cwd=home, env=environment, stdout=stream, stderr=stream
        ) as process,
    ):

        def stop() -> None:
            process.terminate()
            process.wait(20)

        server = Server(f"http://localhost:{port}", port, log, process.pid, stop)
        try:
            _wait_until_healthy(server)
            yield server
        finally:
            stop()


def _wait_until_healthy(server: Server) -> None:
    def healthy() -> bool:
        try:
            # Whoever is there answers in the end; an answer given up would leave its socket open.
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=PATIENCE_S):
                return True
        except OSError:
            return False

    wait_until(healthy, lambda: f"the page did not start:\n{server.log.read_text()}", pause_s=0.2)
