"""Manifests: tables of photos as spreadsheets save them, line by line."""

from __future__ import annotations

import codecs
import csv
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TextIO

from posture._support.outside import is_address
from posture.batch.remote import address_label
from posture.batch.visit import VISIT_COLUMNS, Visit, visit_of_texts
from posture.errors import InvalidInput
from posture.subject import Sex, Subject, parse_hand_mm, parse_stature_mm

ENDINGS = {".csv", ".tsv", ".txt"}
KNOWN_COLUMNS = ("path", "id", "stature", "sex", "age", "hand")
_FIX = (
    f"Its first line names the columns: {KNOWN_COLUMNS[0]}, and if you like "
    f"{', '.join(KNOWN_COLUMNS[1:])}, and {', '.join(VISIT_COLUMNS)}; others are carried into the "
    "table."
)
_DELIMITERS = ",;\t"
# What Excel writes in front for itself: "sep=;".
_SEPARATOR = re.compile(r'"?sep=(.)"?[\r\n]*', re.IGNORECASE)
_OF_BYTE_ORDER_MARK = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Older spreadsheets on Windows in the west.
_FALLBACK = "cp1252"
_CHUNK_BYTES = 1 << 20
_SEX_OF: dict[str, Sex] = {
    "": "unspecified",
    "unspecified": "unspecified",
    "m": "m",
    "male": "m",
    "f": "f",
    "female": "f",
}

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Line:
    """One line of a manifest.

    Attributes:
        path: of the photo, or its address; empty when the line names none.
        id: what the photo is called.
        subject: the person in it.
        more: names and texts of the columns that are carried into the table as they are.
        visit: whose visit it is of; None when the line names no person.
        problem: why the line cannot be used; None when it can.
    """

    path: str
    id: str
    subject: Subject
    more: tuple[tuple[str, str], ...]
    visit: Visit | None
    problem: str | None


def is_manifest(word: str) -> bool:
    """Whether a word on the command line names a manifest, by its ending."""
    ending = Path(word).suffix.lower()
    return ending in ENDINGS and not is_address(word) and not Path(word).is_dir()


def read_manifest(path: Path, subject: Subject, tell: Tell) -> Iterator[Line]:
    """The lines of a manifest, in order.

    Args:
        path: of the table; its own paths are relative to its folder.
        subject: of every photo about which the table says nothing else.
        tell: is told what was taken in another way than one might think.

    Raises:
        InvalidInput: when it cannot be read, or its columns are not understood.
    """
    with _explained(path), _opened(path, tell) as file:
        first = file.readline()
        separator = _SEPARATOR.fullmatch(first)
        header = file.readline() if separator else first
        delimiter = separator[1] if separator else max(_DELIMITERS, key=header.count)
        columns = _columns(next(csv.reader([header], delimiter=delimiter), []), path)
        of_visits = _columns_of_visits(columns)
        used = [*KNOWN_COLUMNS, *of_visits.values()]
        unknown = [name for name in columns if name and name not in used]
        if unknown:
            tell(
                f"The manifest's columns {', '.join(unknown)} are carried into the table as they "
                f"are; those that are used: {', '.join((*KNOWN_COLUMNS, *VISIT_COLUMNS))}."
            )
        for cells in csv.reader(file, delimiter=delimiter):
            if any(text.strip() for text in cells):
                yield _line(columns, cells, path.parent, subject, of_visits)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, UnicodeError, csv.Error) as error:
        raise InvalidInput(f"The manifest {path} cannot be read: {error}.", _FIX) from error


def _opened(path: Path, tell: Tell) -> TextIO:
    if not path.is_file():
        raise OSError("it is not there, or no file")
    encoding = _encoding(path)
    if encoding == _FALLBACK:
        tell(f"The manifest {path} is not UTF-8; it is read as Windows-1252 (western European).")
    return path.open(encoding=encoding, newline="")


