"""What the package raises.  Expected failures are not here: they are findings of a result.

PostureError
├── InvalidInput       misuse: an argument of the wrong type, shape or range
├── ModelUnavailable   a pose model bundle is missing or damaged
├── PackageMissing     an optional package is not installed
├── SystemLibraryMissing  a library that MediaPipe or OpenCV needs is not installed
├── ClusterUnavailable nobody answers at the address of a cluster, or not any more
├── HistoryUnavailable the kept history cannot be read or written
├── SourceUnavailable  a camera, clip or stream cannot be opened, or has stopped
├── OutputFailed       an output could not be written (nothing partial is left behind)
└── WorkerDied         the process that measures photos has ended
    └── WorkerHung     it was ended because it took too long
"""

from __future__ import annotations

from typing import Self


class PostureError(Exception):
    """Base of all errors this package raises; `fix` says what the caller can do about it."""

    def __init__(self, reason: str, fix: str) -> None:
        super().__init__(f"{reason} {fix}")
        self.reason = reason
        self.fix = fix

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        """Errors travel from process to process."""
        return type(self), (self.reason, self.fix)


class InvalidInput(PostureError, ValueError):
    """An argument of the wrong type, shape or range."""


class ModelUnavailable(PostureError):
    """A pose model bundle is missing or its checksum is wrong."""


class PackageMissing(PostureError):
    """What was asked for needs a package that not everybody installs."""


class SystemLibraryMissing(PostureError):
    """A shared library of the operating system is not installed."""


class ClusterUnavailable(PostureError):
    """The scheduler of a cluster does not answer, or not any more."""


class HistoryUnavailable(PostureError):
    """The file that keeps a person's history cannot be used."""


class SourceUnavailable(PostureError):
    """A camera, clip or stream cannot be opened, or sends no more pictures."""


class OutputFailed(PostureError):
    """An output could not be written; whatever stood there before is untouched."""


class WorkerDied(PostureError):
    """The process that measures photos has ended in the middle of one."""


class WorkerHung(WorkerDied):
    """The process that measures photos took too long over one and was ended."""
