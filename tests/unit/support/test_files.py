"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
import resource
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from posture._support import files
from posture._support.files import make_folder, write_atomically
from posture.errors import OutputFailed

OLD, NEW = b"old content", b"new content" * 1000


def folder_content(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_writes_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "née.jpg"
    write_atomically(path, OLD)
    write_atomically(str(path), NEW)
    assert path.read_bytes() == NEW
    assert folder_content(tmp_path) == ["née.jpg"]


def test_permissions_follow_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "a", NEW)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


@pytest.mark.parametrize("failing", ["os.fsync", "os.replace"])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt()])
def test_failure_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str, error: BaseException
) -> None:
    path = tmp_path / "result.jpg"
    path.write_bytes(OLD)

    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(files.os, failing.removeprefix("os."), fail)
    expected = OutputFailed if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        write_atomically(path, NEW)
    assert path.read_bytes() == OLD
    assert folder_content(tmp_path) == ["result.jpg"]


def test_really_full_disk(tmp_path: Path) -> None:
    """The system refuses to let any file grow beyond 1,000 bytes, as a full disk would."""
    code = (
        "import sys, resource, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from posture._support.files import write_atomically\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "write_atomically(sys.argv[1], bytes(5000))\n"
    )
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    run = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "a.jpg"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "OutputFailed" in run.stderr
    assert folder_content(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device to refuse writing to")
def test_devices_are_not_replaced() -> None:
    with pytest.raises(OutputFailed):
        write_atomically("/dev/full", NEW)
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)


def test_impossible_places_are_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(OLD)
    for path, remedy in (
        (tmp_path, "another name"),
        (tmp_path / "missing" / "a.jpg", "Create the folder"),
        (tmp_path / "file" / "a.jpg", "another folder"),
        (tmp_path / ("x" * 300), "shorter name"),
    ):
        with pytest.raises(OutputFailed, match=remedy):
            write_atomically(path, NEW)
    assert folder_content(tmp_path) == ["file"]


def test_folders(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "a" / "b")
    assert make_folder(folder) == folder
    assert folder.is_dir()
    (tmp_path / "file").touch()
    for impossible in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(OutputFailed):
            make_folder(impossible)