def _encoding(path: Path) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        start = file.read(4)
        for mark, encoding in _OF_BYTE_ORDER_MARK.items():
            if start.startswith(mark):
                return encoding
        file.seek(0)
        try:
            while chunk := file.read(_CHUNK_BYTES):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return _FALLBACK
    return "utf-8"


def _columns(header: Sequence[str], path: Path) -> list[str]:
    """The names of the columns, each once; known ones in small letters, empty where none is."""
    columns: list[str] = []
    for text in header:
        name = text.strip()
        if name.lower() in KNOWN_COLUMNS:
            name = name.lower()
            if name in columns:
                raise InvalidInput(f"The manifest {path} has two columns {name}.", _FIX)
        plain, number = name, 2
        while name and name in columns:
            name, number = f"{plain}_{number}", number + 1
        columns.append(name)
    if "path" not in columns:
        raise InvalidInput(f"The manifest {path} has no column path.", _FIX)
    return columns


def _columns_of_visits(columns: Sequence[str]) -> Mapping[str, str]:
    """The columns that tell visits, by what each tells; none without that of the person."""
    # Of several that differ in capitals alone the first one counts.
    own = {column.lower(): column for column in reversed(columns)}
    found = {name: own[name] for name in VISIT_COLUMNS if name in own}
    return found if VISIT_COLUMNS[0] in found else {}


def _line(
    columns: Sequence[str],
    cells: Sequence[str],
    folder: Path,
    subject: Subject,
    of_visits: Mapping[str, str],
) -> Line:
    """What a line says; what cannot be understood becomes its problem, not an end."""
    texts, stray = {}, False
    for name, text in zip_longest(columns, cells, fillvalue=""):
        texts[name] = text.strip()
        stray |= not name and bool(text.strip())
    more = tuple((name, texts[name]) for name in columns if name and name not in KNOWN_COLUMNS)
    given, path, problem = texts["path"], "", None
    if given:
        path, problem = _path(given, folder)
    else:
        problem = "it names no photo"
    if stray:
        problem = "it has more cells than the first line has columns"
    person, visit = subject, None
    try:
        visit = _visit(texts, of_visits)
        person = _subject(texts, subject)
    except InvalidInput as error:
        problem = problem or str(error)
    return Line(path, texts.get("id") or _label(given), person, more, visit, problem)


def _visit(texts: Mapping[str, str], of_visits: Mapping[str, str]) -> Visit | None:
    person, visit, taken = (
        texts[of_visits[name]] if name in of_visits else "" for name in VISIT_COLUMNS
    )
    return visit_of_texts(person, visit, taken)


def _label(given: str) -> str:
    """What a photo is called that has no id: the way to it without its ending."""
    if is_address(given):
        return address_label(given)
    way = PureWindowsPath(given).as_posix() if "\\" in given else given
    parts = PurePosixPath(os.path.splitext(way)[0]).parts
    return "/".join(part for part in parts if part not in ("/", ".."))


def _path(given: str, folder: Path) -> tuple[str, str | None]:
    """The path of a photo, and why it cannot be used."""
    if is_address(given):
        return given, None
    path = folder / given
    if os.sep == "/" and "\\" in given and not path.exists():
        windows = PureWindowsPath(given)
        if windows.drive or windows.root:
            return str(path), "its path is one of a Windows computer"
        path = folder / windows.as_posix()
    return str(path), None


def _subject(texts: dict[str, str], otherwise: Subject) -> Subject:
    stature, sex, age, hand = (texts.get(name, "") for name in ("stature", "sex", "age", "hand"))
    if sex.lower() not in _SEX_OF:
        raise InvalidInput(f"Sex {sex!r} is unknown.", "Write m, f or nothing.")
    return Subject(
        stature_mm=parse_stature_mm(stature) if stature else otherwise.stature_mm,
        sex=_SEX_OF[sex.lower()] if sex else otherwise.sex,
        age=_years(age) if age else otherwise.age,
        hand_thickness_mm=parse_hand_mm(hand) if hand else otherwise.hand_thickness_mm,
    )


def _years(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise InvalidInput(f"Age {text!r} is no number.", "Write years, such as 41.") from error
