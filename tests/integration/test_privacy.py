"""Nothing leaves the computer, and nothing committed tells a machine where to call."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import no_internet
from tests.support.paths import ROOT
from tests.support.samples import SAMPLES

LAUNCHER = Path(no_internet.__file__)
needs_filter = pytest.mark.skipif(
    not no_internet.is_available(), reason="the system-call filter is for Linux on x86-64 or ARM"
)


def run_without_internet(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, LAUNCHER, sys.executable, *map(str, command)],
        capture_output=True,
        text=True,
        check=False,
    )


@needs_filter
@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6"])
def test_the_filter_catches_an_attempt(family: str) -> None:
    code = f"import socket; socket.socket(socket.{family}, socket.SOCK_DGRAM)"
    assert run_without_internet("-c", code).returncode == -signal.SIGSYS


@needs_filter
def test_the_filter_catches_a_name_look_up_by_native_code() -> None:
    code = "import ctypes; ctypes.CDLL(None).gethostbyname(b'example.org')"
    assert run_without_internet("-c", code).returncode == -signal.SIGSYS


@needs_filter
@pytest.mark.parametrize("options", [[], ["--fast", "--model", "lite"]])
@pytest.mark.model
def test_a_run_never_asks_for_an_internet_socket(tmp_path: Path, options: list[str]) -> None:
    photos = [sample.path for sample in SAMPLES]
    run = run_without_internet(
        "-m", "posture", "analyze", *photos, "--out", tmp_path, "--json", *options
    )
    assert run.returncode in (0, 2), run.stderr
    assert len(run.stdout.splitlines()) == len(photos)
    assert any(json.loads(line)["status"] == "measured" for line in run.stdout.splitlines())


@needs_filter
@pytest.mark.model
def test_a_batch_and_the_history_never_ask_for_an_internet_socket(tmp_path: Path) -> None:
    quick, photo = ["--fast", "--model", "lite"], SAMPLES[0].path
    run = run_without_internet("-m", "posture", "batch", photo, "--out", tmp_path, *quick)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "summary.html").is_file()
    run = run_without_internet("-m", "posture", "history")
    assert run.returncode == 0, run.stderr


@needs_filter
@pytest.mark.model
def test_the_doctor_never_asks_for_an_internet_socket() -> None:
    run = run_without_internet("-m", "posture", "doctor")
    assert run.returncode == 0, run.stdout + run.stderr


def test_one_module_alone_lets_others_connect() -> None:
    """The server of the phone's photos; the page's own is Streamlit's, at this computer."""
    listening = re.compile(r"\.(bind|listen|create_server|start_server)\(")
    package = ROOT / "posture"
    found = {path for path in package.rglob("*.py") if listening.search(path.read_text("utf-8"))}
    assert found == {package / "app" / "phone" / "server.py"}


def test_no_committed_file_names_a_registry() -> None:
    """Where packages come from is the choice of whoever installs, not of this repository."""
    registries = [
        ".".join(parts).encode()
        for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))
    ]
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, listing.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            content = (ROOT / name).read_bytes()
            assert not [host for host in registries if host in content], name


def test_pins_carry_names_and_versions_only() -> None:
    lines = (ROOT / "requirements.lock.txt").read_text().splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert pins
    for pin in pins:
        name, separator, version = pin.partition("==")
        assert name and separator and version, pin
        assert not {"/", ":", "@", " "} & set(pin), pin
