"""Which photos a batch is to measure, and what is known of the person in each."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from posture.batch.remote import expand_url, is_url
from posture.errors import InvalidInput
from posture.photo.find import find_photos
from posture.subject import Sex, Subject, parse_stature_mm

MANIFEST_ENDINGS = {".csv", ".tsv"}
_DELIMITERS = ",;\t"
_SEX_OF: dict[str, Sex] = {
    "": "unspecified",
    "unspecified": "unspecified",
    "m": "m",
    "male": "m",
    "f": "f",
    "female": "f",
}
_MANIFEST_FIX = "Its first line names the columns: path, and if you like id, stature, sex, age."


@dataclass(frozen=True)
class Job:
    """One photo to measure.

    Attributes:
        path: of the file, or its address on other storage.
        id: what the photo is called in the table.
        subject: the person in it, as far as known.
        problem: why its line of the manifest cannot be used; None when it can.
    """

    path: str
    id: str
    subject: Subject
    problem: str | None = None

    def key(self, occurrence: int) -> str:
        """Equal for two runs' same photo of the same person, and for nothing else.

        Args:
            occurrence: 0, or how often the very same line came before in this plan.
        """
        told = [self.path, self.id, asdict(self.subject), self.problem, occurrence]
        return json.dumps(told, sort_keys=True)


def planned(words: Sequence[str], subject: Subject, out: Path) -> Iterator[Job]:
    """The photos that these folders, patterns, addresses and manifests stand for, in order.

    Args:
        words: as they were typed.
        subject: of all photos about which a manifest says nothing else.
        out: the batch's own folder, whose pictures are not photos to measure.

    Raises:
        InvalidInput: when a word stands for nothing, or a manifest cannot be read.
    """
    for word in words:
        if Path(word).suffix.lower() in MANIFEST_ENDINGS and not is_url(word):
            yield from _from_manifest(Path(word), subject)
        elif is_url(word):
            yield from _photos(expand_url(word), word, subject)
        else:
            own = Path(os.path.abspath(out))
            found = find_photos([word]).photos
            foreign = [path for path in found if own not in Path(os.path.abspath(path)).parents]
            yield from _photos(foreign, word, subject)


def _photos(paths: Sequence[str], word: str, subject: Subject) -> Iterator[Job]:
    if not paths:
        raise InvalidInput(
            f"No photo was found at {word}.", "Give a folder, a pattern in quotes, or a manifest."
        )
    for path in paths:
        yield Job(path, Path(path).stem, subject)


def _from_manifest(path: Path, subject: Subject) -> Iterator[Job]:
    try:
        # Spreadsheets put a byte order mark in front.
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = file.readline()
            delimiter = max(_DELIMITERS, key=header.count)
            columns = [name.strip().lower() for name in header.strip().split(delimiter)]
            columns = [name.strip('"') for name in columns]
            if "path" not in columns:
                raise InvalidInput(f"The manifest {path} has no column path.", _MANIFEST_FIX)
            for line in csv.DictReader(file, columns, delimiter=delimiter):
                yield _job(line, path.parent, subject)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = f"The manifest {path} cannot be read: {error}."
        raise InvalidInput(reason, _MANIFEST_FIX) from error


def _job(line: Mapping[str, str | None], folder: Path, subject: Subject) -> Job:
    """The photo of one line; what cannot be understood becomes its problem, not an end."""
    cells = {name: (text or "").strip() for name, text in line.items() if isinstance(name, str)}
    given, path = cells["path"], cells["path"]
    if given and not is_url(given):
        path = str(folder / given)
    name = cells.get("id") or Path(given).stem
    if not given:
        return Job(path, name, subject, "it names no photo")
    try:
        return Job(path, name, _subject(cells, subject))
    except InvalidInput as error:
        return Job(path, name, subject, str(error))


def _subject(cells: Mapping[str, str], otherwise: Subject) -> Subject:
    stature, sex, age = (cells.get(name, "") for name in ("stature", "sex", "age"))
    if sex.lower() not in _SEX_OF:
        raise InvalidInput(f"Sex {sex!r} is unknown.", "Write m, f or nothing.")
    return Subject(
        stature_mm=parse_stature_mm(stature) if stature else otherwise.stature_mm,
        sex=_SEX_OF[sex.lower()] if sex else otherwise.sex,
        age=_years(age) if age else otherwise.age,
        hand_thickness_mm=otherwise.hand_thickness_mm,
    )


def _years(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise InvalidInput(f"Age {text!r} is no number.", "Write years, such as 41.") from error
