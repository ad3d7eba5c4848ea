"""Many photos: one row each, whatever happens on the way."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from PIL import Image

import posture
from posture.analyzer import Analyzer
from posture.batch import pool
from posture.batch.journal import Journal
from posture.batch.measure_job import PictureOptions
from posture.batch.plan import Job, Request, planned
from posture.batch.pool import Pool
from posture.batch.rows import COLUMNS, row_of
from posture.batch.run import BatchOptions, run_batch
from posture.batch.scheduling import run_jobs
from posture.errors import InvalidInput, OutputFailed
from posture.settings import Settings
from posture.subject import Subject
from tests.support import worker_tasks
from tests.support.samples import MEASURABLE, REFUSABLE
from tests.support.waiting import wait_until

pytestmark = pytest.mark.model

QUICK = ["--model", "lite", "--fast"]
SETTINGS = Settings("lite", fast=True)
SMALL_PX = (420, 560)


@pytest.fixture(scope="session")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixteen small photos, among them some that cannot be measured or read."""
    folder = tmp_path_factory.mktemp("photos")
    samples = [*MEASURABLE[:5], *REFUSABLE[:2]] * 2
    for number, sample in enumerate(samples):
        with Image.open(sample.path) as photo:
            photo.resize(SMALL_PX).save(folder / f"{number:02d}.jpg", quality=90)
    (folder / "junk.jpg").write_bytes(b"no picture at all")
    shutil.copy(folder / "00.jpg", folder / "cut.jpg")
    os.truncate(folder / "cut.jpg", 3000)
    return folder


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "posture", "batch", *map(str, arguments), *QUICK]


