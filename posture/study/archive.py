"""A study in one file: data, report, and what they were made with, each told by its SHA-256.

The same study gives the same bytes: files stand in order of their names, without dates.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import posture
from posture._support.files import atomic_file
from posture._support.outside import json_text
from posture.errors import InvalidInput
from posture.pose.bundles import MODEL_NAMES, bundle_sha256
from posture.settings import METHOD_VERSION
from posture.study.design import FILE
from posture.study.folder import (
    CAPTURES,
    CONSENT,
    DATA_SHEET,
    INSTRUMENTS,
    ORDER,
    PARTICIPANTS,
    PHOTOS,
    PROTOCOL,
    RESULTS,
    VOIDS,
    WITHDRAWN,
    Study,
)
from posture.study.report import FOLDER
from posture.verdict.norms import load_norms, norms_text

MANIFEST, NORMS = "MANIFEST.json", "norms.toml"
_FILES = (
    FILE, PROTOCOL, CONSENT, DATA_SHEET, PARTICIPANTS, ORDER, CAPTURES, VOIDS, WITHDRAWN,
    INSTRUMENTS,
)  # fmt: skip
# The first day that a ZIP file can tell: none.
_NO_DAY = (1980, 1, 1, 0, 0, 0)
_PRIVATE = 0o600 << 16
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Contents:
    """What an archive is made of.

    Attributes:
        paths: files of the study's folder, by their names in the archive.
        made: files that are made for it, by name.
    """

    paths: Mapping[str, Path]
    made: Mapping[str, bytes]

    @property
    def names(self) -> tuple[str, ...]:
        """All names but the manifest's, in order."""
        return tuple(sorted((*self.paths, *self.made)))


def data_files(study: Study, *, photos: bool) -> Mapping[str, Path]:
    """The files of a study's folder that go into its archive, by their names there.

    Args:
        study: whose.
        photos: whether kept photos are among them.

    Raises:
        InvalidInput: when photos are asked for and none were kept.
    """
    folder = study.folder
    paths = {name: folder / name for name in _FILES if (folder / name).is_file()}
    paths |= _named(folder, RESULTS, "*.json")
    if photos:
        kept = _named(folder, PHOTOS, "*.jpg")
        if not kept:
            raise InvalidInput(f"No photos were kept in {folder}.", "Leave out --photos.")
        paths |= kept
    return paths


def contents_of(paths: Mapping[str, Path], report: Mapping[str, bytes]) -> Contents:
    """An archive of these files, with a report and the built-in reference values."""
    made = {f"{FOLDER}/{name}": data for name, data in report.items()}
    return Contents(paths, {**made, NORMS: norms_text().encode()})


def write_archive(
    contents: Contents, path: Path, *, replace: bool, done: Callable[[str], None]
) -> None:
    """Write an archive, with its manifest.

    Args:
        contents: of it.
        path: of the ZIP file.
        replace: whether a file of that name is given up.
        done: called with each name when it is in.

    Raises:
        OutputFailed: when it cannot be written.
        InvalidInput: when a file of the study cannot be read any more.
        ModelUnavailable: when a pose model is missing or damaged.
    """
    with atomic_file(path, replace=replace) as file, zipfile.ZipFile(file, "w") as archive:
        told = {}
        for name in contents.names:
            with _opened(archive, name) as target:
                told[name] = _copied(_chunks(contents, name), target)
            done(name)
        with _opened(archive, MANIFEST) as target:
            target.write(json_text(_manifest(told), indent=1).encode() + b"\n")


def _manifest(files: Mapping[str, object]) -> Mapping[str, object]:
    return {
        "program_version": posture.__version__,
        "method_version": METHOD_VERSION,
        "norms_version": load_norms().version,
        "models": {name: bundle_sha256(name) for name in MODEL_NAMES},
        "files": files,
        "program_files": _program_files(),
    }


def _program_files() -> Mapping[str, str]:
    """SHA-256 of each file of this package, by its path in it."""
    root = Path(posture.__file__).parent
    paths = sorted(
        path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
    return {path.relative_to(root).as_posix(): _sha256(path) for path in paths}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _named(folder: Path, part: str, pattern: str) -> dict[str, Path]:
    return {f"{part}/{path.name}": path for path in (folder / part).glob(pattern) if path.is_file()}


def _opened(archive: zipfile.ZipFile, name: str) -> BinaryIO:
    entry = zipfile.ZipInfo(name, _NO_DAY)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _PRIVATE
    # On every system the same, whatever it was written on.
    entry.create_system = 3
    return archive.open(entry, "w")  # type: ignore[return-value]


def _chunks(contents: Contents, name: str) -> Iterator[bytes]:
    if name in contents.made:
        yield contents.made[name]
        return
    path = contents.paths[name]
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except OSError as error:
        reason = error.strerror or error
        raise InvalidInput(f"{path} cannot be read: {reason}.", "Bring the file back.") from error


def _copied(chunks: Iterator[bytes], target: BinaryIO) -> Mapping[str, object]:
    """Write all of it, and tell its SHA-256 and how many bytes it has."""
    sha256, size = hashlib.sha256(), 0
    for chunk in chunks:
        sha256.update(chunk)
        size += len(chunk)
        target.write(chunk)
    return {"sha256": sha256.hexdigest(), "bytes": size}
