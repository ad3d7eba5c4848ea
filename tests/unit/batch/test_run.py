"""What a batch leaves in its folder, and when the folder is free for another one."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from posture.batch.journal import NAME
from posture.batch.measure_job import JobOutcome
from posture.batch.plan import Job, Request, planned
from posture.batch.rows import COLUMNS, row_of
from posture.batch.run import BatchOptions, BatchOutcome, run_batch
from posture.batch.scheduling import Executor
from posture.errors import ClusterUnavailable, InvalidInput, OutputFailed
from posture.findings import finding
from posture.refusal import refused
from posture.settings import Settings
from posture.subject import Subject
from tests.support.example_results import measured_result

SETTINGS = Settings("lite", fast=True)


class Pretending(Executor):
    """Gives each photo the outcome that its name asks for, without measuring it."""

    @property
    def width(self) -> int:
        return 2

    def submit(self, number: int, job: Job) -> None:
        result = measured_result()
        for word, code in (("front", "no-person"), ("junk", "photo-damaged")):
            if word in job.path:
                items = (finding(code),)
                result = refused(SETTINGS, job.path, None, job.subject, items)
        if job.problem is not None:
            items = (finding("manifest-line", problem=job.problem),)
            result = refused(SETTINGS, job.path, None, job.subject, items)
        self.outcomes.put((number, JobOutcome(row_of(job, result, 0.0), None)))

    def cancel_pending(self) -> int:
        return 0

    def __exit__(self, *error: object) -> None:
        return None


def batch(
    words: list[str],
    out: Path,
    executor: Callable[[], Any] = Pretending,
    tell: Callable[[str], None] = lambda sentence: None,
    **options: Any,
) -> BatchOutcome:
    request = Request(words, Subject(), out, options.pop("allow_urls", False))
    chosen = BatchOptions(
        out, SETTINGS, None, **{"resume": False, "inputs": tuple(words), **options}
    )
    return run_batch(planned(request, tell), chosen, executor)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    for name in ("Ann/before.jpg", "Ben/before.jpg", "front.jpg", "junk.jpg"):
        (tmp_path / "photos" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "photos" / name).touch()
    return tmp_path / "photos"


def rows_of(out: Path) -> list[dict[str, str]]:
    with (out / "results.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_folder_of_folders_is_counted_by_outcome(photos: Path, tmp_path: Path) -> None:
    (photos / "walk.mp4").touch()
    told: list[str] = []
    outcome = batch([str(photos)], tmp_path / "out", tell=told.append)
    assert outcome.kinds == {"measured": 2, "refused": 1, "unread": 1}
    names = ["photos/front", "photos/junk", "photos/Ann/before", "photos/Ben/before"]
    assert [row["id"] for row in rows_of(tmp_path / "out")] == names
    assert told == ["Passed over: 1 clip (walk.mp4)."]


def test_only_the_owner_reads_what_a_batch_writes(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    batch([str(photos)], out)
    assert [path.stat().st_mode & 0o777 for path in (out.parent, out)] == [0o700, 0o700]
    written = {path.name: path.stat().st_mode & 0o777 for path in out.iterdir()}
    assert {NAME, "results.csv", "results.parquet", "summary.html"} <= set(written)
    assert set(written.values()) == {0o600}


def no_scheduler() -> Any:
    raise ClusterUnavailable("No Dask scheduler answers.", "Check the address.")


@pytest.mark.parametrize("begun", ["no scheduler", "no such folder", "no column", "no photo"])
def test_a_batch_that_never_began_is_in_nobodys_way(
    photos: Path, tmp_path: Path, begun: str
) -> None:
    out, manifest = tmp_path / "out", tmp_path / "list.csv"
    manifest.write_text("file\na.jpg\n" if begun == "no column" else "path\n")
    (tmp_path / "empty").mkdir()
    with pytest.raises((ClusterUnavailable, InvalidInput)):
        if begun == "no scheduler":
            batch([str(photos)], out, no_scheduler)
        elif begun == "no such folder":
            batch([str(tmp_path / "photoz")], out)
        else:
            batch([str(manifest if begun == "no column" else tmp_path / "empty")], out)
    if begun != "no scheduler":
        assert not out.exists()
    # The corrected command, with other settings, too.
    chosen = BatchOptions(out, Settings("heavy"), None, resume=False)
    jobs = planned(Request([str(photos)], Subject(), out))
    assert run_batch(jobs, chosen, Pretending).complete
    with pytest.raises(InvalidInput, match="holds a batch already"):
        batch([str(photos)], out)


def test_columns_of_the_manifest_reach_the_tables(photos: Path, tmp_path: Path) -> None:
    manifest = photos / "list.csv"
    manifest.write_text(
        "path,id,visit,status,hand,=formula\nfront.jpg,=1+1,-3,ok,28,@x\nAnn/before.jpg,,2,,,\n"
    )
    out = tmp_path / "out"
    batch([str(manifest)], out)
    first, second = rows_of(out)
    assert list(first) == [*COLUMNS, "visit", "manifest_status", "'=formula"]
    assert first["id"] == "'=1+1" and second["id"] == "Ann/before"
    assert [first[name] for name in ("visit", "manifest_status", "'=formula")] == [
        "-3",
        "ok",
        "'@x",
    ]
    assert first["status"] == "refused"
    (row, _) = pq.read_table(out / "results.parquet").to_pylist()
    assert (row["visit"], row["manifest_status"], row["=formula"]) == ("-3", "ok", "@x")
    assert row["hand_thickness_mm"] == 28.0


def test_other_files_are_not_written_over(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "results.csv").write_text("somebody's own table")
    for resume in (False, True):
        with pytest.raises(OutputFailed, match=r"results\.csv is there already"):
            batch([str(photos)], out, resume=resume)
    assert (out / "results.csv").read_text() == "somebody's own table"
    assert batch([str(photos)], out, replace=True).complete
    # Its own tables a batch writes anew.
    assert batch([str(photos)], out, resume=True).complete


def test_a_manifest_is_not_written_over(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    manifest = out / "results.csv"
    manifest.write_text(f"path\n{photos / 'front.jpg'}\n")
    link = tmp_path / "list.csv"
    link.symlink_to(manifest)
    for word in (manifest, link):
        with pytest.raises(InvalidInput, match="being read"):
            batch([str(word)], out, replace=True)
    assert manifest.read_text().startswith("path")


def test_another_programs_journal_stays(photos: Path, tmp_path: Path) -> None:
    import sqlite3

    out = tmp_path / "out"
    out.mkdir()
    with sqlite3.connect(out / NAME) as connection:
        connection.execute("CREATE TABLE somebody (name TEXT)")
    before = (out / NAME).read_bytes()
    with pytest.raises(InvalidInput, match="another program"):
        batch([str(photos)], out)
    assert (out / NAME).read_bytes() == before


@pytest.mark.parametrize(
    "address",
    ["ftp://example.org/a.jpg", "zip://a.jpg::ftp://example.org/b.zip", "s3://bucket/a.jpg"],
)
def test_no_address_is_opened_unless_that_is_allowed(tmp_path: Path, address: str) -> None:
    manifest = tmp_path / "list.csv"
    manifest.write_text(f"path\n{address}\n")
    for word in (str(manifest), address):
        with pytest.raises(InvalidInput, match="--allow-urls"):
            batch([word], tmp_path / "out")
        assert not (tmp_path / "out").exists()
    request = Request([str(manifest)], Subject(), tmp_path / "out", allow_urls=True)
    assert [job.path for job in planned(request)] == [address]


def test_each_sex_has_plots_with_its_own_cuts(photos: Path, tmp_path: Path) -> None:
    pages = {}
    for number, (first, second) in enumerate(itertools.product("mf", repeat=2)):
        manifest = photos / f"list{number}.csv"
        manifest.write_text(f"path,sex\nAnn/before.jpg,{first}\nBen/before.jpg,{second}\n")

        class Sexed(Pretending):
            def submit(self, number: int, job: Job) -> None:
                row = row_of(job, measured_result(), 0.0)
                self.outcomes.put((number, JobOutcome({**row, "sex": job.subject.sex}, None)))

        out = tmp_path / f"out{number}"
        batch([str(manifest)], out, Sexed)
        pages[first + second] = (out / "summary.html").read_text()
    for sexes, page in pages.items():
        mixed = sexes in ("mf", "fm")
        # Angle and depth of each sex, with its own three cuts.
        assert page.count("stroke-dasharray") == (12 if mixed else 6)
        assert page.count(" · women") == page.count(" · men") == (4 if mixed else 0)
        for sex, who in (("f", "women"), ("m", "men")):
            assert (f"the cuts between the bands ({who})" in page) == (sex in sexes)
