"""What is kept is there for ever, and what is deleted is gone."""

from __future__ import annotations

import json
import math
import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import history_writer
import pytest
from example_results import measured_result, refused_result
from history_writer import NUMBERS, session
from samples import MEASURABLE

from posture.errors import HistoryUnavailable, InvalidInput
from posture.history import History, KeptPicture, database
from posture.history.change import change_between, trend_of, with_standing_again
from posture.history.exchange import exported, parsed, sessions_csv
from posture.history.keeping import picture_of, session_of
from posture.history.story import ANGLE, change_of, story
from posture.photo.decode import Photo
from posture.result import Measured, Result
from posture.verdict.norms import load_norms

WRITER = Path(history_writer.__file__)
WHEN = datetime.fromisoformat("2026-05-04T10:00:00+00:00")
PICTURE = KeptPicture("photo", b"the very bytes of a photo" * 400, 0.5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "history.sqlite3"


def save(history: History, name: str = "Ann", picture: KeptPicture | None = None, **changes):
    one = session(**changes)
    history.save(name, one, {one.kept[0].uid: picture} if picture else {})
    return one


def all_bytes(path: Path) -> bytes:
    """Everything in every file of the history."""
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


# ------------------------------------------------------------------------------- keep and read


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


def test_several_photos_are_one_session_with_their_median(path: Path) -> None:
    base = measured_result()
    photos = [replace(base, slca_deg=Measured(v, 5.0)) for v in (40.0, 44.0, 41.0)]
    kept = session_of(photos, WHEN, load_norms())
    assert kept.reading.slca_deg.value == 41.0
    assert [item.role for item in kept.kept] == ["photo"] * 3 + ["median"]
    assert kept.kept[-1].image_sha256 is None
    with History(path) as history:
        history.save("Ann", kept, {})
        (back,) = history.sessions("Ann")
    assert back == kept
    again = Result.from_json(back.kept[0].result)
    assert again == replace(photos[0], image=None)


def test_refused_photos_are_not_kept() -> None:
    with pytest.raises(InvalidInput):
        session_of([refused_result()], WHEN, load_norms())


def test_a_kept_picture_is_small_and_its_face_can_be_blurred() -> None:
    from posture.photo.decode import load_photo

    photo = load_photo(MEASURABLE[0].path)
    assert isinstance(photo, Photo)
    plain = picture_of(photo, measured_result(), "thumbnail", blur_face=False)
    blurred = picture_of(photo, measured_result(), "thumbnail", blur_face=True)
    assert plain.jpeg != blurred.jpeg
    small = load_photo(plain.jpeg)
    assert isinstance(small, Photo)
    assert max(small.rgb.shape) == 480 == round(plain.scale * max(photo.rgb.shape))


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\x00b"])
def test_a_name_is_one_line_of_text(path: Path, name: str) -> None:
    with History(path) as history, pytest.raises(InvalidInput):
        save(history, name)


# ------------------------------------------------------------------------------------ deletion


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


# ---------------------------------------------------------------------------- crashes, two writers


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
    command = [sys.executable, WRITER, "count", path, "60"]
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


# ------------------------------------------------------------------------------------ migrations


def test_a_new_step_keeps_what_is_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with History(path) as history:
        mine = save(history)
    step = ("ALTER TABLE session ADD COLUMN note TEXT",)
    monkeypatch.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, step))
    with History(path) as history:
        assert history.sessions("Ann") == (mine,)
    monkeypatch.undo()
    with pytest.raises(HistoryUnavailable, match="newer version"):
        History(path)


def test_a_step_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with History(path) as history:
        mine = save(history)
    step = ("DELETE FROM person", "CREATE NONSENSE")
    monkeypatch.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, step))
    with pytest.raises(HistoryUnavailable):
        History(path)
    monkeypatch.undo()
    with History(path) as history:
        assert history.sessions("Ann") == (mine,)


# ------------------------------------------------------------------------------ export and import


def test_export_and_import_carry_everything(path: Path, tmp_path: Path) -> None:
    with History(path) as history:
        save(history, "Ann", PICTURE)
        history.save("Ann", session_of([measured_result()] * 3, WHEN, load_norms()), {})
        save(history, "Bob")
        text = exported(history, ["Ann", "Bob"])
        assert history.add(parsed(text)) == 0
        before = {name: history.sessions(name) for name in ("Ann", "Bob")}
    with History(tmp_path / "other.sqlite3") as other:
        assert other.add(parsed(text)) == 3
        assert {name: other.sessions(name) for name in before} == before
        assert exported(other, ["Ann", "Bob"]) == text


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.update(format="x"),
        lambda d: d.update(version=99),
        lambda d: d.update(people=None),
        lambda d: d["people"][0].update(name=""),
        lambda d: d["people"][0]["sessions"][0].update(taken_at="yesterday"),
        lambda d: d["people"][0]["sessions"][0].update(kept=[]),
        lambda d: d["people"][0]["sessions"][0]["kept"][0].pop("numbers"),
        lambda d: d["people"][0]["sessions"][0]["kept"][0]["numbers"].update(sex="x"),
        lambda d: d["people"][0]["sessions"][0]["kept"][0].update(role="median"),
        lambda d: d["people"][0]["sessions"][0]["kept"][0]["picture"].update(jpeg="?"),
    ],
)
def test_a_garbled_export_is_refused_whole(path: Path, change) -> None:
    with History(path) as history:
        save(history, "Ann", PICTURE)
        document = json.loads(exported(history, ["Ann"]))
        change(document)
        with pytest.raises(InvalidInput):
            history.add(parsed(json.dumps(document)))
        assert len(history.people()) == 1


