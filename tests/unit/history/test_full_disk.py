"""Where nothing can be written any more, what is kept can still be read."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from posture.errors import HistoryUnavailable
from posture.history import History, store
from posture.history.exchange import exported
from tests.support.histories import of_an_older_program, save


@pytest.fixture
def full(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A history on a disk that is full."""
    with History(path) as history:
        save(history, "Ann")

    def no_room(place: Path) -> sqlite3.Connection:
        raise HistoryUnavailable(f"The history {place} cannot be used: the disk is full.", "Free.")

    monkeypatch.setattr(store, "connect", no_room)
    return path


def test_it_is_read_and_exported(full: Path) -> None:
    before = sorted(full.parent.iterdir())
    with History(full) as history:
        assert [person.name for person in history.people()] == ["Ann"]
        assert len(history.sessions("Ann")) == 1
        assert exported(history, ["Ann"])
    assert sorted(full.parent.iterdir()) == before


def test_an_older_programs_file_is_read_too(full: Path) -> None:
    old = of_an_older_program(full)
    before = old.read_bytes()
    with History(old) as history:
        assert len(history.sessions("Ann")) == 1
        assert exported(history, ["Ann"])
        with pytest.raises(HistoryUnavailable, match="the disk is full"):
            history.delete_all()
    assert old.read_bytes() == before


def test_what_would_write_says_why_it_cannot(full: Path) -> None:
    with History(full) as history:
        for change in (
            lambda: save(history, "Bob"),
            lambda: history.delete_person("Ann"),
            lambda: history.add({}),
        ):
            with pytest.raises(HistoryUnavailable, match="the disk is full"):
                change()
        assert len(history.people()) == 1


def test_a_file_that_is_none_is_still_told(full: Path) -> None:
    full.write_bytes(b"no history at all" * 100)
    with pytest.raises(HistoryUnavailable):
        History(full)


def test_where_there_is_none_none_is_made(full: Path) -> None:
    with pytest.raises(HistoryUnavailable):
        History(full.with_name("other.sqlite3"))
    assert not full.with_name("other.sqlite3").exists()
