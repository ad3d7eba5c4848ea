"""Writing files so that no reader ever sees half of one, and nobody loses one.

Everything this program writes is about a person.  Its files are therefore for their owner only,
and so are folders that it makes; the rights of folders that were there before stay as they are.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from posture.errors import InvalidInput, OutputFailed

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
# This many names are given where several files are concerned.
_NAMED = 3

_FIX_OF_ERRNO = {
    errno.ENOSPC: "Free some space on the disk, or choose another folder.",
    errno.EDQUOT: "Your disk quota is used up; choose another folder.",
    errno.EROFS: "That disk is read-only; choose another folder.",
    errno.EACCES: "You may not write there; choose another folder.",
    errno.EPERM: "You may not write there; choose another folder.",
    errno.ENOENT: "Create the folder first.",
    errno.ENOTDIR: "Part of that path is a file; choose another folder.",
    errno.EISDIR: "Choose another name.",
    errno.EEXIST: "Choose another name, or add --overwrite.",
    errno.ENAMETOOLONG: "Choose a shorter name.",
}

AnyPath = str | os.PathLike[str]


def write_atomically(path: AnyPath, data: bytes, *, replace: bool = False) -> None:
    """Write `data` to `path`: afterwards the file holds all of it, or is what it was before.

    Raises:
        OutputFailed: with the reason and a remedy; nothing partial is left behind.
    """
    with atomic_file(path, replace=replace) as file:
        file.write(data)


@contextmanager
def atomic_file(path: AnyPath, *, replace: bool = False) -> Iterator[BinaryIO]:
    """A file to write in; it becomes `path` when the block ends well, and vanishes otherwise.

    Args:
        path: where it is to be.
        replace: whether a file that has this name already is given up.

    Raises:
        OutputFailed: as :func:`write_atomically`.
    """
    import secrets

    target = Path(path)
    partial = target.with_name(f".{target.name[:40]}.{secrets.token_hex(4)}.partial")
    try:
        _require_possible(target, replace=replace)
        try:
            make_private_file(partial)
            with open(partial, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            put_in_place(partial, target, replace=replace)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise output_failed(target, error) from error


def make_private_file(path: AnyPath) -> None:
    """An empty file that only its owner may read and write; raises OSError where one is."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE_FILE))


def put_in_place(partial: AnyPath, target: AnyPath, *, replace: bool) -> None:
    """Give a finished file its name, in one step; raises OSError when another has it."""
    if replace:
        os.replace(partial, target)
        return
    try:
        # Unlike a check beforehand, this also refuses what came there in the meantime.
        os.link(partial, target)
    except FileExistsError:
        raise
    except OSError:
        # The disk knows no second names for a file.
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, "it is there already") from None
        os.replace(partial, target)
    else:
        os.unlink(partial)


def require_free(targets: Iterable[AnyPath], *, replace: bool, inputs: Iterable[AnyPath]) -> None:
    """Do nothing when all of `targets` may be written.

    Args:
        targets: what is going to be written.
        replace: whether files that are there already are given up.
        inputs: what is being read, which is never given up, by whatever name.

    Raises:
        OutputFailed: names those that are there already, before any work is done.
        InvalidInput: when one of them is an input.
    """
    targets = [Path(target) for target in targets]
    read = {key for source in inputs for key in identities(source)}
    for target in targets:
        if read & identities(target):
            raise InvalidInput(
                f"{target} is being read and cannot be written, too.", "Choose another name."
            )
    there = [] if replace else [target for target in targets if os.path.lexists(target)]
    if there:
        names = ", ".join(str(target) for target in there[:_NAMED])
        more = f" and {len(there) - _NAMED} more" if len(there) > _NAMED else ""
        verb = "is" if len(there) == 1 else "are"
        raise OutputFailed(
            f"{names}{more} {verb} there already.",
            "Choose another name or folder, or add --overwrite.",
        )


def identities(path: AnyPath) -> set[object]:
    """What two names of one file have in common: spelling, capitals, symlinks and hard links."""
    keys: set[object] = {os.path.realpath(path).casefold()}
    with suppress(OSError, ValueError):
        status = os.stat(path)
        if status.st_ino:
            keys.add((status.st_dev, status.st_ino))
    return keys


def make_folder(path: AnyPath) -> Path:
    """The folder `path`, created with its parents, for the owner only, if it is not there yet.

    Raises:
        OutputFailed: with the reason and a remedy.
    """
    folder = Path(path)
    try:
        missing = [place for place in (folder, *folder.parents) if not os.path.lexists(place)]
        for place in reversed(missing):
            place.mkdir(PRIVATE_FOLDER, exist_ok=True)
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    except OSError as error:
        raise output_failed(folder, error) from error
    return folder


def read_document(path: AnyPath, limit_bytes: int) -> bytes:
    """The bytes of a file that somebody named; never of a device or pipe, which may have no end.

    Raises:
        OSError: when it cannot be read, is no file, or has more than `limit_bytes`.
    """
    # Without O_NONBLOCK opening a named pipe would wait for a writer.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("it is a folder or a device, not a file")
        data = file.read(limit_bytes + 1)
    if len(data) > limit_bytes:
        raise OSError(f"it has more than {limit_bytes / 1e6:.0f} MB")
    return data


def output_failed(target: Path, error: OSError) -> OutputFailed:
    """The error of the operating system in words."""
    reason = error.strerror or str(error)
    fix = _FIX_OF_ERRNO.get(error.errno or 0, "Choose another folder.")
    return OutputFailed(f"{target} could not be written: {reason}.", fix)


def _require_possible(target: Path, *, replace: bool) -> None:
    if target.exists() and not target.is_file():
        raise OSError(errno.EISDIR, "a folder or a device has that name")
    if not replace and os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, "it is there already")
