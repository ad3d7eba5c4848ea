"""``posture analyze --save`` and ``posture history`` as people meet them."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from posture.cli import main
from posture.history import History, store
from posture.history.records import Notes
from tests.support.samples import MEASURABLE, REFUSABLE

pytestmark = pytest.mark.model

QUICK = ["--model", "lite", "--fast"]
Command = Callable[..., int]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the history of this test is kept."""
    place = tmp_path / "data" / "history.sqlite3"
    for module in ("posture.history.store", "posture.cli.history"):
        monkeypatch.setattr(f"{module}.history_path", lambda: place)
    assert store.history_path() == place
    return place


@pytest.fixture
def run(path: Path) -> Command:
    def command(*arguments: object) -> int:
        with pytest.raises(SystemExit) as exit_:
            main([str(argument) for argument in arguments])
        assert isinstance(exit_.value.code, int)
        return exit_.value.code

    return command


def save(run: Command, *options: object, photos: int = 1) -> int:
    paths = [sample.path for sample in MEASURABLE[:photos]]
    return run("analyze", *paths, "--stature", "178cm", *QUICK, "--save", "Ann", *options)


def test_save_show_and_compare(
    run: Command, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert save(run, "--taken", "2026-01-03") == 0
    assert save(run, "--taken", "2026-04-03", "--keep-picture", "thumbnail", photos=2) == 0
    capsys.readouterr()
    assert run("history") == 0
    assert "Ann" in capsys.readouterr().out
    assert run("history", "ann") == 0
    flowing = " ".join(capsys.readouterr().out.split())
    for words in ("2026-01-03", "2026-04-03", "picture kept", "Fewer than 3 sessions", "±"):
        assert words in flowing
    assert run("history", "Ann", "--csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["photos"] for row in rows] == ["1", "2"]
    assert run("history", "Ann", "--json") == 0
    data = json.loads(capsys.readouterr().out)
    kept = data["sessions"][0]["kept"][0]
    assert kept["result"]["image"] is None
    assert str(kept["numbers"]["slca_deg"]["value"]) == rows[0]["slca_deg"]


def test_notes_are_kept_and_changed(
    run: Command, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert save(run, "--pain", "3", "--training", "bridges, twice") == 0
    with History(path) as history:
        (session,) = history.sessions("Ann")
    assert session.notes == Notes(3, "bridges, twice")
    assert run("history", "Ann", "--note", session.uid, "--pain", "1") == 0
    capsys.readouterr()
    assert run("history", "Ann", "--csv") == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["pain"], row["training"]) == ("1", "bridges, twice")
    assert run("history", "Ann") == 0
    assert "bridges" in capsys.readouterr().out
    assert run("history", "Ann", "--note", "nothing", "--pain", "1") == 1
    assert "has no session 'nothing'" in capsys.readouterr().err


def test_no_picture_unless_wanted(run: Command, path: Path) -> None:
    assert save(run) == 0
    with History(path) as history:
        assert history.sessions("Ann")[0].pictured is None
    assert b"JFIF" not in path.read_bytes()


def test_nothing_measured_keeps_nothing(
    run: Command, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("analyze", REFUSABLE[0].path, *QUICK, "--save", "Ann") == 2
    assert "nothing was kept" in capsys.readouterr().err
    assert not path.exists()


def test_a_history_that_cannot_be_written_still_shows_the_reading(
    run: Command, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no database")
    assert save(run, "--json") == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)["status"] == "measured"
    assert "damaged" in printed.err


def test_delete_one_a_person_and_all(
    run: Command, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(run)
    save(run)
    with History(path) as history:
        first, second = history.sessions("Ann")
    assert run("history", "Ann", "--delete", first.uid) == 1  # nobody can be asked
    assert run("history", "Ann", "--delete", first.uid, "--yes") == 0
    with History(path) as history:
        assert history.sessions("Ann") == (second,)
    assert run("history", "--export", tmp_path / "all.json") == 0
    assert run("history", "Ann", "--delete-person", "--yes") == 0
    assert run("history", "--import", tmp_path / "all.json") == 0
    with History(path) as history:
        assert history.sessions("Ann") == (second,)
    assert run("history", "--delete-all", "--yes") == 0
    assert second.uid.encode() not in path.read_bytes()
    capsys.readouterr()
    assert run("history") == 0
    assert capsys.readouterr().err == "The history is empty.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["history", "Nobody"],
        ["history", "--json"],
        ["history", "--delete", "abc"],
        ["history", "--delete-person"],
        ["history", "Ann", "--delete-all", "--yes"],
        ["history", "--export", "nothing.json"],
        ["history", "--import", "missing.json"],
        ["history", "Ann", "--pain", "3"],
        ["history", "Ann", "--note", "abc"],
        ["history", "--note", "abc", "--pain", "3"],
        ["analyze", "a.jpg", "--pain", "3"],
        ["analyze", "a.jpg", "--save", "Ann", "--pain", "11"],
        ["analyze", "a.jpg", "--save", "Ann", "--pain", "much"],
        ["analyze", "a.jpg", "--save", "Ann", "--training", "a" * 201],
        ["analyze", "a.jpg", "--save", " "],
        ["analyze", "a.jpg", "--save", "Ann", "--taken", "yesterday"],
        ["analyze", "a.jpg", "--keep-picture", "photo"],
        ["analyze", "a.mp4", "--save", "Ann"],
    ],
)
def test_misuse_is_one_line_with_a_fix(
    run: Command, path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert 1 <= len(printed.err.splitlines()) <= 2
    assert not path.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="names the Linux folder")
def test_it_lies_in_the_users_data_folder(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "posture", "analyze", str(MEASURABLE[0].path), *QUICK]
    subprocess.run([*command, "--save", "Ann"], env=environment, check=True, capture_output=True)
    with History(tmp_path / "posture" / "history.sqlite3") as history:
        assert [person.name for person in history.people()] == ["Ann"]
