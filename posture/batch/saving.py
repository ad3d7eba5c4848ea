"""The visits of a batch into the history, each once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from posture.batch.journal import Journal
from posture.batch.makers import Makers, Piece
from posture.batch.visits import Reading, people_of
from posture.errors import InvalidInput
from posture.history import History, KeptPicture, Session
from posture.history.keeping import picture_of_file
from posture.history.records import PictureKind, clean_name
from posture.history.store import folded
from posture.verdict.norms import Norms


@dataclass(frozen=True)
class SaveOptions:
    """What of a visit is kept in the history.

    Attributes:
        norms: the reference values.
        picture: None keeps numbers only.
        blur_face: whether heads are made unrecognisable in kept pictures.
    """

    norms: Norms
    picture: PictureKind | None
    blur_face: bool


@dataclass(frozen=True)
class Saved:
    """What became of the visits.

    Attributes:
        added, there: how many were kept now, and how many are of photos that were kept already.
        undated: those that were not kept, for nothing tells their day: person and visit.
        all: whether none is left to keep.
    """

    added: int
    there: int
    undated: tuple[tuple[str, str], ...]
    all: bool


def require_names(journal: Journal) -> None:
    """Do nothing when each person's name is one of a history, and no two are one there.

    Raises:
        InvalidInput: names those that are not.
    """
    names: dict[str, str] = {}
    for name, _ in journal.people():
        clean_name(name)
        other = names.setdefault(folded(name), name)
        if other != name:
            raise InvalidInput(
                f"{other!r} and {name!r} are one name in the history.",
                "Call one of them otherwise, or leave --save.",
            )


def save_visits(
    journal: Journal,
    options: SaveOptions,
    makers: Makers,
    stop: threading.Event,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> Saved:
    """Keep each measured visit as a session; one whose photos are kept already stays as it is.

    Raises:
        PostureError: when the history cannot be written; what was kept stays.
    """
    added = there = done = 0
    undated: list[tuple[str, str]] = []
    total = sum(count for _, count in journal.people())
    tell(done, total)
    with History() as history:
        for person in people_of(journal, options.norms):
            known = {_photos_of(session) for session in history.sessions(person.name)}
            for reading, session in person.measured:
                if stop.is_set():
                    return Saved(added, there, tuple(undated), all=False)
                if _photos_of(session) in known:
                    there += 1
                elif reading.taken is None:
                    undated.append(reading.visit.key)
                else:
                    history.save(person.name, session, _pictures(reading, session, options, makers))
                    added += 1
            done += len(person.readings)
            tell(done, total)
    return Saved(added, there, tuple(undated), all=True)


def _photos_of(session: Session) -> tuple[str, frozenset[str | None]]:
    """Equal for two sessions of the same photos by one version of the method."""
    return session.reading.method_version, frozenset(kept.image_sha256 for kept in session.photos)


def _pictures(
    reading: Reading, session: Session, options: SaveOptions, makers: Makers
) -> dict[str, KeptPicture]:
    """A small copy of each of its photos, by the uid under which the photo is kept."""
    if options.picture is None:
        return {}
    of_photo = {
        result.provenance.image_sha256: (photo.path, result) for photo, result in reading.measured
    }
    pieces = [
        Piece(picture_of_file, (*of_photo[kept.image_sha256], options.picture, options.blur_face))
        for kept in session.photos
    ]
    # A session is kept whole: nothing stops in the middle of one.
    copies = makers.made(pieces, threading.Event())
    return {session.photos[place].uid: copy for place, copy in copies if copy is not None}
