"""Writing files so that no reader ever sees half of one."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from posture.errors import OutputFailed

_FIX_OF_ERRNO = {
    errno.ENOSPC: "Free some space on the disk, or choose another folder.",
    errno.EDQUOT: "Your disk quota is used up; choose another folder.",
    errno.EROFS: "That disk is read-only; choose another folder.",
    errno.EACCES: "You may not write there; choose another folder.",
    errno.EPERM: "You may not write there; choose another folder.",
    errno.ENOENT: "Create the folder first.",
    errno.ENOTDIR: "Part of that path is a file; choose another folder.",
    errno.EEXIST: "Choose another name.",
    errno.ENAMETOOLONG: "Choose a shorter name.",
}


def write_atomically(path: str | os.PathLike[str], data: bytes) -> None:
    """Write `data` to `path`: afterwards the file holds all of it, or is what it was before.

    Raises:
        OutputFailed: with the reason and a remedy; nothing partial is left behind.
    """
    with atomic_file(path) as file:
        file.write(data)


@contextmanager
def atomic_file(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """A file to write in; it becomes `path` when the block ends well, and vanishes otherwise.

    Raises:
        OutputFailed: as :func:`write_atomically`.
    """
    target = Path(path)
    partial = target.with_name(f".{target.name[:40]}.{secrets.token_hex(4)}.partial")
    try:
        if target.exists() and not target.is_file():
            raise OSError(errno.EEXIST, "a folder or a device has that name")
        try:
            with open(partial, "xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, target)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise output_failed(target, error) from error


def make_folder(path: str | os.PathLike[str]) -> Path:
    """The folder `path`, created with its parents if it is not there yet.

    Raises:
        OutputFailed: with the reason and a remedy.
    """
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise output_failed(folder, error) from error
    return folder


def output_failed(target: Path, error: OSError) -> OutputFailed:
    """The error of the operating system in words."""
    reason = error.strerror or str(error)
    fix = _FIX_OF_ERRNO.get(error.errno or 0, "Choose another folder.")
    return OutputFailed(f"{target} could not be written: {reason}.", fix)
