"""Which photos the words on a command line stand for."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# Inside a folder the ending decides; a photo that is named itself may have any.
PHOTO_ENDINGS = {".jpg", ".jpeg", ".jpe", ".mpo", ".png", ".webp", ".heic", ".heif", ".hif"}
ANNOTATED_STEM = re.compile(r".*_posture(_\d+)?", re.DOTALL)


@dataclass(frozen=True)
class Inputs:
    """Photos to measure, each once and in order, and the words that stand for none."""

    photos: tuple[str, ...]
    barren: tuple[str, ...]


def find_photos(words: Sequence[str]) -> Inputs:
    """Expand folders and patterns.

    A folder stands for the photos directly in it, sorted by name, without those that this
    program annotated.  A pattern (``*``, ``?``, ``[...]``, ``**`` for any depth) stands for the
    files that match it.  Any other word is the path of a photo, whether it exists or not.
    """
    photos: dict[str, str] = {}
    barren = []
    for word in words:
        found = _expand(word)
        if not found:
            barren.append(word)
        for path in found:
            photos.setdefault(os.path.abspath(path), path)
    return Inputs(tuple(photos.values()), tuple(barren))


def _expand(word: str) -> list[str]:
    if os.path.isdir(word):
        # glob passes over folders that may not be read; iterdir would raise.
        inside = Path(glob.escape(word)) / "*"
        return [path for path in sorted(glob.glob(str(inside))) if _is_photo(Path(path))]
    if os.path.lexists(word) or not glob.has_magic(word):
        return [word]
    return [path for path in sorted(glob.glob(word, recursive=True)) if not os.path.isdir(path)]


def _is_photo(path: Path) -> bool:
    return (
        path.suffix.lower() in PHOTO_ENDINGS
        and not ANNOTATED_STEM.fullmatch(path.stem)
        and not path.is_dir()
    )
