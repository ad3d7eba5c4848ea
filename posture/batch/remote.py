"""Photos on other storage, by address (``s3://…``, ``sftp://…``), through fsspec."""

from __future__ import annotations

import os
from typing import Any

from posture._support.distribution import require_extra
from posture.errors import InvalidInput
from posture.findings import Finding, finding


def address_label(address: str) -> str:
    """What a photo at an address is called: the way to it without its ending."""
    return os.path.splitext(address.rpartition("://")[2])[0]


def expand_url(pattern: str) -> list[str]:
    """The addresses that match, sorted; an address without a wildcard stands for itself.

    Raises:
        InvalidInput: when the storage cannot be listed.
    """
    if not any(letter in pattern for letter in "*?["):
        return [pattern]
    fsspec = _fsspec()
    try:
        storage, inside = fsspec.url_to_fs(pattern)
        return sorted(storage.unstrip_protocol(path) for path in storage.glob(inside))
    except (OSError, ValueError, ImportError) as error:
        raise InvalidInput(
            f"{pattern} cannot be listed: {error}.", "Check the address and your access to it."
        ) from error


def read_url(url: str) -> bytes | Finding:
    """The bytes at an address, or the finding that says why there are none."""
    from posture.photo.decode import MAX_FILE_BYTES

    try:
        with _fsspec().open(url, "rb") as file:
            data = bytes(file.read(MAX_FILE_BYTES + 1))
    except (OSError, ValueError, ImportError):
        return finding("file-missing")
    return data


def _fsspec() -> Any:
    require_extra("cluster")
    import fsspec

    return fsspec
