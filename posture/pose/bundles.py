"""The pose model bundles: where they lie and whether they are what was built.

A checkout keeps them in ``models/``, an installed wheel in ``posture/models/``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal, get_args

from posture._support.distribution import REINSTALL, shipped
from posture.errors import InvalidInput, ModelUnavailable

ModelName = Literal["lite", "full", "heavy"]
MODEL_NAMES: tuple[ModelName, ...] = get_args(ModelName)

_FIX = f"{REINSTALL} (make models builds the models anew)."


def bundle_path(name: ModelName) -> Path:
    """Path of the bundle `name`, whose checksum was verified once in this process.

    Raises:
        InvalidInput: when there is no model of that name.
        ModelUnavailable: when the file is missing or damaged; tells how to rebuild it.
    """
    return _verified(name)[0]


def bundle_sha256(name: ModelName) -> str:
    """Hex SHA-256 of the verified bundle `name`; raises like :func:`bundle_path`."""
    return _verified(name)[1]


@cache
def _verified(name: ModelName) -> tuple[Path, str]:
    path = _bundle_file(name)
    return path, _checked_sha256(path)


def _bundle_file(name: str) -> Path:
    if name not in MODEL_NAMES:
        raise InvalidInput(f"There is no model {name!r}.", f"Use {', '.join(MODEL_NAMES)}.")
    return _folder() / f"pose_landmarker_{name}.task"


def _folder() -> Path:
    found = shipped("models", "checksums.json")
    if found is None:
        raise ModelUnavailable("The folder of the pose models is missing.", _FIX)
    return found.parent


def _checked_sha256(path: Path) -> str:
    """Hex SHA-256 of the bundle at `path`, which is the one that was built."""
    import hashlib
    import json

    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        expected = json.loads((path.parent / "checksums.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelUnavailable(f"The pose model {path} cannot be read: {error}.", _FIX) from error
    if sha256 != expected.get(path.name):
        raise ModelUnavailable(f"The pose model {path} is damaged.", _FIX)
    return sha256
