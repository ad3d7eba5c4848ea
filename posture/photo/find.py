"""Which photos the words on a command line stand for, what each is called, what is left out."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from posture._support.outside import printable

# Inside a folder the ending decides; a photo that is named itself may have any.
PHOTO_ENDINGS = {
    ".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".webp", ".heic", ".heif", ".hif", ".avif",
    ".tif", ".tiff", ".bmp", ".dib",
}  # fmt: skip
CLIP_ENDINGS = {
    ".mp4", ".m4v", ".mov", ".qt", ".3gp", ".3g2", ".f4v", ".avi", ".divx", ".mkv", ".webm",
    ".wmv", ".asf", ".mts", ".m2ts", ".ts", ".m2t", ".mpg", ".mpeg", ".mpe", ".m2v", ".vob",
    ".flv", ".ogv", ".dv",
}  # fmt: skip
# Pictures of other kinds, which people take for photos.
_OTHER_PICTURE_ENDINGS = {
    ".gif", ".jxl", ".jp2", ".psd", ".svg", ".pdf", ".dcm", ".dng", ".cr2", ".cr3", ".nef", ".arw",
    ".raf", ".orf", ".rw2",
}  # fmt: skip
ANNOTATED_STEM = re.compile(r".*_posture(_\d+)?", re.DOTALL)

Kind = Literal["clip", "annotated", "picture", "file", "folder"]

_WORDS_OF_KIND: dict[Kind, tuple[str, str]] = {
    "clip": ("clip", "clips"),
    "annotated": (
        "picture named like those that posture draws",
        "pictures named like those that posture draws",
    ),
    "picture": ("picture of a kind that is not read", "pictures of a kind that is not read"),
    "file": ("other file", "other files"),
    "folder": ("folder that may not be looked into", "folders that may not be looked into"),
}
# This many names are given of each kind.
_NAMED = 3


@dataclass(frozen=True)
class PassedOver:
    """What lies in a folder that was given, and is not measured.

    Attributes:
        path: of it.
        kind: a clip; a picture that this program annotated; a picture of a kind that is not read;
            any other file; a folder that may not be looked into.
    """

    path: str
    kind: Kind


@dataclass(frozen=True)
class Inputs:
    """What the words of a command line stand for.

    Attributes:
        photos: to measure, each once and in order.
        labels: what each of them is called: its name without ending, after the folders that tell
            it from its likes, joined by "/".
        barren: the words that stand for none.
        passed_over: what else was found in folders.
    """

    photos: tuple[str, ...]
    labels: tuple[str, ...]
    barren: tuple[str, ...]
    passed_over: tuple[PassedOver, ...]


def find_photos(words: Sequence[str], besides: Path | None = None) -> Inputs:
    """Expand folders and patterns.

    A folder stands for the photos in it and in the folders below it, sorted by name, without those
    that this program annotated.  A pattern (``*``, ``?``, ``[...]``, ``**`` for any depth) stands
    for the files that match it, and for what is in the folders that do.  Any other word is the
    path of a photo, whether it exists or not.  Names that begin with a dot are hidden.

    Args:
        words: as they were typed.
        besides: a folder that counts as empty.
    """
    own = None if besides is None else os.path.abspath(besides)
    photos: dict[str, tuple[str, str]] = {}
    passed_over: dict[str, PassedOver] = {}
    barren = []
    for word in words:
        found = False
        for item in _expand(word, own):
            if isinstance(item, PassedOver):
                passed_over.setdefault(os.path.abspath(item.path), item)
                continue
            found = True
            photos.setdefault(os.path.abspath(item), (item, label_of(item, word)))
        if not found:
            barren.append(word)
    return Inputs(
        photos=tuple(path for path, _ in photos.values()),
        labels=tuple(label for _, label in photos.values()),
        barren=tuple(barren),
        passed_over=tuple(item for key, item in passed_over.items() if key not in photos),
    )


def passed_over_words(items: Sequence[PassedOver]) -> str:
    """How many files of the folders are not measured, and which: one sentence."""
    parts = []
    for kind, (one, many) in _WORDS_OF_KIND.items():
        names = [printable(Path(item.path).name) for item in items if item.kind == kind]
        if names:
            shown = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
            parts.append(f"{len(names)} {one if len(names) == 1 else many} ({shown})")
    return f"Passed over: {'; '.join(parts)}."


def label_of(path: str, word: str) -> str:
    """What the photo at `path` is called, which `word` stands for.

    Below a folder: the folder's own name, and the way from there.  Of a photo that was named
    itself: the way as it was typed, or the last folder where that is somewhere else altogether.
    """
    root = _root(path, word)
    if root is not None:
        way = os.path.relpath(path, root or os.curdir)
        parts = [os.path.basename(os.path.abspath(root))] if root else []
    else:
        way, parts = os.path.normpath(path), []
        if os.path.isabs(way):
            here = os.path.relpath(way)
            way = os.path.join(*Path(way).parts[-2:]) if here.startswith(os.pardir) else here
    parts += [part for part in Path(os.path.splitext(way)[0]).parts if part != os.pardir]
    return "/".join(part for part in parts if part != os.sep)


def folders_of(path: str, word: str) -> tuple[str, ...]:
    """The folders between what `word` names and the photo at `path`, which it stands for.

    Empty for a photo that was named itself.
    """
    root = _root(path, word)
    return () if root is None else Path(os.path.relpath(path, root or os.curdir)).parts[:-1]


def is_photo_name(path: Path) -> bool:
    """Whether a file in a folder counts as a photo to measure."""
    return path.suffix.lower() in PHOTO_ENDINGS and not ANNOTATED_STEM.fullmatch(path.stem)


def is_clip(word: str) -> bool:
    """Whether a word on the command line names clips, by its ending."""
    return Path(word).suffix.lower() in CLIP_ENDINGS and not Path(word).is_dir()


def _expand(word: str, own: str | None) -> Iterator[str | PassedOver]:
    if os.path.isdir(word):
        yield from _inside(word, own)
    elif os.path.lexists(word) or not glob.has_magic(word):
        yield word
    else:
        for path in sorted(glob.glob(word, recursive=True)):
            if os.path.isdir(path):
                yield from _inside(path, own)
            elif own is None or not _is_below(path, own):
                yield path


def _inside(root: str, own: str | None) -> Iterator[str | PassedOver]:
    """What lies in a folder, then in the folders below it; links are followed, each once."""
    seen: set[str] = set()
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        place = os.path.realpath(folder)
        if place in seen or os.path.abspath(folder) == own:
            continue
        seen.add(place)
        try:
            names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
        except OSError:
            yield PassedOver(folder, "folder")
            continue
        paths = [os.path.join(folder, name) for name in names]
        below = []
        for path in paths:
            if os.path.isdir(path):
                below.append(path)
            elif is_photo_name(Path(path)):
                yield path
            else:
                yield PassedOver(path, _kind(Path(path)))
        waiting += reversed(below)


def _kind(path: Path) -> Kind:
    ending = path.suffix.lower()
    if ending in PHOTO_ENDINGS:
        return "annotated"
    if ending in CLIP_ENDINGS:
        return "clip"
    return "picture" if ending in _OTHER_PICTURE_ENDINGS else "file"


def _is_below(path: str, folder: str) -> bool:
    return Path(folder) in Path(os.path.abspath(path)).parents


def _root(path: str, word: str) -> str | None:
    """The folder that a word names, empty for the current one; None where it is the photo."""
    return word if os.path.isdir(word) else _fixed_part(word) if word != path else None


def _fixed_part(pattern: str) -> str:
    """The folder in which a pattern begins to be one; empty when it is so from the start."""
    parts = Path(pattern).parts
    fixed = parts[: next(i for i, part in enumerate(parts) if glob.has_magic(part))]
    return os.path.join(*fixed) if fixed else ""
