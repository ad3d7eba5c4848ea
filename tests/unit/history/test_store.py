"""What is kept is there for ever, and what is deleted is gone."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from posture.errors import HistoryUnavailable, InvalidInput
from posture.history import History, database
from posture.history.migrations import MIGRATIONS
from posture.history.records import Notes
from tests.support import history_writer
from tests.support.histories import PICTURE, of_an_older_program, save, stood
from tests.support.history_writer import NUMBERS

WRITER = Path(history_writer.__file__)


def all_bytes(path: Path) -> bytes:
    """Everything in every file of the history."""
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def test_what_was_saved_comes_back(path: Path) -> None:
    with History(path) as history:
        first = save(history, "Ann Lee", PICTURE)
        save(history, "ann  LEE", taken_at="2025-12-31T12:00:00+00:00")
        save(history, "Bob")
    with History(path) as history:
        assert [(p.name, p.sessions) for p in history.people()] == [("Ann Lee", 2), ("Bob", 1)]
        earlier, later = history.sessions("Ann Lee")
        assert (earlier.taken_at < later.taken_at) and later.uid == first.uid
        assert later.reading == NUMBERS
        assert later.pictured is not None and earlier.pictured is None
        assert history.picture(later.pictured.uid) == PICTURE
        assert history.sessions("Nobody") == ()


def test_only_the_person_may_read_the_file(path: Path) -> None:
    with History(path) as history:
        save(history)
        modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    assert set(modes.values()) == {0o600}, modes


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\x00b"])
def test_a_name_is_one_line_of_text(path: Path, name: str) -> None:
    with History(path) as history, pytest.raises(InvalidInput):
        save(history, name)


@pytest.mark.parametrize("what", ["session", "person", "everything"])
def test_deleted_is_gone_from_every_byte(path: Path, what: str) -> None:
    with History(path) as other, History(path) as history:
        secret = replace(NUMBERS, verdict="secret-verdict")
        mine = save(history, "Zebedee", PICTURE, numbers=secret)
        if what != "everything":
            save(history, "Ann")
        assert other.people()
        for trace in (b"Zebedee", b"secret-verdict", b"the very bytes of a photo"):
            assert trace in all_bytes(path)
        if what == "session":
            assert history.delete_session("Zebedee", mine.uid)
        elif what == "person":
            assert history.delete_person("zebedee")
        else:
            assert history.delete_all()
        for trace in (
            b"Zebedee",
            b"zebedee",
            b"secret-verdict",
            b"the very bytes",
            mine.uid.encode(),
        ):
            assert trace not in all_bytes(path)
        assert [person.name for person in history.people()] == (
            [] if what == "everything" else ["Ann"]
        )


def test_deleting_what_is_not_there_says_so(path: Path) -> None:
    with History(path) as history:
        mine = save(history, "Ann")
        save(history, "Bob")
        assert not history.delete_session("Bob", mine.uid)
        assert not history.delete_person("Carl")
        assert len(history.people()) == 2


def test_a_reader_in_the_way_delays_the_wiping_only(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)
    with History(path) as history:
        save(history, "Zebedee", PICTURE)
        reader = sqlite3.connect(path, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM person").fetchone()
        with pytest.raises(HistoryUnavailable, match="traces"):
            history.delete_all()
        assert not history.people()
        reader.close()
    with History(path):
        assert b"Zebedee" not in all_bytes(path)


def test_killing_it_fifty_times_in_mid_write_loses_nothing(path: Path) -> None:
    run = subprocess.run(
        [sys.executable, WRITER, "killed", path, "50"], capture_output=True, text=True, check=True
    )
    confirmed = run.stdout.split()
    assert len(confirmed) >= 50
    with History(path) as history:
        kept = {item.uid for item in history.sessions("Ann")}
        assert all(
            history.picture(item.kept[0].uid) is not None for item in history.sessions("Ann")
        )
    assert set(confirmed) <= kept
    # At most the one that was being confirmed when the process died is there beyond that.
    assert len(kept) - len(confirmed) <= 50
    with sqlite3.connect(path) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []


def test_two_processes_write_at_once_without_loss(path: Path) -> None:
    command: list[str | Path] = [sys.executable, WRITER, "count", path, "60"]
    writers = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    confirmed = []
    for writer in writers:
        output, errors = writer.communicate(timeout=60)
        assert writer.returncode == 0, errors
        confirmed += output.split()
    assert len(set(confirmed)) == 120
    with History(path) as history:
        assert {item.uid for item in history.sessions("Ann")} == set(confirmed)


@pytest.mark.parametrize(
    "content", [b"no database at all", b"SQLite format 3\x00" + b"\xff" * 4000]
)
def test_a_damaged_file_is_explained(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(HistoryUnavailable, match="damaged"):
        History(path)
    assert path.read_bytes() == content


def test_a_new_step_keeps_what_is_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with History(path) as history:
        mine = save(history)
    step = ("ALTER TABLE session ADD COLUMN note TEXT",)
    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, step))
    with History(path) as history:
        assert history.sessions("Ann") == (mine,)
    monkeypatch.undo()
    with pytest.raises(HistoryUnavailable, match="newer version"):
        History(path)


def test_a_file_of_the_first_release_keeps_everything(path: Path) -> None:
    with History(path) as history:
        save(history, "Ann", PICTURE)
        history.save("Ann", stood(3, (40, 41, 42, 43)), {})
        new = history.sessions("Ann")
    with History(of_an_older_program(path)) as history:
        old = history.sessions("Ann")
        assert history.picture(old[0].kept[0].uid) == PICTURE
        history.save("Ann", stood(9, (40, 41, 42, 43)), {})
        assert [session.stances for session in history.sessions("Ann")] == [None, None, 4]
    # How often the person stood is not known, and is not guessed.
    assert old == tuple(replace(session, stances=None) for session in new)


def test_notes_are_kept_changed_and_wiped(path: Path) -> None:
    with History(path) as history:
        mine = stood(3, (40, 41, 42, 43))
        mine = replace(mine, notes=Notes(4, "the very words of my training"))
        history.save("Ann", mine, {})
        assert history.sessions("Ann") == (mine,)
        assert b"the very words" in all_bytes(path)
        assert history.note("ann", mine.uid, Notes(2, "others"))
        assert history.sessions("Ann") == (replace(mine, notes=Notes(2, "others")),)
        assert not history.note("Bob", mine.uid, Notes(1))
        assert not history.note("Ann", "nothing", Notes(1))
    assert b"the very words" not in all_bytes(path)


def test_a_step_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with History(path) as history:
        mine = save(history)
    step = ("DELETE FROM person", "CREATE NONSENSE")
    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, step))
    with pytest.raises(HistoryUnavailable):
        History(path)
    monkeypatch.undo()
    with History(path) as history:
        assert history.sessions("Ann") == (mine,)


def test_reading_the_history_loads_nothing_heavy(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path;"
        "import posture.history.story, posture.history.exchange;"
        "from posture.history import History;"
        f"History(Path({os.fspath(path)!r})).people(); print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"mediapipe", "cv2", "streamlit", "numpy"} & set(run.stdout.split())
