"""Opens the history's SQLite file so that no crash and no second program can harm it."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from posture._support.files import make_folder
from posture.errors import HistoryUnavailable
from posture.history.migrations import MIGRATIONS
from posture.history.words import history_problem

BUSY_SECONDS = 30.0
# What data/history.toml calls each.
_PROBLEM_OF_CODE = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_CANTOPEN: "closed",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
}
# Changing to WAL does not wait for other programs by itself.
_WAL_PAUSE_SECONDS = 0.02


def connect(path: Path) -> sqlite3.Connection:
    """A connection to the file at `path`, created and brought to the newest schema.

    Raises:
        HistoryUnavailable: when it cannot be opened, is damaged, or is from a newer program.
        OutputFailed: when its folder cannot be made.
    """
    make_folder(path.parent)
    with explained(path):
        _create_private(path)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            _set_up(connection)
            _migrate(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def connect_for_reading(path: Path) -> sqlite3.Connection | None:
    """A connection that only reads, where `connect` fails; None when that fails, too.

    A full or read-only disk has no room for the log that SQLite keeps beside the file while it is
    open.  Where there is no log with anything in it, the file itself tells everything.
    """
    log = Path(f"{path}-wal")
    try:
        untouched = not log.exists() or log.stat().st_size == 0
        mode = "mode=ro&immutable=1" if untouched else "mode=ro"
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None
        )
    except (OSError, sqlite3.Error):
        return None
    try:
        if 0 < _version(connection) < len(MIGRATIONS):
            connection = _migrated_in_memory(connection, path)
        if _version(connection) == len(MIGRATIONS):
            connection.execute("SELECT count(*) FROM session").fetchone()
            return connection
    except sqlite3.Error:
        pass
    connection.close()
    return None


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction that has the file for itself from the start, so that it cannot deadlock."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A commit that failed may have ended the transaction already.
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def wipe(connection: sqlite3.Connection) -> bool:
    """Rebuild the file without what was deleted and empty its log.

    Returns:
        Whether the log is empty; another program that is just reading can stand in the way.
    """
    connection.execute("VACUUM")
    (blocked, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not blocked


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite and the operating system complain about into a reason and a fix."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        # Extended codes carry the plain one in their low byte.
        name = _PROBLEM_OF_CODE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "disk")
        raise HistoryUnavailable(*history_problem(name, path=path)) from error
    except OSError as error:
        raise HistoryUnavailable(*history_problem("closed", path=path)) from error


def _create_private(path: Path) -> None:
    """Only the person may read the file; SQLite gives its log the same rights."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _set_up(connection: sqlite3.Connection) -> None:
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_WAL_PAUSE_SECONDS)
    for setting in (
        "synchronous = FULL",  # what was committed outlives a power cut
        "foreign_keys = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",  # nothing personal in temporary files
    ):
        connection.execute(f"PRAGMA {setting}")


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    if _version(connection) == len(MIGRATIONS):
        return
    with writing(connection):
        # Another program may have done it while this one waited.
        done = _version(connection)
        if done > len(MIGRATIONS):
            raise HistoryUnavailable(*history_problem("newer", path=path))
        for step in MIGRATIONS[done:]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _migrated_in_memory(old: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """A copy at the newest schema of a file of an older program that may not be written."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    with closing(old):
        old.backup(copy)
    _migrate(copy, path)
    return copy


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)
