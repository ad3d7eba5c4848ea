"""Checks that everything the program needs is there, and says what to do where it is not.

What is imported in a function here is imported while the trial runs.
"""

from __future__ import annotations

import struct
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from posture._support.distribution import (
    DISTRIBUTION,
    EXTRAS,
    REINSTALL,
    Extra,
    require_extra,
    requirements,
)
from posture._support.outside import in_one_line
from posture._support.system_libraries import require_system_libraries
from posture.errors import ModelUnavailable, PackageMissing, SystemLibraryMissing
from posture.pose.bundles import MODEL_NAMES, ModelName, bundle_path
from posture.settings import Settings
from posture.worker import IsolatedAnalyzer

if TYPE_CHECKING:
    from packaging.requirements import Requirement

OPENCV_DISTRIBUTIONS = (
    "opencv-python",
    "opencv-python-headless",
    "opencv-contrib-python",
    "opencv-contrib-python-headless",
)
TRIAL_SECONDS = 120.0
TRIAL_SIDE_PX = 64

CheckState = Literal["ok", "note", "wrong"]


@dataclass(frozen=True)
class Check:
    """One thing that was looked at.

    Attributes:
        subject: what it is.
        state: "wrong" means that measuring will fail; a "note" may be lived with.
        words: what was found and, unless it is fine, what to do.
    """

    subject: str
    state: CheckState
    words: str


def examine() -> Iterator[Check]:
    """All checks, each as soon as it is done."""
    with IsolatedAnalyzer(Settings("lite", fast=True), patience_s=TRIAL_SECONDS) as trial:
        with suppress(OSError):  # told by the trial itself
            # First: it takes as long as all the others together.
            trial.launch()
        yield from _python_and_libraries()
        yield _one_opencv()
        yield _system_libraries()
        for name in MODEL_NAMES:
            yield _model(name)
        yield _trial_run(trial)
    yield _camera()
    yield _data_folder()


def print_checks(checks: Iterator[Check]) -> int:
    """Print a line for each check; the exit code is 1 when one of them is wrong."""
    labels = {"ok": "OK", "note": "NOTE", "wrong": "TO DO"}
    wrong = 0
    for check in checks:
        print(f"{labels[check.state]:<6} {check.subject}: {in_one_line(check.words)}", flush=True)
        wrong += check.state == "wrong"
    print("Everything is in place." if not wrong else f"{wrong} thing(s) to do.")
    return 1 if wrong else 0


def _python_and_libraries() -> Iterator[Check]:
    from importlib import metadata

    try:
        required = metadata.metadata(DISTRIBUTION)["Requires-Python"] or ""
    except metadata.PackageNotFoundError:
        yield Check(
            DISTRIBUTION, "note", "runs from its files; which libraries it needs is not looked at."
        )
    else:
        yield _python(required)
        yield from map(_library, requirements())
        for extra in EXTRAS:
            yield from _extra(extra)


def _python(required: str) -> Check:
    from packaging.requirements import Requirement

    version = "{}.{}.{}".format(*sys.version_info[:3])
    if Requirement(f"python{required}").specifier.contains(version):
        return Check("Python", "ok", version)
    return Check("Python", "wrong", f"{version} is not {required}. Install a newer Python.")


def _library(requirement: Requirement) -> Check:
    from importlib import metadata

    try:
        version = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        return Check(requirement.name, "wrong", f"not installed. {REINSTALL}")
    if requirement.specifier.contains(version, prereleases=True):
        return Check(requirement.name, "ok", version)
    return Check(
        requirement.name,
        "wrong",
        f"{version} is installed, {requirement.specifier} is needed. {REINSTALL}",
    )


def _extra(extra: Extra) -> Iterator[Check]:
    """Its libraries where they are there; else one note, for nobody needs every extra."""
    try:
        require_extra(extra)
    except PackageMissing as missing:
        yield Check(f"Extra {extra}", "note", str(missing))
    else:
        yield from map(_library, requirements(extra))


def _one_opencv() -> Check:
    installed = [name for name in OPENCV_DISTRIBUTIONS if _is_installed(name)]
    if len(installed) == 1:
        return Check("OpenCV", "ok", f"just one distribution, {installed[0]}")
    if not installed:
        return Check("OpenCV", "wrong", f"not installed. {REINSTALL}")
    return Check(
        "OpenCV",
        "wrong",
        f"{len(installed)} distributions ({', '.join(installed)}) overwrite each other's files. "
        f"Uninstall all of them. {REINSTALL}",
    )


def _is_installed(distribution: str) -> bool:
    from importlib import metadata

    return any(metadata.distributions(name=distribution))


def _system_libraries() -> Check:
    try:
        require_system_libraries()
    except SystemLibraryMissing as error:
        return Check("System libraries", "wrong", str(error))
    return Check("System libraries", "ok", "all load")


def _model(name: ModelName) -> Check:
    try:
        path = bundle_path(name)
    except ModelUnavailable as error:
        return Check(f"Pose model {name}", "wrong", str(error))
    return Check(f"Pose model {name}", "ok", f"checksum right, {path}")


def _trial_run(trial: IsolatedAnalyzer) -> Check:
    """Let the program look at a grey picture: in a process of its own, for it may abort."""
    try:
        refusal = trial.analyze(_grey_png(TRIAL_SIDE_PX)).refusal
    except Exception as error:  # whatever it is: it would stop every photo
        return Check("Trial run", "wrong", f"{in_one_line(str(error))} {REINSTALL}")
    if refusal is not None and refusal.code != "no-person":
        return Check("Trial run", "wrong", f"{refusal.message} {REINSTALL}")
    return Check("Trial run", "ok", "a grey picture was looked at, and nobody found in it")


def _grey_png(side_px: int) -> bytes:
    """A grey picture, made without the libraries that are under examination."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", side_px, side_px, 8, 0, 0, 0, 0)
    rows = (b"\0" + b"\x80" * side_px) * side_px
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _camera() -> Check:
    find: Callable[[], Sequence[str]] = (
        _linux_cameras if sys.platform.startswith("linux") else _first_camera
    )
    cameras = find()
    if cameras:
        return Check("Camera", "ok", ", ".join(cameras))
    return Check(
        "Camera", "note", "none found; photos can still be measured. For live use connect a camera."
    )


def _linux_cameras() -> list[str]:
    return sorted(str(path) for path in Path("/dev").glob("video*"))


def _first_camera() -> list[str]:
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    camera = cv2.VideoCapture(0)
    try:
        return ["the first camera opens"] if camera.isOpened() else []
    finally:
        camera.release()


def _data_folder() -> Check:
    import platformdirs

    folder = platformdirs.user_data_path("posture", appauthor=False)
    existing = next(path for path in (folder, *folder.parents) if path.is_dir())
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        reason = error.strerror or str(error)
        return Check(
            "Data folder", "wrong", f"{folder}: {reason}. Make {existing} writable for yourself."
        )
    return Check("Data folder", "ok", f"{folder} can be written")
