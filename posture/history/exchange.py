"""The history as one JSON file that another computer can take over, and as a table."""

from __future__ import annotations

import base64
import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from posture._support.outside import cell, json_text
from posture._support.plain import from_plain, to_plain
from posture.errors import InvalidInput
from posture.history.checking import document_of, require_sound
from posture.history.records import KeptPicture, Numbers, PictureKind, Session, clean_name
from posture.history.repeatability import Standing, standing_of
from posture.history.store import History
from posture.history.words import history_problem
from posture.result_columns import Cell, ColumnKind, cells_of, columns_of
from posture.verdict.norms import Norms, load_norms

# Since version 2 a session's time may be just a day; since 3 it tells stances and notes.
FORMAT, VERSION, _READ_VERSIONS = "posture-history", 3, (1, 2, 3)
MAX_BYTES = 1_000_000_000
_LONGEST_REASON = 300
# What reading anything else as an export raises.
_NOT_AN_EXPORT = (KeyError, TypeError, ValueError, AttributeError)
_AGAIN = "_ci95_over_time"
_MEASURED = tuple(column.field for column in columns_of(Numbers) if column.path[-1] == "value")
# What a session tells beside its numbers.
_OWN: dict[str, ColumnKind] = {
    "session": "text",
    "taken_at": "text",
    "photos": "whole",
    "picture": "truth",
    "stances": "whole",
    "pain": "whole",
    "training": "text",
}
_ORDER = (
    "session",
    "taken_at",
    "photos",
    *(name + part for name in _MEASURED for part in ("", "_ci95", _AGAIN)),
    "verdict",
    "sex",
    "edited_by_hand",
    "picture",
    "program_version",
    "method_version",
    "norms_version",
    "model",
    "stances",
    "pain",
    "training",
)
_KIND_OF = _OWN | {column.name: column.kind for column in columns_of(Numbers)}

# Columns of a person's table in order.
COLUMNS: dict[str, ColumnKind] = {name: _KIND_OF.get(name, "number") for name in _ORDER}
# Those of a table of everybody.
PEOPLE_COLUMNS: dict[str, ColumnKind] = {"name": "text", **COLUMNS}

Pictures = Mapping[str, KeptPicture]
People = Mapping[str, Sequence[tuple[Session, Pictures]]]


def exported(history: History, names: Sequence[str]) -> str:
    """Everything of these people, pictures included."""
    people = []
    for name in names:
        sessions = history.sessions(name)
        require_usable(name, sessions)
        pictures = {
            kept.uid: picture
            for session in sessions
            for kept in session.photos
            if (picture := history.picture(kept.uid)) is not None
        }
        plain = [_plain_session(session, pictures) for session in sessions]
        people.append({"name": name, "sessions": plain})
    document = {"format": FORMAT, "version": VERSION, "people": people}
    return json_text(document, indent=1)


def nobody(name: str | None) -> InvalidInput:
    """That there is no such person; None stands for everybody."""
    if name is None:
        return InvalidInput("The history is empty.", "Keep a reading with analyze --save NAME.")
    return InvalidInput(
        f"There is nobody named {name!r} in the history.", "See who is: posture history"
    )


def require_usable(name: str, sessions: Sequence[Session]) -> None:
    """Do nothing when the sessions can be shown and exported; raises InvalidInput otherwise.

    Another program, or an older one, may have put something else into the file.
    """
    for session in sessions:
        try:
            require_sound(session)
        except ValueError as error:
            raise InvalidInput(
                f"Of {name} the session {session.uid} cannot be used: {error}.",
                "Delete it with --delete, or all of this person with --delete-person.",
            ) from error


def sessions_json(name: str, sessions: Sequence[Session]) -> str:
    """One person's sessions without pictures, for other programs to read."""
    require_usable(name, sessions)
    plain = [_plain_session(session, {}) for session in sessions]
    return json_text({"name": name, "sessions": plain})


def parsed(text: str) -> People:
    """The people of an exported file.

    Raises:
        InvalidInput: when it is none, or a newer program wrote it.
    """
    try:
        document = document_of(text)
        if document["format"] != FORMAT:
            raise ValueError("it has another format")
        if document["version"] not in _READ_VERSIONS:
            version = f"{document['version']!r:.20}"
            raise InvalidInput(*history_problem("newer_export", version=version))
        people: dict[str, list[tuple[Session, Pictures]]] = {}
        for person in document["people"]:
            # Somebody who is listed twice has the sessions of both.
            sessions = people.setdefault(clean_name(person["name"]), [])
            sessions += [_session(plain) for plain in person["sessions"]]
        return people
    except InvalidInput:
        raise
    except _NOT_AN_EXPORT as error:
        reason = f"{error}"[:_LONGEST_REASON]
        raise InvalidInput(*history_problem("no_export", reason=reason)) from error


