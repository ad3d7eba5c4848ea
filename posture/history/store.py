"""The history file: keep, read, delete.

Deleting wipes: rows are overwritten, the file is rebuilt and its log emptied, so that nothing of
them is left in any of the history's files.  Should the program be stopped in between, the next
one that opens the history finishes the job.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import platformdirs

from posture._support.closing import Closing
from posture.errors import HistoryUnavailable, InvalidInput, OutputFailed
from posture.history.database import (
    connect,
    connect_for_reading,
    explained,
    wipe,
    writing,
)
from posture.history.records import (
    Kept,
    KeptPicture,
    Notes,
    Numbers,
    PersonEntry,
    Session,
    clean_name,
)
from posture.history.words import history_problem
from posture.result_columns import cells_of, columns_of, record_of

_WIPE = "wipe"
_NUMBERS = tuple(column.name for column in columns_of(Numbers))
_MEASUREMENT = ("uid", "role", *_NUMBERS, "image_sha256", "result")


def history_path() -> Path:
    """Where the history is kept."""
    return platformdirs.user_data_path("posture", appauthor=False) / "history.sqlite3"


class History(Closing):
    """The open history; a context manager.  One for each thread.

    Where the disk is full or may not be written, it can still be read.

    Args:
        path: of the file, which is made when it is not there; the person's own when None.

    Raises:
        HistoryUnavailable: when the file cannot be used; the methods raise it too.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or history_path()
        self._unwritable: HistoryUnavailable | None = None
        try:
            self._connection = connect(self.path)
        except (HistoryUnavailable, OutputFailed) as error:
            reading = connect_for_reading(self.path) if self.path.is_file() else None
            if reading is None:
                raise
            self._connection = reading
            self._unwritable = HistoryUnavailable(error.reason, error.fix)
            return
        try:
            self._finish_wiping()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def people(self) -> tuple[PersonEntry, ...]:
        """Everybody with at least one session, by name."""
        rows = self._rows(
            "SELECT name, count(*), min(taken_at), max(taken_at) FROM person"
            " JOIN session ON person_id = person.id GROUP BY person.id ORDER BY folded"
        )
        return tuple(PersonEntry(*row) for row in rows)

    def name_of(self, name: str) -> str:
        """A person's name as it was first kept; as given when there is nobody of that name."""
        rows = self._rows("SELECT name FROM person WHERE folded = ?", folded(name))
        return str(rows[0]["name"]) if rows else name

    def sessions(self, name: str) -> tuple[Session, ...]:
        """The sessions of a person, oldest first; empty when there is nobody of that name."""
        rows = self._rows(
            "SELECT session.uid AS session_uid, taken_at, stances, pain, training,"
            " measurement.*,"
            " picture.measurement_id IS NOT NULL AS has_picture FROM person"
            " JOIN session ON person_id = person.id JOIN measurement ON session_id = session.id"
            " LEFT JOIN picture ON measurement_id = measurement.id WHERE folded = ?"
            " ORDER BY taken_at, session.id, role = 'median', measurement.id",
            folded(name),
        )
        grouped: dict[str, list[sqlite3.Row]] = {}
        for row in rows:
            grouped.setdefault(row["session_uid"], []).append(row)
        sessions = map(_session, grouped.values())
        return tuple(sorted(sessions, key=lambda session: session.when))

    def picture(self, uid: str) -> KeptPicture | None:
        """The picture that was kept with a measurement, if any."""
        rows = self._rows(
            "SELECT kind, jpeg, scale FROM picture"
            " JOIN measurement ON measurement_id = measurement.id WHERE uid = ?",
            uid,
        )
        return next((KeptPicture(*row) for row in rows), None)

    def save(self, name: str, session: Session, pictures: Mapping[str, KeptPicture]) -> None:
        """Keep a session of a person, all of it or nothing.

        Args:
            name: the person's; capital letters make no other person.
            session: a new one.
            pictures: by the uid of the measurement that they belong to.
        """
        self._require_writable()
        with explained(self.path), writing(self._connection):
            self._insert(name, session, pictures)

    def add(self, people: Mapping[str, Iterable[tuple[Session, Mapping[str, KeptPicture]]]]) -> int:
        """Take over the sessions that are not there yet, all of them or nothing; how many.

        Raises:
            InvalidInput: when one of them contradicts what is kept.
        """
        self._require_writable()
        count = 0
        try:
            with explained(self.path), writing(self._connection):
                for name, sessions in people.items():
                    for session, pictures in sessions:
                        if not self._holds(session):
                            self._insert(name, session, pictures)
                            count += 1
        except HistoryUnavailable as error:
            if isinstance(error.__cause__, sqlite3.IntegrityError):
                told = history_problem("contradiction", why=error.__cause__)
                raise InvalidInput(*told) from error
            raise
        return count

    def note(self, name: str, uid: str, notes: Notes) -> bool:
        """Keep other notes with a session, and wipe those before; False when there is none."""
        return self._delete(
            "UPDATE session SET pain = ?, training = ? WHERE uid = ?"
            " AND person_id = (SELECT id FROM person WHERE folded = ?)",
            notes.pain,
            notes.training,
            uid,
            folded(name),
        )

    def delete_session(self, name: str, uid: str) -> bool:
        """Delete and wipe one session; False when this person has none of that name."""
        return self._delete(
            "DELETE FROM session WHERE uid = ?"
            " AND person_id = (SELECT id FROM person WHERE folded = ?)",
            uid,
            folded(name),
        )

    def delete_person(self, name: str) -> bool:
        """Delete and wipe a person with all sessions; False when there is nobody of that name."""
        return self._delete("DELETE FROM person WHERE folded = ?", folded(name))

    def delete_all(self) -> bool:
        """Delete and wipe everything; False when there was nothing."""
        return self._delete("DELETE FROM person")

    def _require_writable(self) -> None:
        if self._unwritable is not None:
            raise self._unwritable

    def _delete(self, statement: str, *values: str | int | None) -> bool:
        self._require_writable()
        with explained(self.path):
            with writing(self._connection):
                found = self._connection.execute(statement, values).rowcount > 0
                # Nobody is remembered by name alone.
                self._connection.execute(
                    "DELETE FROM person WHERE id NOT IN (SELECT person_id FROM session)"
                )
                self._connection.execute("INSERT OR IGNORE INTO chore VALUES (?)", (_WIPE,))
            if not self._finish_wiping():
                raise HistoryUnavailable(
                    "It is deleted, but traces are left while another program reads the history.",
                    "Close the other one and look at your history once more; that wipes them.",
                )
        return found

    def _finish_wiping(self) -> bool:
        """Wipe if something was deleted since the last time; whether nothing is left to wipe."""
        if not self._rows("SELECT 1 FROM chore WHERE name = ?", _WIPE):
            return True
        with explained(self.path):
            if not wipe(self._connection):
                return False
            self._connection.execute("DELETE FROM chore WHERE name = ?", (_WIPE,))
        return True

    def _holds(self, session: Session) -> bool:
        return bool(self._rows("SELECT 1 FROM session WHERE uid = ?", session.uid))

    def _insert(self, name: str, session: Session, pictures: Mapping[str, KeptPicture]) -> None:
        run, shown = self._connection.execute, clean_name(name)
        run("INSERT OR IGNORE INTO person (folded, name) VALUES (?, ?)", (folded(shown), shown))
        session_id = run(
            "INSERT INTO session (uid, person_id, taken_at, stances, pain, training)"
            " SELECT ?, id, ?, ?, ?, ? FROM person WHERE folded = ?",
            (
                session.uid,
                session.taken_at,
                session.stances,
                session.notes.pain,
                session.notes.training,
                folded(shown),
            ),
        ).lastrowid
        columns = ", ".join(_MEASUREMENT)
        places = ", ".join("?" * len(_MEASUREMENT))
        for kept in session.kept:
            measurement_id = run(
                f"INSERT INTO measurement (session_id, {columns}) VALUES (?, {places})",
                (session_id, *_cells(kept)),
            ).lastrowid
            picture = pictures.get(kept.uid)
            if picture is not None:
                run(
                    "INSERT INTO picture (measurement_id, kind, scale, jpeg) VALUES (?, ?, ?, ?)",
                    (measurement_id, picture.kind, picture.scale, picture.jpeg),
                )

    def _rows(self, query: str, *values: str) -> list[Any]:
        with explained(self.path), closing(self._connection.cursor()) as cursor:
            cursor.row_factory = sqlite3.Row
            return cursor.execute(query, values).fetchall()


def folded(name: str) -> str:
    """Equal for two spellings of one name."""
    return unicodedata.normalize("NFKC", clean_name(name)).casefold()


def _cells(kept: Kept) -> tuple[object, ...]:
    numbers = cells_of(kept.numbers).values()
    return (kept.uid, kept.role, *numbers, kept.image_sha256, kept.result)


def _session(rows: Sequence[sqlite3.Row]) -> Session:
    """A session from the rows of its measurements, of which each tells of the session, too."""
    head = rows[0]
    return Session(
        uid=head["session_uid"],
        taken_at=head["taken_at"],
        kept=tuple(map(_kept, rows)),
        stances=head["stances"],
        notes=Notes(head["pain"], head["training"]),
    )


def _kept(row: sqlite3.Row) -> Kept:
    return Kept(
        uid=row["uid"],
        role=row["role"],
        numbers=record_of(Numbers, dict(row)),
        image_sha256=row["image_sha256"],
        result=row["result"],
        has_picture=bool(row["has_picture"]),
    )
