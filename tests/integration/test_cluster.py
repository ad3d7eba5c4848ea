"""A batch on a real cluster of separate worker processes, on this computer."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from posture.batch import cluster
from posture.batch.cluster import Cluster
from posture.batch.measure_job import PictureOptions
from posture.batch.plan import Job, Request, planned
from posture.batch.pool import Pool
from posture.batch.rows import row_of
from posture.batch.run import BatchOptions, Stage, run_batch
from posture.errors import ClusterUnavailable, InvalidInput, PackageMissing
from posture.result import Result
from posture.settings import Settings
from posture.subject import Subject
from tests.support import cluster_tasks
from tests.support.paths import ROOT
from tests.support.present import known
from tests.support.samples import MEASURABLE, REFUSABLE
from tests.support.waiting import wait_until

pytestmark = pytest.mark.model

SETTINGS = Settings("lite", fast=True)
SUBJECT = Subject(stature_mm=1700, sex="f")


class LocalCluster:
    """A scheduler and workers, each a process of its own, on the loopback interface only."""

    def __init__(self, folder: Path, workers: int) -> None:
        self.log = folder / "log"
        self.log.touch()
        self._folder, self._file = folder, folder / "scheduler.json"
        self._processes = [self._start("scheduler", "--port", "0")]
        self.workers = [self._start("worker", "--no-nanny", "--nthreads", "1")
                        for _ in range(workers)]  # fmt: skip

    def _start(self, kind: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard"]
        command += ["--host", "127.0.0.1", "--scheduler-file", str(self._file), *options]
        if kind == "worker":
            command += ["--local-directory", str(self._folder)]
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__GIL__ENABLED": "false",
            cluster_tasks.LOG: str(self.log),
        }
        with (self._folder / f"{kind}.log").open("ab") as output:
            return subprocess.Popen(command, env=environment, stdout=output, stderr=output)

    @property
    def address(self) -> str:
        wait_until(
            lambda: self._file.exists() and bool(self._file.read_text()),
            (self._folder / "scheduler.log").read_text,
        )
        return str(json.loads(self._file.read_text())["address"])

    def measured(self) -> Counter[str]:
        """How often each photo was measured by anybody."""
        return Counter(line.split("\t")[0] for line in self.log.read_text().splitlines())

    def stop(self) -> None:
        for process in (*self.workers, *self._processes):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    started = LocalCluster(tmp_path_factory.mktemp("cluster"), workers=3)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("photos")
    for number, sample in enumerate([*MEASURABLE[:7], REFUSABLE[0]] * 2):
        with Image.open(sample.path) as photo:
            photo.resize((420, 560)).save(folder / f"{number:02d}.jpg", quality=90)
    (folder / "junk.jpg").write_bytes(b"no picture at all")
    return folder


def test_the_same_numbers_and_a_killed_worker_harms_nothing(
    local: LocalCluster, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "measure_there", cluster_tasks.measure_and_log)
    killed: list[int] = []
    written_then: set[str] = set()
    options = BatchOptions(tmp_path / "there", SETTINGS, PictureOptions(False), resume=False)

    def tell(_: Stage, done: int, total: int) -> None:
        """When a third is done, kill a worker that is at work."""
        if done >= total // 3 and not killed:
            victim = local.workers[0]
            os.kill(victim.pid, signal.SIGKILL)
            killed.append(victim.pid)
            pictures = (options.out / "pictures").glob("*.jpg")
            written_then.update(path.name.split("_")[-2] for path in pictures)

    there = run_batch(
        planned(Request([str(photos)], SUBJECT, options.out)),
        options,
        lambda: Cluster(local.address, SETTINGS, options.pictures),
        tell,
    )
    assert there.complete and there.total == 17 and killed
    times = local.measured()
    assert len(times) == 17
    # What had been written is not measured again; what the dead one was at, is.
    assert all(times[str(photos / f"{name}.jpg")] == 1 for name in written_then)
    assert sum(times.values()) - 17 <= 2
    here = BatchOptions(tmp_path / "here", SETTINGS, PictureOptions(False), resume=False)
    run_batch(
        planned(Request([str(photos)], SUBJECT, here.out)),
        here,
        lambda: Pool(1, SETTINGS, here.pictures),
    )
    assert without_seconds(options.out) == without_seconds(here.out)
    for picture in (here.out / "pictures").iterdir():
        assert (options.out / "pictures" / picture.name).read_bytes() == picture.read_bytes()


def without_seconds(out: Path) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    return list(pq.read_table(out / "results.parquet").drop_columns("cpu_seconds").to_pylist())


def check_page() -> None:
    import streamlit as st

    from posture.app.navigation import all_pages
    from posture.app.views import check

    st.navigation(all_pages(), position="hidden")
    check.page()


def test_page_command_batch_and_cluster_agree_to_the_last_bit(
    local: LocalCluster, tmp_path: Path
) -> None:
    """The full method on one photo, four ways."""
    photo = MEASURABLE[0].path
    app = AppTest.from_function(check_page, default_timeout=60).run()
    app.file_uploader[0].set_value((photo.name, photo.read_bytes(), "image/jpeg"))
    app.run()
    page: Result = app.session_state["tab_photos.photos"][0].result
    command = [sys.executable, "-m", "posture", "analyze", str(photo), "--json"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    typed = Result.from_json(run.stdout)
    assert replace(typed, image=None) == replace(page, image=None)
    rows = []
    executors = {
        "here": lambda: Pool(1, Settings(), None),
        "there": lambda: Cluster(local.address, Settings(), None),
    }
    for name, executor in executors.items():
        options = BatchOptions(tmp_path / name, Settings(), None, resume=False)
        run_batch(planned(Request([str(photo)], Subject(), options.out)), options, executor)
        rows += without_seconds(options.out)
    job = Job(str(photo), f"{photo.parent.name}/{photo.stem}", Subject())
    told = dict(row_of(job, typed, 0.0))
    del told["cpu_seconds"]
    assert rows == [told, told]
    assert told["slca_deg"] == known(page.slca_deg).value and told["mirrored_pass"]


def test_photos_by_address(local: LocalCluster, photos: Path, tmp_path: Path) -> None:
    options = BatchOptions(tmp_path / "out", SETTINGS, None, resume=False)
    words = [f"file://{photos}/0[01].jpg", f"file://{photos}/missing.jpg"]
    run_batch(
        planned(Request(words, SUBJECT, options.out, allow_urls=True)),
        options,
        lambda: Cluster(local.address, SETTINGS, None),
    )
    rows = without_seconds(options.out)
    assert [row["status"] for row in rows] == ["measured", "measured", "refused"]
    assert rows[0]["path"] == f"file://{photos}/00.jpg" and str(rows[0]["id"]).endswith(
        f"{photos.name}/00"
    )
    assert rows[2]["reason"] == "file-missing"


def test_ctrl_c_on_a_cluster_keeps_what_is_done(
    local: LocalCluster, photos: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "posture", "batch", str(photos), "--out", str(tmp_path / "o")]
    command += ["--scheduler", local.address, "--model", "lite", "--fast"]
    with subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as process:
        pictures = tmp_path / "o" / "pictures"
        wait_until(
            lambda: process.poll() is not None or any(pictures.glob("*.jpg")),
            lambda: "nothing is measured",
        )
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130 and errors.startswith("Stopped after "), errors
    run = subprocess.run([*command, "--resume"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert len(without_seconds(tmp_path / "o")) == 17


def test_nobody_at_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    with pytest.raises(ClusterUnavailable, match="No Dask scheduler"):
        Cluster("tcp://127.0.0.1:1", SETTINGS, None)


@pytest.mark.parametrize(
    ("package", "words"),
    [("distributed", "tcp://127.0.0.1:1"), ("fsspec", "s3://bucket/*.jpg")],
)
def test_a_missing_package_is_named(
    monkeypatch: pytest.MonkeyPatch, package: str, words: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(PackageMissing, match=rf"{package}.*Run: .* -m pip install"):
        if package == "fsspec":
            list(planned(Request([words], SUBJECT, Path("out"), allow_urls=True)))
        else:
            Cluster(words, SETTINGS, None)


def test_another_version_is_refused(
    local: LocalCluster, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "__version__", "9.9")
    options = BatchOptions(tmp_path / "out", SETTINGS, None, resume=False)
    with pytest.raises(InvalidInput, match="same version"):
        run_batch(
            [Job(str(photos / "00.jpg"), "a", Subject())],
            options,
            lambda: Cluster(local.address, SETTINGS, None),
        )


def test_a_lost_scheduler_is_told(
    photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 3)
    with ExitStack() as stack:
        lost = LocalCluster(tmp_path, workers=0)
        stack.callback(lost.stop)
        options = BatchOptions(tmp_path / "out", SETTINGS, None, resume=False)

        def executor() -> Cluster:
            made = Cluster(lost.address, SETTINGS, None)
            lost.stop()
            return made

        with pytest.raises(ClusterUnavailable, match="lost"):
            run_batch([Job(str(photos / "00.jpg"), "a", Subject())], options, executor)
