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
from posture._support.files import make_folder, require_free, write_atomically
from posture.errors import InvalidInput, OutputFailed

OLD, NEW = b"old content", b"new content" * 1000


def folder_content(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_writes_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "née.jpg"
    write_atomically(path, OLD)
    write_atomically(str(path), NEW, replace=True)
    assert path.read_bytes() == NEW
    assert folder_content(tmp_path) == ["née.jpg"]


def test_files_and_new_folders_are_for_their_owner_only(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    old.chmod(0o755)
    before = os.umask(0)
    try:
        new = make_folder(old / "new" / "newer")
        make_folder(old)
        write_atomically(new / "a", NEW)
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (old, old / "new", new, new / "a")]
    assert modes == [0o755, 0o700, 0o700, 0o600]


def test_what_is_there_stays_unless_it_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(OLD)
    link, broken = tmp_path / "link", tmp_path / "broken"
    link.symlink_to(path)
    broken.symlink_to(tmp_path / "nowhere")
    for name in (path, link, broken):
        with pytest.raises(OutputFailed, match="--overwrite"):
            write_atomically(name, NEW)
    assert path.read_bytes() == OLD
    assert folder_content(tmp_path) == ["a", "broken", "link"]


def test_what_comes_there_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with pytest.raises(OutputFailed), files.atomic_file(path) as file:
        file.write(NEW)
        path.write_bytes(OLD)
    assert path.read_bytes() == OLD
    assert folder_content(tmp_path) == ["a"]


def test_without_hard_links_it_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: Any) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    write_atomically(tmp_path / "a", OLD)
    with pytest.raises(OutputFailed):
        write_atomically(tmp_path / "a", NEW)
    with pytest.raises(OutputFailed), files.atomic_file(tmp_path / "b") as file:
        file.write(NEW)
        (tmp_path / "b").write_bytes(OLD)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() == OLD


def test_an_input_is_never_written_over_by_whatever_name(tmp_path: Path) -> None:
    source = tmp_path / "clip.mp4"
    source.write_bytes(OLD)
    (tmp_path / "deep").mkdir()
    soft, hard = tmp_path / "soft.mp4", tmp_path / "hard.mp4"
    soft.symlink_to(source)
    hard.hardlink_to(source)
    spelled = tmp_path / "deep" / ".." / "clip.mp4"
    for name in (source, soft, hard, spelled, tmp_path / "CLIP.MP4"):
        with pytest.raises(InvalidInput, match="being read"):
            require_free([tmp_path / "new", name], replace=True, inputs=[source])
    require_free([tmp_path / "new"], replace=False, inputs=[source])


def test_all_that_are_there_are_told_at_once(tmp_path: Path) -> None:
    targets = [tmp_path / f"{k}.jpg" for k in range(5)]
    for path in targets:
        path.touch()
    with pytest.raises(OutputFailed, match=r"0\.jpg, .*2\.jpg and 2 more are there already"):
        require_free(targets, replace=False, inputs=[])
    require_free(targets, replace=True, inputs=[])


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no device without an end")
def test_a_document_is_a_file_with_an_end(tmp_path: Path) -> None:
    path, pipe = tmp_path / "a", tmp_path / "pipe"
    path.write_bytes(OLD)
    os.mkfifo(pipe)
    assert files.read_document(path, 100) == OLD
    with pytest.raises(OSError, match="more than"):
        files.read_document(path, len(OLD) - 1)
    for other in ("/dev/zero", pipe, tmp_path):
        with pytest.raises(OSError):
            files.read_document(other, 100)


@pytest.mark.parametrize("failing", ["os.fsync", "os.replace"])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt()])
def test_failure_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str, error: BaseException
) -> None:
    path = tmp_path / "result.jpg"
    path.write_bytes(OLD)

    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(os, failing.removeprefix("os."), fail)
    expected = OutputFailed if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        write_atomically(path, NEW, replace=True)
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