def start(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(*arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell starts background jobs deaf to Ctrl-C, and their children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )


def finish(*arguments: object, code: int = 0) -> str:
    run = subprocess.run(command(*arguments), capture_output=True, text=True, check=False)
    assert run.returncode == code, run.stderr
    assert run.stdout == "" and "Traceback" not in run.stderr
    return run.stderr


def table(out: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(out / "results.parquet").to_pylist()
    return rows


def written(out: Path) -> dict[str, Any]:
    """The rows in the journal of a batch that is not running, by path."""
    with Journal(out, {}, resume=True) as journal:
        return {row["path"]: row for row in journal.rows()}


def wait_for_pictures(out: Path, count: int, process: subprocess.Popen[str]) -> None:
    def enough() -> bool:
        return len(list((out / "pictures").glob("*.jpg"))) >= count

    wait_until(lambda: enough() or process.poll() is not None, lambda: "nothing is measured")
    assert process.poll() is None, process.stderr


# --------------------------------------------------------------------------------- the whole thing


def test_every_photo_is_a_row_with_the_numbers_of_a_single_run(
    photos: Path, tmp_path: Path, fast_lite: Analyzer
) -> None:
    out = tmp_path / "out"
    finish(photos, "--out", out, "--jobs", 2, "--stature", "170cm", "--sex", "f")
    rows = table(out)
    paths = sorted(photos.iterdir())
    assert [Path(row["path"]) for row in rows] == paths
    subject = Subject(stature_mm=1700, sex="f")
    for row, path in zip(rows, paths, strict=True):
        result = fast_lite.analyze(str(path), subject)
        job = Job(str(path), f"{photos.name}/{path.stem}", subject)
        alone = row_of(job, result, row["cpu_seconds"])
        assert row == {**alone, "picture": row["picture"]}
    reasons = {Path(row["path"]).name: row["reason"] for row in rows}
    assert (reasons["junk.jpg"], reasons["cut.jpg"]) == ("photo-unknown-format", "photo-damaged")
    assert {row["status"] for row in rows} == {"measured", "refused"}
    # The CSV tells the same to the last digit.
    with (out / "results.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert list(lines[0]) == list(COLUMNS)
    assert [line["slca_deg"] for line in lines] == [
        "" if row["slca_deg"] is None else repr(row["slca_deg"]) for row in rows
    ]
    for row in rows:
        readable = row["image_sha256"] is not None
        assert (row["picture"] is not None) == readable
        assert not readable or (out / row["picture"]).stat().st_size > 5000
    page = (out / "summary.html").read_text(encoding="utf-8")
    assert page.count("<figure>") == sum(row["picture"] is not None for row in rows)
    assert "http" not in page and "not a diagnosis" in page


@pytest.fixture(scope="session")
def fast_lite() -> Any:
    with Analyzer("lite", fast=True) as loaded:
        yield loaded


def test_a_manifest_tells_of_each_person(photos: Path, tmp_path: Path) -> None:
    manifest = tmp_path / "list.csv"
    manifest.write_text(
        "\ufeffid;Path;stature;sex;age\r\n"
        f"a;{photos}/00.jpg;176cm;f;41\r\n"
        f"b;{photos}/00.jpg;1.60 m;M;\r\n"
        f"c;{photos}/01.jpg;9km;f;41\r\n"
        f"d;missing.jpg;;;\r\n"
        "e;;;;\r\n",
        encoding="utf-8",
    )
    out = tmp_path / "out"
    finish(manifest, "--out", out, "--jobs", 1, "--no-pictures", "--age", 30)
    rows = {row["id"]: row for row in table(out)}
    assert list(rows) == ["a", "b", "c", "d", "e"]
    told = {name: (row["stature_mm"], row["sex"], row["age"]) for name, row in rows.items()}
    assert told["a"] == (1760, "f", 41) and told["b"] == (1600, "m", 30)
    assert rows["a"]["hollow_depth_mm"] / rows["b"]["hollow_depth_mm"] == pytest.approx(1.1)
    assert rows["c"]["reason"] == rows["e"]["reason"] == "manifest-line"
    assert "9km" in rows["c"]["message"]
    assert rows["d"]["reason"] == "file-missing"
    assert rows["d"]["path"] == str(tmp_path / "missing.jpg")
    assert not (out / "pictures").exists()


def test_names_that_are_no_text_come_through(photos: Path, tmp_path: Path) -> None:
    folder = tmp_path / "names"
    folder.mkdir()
    for name in (b"not-utf8-\xe9.jpg", b"new\nline.jpg", b"=cmd.jpg", "née.jpg".encode()):
        shutil.copy(os.fsencode(photos / "00.jpg"), os.fsencode(folder) + b"/" + name)
    finish(folder, "--out", tmp_path / "out", "--jobs", 1)
    rows = table(tmp_path / "out")
    assert len(rows) == 4 and {row["status"] for row in rows} == {"measured"}
    assert len(list((tmp_path / "out" / "pictures").iterdir())) == 4


# ------------------------------------------------------------------------------------ interruptions


def test_kill_nine_and_resume_neither_redo_nor_lose(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for count in (2, 6):
        arguments = [photos, "--out", out, "--jobs", 2, *(["--resume"] if count > 2 else [])]
        with start(*arguments) as process:
            wait_for_pictures(out, count, process)
            process.kill()
    before = written(out)
    assert 4 <= len(before) < 16
    (out / ".pictures.0000.partial").touch()
    finish(photos, "--out", out, "--jobs", 2, "--resume")
    rows = {row["path"]: row for row in table(out)}
    assert len(rows) == len(table(out)) == len(list(photos.iterdir()))
    # The very rows, with the time that each took, not equal ones made anew.
    assert {path: rows[path]["cpu_seconds"] for path in before} == {
        path: row["cpu_seconds"] for path, row in before.items()
    }
    assert not [path for path in out.rglob("*") if path.name.endswith(".partial")]
    assert len(list((out / "pictures").iterdir())) == sum(
        row["picture"] is not None for row in rows.values()
    )


def test_ctrl_c_stops_cleanly(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with start(photos, "--out", out, "--jobs", 2) as process:
        wait_for_pictures(out, 2, process)
        children = _children(process.pid)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.startswith("Stopped after ") and errors.count("\n") == 1
    assert len(children) == 2
    assert not [child for child in children if Path(f"/proc/{child}").exists()]
    done = written(out)
    assert f"Stopped after {len(done)} of 16 photos." in errors
    # Whoever stopped had a picture for every row.
    assert all(row["picture"] is None or (out / row["picture"]).is_file() for row in done.values())


def _children(pid: int) -> list[int]:
    told = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=True
    )
    found = [int(word) for word in told.stdout.split()]
    return [child for child in found if b"posture.worker" in _command_of(child)]


def _command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def test_a_batch_is_not_begun_twice_nor_continued_otherwise(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    single = photos / "00.jpg"
    finish(single, "--out", out, "--jobs", 1)
    assert "holds a batch already" in finish(single, "--out", out, code=1)
    assert "was begun with" in finish(single, "--out", out, "--resume", "--blur-face", code=1)
    # A photo more in the plan is the only one that is measured.
    before = written(out)[str(single)]["cpu_seconds"]
    finish(single, photos / "01.jpg", "--out", out, "--jobs", 1, "--resume")
    assert [row["cpu_seconds"] == before for row in table(out)] == [True, False]
    # One photo less, and another order, is what the tables follow.
    finish(photos / "01.jpg", "--out", out, "--resume")
    assert [row["id"] for row in table(out)] == [f"{photos.name}/01"]


def test_two_batches_do_not_write_one_folder(tmp_path: Path) -> None:
    with Journal(tmp_path, {}, resume=False), pytest.raises(OutputFailed, match="another batch"):
        Journal(tmp_path, {}, resume=True)


@pytest.mark.parametrize(
    "arguments",
    [
        ["nowhere", "--out", "o"],
        ["*.gif", "--out", "o"],
        ["list.csv", "--out", "o"],
        ["headless.csv", "--out", "o"],
        ["00.jpg", "--out", "headless.csv"],
        ["00.jpg", "--out", "o", "--jobs", "0"],
        ["00.jpg"],
        ["00.jpg", "--out", "o", "--jobs", "2", "--scheduler", "tcp://127.0.0.1:1"],
        ["nosuchstorage://x/*.jpg", "--out", "o"],
    ],
)
def test_misuse_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    from posture.cli import main

    monkeypatch.chdir(tmp_path)
    Path("headless.csv").write_text("a,b\n1,2\n")
    Path("00.jpg").write_bytes(b"x")
    words = arguments if arguments[0] != "nowhere" else ["nowhere/*", *arguments[1:]]
    with pytest.raises(SystemExit) as exit_:
        main(["batch", *words])
    assert exit_.value.code == 1
    printed = capsys.readouterr()
    assert printed.out == "" and 1 <= len(printed.err.splitlines()) <= 2


# ------------------------------------------------------------------------------------- bad photos


def measured_by_pool(jobs: Sequence[Job], count: int = 1) -> dict[str, Any]:
    with Pool(count, SETTINGS, None) as executor:
        parts = run_jobs(executor, enumerate(jobs), threading.Event())
        return {done.row["path"]: done.row for part in parts for _, done in part}


def test_a_photo_that_kills_is_one_row(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "measure", worker_tasks.measure_or_die)
    names = ("good", "dies", "fails", "also good")
    jobs = [Job(str(photos / f"0{k}.jpg"), name, Subject()) for k, name in enumerate(names)]
    rows = measured_by_pool(jobs)
    reasons = [rows[job.path]["reason"] for job in jobs]
    assert reasons == [None, "measuring-crashed", "measuring-failed", None]
    assert "TypeError in analyzer.py" in rows[jobs[2].path]["message"]


def test_processes_are_replaced_after_their_share(
    photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "measure", worker_tasks.measure_and_tell_pid)
    monkeypatch.setattr(pool, "PHOTOS_PER_PROCESS", 2)
    jobs = [Job(str(photos / f"{k:02d}.jpg"), "", Subject()) for k in range(5)]
    pids = [measured["id"] for measured in measured_by_pool(jobs).values()]
    assert pids[0] == pids[1] != pids[2] == pids[3] != pids[4]


def test_a_missing_model_ends_the_batch_and_says_so(
    photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = BatchOptions(tmp_path, Settings("huge"), None, resume=False)  # type: ignore[arg-type]
    jobs = planned(Request([str(photos)], Subject(), tmp_path))
    with pytest.raises(InvalidInput, match="no model"):
        run_batch(jobs, options, lambda: Pool(2, options.settings, None))


def test_faces_can_be_blurred(photos: Path, tmp_path: Path) -> None:
    pictures = []
    for blur in (False, True):
        out = tmp_path / str(blur)
        options = BatchOptions(out, SETTINGS, PictureOptions(blur), resume=False)
        jobs = planned(Request([str(photos / "00.jpg")], Subject(), out))
        executor = partial(Pool, 1, SETTINGS, options.pictures)
        assert run_batch(jobs, options, executor).complete
        pictures.append(next((out / "pictures").iterdir()).read_bytes())
    assert pictures[0] != pictures[1]


def test_from_python_a_batch_is_a_frame(photos: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    few = [photos / "00.jpg", photos / "junk.jpg"]
    frame = posture.measure_batch(
        few,
        tmp_path / "out",
        settings=SETTINGS,
        jobs=1,
        pictures=False,
        progress=lambda done, total: told.append((done, total)),
    )
    assert list(frame["status"]) == ["measured", "refused"]
    assert frame["slca_deg"].notna().tolist() == [True, False]
    assert told[-1] == (2, 2)
    again = posture.measure_batch(
        few, tmp_path / "out", settings=SETTINGS, resume=True, pictures=False
    )
    assert again.equals(frame)
    with pytest.raises(InvalidInput, match="0 processes cannot measure"):
        posture.measure_batch(few, tmp_path / "out", jobs=0)