def parsed_file(export: bytes) -> People:
    """As :func:`parsed`, for the bytes of the file."""
    try:
        text = export.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(*history_problem("no_text")) from error
    return parsed(text)


def take_over(history: History, people: People) -> tuple[int, int]:
    """Add what is not there yet; how many sessions are new, and how many were there already.

    Raises:
        InvalidInput: when one of them contradicts what is kept; then nothing is added.
    """
    added = history.add(people)
    return added, sum(len(sessions) for sessions in people.values()) - added


def sessions_csv(sessions: Sequence[Session], norms: Norms | None = None) -> str:
    """One row a session: the reading, its own ± (95 %), and the ± that counts over time.

    Args:
        sessions: all of a person: they tell how alike their stances are.
        norms: what is known of other people; the built-in when None.
    """
    return _table(COLUMNS, _session_rows(sessions, norms))


def people_csv(people: Mapping[str, Sequence[Session]], norms: Norms | None = None) -> str:
    """The rows of :func:`sessions_csv` of everybody, the name in the first column."""
    return _table(PEOPLE_COLUMNS, people_rows(people, norms))


def people_rows(
    people: Mapping[str, Sequence[Session]], norms: Norms | None = None
) -> Iterator[dict[str, Cell]]:
    """The cells of :data:`PEOPLE_COLUMNS` for each session of everybody."""
    for name, sessions in people.items():
        for row in _session_rows(sessions, norms):
            yield {"name": name, **row}


def _table(headings: Iterable[str], rows: Iterable[Mapping[str, object]]) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, fieldnames=tuple(headings), lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({k: cell(v) if isinstance(v, str) else v for k, v in row.items()})
    return stream.getvalue()


def _session_rows(sessions: Sequence[Session], norms: Norms | None) -> Iterator[dict[str, Cell]]:
    standing = standing_of(sessions, norms or load_norms())
    for session in sessions:
        yield _row(session, standing)


def _row(session: Session, standing: Standing) -> dict[str, Cell]:
    reading = session.reading
    cells: dict[str, Cell] = {
        "session": session.uid,
        "taken_at": session.taken_at,
        "photos": len(session.photos),
        "stances": session.stances,
        **to_plain(session.notes),
        "picture": session.pictured is not None,
        **cells_of(reading),
    }
    for name in _MEASURED:
        quantity = "angle" if name == "slca_deg" else "depth"
        whole = standing.against_others(session, attrgetter(name), quantity)
        if whole is not None:
            cells[f"{name}{_AGAIN}"] = whole.ci95
    return {name: cells.get(name) for name in COLUMNS}


def _plain_session(session: Session, pictures: Pictures) -> dict[str, Any]:
    plain = to_plain(session)
    for item, kept in zip(plain["kept"], session.kept, strict=True):
        item["result"] = json.loads(kept.result)
        picture = pictures.get(kept.uid)
        if picture is not None:
            jpeg = base64.b64encode(picture.jpeg).decode()
            item["picture"] = {"kind": picture.kind, "scale": picture.scale, "jpeg": jpeg}
    return plain


def _session(plain: dict[str, Any]) -> tuple[Session, Pictures]:
    pictures = {}
    for item in plain["kept"]:
        if not isinstance(item["result"], dict):
            raise ValueError("a result is missing")
        item["result"] = json_text(item["result"])
        picture = item.pop("picture", None)
        if picture is not None:
            form = from_plain(_PlainPicture, picture)
            if not 0 < form.scale <= 1:
                raise ValueError(f"a picture's scale cannot be {form.scale:g}")
            jpeg = base64.b64decode(form.jpeg, validate=True)
            pictures[item["uid"]] = KeptPicture(form.kind, jpeg, form.scale)
    session = from_plain(Session, plain)
    require_sound(session)
    return session, pictures


@dataclass(frozen=True)
class _PlainPicture:
    kind: PictureKind
    scale: float
    jpeg: str