def test_an_import_that_contradicts_is_taken_back(path: Path) -> None:
    with History(path) as history:
        save(history, "Ann")
        document = json.loads(exported(history, ["Ann"]))
        good = json.loads(json.dumps(document["people"][0]["sessions"][0]))
        good["uid"], good["kept"][0]["uid"] = "good", "fresh"
        clash = json.loads(json.dumps(good))
        clash["uid"] = "clash"
        document["people"][0]["sessions"] = [good, clash]
        with pytest.raises(InvalidInput, match="contradict"):
            history.add(parsed(json.dumps(document)))
        assert len(history.sessions("Ann")) == 1


# ------------------------------------------------------------------------------- change and trend


def test_both_intervals_and_standing_again_make_the_detectable_change() -> None:
    before = with_standing_again(Measured(40.0, 3.0), 0.1)
    after = with_standing_again(Measured(50.0, 4.0), 0.1)
    assert before.ci95 == pytest.approx(5.0)
    change = change_between(before, after)
    assert change.difference == 10.0
    assert change.detectable == pytest.approx(math.sqrt(3**2 + 4**2 + 4**2 + 5**2))
    assert change.counts
    assert not change_between(before, replace(after, value=48.0)).counts


def test_two_sessions_show_no_trend_and_three_do() -> None:
    line = [(WHEN + timedelta(weeks=week), Measured(40 + week, 1.0)) for week in range(3)]
    assert trend_of(line[:2]) is None
    trend = trend_of(line)
    assert trend is not None
    assert (trend.change, trend.weeks) == (pytest.approx(2.0), pytest.approx(2.0))
    # Equal errors at -1, 0, 1 week: the slope's error is that of one reading over sqrt(2).
    assert trend.ci95 == pytest.approx(2 / math.sqrt(2))
    assert trend_of([(WHEN, Measured(40.0, 1.0))] * 3) is None


def test_scatter_beyond_the_intervals_widens_the_trend() -> None:
    values = (40.0, 50.0, 42.0, 52.0)
    wild = [(WHEN + timedelta(weeks=k), Measured(v, 0.5)) for k, v in enumerate(values)]
    calm = [(when, Measured(40.0 + k, 0.5)) for k, (when, _) in enumerate(wild)]
    wide, narrow = trend_of(wild), trend_of(calm)
    assert wide is not None and narrow is not None
    assert wide.ci95 > 3 * narrow.ci95
    assert not wide.counts and narrow.counts


def at(day: int, angle: float, **changes: object):
    numbers = replace(NUMBERS, slca_deg=Measured(angle, 4.0), **changes)
    return session(f"2026-01-{day:02d}T12:00:00+00:00", numbers)


def test_the_sentences_are_honest() -> None:
    assert story([]) == ()
    assert "One session" in story([at(1, 40)])[0]
    two = story([at(1, 40), at(8, 43)])
    assert "That is no change" in two[0] and "+3°" in two[0]
    assert "Fewer than 3 sessions show no trend." in two
    assert "changed by +20°" in story([at(1, 40), at(8, 60)])[0]
    three = " ".join(story([at(1, 40), at(8, 41), at(15, 42)]))
    assert "shows no trend" in three and "Fewer than" not in three


def test_other_methods_are_not_compared() -> None:
    old, new = at(1, 40), at(8, 60, method_version="2")
    assert change_of(old, new, ANGLE) is None
    sentences = story([old, old, new])
    assert sentences[0].startswith("These sessions were measured by different versions")
    assert "Fewer than 3 sessions show no trend." in sentences


def test_the_table_has_a_row_for_each_session() -> None:
    lines = sessions_csv([at(1, 40), at(8, 43, hollow_depth_mm=None)]).splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("session,taken_at,photos,slca_deg,slca_deg_ci95,")


def test_reading_the_history_loads_nothing_heavy(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from posture.history import History;"
        f"History(Path({os.fspath(path)!r})).people(); print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"mediapipe", "cv2", "streamlit", "numpy"} & set(run.stdout.split())
