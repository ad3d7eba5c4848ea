"""What is kept of a person: sessions, and in each the numbers of its photos."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Literal

from posture._support.plain import added_later
from posture.errors import InvalidInput
from posture.history.words import history_problem
from posture.result import Measured
from posture.subject import Sex

Role = Literal["photo", "median"]
PictureKind = Literal["thumbnail", "photo"]

MAX_NAME = 80
MAX_NOTE = 200
MAX_PAIN = 10
NOON = time(12)
EARLIEST_YEAR = 1900


@dataclass(frozen=True)
class Numbers:
    """The numbers of one photo, or the median of several; fields as in :class:`posture.Result`.

    Attributes:
        repeatability_share: 95 % half-width of standing again, as a share of the value.
    """

    slca_deg: Measured
    hollow_depth_mm: Measured | None
    hollow_depth_ratio: Measured
    verdict: str
    sex: Sex
    repeatability_share: float
    edited_by_hand: bool
    program_version: str
    method_version: str
    norms_version: str
    model: str


@dataclass(frozen=True)
class Kept:
    """One measurement as it is kept.

    Attributes:
        uid: its name for ever, also after export and import.
        role: of one photo, or the median of the session's photos.
        image_sha256: of the photo's file; None for a median.
        result: the whole result as JSON, as the program of that day wrote it.
        has_picture: whether a picture was kept with it.
    """

    uid: str
    role: Role
    numbers: Numbers
    image_sha256: str | None
    result: str
    has_picture: bool


@dataclass(frozen=True)
class Notes:
    """What a person noted with a session.  The program compares it with nothing.

    Attributes:
        pain: 0, none, to 10; None when nothing was said.
        training: one line; empty when nothing was said.
    """

    pain: int | None = None
    training: str = ""


NO_NOTES = Notes()


@dataclass(frozen=True)
class Session:
    """One occasion: a photo, or several and their median.

    Attributes:
        uid: its name for ever.
        taken_at: when, ISO 8601: a moment in UTC, a time of the clock where it was taken, or just
            a day; see :func:`taken_text`.
        kept: the photos in order, and last their median where there are several.
        stances: how many times the person stood for them, a photo each; None where a program
            kept them that did not ask for a step away.
        notes: of the person.
    """

    uid: str
    taken_at: str
    kept: tuple[Kept, ...]
    stances: int | None = field(default=None, metadata=added_later())
    notes: Notes = field(default=NO_NOTES, metadata=added_later())

    @property
    def reading(self) -> Numbers:
        """The numbers that count: the median of several photos, else those of the one."""
        return self.kept[-1].numbers

    @property
    def photos(self) -> tuple[Kept, ...]:
        """Without the median."""
        return tuple(item for item in self.kept if item.role == "photo")

    @property
    def when(self) -> datetime:
        """The moment, in this computer's time zone; noon where only the day is known."""
        if _is_day(self.taken_at):
            return datetime.combine(date.fromisoformat(self.taken_at), NOON).astimezone()
        return datetime.fromisoformat(self.taken_at).astimezone()

    @property
    def middle(self) -> Kept:
        """The photo that is nearest to the reading."""
        return min(self.photos, key=self._distance)

    @property
    def pictured(self) -> Kept | None:
        """Of the photos with a picture the one that is nearest to the reading."""
        return min(
            (item for item in self.photos if item.has_picture), key=self._distance, default=None
        )

    def _distance(self, photo: Kept) -> float:
        return abs(photo.numbers.slca_deg.value - self.reading.slca_deg.value)


@dataclass(frozen=True)
class KeptPicture:
    """A small copy of the photo without lines, kept because the person agreed.

    Attributes:
        jpeg: its bytes, free of camera notes.
        scale: its pixels per pixel of the photo that was measured.
    """

    kind: PictureKind
    jpeg: bytes
    scale: float


@dataclass(frozen=True)
class PersonEntry:
    """A person of the history: how many sessions, and when the first and the last one were.

    Times are as in :class:`Session`.
    """

    name: str
    sessions: int
    first: str
    last: str


def new_uid() -> str:
    """A name that nobody else has."""
    return secrets.token_hex(5)


def taken_text(when: date) -> str:
    """A day or time as it is kept.

    Only a time with a zone is a moment, which has another day elsewhere.  A day stays that day,
    and a camera's wall clock keeps its day, wherever they are read.
    """
    if not isinstance(when, datetime):
        return when.isoformat()
    if when.tzinfo is not None:
        when = when.astimezone(UTC)
    return when.replace(microsecond=0).isoformat()


def time_of(text: str) -> date:
    """A day or time from its text, as :func:`taken_text` writes it or another form of ISO 8601.

    Raises:
        ValueError: when it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        return datetime.fromisoformat(text)


def has_been(when: date, now: datetime) -> bool:
    """Whether a day or time does not lie in the future.

    Args:
        when: as for :func:`taken_text`.
        now: with its zone; a day and a wall clock are compared in this computer's.
    """
    local = now.astimezone()
    if not isinstance(when, datetime):
        return when <= local.date()
    return when <= (local.replace(tzinfo=None) if when.tzinfo is None else local)


def day_or_time(text: str) -> date:
    """When a photo was taken, as people write it: 2026-03-21, or with a time of that day.

    Returns:
        A day where only that is given, else a moment; a time without a zone is a wall clock's.

    Raises:
        InvalidInput: when it is no date, or none that a photo can be of.
    """
    try:
        when = time_of(text)
    except ValueError as error:
        raise InvalidInput(f"{text!r} is no date.", "Write 2026-03-21.") from error
    if when.year < EARLIEST_YEAR or not has_been(when, datetime.now(UTC)):
        raise InvalidInput(f"No photo can be of {text}.", "Write a day that has been.")
    return when


def day_of(taken_at: str) -> str:
    """The day of a time as it is kept; of a moment that of this computer's clock."""
    if _is_day(taken_at):
        return taken_at
    return f"{_local(taken_at):%Y-%m-%d}"


def moment_of(taken_at: str) -> str:
    """As :func:`day_of`, with the time of day where it was kept."""
    if _is_day(taken_at):
        return taken_at
    return f"{day_of(taken_at)} {_local(taken_at):%H:%M}"


def _local(taken_at: str) -> datetime:
    """A time as it is kept, by this computer's clock if it is a moment."""
    moment = datetime.fromisoformat(taken_at)
    return moment if moment.tzinfo is None else moment.astimezone()


def _is_day(taken_at: str) -> bool:
    return "T" not in taken_at


def notes_of(pain: int | None, training: str) -> Notes:
    """Notes as they are kept.

    Raises:
        InvalidInput: when the pain is none of 0 to 10, or the training too long or no line of text.
    """
    line = " ".join(training.split())
    if pain is not None and not 0 <= pain <= MAX_PAIN:
        raise InvalidInput(*history_problem("pain", pain=pain, highest=MAX_PAIN))
    if len(line) > MAX_NOTE or not line.isprintable():
        raise InvalidInput(*history_problem("note", letters=MAX_NOTE))
    return Notes(pain, line)


def clean_name(text: str) -> str:
    """A person's name as it is kept.

    Raises:
        InvalidInput: when it is empty, too long or no line of text.
    """
    name = " ".join(text.split())
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise InvalidInput(*history_problem("name", given=repr(text), letters=MAX_NAME))
    return name
