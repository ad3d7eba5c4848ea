"""What is kept of a person: sessions, and in each the numbers of its photos."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from posture.errors import InvalidInput
from posture.result import Measured
from posture.subject import Sex

Role = Literal["photo", "median"]
PictureKind = Literal["thumbnail", "photo"]

MAX_NAME = 80


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
class Session:
    """One occasion: a photo, or several of one stance and their median.

    Attributes:
        uid: its name for ever.
        taken_at: when, ISO 8601 in UTC.
        kept: the photos in order, and last their median where there are several.
    """

    uid: str
    taken_at: str
    kept: tuple[Kept, ...]

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
        """The moment, in this computer's time zone."""
        return datetime.fromisoformat(self.taken_at).astimezone()

    @property
    def pictured(self) -> Kept | None:
        """Of the photos with a picture the one that is nearest to the reading."""
        angle = self.reading.slca_deg.value
        return min(
            (item for item in self.photos if item.has_picture),
            key=lambda item: abs(item.numbers.slca_deg.value - angle),
            default=None,
        )


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
    """A person of the history: how many sessions, and when the first and the last one were."""

    name: str
    sessions: int
    first: str
    last: str


def new_uid() -> str:
    """A name that nobody else has."""
    return secrets.token_hex(5)


def utc_text(moment: datetime) -> str:
    """A moment as it is kept; a time without a zone is this computer's."""
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()


def clean_name(text: str) -> str:
    """A person's name as it is kept.

    Raises:
        InvalidInput: when it is empty, too long or no line of text.
    """
    name = " ".join(text.split())
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise InvalidInput(
            f"{text!r} is not usable as a name.", f"Use one line of 1 to {MAX_NAME} letters."
        )
    return name
