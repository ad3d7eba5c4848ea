"""A running page and a real browser for the tests that need them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from browser import Tab

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(Path(__file__).parent))


@dataclass(frozen=True)
class Server:
    """A running page."""

    url: str
    port: int
    log: Path


def browser_programs() -> tuple[str, str] | None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    return (chromium, driver) if chromium and driver else None


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The page as ``posture app`` starts it, with a home of its own."""
    home = tmp_path_factory.mktemp("home")
    log = home / "server.log"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")]
    options = ["--server.port", str(port), "--server.headless", "true"]
    with (
        log.open("wb") as stream,
        subprocess.Popen(
            [*command, *options], cwd=home, env=environment, stdout=stream, stderr=stream
        ) as process,
    ):
        found = Server(f"http://localhost:{port}", port, log)
        try:
            wait_until_healthy(found)
            yield found
        finally:
            process.terminate()
            process.wait(20)


def wait_until_healthy(server: Server) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the page did not start:\n{server.log.read_text()}")


@pytest.fixture(scope="session")
def open_tab(
    server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Tab]]:
    """Opens a fresh browser on the page; each call one of its own."""
    programs = browser_programs()
    if programs is None:
        message = "needs chromium and chromedriver (Debian: scripts/test-browser installs them)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    from browser import Tab

    tabs: list[Tab] = []

    def open_one(path: str = "", **options: object) -> Tab:
        folder = tmp_path_factory.mktemp("tab")
        tabs.append(Tab(programs, server.url, folder, **options))
        tabs[-1].go(path)
        return tabs[-1]

    yield open_one
    for tab in tabs:
        tab.close()


@pytest.fixture(scope="session")
def _one_browser(open_tab: Callable[..., Tab]) -> Tab:
    return open_tab()


@pytest.fixture
def tab(_one_browser: Tab) -> Tab:
    """One browser for many tests; loading the page anew starts a new session."""
    _one_browser.go()
    _one_browser.foreign_requests()
    _one_browser.complaints()
    return _one_browser
