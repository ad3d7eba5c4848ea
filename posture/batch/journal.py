"""What a batch has to do and has done, in one SQLite file: a kill at any moment loses no row.

A photo counts as done once its row is in here, and is never measured again.  The file is locked
while a batch runs; the lock dies with the process.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from posture._support.closing import Closing
from posture._support.files import make_private_file, output_failed
from posture.batch.plan import Job
from posture.batch.rows import Row, with_more
from posture.batch.visit import Visit
from posture.errors import InvalidInput, OutputFailed
from posture.subject import Subject

NAME = "journal.sqlite3"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS job (
    number INTEGER PRIMARY KEY,
    place INTEGER,  -- in the order of the plan; NULL when the plan does not name it any more
    key TEXT NOT NULL UNIQUE,
    path BLOB NOT NULL,
    id BLOB NOT NULL,
    stature_mm REAL,
    sex TEXT NOT NULL,
    age REAL,
    hand_thickness_mm REAL,
    problem TEXT
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS job_by_place ON job (place);
-- Texts of the manifest's own columns, as pairs of name and text.
CREATE TABLE IF NOT EXISTS more (number INTEGER PRIMARY KEY REFERENCES job, data TEXT) STRICT;
CREATE TABLE IF NOT EXISTS done (number INTEGER PRIMARY KEY REFERENCES job, data BLOB) STRICT;
-- Whose visit a photo is of, and of such photos the whole result, packed, and their own time.
CREATE TABLE IF NOT EXISTS visit (
    number INTEGER PRIMARY KEY REFERENCES job, person TEXT NOT NULL, name TEXT NOT NULL, taken TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS result (
    number INTEGER PRIMARY KEY REFERENCES job, data BLOB NOT NULL, taken TEXT
) STRICT;
-- Files beside the tables, each with a mark of what it was made of.
CREATE TABLE IF NOT EXISTS made (file TEXT PRIMARY KEY, mark TEXT NOT NULL) STRICT;
"""
_TABLES = {"setting", "job", "done"}
# A photo of a visit also needs its whole result, which one of no visit does not keep.
_DONE = (
    "number IN (SELECT number FROM done) AND"
    " (number NOT IN (SELECT number FROM visit) OR number IN (SELECT number FROM result))"
)


@dataclass(frozen=True)
class Written:
    """What is put down of a finished photo.

    Attributes:
        row: of the table.
        result: the whole of it, as JSON, for a photo of a visit; None for others.
        taken: when, as kept in a history, by the photo's own account; None when it does not tell.
    """

    row: Row
    result: str | None = None
    taken: str | None = None


@dataclass(frozen=True)
class VisitPhoto:
    """A finished photo of a visit, as it was put down.

    Attributes:
        more: names and texts of the manifest's own columns.
        result: the whole of it, as JSON.
        taken: as in :class:`Written`.
    """

    visit: Visit
    path: str
    more: Mapping[str, str]
    result: str
    taken: str | None


