"""The pages of a batch: one a visit, and one of before and after a person; only what is missing."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from posture._support.files import make_folder, require_free, write_atomically
from posture._support.language import language
from posture.batch.journal import Journal
from posture.batch.makers import Makers, Piece
from posture.batch.visit import file_names
from posture.batch.visits import Comparison, Person, Reading, person_of
from posture.handout.one import Sheet, sheet_of, sheet_of_file
from posture.handout.two import Pair, pair_of_files
from posture.history import Session
from posture.history.records import day_or_time
from posture.overlay.numbers import LengthUnit
from posture.result import Result
from posture.verdict.norms import Norms

_LONGEST_NAME = 120


@dataclass(frozen=True)
class ReportOptions:
    """How pages are made.

    Attributes:
        folder: for the pages.
        norms: the reference values.
        blur_face: whether heads are made unrecognisable.
        unit: in which lengths are told.
        replace: whether files in the folder that are no batch's are given up.
    """

    folder: Path
    norms: Norms
    blur_face: bool
    unit: LengthUnit
    replace: bool


class _Page(NamedTuple):
    """One page of a person: its title, a mark of what it is made of, and how to make it."""

    title: str
    mark: str
    piece: Callable[[], Piece]


class PlannedPage(NamedTuple):
    """What is to be known of a page of a person before it is made."""

    person: str
    title: str
    mark: str


class _File(NamedTuple):
    """Where a page goes, and its mark."""

    name: str
    mark: str


def planned_pages(person: Person, options: ReportOptions) -> list[PlannedPage]:
    """The pages of a person, in order."""
    return [PlannedPage(person.name, page.title, page.mark) for page in _pages(person, options)]


def write_reports(
    journal: Journal,
    planned: Sequence[PlannedPage],
    options: ReportOptions,
    makers: Makers,
    stop: threading.Event,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> bool:
    """Make the pages that are not there, or whose numbers are others by now; whether all are.

    Args:
        planned: the pages of everybody.

    Raises:
        OutputFailed: when one cannot be written, or a file that no batch made has its name.
    """
    files, marks = _files(planned), journal.marks()
    every = [file for of_person in files.values() for file in of_person]
    free = [options.folder / file.name for file in every if file.name not in marks]
    require_free(free, replace=options.replace, inputs=())
    make_folder(options.folder)
    missing = {
        file
        for file in every
        if marks.get(file.name) != file.mark or not (options.folder / file.name).is_file()
    }
    done = len(every) - len(missing)
    tell(done, len(every))
    begun: list[_File] = []

    def pieces() -> Iterator[Piece]:
        """Those of what is missing, person after person: never all of them in memory."""
        for name, of_person in files.items():
            if missing.isdisjoint(of_person):
                continue
            person = person_of(journal, name, options.norms, options.unit)
            for file, page in zip(of_person, _pages(person, options), strict=True):
                if file in missing:
                    begun.append(file)
                    yield page.piece()

    for place, data in makers.made(pieces(), stop):
        file = begun[place]
        # Whoever is stopped between file and mark finds a file that is known to be ours.
        journal.note_made(file.name, "")
        write_atomically(options.folder / file.name, data, replace=True)
        journal.note_made(file.name, file.mark)
        done += 1
        tell(done, len(every))
    return done == len(every)


def _files(planned: Sequence[PlannedPage]) -> dict[str, list[_File]]:
    """The files of all pages, by person."""
    names = file_names([page.title for page in planned], ".pdf", _LONGEST_NAME)
    files: dict[str, list[_File]] = {}
    for page, name in zip(planned, names, strict=True):
        files.setdefault(page.person, []).append(_File(name, page.mark))
    return files


def _pages(person: Person, options: ReportOptions) -> Iterator[_Page]:
    # Of photos that do not belong together there is nothing to print.
    for reading in (one for one in person.readings if one.problem is None):
        title = f"{person.name}_{reading.visit.name}"
        mark = _mark(title, [reading], options)
        yield _Page(title, mark, partial(_sheet, person.name, reading, options))
    if (both := person.comparison) is not None:
        title = f"{person.name}_before-after"
        # What standing again adds is learned from all visits of the person.
        mark = _mark(title, person.readings, options)
        yield _Page(title, mark, partial(_pair, person.name, both, options))


def _mark(title: str, readings: Sequence[Reading], options: ReportOptions) -> str:
    """Equal for pages of the same numbers of the same photos, and for nothing else."""
    photos = [
        [one.visit.name, one.taken, photo.path, photo.result]
        for one in readings
        for photo in one.photos
    ]
    made_with = [title, options.blur_face, options.unit, language(), photos]
    return hashlib.sha256(json.dumps(made_with).encode()).hexdigest()


def _sheet(name: str, reading: Reading, options: ReportOptions) -> Piece:
    # A day says which visit it was; a name does where there is none, or beside it.
    told = name if reading.visit.name == reading.taken else f"{name} · {reading.visit.name}"
    day = None if reading.taken is None else day_or_time(reading.taken)
    if reading.session is not None:
        path, _ = _middle(reading, reading.session)
        sheet = sheet_of(reading.session, reading.session.middle, told, day)
    else:
        path, refused = reading.photos[0].path, reading.results[0]
        sheet = Sheet(refused, refused, (refused,), told, day)
    sheet = replace(sheet, norms=options.norms, blur_face=options.blur_face, unit=options.unit)
    return Piece(sheet_of_file, (sheet, path), (sheet, None))


def _middle(reading: Reading, session: Session) -> tuple[str, Result]:
    """The photo that is nearest to the reading of a visit, and its result."""
    sha256 = session.middle.image_sha256
    return next(
        (photo.path, result)
        for photo, result in reading.measured
        if result.provenance.image_sha256 == sha256
    )


def _pair(name: str, both: Comparison, options: ReportOptions) -> Piece:
    (before, first), (after, last) = both.before, both.after
    pair = Pair(name, first, last, both.titles, both.sentences, options.norms, options.unit)
    files = [_middle(before, first), _middle(after, last)]
    blur = options.blur_face
    return Piece(pair_of_files, (pair, files, blur), (pair, (), blur))
