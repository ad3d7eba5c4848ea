"""What the photos of each visit amount to together, and what changed from one visit to another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from posture.batch.journal import Journal, VisitPhoto
from posture.batch.rows import COLUMNS, Row, column_of
from posture.batch.tables import write_csv
from posture.batch.visit import VISIT_COLUMNS, Visit, in_order
from posture.errors import InvalidInput
from posture.handout.two import change_sentences
from posture.history import Session
from posture.history.between import photos_that_count
from posture.history.keeping import session_of
from posture.history.records import day_or_time, has_been
from posture.history.repeatability import Standing, standing_of
from posture.history.story import (
    ANGLE,
    SHARE,
    change_of,
    depth_in,
    told_apart,
    whole_interval,
)
from posture.overlay.numbers import LengthUnit
from posture.result import Result
from posture.result_columns import ColumnKind, cells_of
from posture.verdict.norms import Norms

_OF_A_PHOTO = {
    "id",
    "path",
    "picture",
    "cpu_seconds",
    "image_sha256",
    "image_width_px",
    "image_height_px",
    "facing",
}
_AGAIN = "_ci95_over_time"
_FOLLOWED = {"slca_deg": ANGLE, "hollow_depth_mm": depth_in("mm"), "hollow_depth_ratio": SHARE}
_OWN: dict[str, ColumnKind] = {
    "person": "text",
    "visit": "text",
    "taken": "text",
    "photos": "whole",
    "measured": "whole",
    "counted": "whole",
}
# Columns of visits.csv and of changes.csv in order.
VISITS: dict[str, ColumnKind] = {
    **_OWN,
    **{name: kind for name, kind in COLUMNS.items() if name not in _OF_A_PHOTO},
    **{name + _AGAIN: "number" for name in _FOLLOWED},
}
_OF_CHANGES: dict[str, ColumnKind] = {
    "_change": "number",
    "_change_ci95": "number",
    "_change_counts": "truth",
}
CHANGES: dict[str, ColumnKind] = {
    **dict.fromkeys(("person", "before", "before_taken", "after", "after_taken"), "text"),
    **{name + part: kind for name in _FOLLOWED for part, kind in _OF_CHANGES.items()},
    "meaning": "text",
}


@dataclass(frozen=True)
class Reading:
    """One visit with all its photos.

    Attributes:
        taken: its day or time as kept in a history; None when nothing tells it.
        photos: in the order of the plan.
        results: of each.
        session: of the photos that were measured; None when none was, or they do not belong
            together.  Where the day is not known it stands under a day of its own that never was.
        problem: why there is none.
    """

    visit: Visit
    taken: str | None
    photos: tuple[VisitPhoto, ...]
    results: tuple[Result, ...]
    session: Session | None
    problem: InvalidInput | None = None

    @property
    def measured(self) -> tuple[tuple[VisitPhoto, Result], ...]:
        """The photos that were measured, each with its result."""
        pairs = zip(self.photos, self.results, strict=True)
        return tuple((photo, result) for photo, result in pairs if result.curve is not None)

    @property
    def summary(self) -> Result | None:
        """The numbers of all its photos together; None without a session."""
        return None if self.session is None else Result.from_json(self.session.kept[-1].result)


Measured = tuple[Reading, Session]


@dataclass(frozen=True)
class Comparison:
    """The first and the last measured visit of a person, and what their difference means.

    Attributes:
        before, after: each with its session.
        standing: their repeatability.
        titles: what the visits are called: their days, or names where these are not known.
        sentences: what is said of the difference.
    """

    before: Measured
    after: Measured
    standing: Standing
    titles: tuple[str, str]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """Everything a batch holds of one person.

    Attributes:
        readings: of their visits, the earliest first where that is known.
        ordered: whether it is.
        standing: their repeatability.
        unit: in which lengths are told.
    """

    name: str
    readings: tuple[Reading, ...]
    ordered: bool
    standing: Standing
    unit: LengthUnit

    @property
    def measured(self) -> tuple[Measured, ...]:
        """The visits that were measured."""
        return tuple((one, one.session) for one in self.readings if one.session is not None)

    @property
    def comparison(self) -> Comparison | None:
        """First against last; None for fewer than two, or where nothing tells their order."""
        if not self.ordered or len(self.measured) < 2:
            return None
        before, after = self.measured[0], self.measured[-1]
        days = told_apart(before[1], after[1])
        titles = (_title(before[0], days[0]), _title(after[0], days[1]))
        said = change_sentences(before[1], after[1], self.standing, self.unit)
        sentences = tuple(_renamed(sentence, days, titles) for sentence in said)
        return Comparison(before, after, self.standing, titles, sentences)


@dataclass(frozen=True)
class Unclear:
    """What a person should know of the visits.

    Attributes:
        unordered: people of whose visits nothing tells which came first.
        conflicting: visits, by person and name, whose photos are said to be of different people.
    """

    unordered: list[str] = field(default_factory=list)
    conflicting: list[tuple[str, str]] = field(default_factory=list)


def people_of(journal: Journal, norms: Norms) -> Iterator[Person]:
    """Everybody of whom the plan has visits, one after the other."""
    for name, _ in journal.people():
        yield person_of(journal, name, norms)


def person_of(journal: Journal, name: str, norms: Norms, unit: LengthUnit = "mm") -> Person:
    """One of them."""
    grouped: dict[tuple[str, str], list[VisitPhoto]] = {}
    for photo in journal.photos_of(name):
        grouped.setdefault(photo.visit.key, []).append(photo)
    visits = [group[0].visit for group in grouped.values()]
    days = [_day_of_visit(group) for group in grouped.values()]
    order = in_order(visits, days)
    groups = list(grouped.values())
    readings = tuple(
        _reading(groups[index], days[index], place, norms)
        for place, index in enumerate(order or range(len(groups)))
    )
    sessions = [one.session for one in readings if one.session is not None]
    return Person(name, readings, order is not None, standing_of(sessions, norms), unit)


def write_visit_tables(
    journal: Journal,
    norms: Norms,
    visits: Path,
    changes: Path,
    see: Callable[[Person], None] = lambda person: None,
) -> Unclear:
    """Write both tables; of whom something is not clear.

    Args:
        visits: where the table goes of a row a visit.
        changes: where that goes of a row a person with two visits to compare.
        see: called with everybody, for what else is to be known of them: to read all photos of
            everybody once more takes long.

    Raises:
        OutputFailed: when one cannot be written.
    """
    own = [column_of(name, VISITS) for name in _own_columns(journal)]
    unclear, changed = Unclear(), list[Row]()

    def rows() -> Iterator[Row]:
        for person in people_of(journal, norms):
            see(person)
            yield from (_visit_row(person, reading) for reading in person.readings)
            if not person.ordered:
                unclear.unordered.append(person.name)
            unclear.conflicting.extend(
                one.visit.key for one in person.readings if one.problem is not None
            )
            if (comparison := person.comparison) is not None:
                changed.append(_change_row(person.name, comparison))

    write_csv(rows(), visits, [*VISITS, *own])
    write_csv(changed, changes, list(CHANGES))
    return unclear


def _day_of_visit(photos: Sequence[VisitPhoto]) -> str | None:
    """What the manifest or the name of the visit tells, else the earliest of its photos."""
    told = next((photo.visit.taken for photo in photos if photo.visit.taken is not None), None)
    if told is not None:
        return told
    own = sorted(photo.taken for photo in photos if photo.taken is not None)
    now = datetime.now(UTC)
    return next((text for text in own if has_been(datetime.fromisoformat(text), now)), None)


def _reading(photos: Sequence[VisitPhoto], taken: str | None, place: int, norms: Norms) -> Reading:
    results = tuple(Result.from_json(photo.result) for photo in photos)
    measured = [result for result in results if result.curve is not None]
    when = date.min + timedelta(days=place) if taken is None else day_or_time(taken)
    visit, session, problem = photos[0].visit, None, None
    try:
        session = session_of(measured, when, norms) if measured else None
    except InvalidInput as error:
        problem = error
    return Reading(visit, taken, tuple(photos), results, session, problem)


def _title(reading: Reading, day: str) -> str:
    return reading.visit.name if reading.taken is None else day


def _renamed(sentence: str, days: Sequence[str], titles: Sequence[str]) -> str:
    """A sentence about days that never were, with the names of their visits."""
    for day, title in zip(days, titles, strict=True):
        sentence = sentence.replace(day, title)
    return sentence


def _visit_row(person: Person, reading: Reading) -> Row:
    row: dict[str, Any] = dict.fromkeys(VISITS)
    if reading.problem is not None:
        row |= {"status": "refused", "message": reading.problem.reason, "fix": reading.problem.fix}
    else:
        # Without a session no photo was measured, and the first one tells why.
        shown = reading.summary or reading.results[0]
        row |= {name: value for name, value in cells_of(shown).items() if name in VISITS}
        refusal = shown.refusal
        if refusal is not None:
            row |= {"reason": refusal.code, "message": refusal.message, "fix": refusal.fix}
    session = reading.session
    row |= {
        "person": person.name,
        "visit": reading.visit.name,
        "taken": reading.taken,
        "photos": len(reading.photos),
        "measured": len(reading.measured),
        "counted": 0 if session is None else len(photos_that_count(session)),
    }
    if session is not None:
        for name, quantity in _FOLLOWED.items():
            whole = whole_interval(session, quantity, person.standing)
            row[name + _AGAIN] = None if whole is None else whole.ci95
    row |= _own_texts(reading.photos)
    return row


def _own_columns(journal: Journal) -> tuple[str, ...]:
    """The names of the manifest's own columns, besides those that tell the visits."""
    return tuple(name for name in journal.more_columns() if name.lower() not in VISIT_COLUMNS)


def _own_texts(photos: Sequence[VisitPhoto]) -> Mapping[str, str]:
    """What the manifest's own columns say of a visit; where its photos differ, all that they do."""
    names = dict.fromkeys(name for photo in photos for name in photo.more)
    texts = {
        name: "; ".join(dict.fromkeys(filter(None, (photo.more.get(name) for photo in photos))))
        for name in names
        if name.lower() not in VISIT_COLUMNS
    }
    return {column_of(name, VISITS): text for name, text in texts.items()}


def _change_row(name: str, comparison: Comparison) -> Row:
    (before, first), (after, last) = comparison.before, comparison.after
    row: dict[str, Any] = dict.fromkeys(CHANGES)
    row |= {
        "person": name,
        "before": before.visit.name,
        "before_taken": before.taken,
        "after": after.visit.name,
        "after_taken": after.taken,
        "meaning": " ".join(comparison.sentences),
    }
    for column, quantity in _FOLLOWED.items():
        change = change_of(first, last, quantity, comparison.standing)
        if change is not None:
            row[f"{column}_change"] = change.difference
            row[f"{column}_change_ci95"] = change.detectable
            row[f"{column}_change_counts"] = change.counts
    return row