class Journal(Closing):
    """The open journal of one output folder; a context manager.

    A journal without rows is no batch: whatever it was begun with is forgotten.

    Args:
        folder: of the batch.
        settings: what the rows depend on; a batch is never continued with others.
        resume: whether to continue what is there.

    Raises:
        InvalidInput: when there is a batch that shall not or cannot be continued.
        OutputFailed: when the file cannot be written, or another batch is writing it.
    """

    def __init__(self, folder: Path, settings: Mapping[str, str], *, resume: bool) -> None:
        self.path = folder / NAME
        with self._explained():
            # SQLite gives its log the rights of the file.
            with suppress(FileExistsError):
                make_private_file(self.path)
            self._connection = sqlite3.connect(self.path, timeout=0.5, isolation_level=None)
        try:
            with self._explained():
                self._set_up()
            if not self.has_rows():
                self._forget()
            elif not resume:
                raise InvalidInput(
                    f"{folder} holds a batch already.",
                    "Add --resume to continue it, or choose another folder.",
                )
            self._agree(dict(settings))
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def has_rows(self) -> bool:
        """Whether anything is done."""
        return bool(self._rows("SELECT 1 FROM done LIMIT 1"))

    def plan(self, jobs: Iterable[Job]) -> None:
        """Make this the plan; what was done of it before stays done."""
        seen: Counter[str] = Counter()
        with self._writing() as run:
            run("UPDATE job SET place = NULL", ())
            run("DELETE FROM visit", ())
            for place, job in enumerate(jobs):
                plain = job.key(0)
                key = job.key(seen[plain])
                seen[plain] += 1
                run(
                    "INSERT INTO job (place, key, path, id, stature_mm, sex, age,"
                    " hand_thickness_mm, problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT (key) DO UPDATE SET place = excluded.place",
                    (place, key, *_cells(job)),
                )
                if job.visit is not None:
                    run(
                        "INSERT INTO visit SELECT number, ?, ?, ? FROM job WHERE key = ?",
                        (job.visit.person, job.visit.name, job.visit.taken, key),
                    )
                if job.more:
                    run(
                        "INSERT OR REPLACE INTO more SELECT number, ? FROM job WHERE key = ?",
                        (json.dumps(job.more), key),
                    )

    def to_do(self) -> Iterator[tuple[int, Job]]:
        """The photos without a row, in order, each with its number."""
        place = -1
        while True:
            rows = self._rows(
                "SELECT job.*, person, visit.name AS visit_name, taken FROM job"
                " LEFT JOIN visit USING (number)"
                f" WHERE place > ? AND NOT ({_DONE}) ORDER BY place LIMIT 500",
                place,
            )
            if not rows:
                return
            for row in rows:
                yield row["number"], _job(row)
            place = rows[-1]["place"]

    def count(self) -> tuple[int, int]:
        """How many photos the plan has, and how many of them are done."""
        (row,) = self._rows(
            f"SELECT count(*), count(*) FILTER (WHERE {_DONE}) FROM job WHERE place IS NOT NULL"
        )
        return int(row[0]), int(row[1])

    def write(self, photos: Iterable[tuple[int, Written]]) -> None:
        """Put these rows and results down for good, all of them or none."""
        with self._writing() as run:
            for number, written in photos:
                data = json.dumps(written.row, allow_nan=False).encode()
                run("INSERT OR REPLACE INTO done (number, data) VALUES (?, ?)", (number, data))
                if written.result is not None:
                    packed = zlib.compress(written.result.encode())
                    run(
                        "INSERT OR REPLACE INTO result (number, data, taken) VALUES (?, ?, ?)",
                        (number, packed, written.taken),
                    )

    def rows(self) -> Iterator[Row]:
        """The rows of the plan in its order, with the manifest's own columns."""
        cursor = self._connection.execute(
            "SELECT done.data, more.data FROM job JOIN done ON done.number = job.number"
            " LEFT JOIN more ON more.number = job.number WHERE place IS NOT NULL ORDER BY place"
        )
        for data, more in cursor:
            row: Row = json.loads(data)
            yield row if more is None else with_more(row, json.loads(more))

    def people(self) -> tuple[tuple[str, int], ...]:
        """Everybody of whom the plan has visits, in its order, and of each how many."""
        rows = self._rows(
            "SELECT person, count(DISTINCT name) FROM visit JOIN job USING (number)"
            " WHERE place IS NOT NULL GROUP BY person ORDER BY min(place)"
        )
        return tuple((row[0], row[1]) for row in rows)

    def photos_of(self, person: str) -> tuple[VisitPhoto, ...]:
        """The finished photos of somebody's visits, in the order of the plan."""
        rows = self._rows(
            "SELECT visit.name, visit.taken, path, more.data AS more,"
            " result.data AS result, result.taken AS own FROM visit JOIN job USING (number)"
            " JOIN result USING (number) LEFT JOIN more USING (number)"
            " WHERE person = ? AND place IS NOT NULL ORDER BY place",
            person,
        )
        return tuple(
            VisitPhoto(
                Visit(person, row["name"], row["taken"]),
                os.fsdecode(row["path"]),
                dict(json.loads(row["more"] or "[]")),
                zlib.decompress(row["result"]).decode(),
                row["own"],
            )
            for row in rows
        )

    def marks(self) -> dict[str, str]:
        """The files that were made, each with the mark of what it was made of."""
        return {row["file"]: row["mark"] for row in self._rows("SELECT * FROM made")}

    def note_made(self, file: str, mark: str) -> None:
        """Put down that a file was made, and of what."""
        with self._writing() as run:
            run("INSERT OR REPLACE INTO made (file, mark) VALUES (?, ?)", (file, mark))

    def more_columns(self) -> tuple[str, ...]:
        """The names of the manifest's own columns, in the order in which they come."""
        texts = self._rows(
            "SELECT DISTINCT (SELECT json_group_array(json_extract(value, '$[0]'))"
            " FROM json_each(data)) FROM job JOIN more ON more.number = job.number"
            " WHERE place IS NOT NULL ORDER BY place"
        )
        return tuple(dict.fromkeys(name for (text,) in texts for name in json.loads(text)))

    def _set_up(self) -> None:
        names = {row["name"] for row in self._rows("SELECT name FROM sqlite_master")}
        if names and not names >= _TABLES:
            raise InvalidInput(f"{self.path} is another program's.", "Choose another folder.")
        # The lock is taken with the first write and kept until the process ends.
        self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} COMMIT;")

    def _forget(self) -> None:
        with self._writing() as run:
            for table in ("more", "visit", "result", "made", "job", "setting"):
                run(f"DELETE FROM {table}", ())

    def _agree(self, settings: dict[str, str]) -> None:
        before = {row["name"]: row["value"] for row in self._rows("SELECT * FROM setting")}
        if not before:
            with self._writing() as run:
                for item in settings.items():
                    run("INSERT INTO setting VALUES (?, ?)", item)
            return
        other = [name for name in settings if before.get(name) != settings[name]]
        if other:
            begun_with = ", ".join(f"{name} {before.get(name)!r}" for name in other)
            raise InvalidInput(
                f"The batch in {self.path.parent} was begun with {begun_with}.",
                "Continue it the same way, or choose another folder.",
            )

    def _rows(self, query: str, *values: object) -> list[Any]:
        with self._explained():
            cursor = self._connection.cursor()
            cursor.row_factory = sqlite3.Row
            return cursor.execute(query, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[Any]:
        with self._explained():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection.execute
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise output_failed(self.path, error) from error
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code == sqlite3.SQLITE_BUSY:
                reason, fix = "another batch is writing there", "Wait for it, or stop it."
            elif code == sqlite3.SQLITE_FULL:
                reason, fix = "the disk is full", "Free some space, then continue with --resume."
            else:
                reason, fix = str(error), "Choose another folder."
            raise OutputFailed(f"{self.path} could not be written: {reason}.", fix) from error


def _cells(job: Job) -> tuple[object, ...]:
    who = job.subject
    return (
        # Names of files need not be text.
        os.fsencode(job.path),
        os.fsencode(job.id),
        who.stature_mm,
        who.sex,
        who.age,
        who.hand_thickness_mm,
        job.problem,
    )


def _job(row: sqlite3.Row) -> Job:
    subject = Subject(row["stature_mm"], row["sex"], row["age"], row["hand_thickness_mm"])
    person = row["person"]
    visit = None if person is None else Visit(person, row["visit_name"], row["taken"])
    path, name = os.fsdecode(row["path"]), os.fsdecode(row["id"])
    return Job(path, name, subject, row["problem"], visit=visit)
