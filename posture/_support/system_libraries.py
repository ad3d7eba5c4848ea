"""The operating system's libraries that MediaPipe and OpenCV load on Linux.

Their wheels do not bring these, and without them an import ends in a loader error that
names a file but no remedy.  Needs the standard library only: set-up runs it before anything
is installed.
"""

from __future__ import annotations

import ctypes
import sys

from posture.errors import SystemLibraryMissing

# File that the loader looks for, and the Debian package that holds it.
DEBIAN_PACKAGE_OF = {
    "libxcb.so.1": "libxcb1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGLESv2.so.2": "libgles2",
}
# What the loader says of a file that is not there.  One that is there can fail to load, too, for
# instance when memory is short, and installing it again would not help.
_WORDS_OF_ABSENCE = ("No such file", "cannot open shared object file")


def missing_system_libraries() -> list[str]:
    """File names of the needed libraries that are not there; always empty off Linux."""
    if not sys.platform.startswith("linux"):
        return []
    return [name for name in DEBIAN_PACKAGE_OF if not _loads(name)]


def debian_packages(libraries: list[str]) -> list[str]:
    """The Debian packages that hold `libraries`, each once."""
    return sorted({DEBIAN_PACKAGE_OF[name] for name in libraries})


def require_system_libraries() -> None:
    """Do nothing when all of them load.

    Raises:
        SystemLibraryMissing: names what is missing and the command that installs it.
    """
    missing = missing_system_libraries()
    if missing:
        raise SystemLibraryMissing(
            f"The system lacks {', '.join(missing)}.",
            f"On Debian or Ubuntu run: sudo apt-get install {' '.join(debian_packages(missing))}",
        )


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError as error:
        return not any(words in str(error) for words in _WORDS_OF_ABSENCE)
    return True
