"""What aborts or hangs in the child process takes nothing else with it."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from posture.analyzer import Analyzer
from posture.errors import InvalidInput, ModelUnavailable, WorkerDied, WorkerHung
from posture.settings import Settings
from posture.subject import Subject
from posture.worker import IsolatedAnalyzer
from tests.support import worker_tasks
from tests.support.children import kill_in_mid_photo, state_of
from tests.support.samples import MEASURABLE, REFUSABLE
from tests.support.waiting import wait_until

pytestmark = pytest.mark.model

QUICK = Settings("lite", fast=True)
PHOTO = str(MEASURABLE[0].path)


@pytest.fixture(scope="module")
def worker() -> Iterator[IsolatedAnalyzer]:
    with IsolatedAnalyzer(QUICK) as started:
        yield started


@pytest.fixture(scope="module")
def isolated() -> Iterator[IsolatedAnalyzer]:
    with IsolatedAnalyzer(QUICK) as started:
        yield started


def test_the_child_gives_the_same_numbers(isolated: IsolatedAnalyzer) -> None:
    subject = Subject(stature_mm=1760, sex="m")
    with Analyzer("lite", fast=True) as here:
        for sample in (MEASURABLE[0], REFUSABLE[0]):
            assert isolated.analyze(str(sample.path), subject) == here.analyze(
                str(sample.path), subject
            )


def test_the_photo_comes_back_when_asked_for(isolated: IsolatedAnalyzer) -> None:
    photo, result = isolated.look(MEASURABLE[0].path.read_bytes())
    assert photo is not None
    assert result.provenance.image_width_px == photo.width_px
    assert not photo.rgb.flags.writeable
    assert isolated.look(PHOTO, keep_photo=False)[0] is None


@pytest.mark.parametrize("signal_number", [signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV])
def test_a_child_killed_in_mid_photo_harms_only_that_photo(
    worker: IsolatedAnalyzer, signal_number: signal.Signals
) -> None:
    before = worker.run(worker_tasks.identify)
    with pytest.raises(WorkerDied) as death:
        worker.run(worker_tasks.die_in_mid_photo, PHOTO, signal_number)
    assert not isinstance(death.value, WorkerHung)
    after = worker.run(worker_tasks.identify)
    assert after != before


def test_a_photo_that_kills_the_child_is_refused_and_the_next_one_measured() -> None:
    with IsolatedAnalyzer(QUICK) as isolated:
        expected = isolated.analyze(PHOTO)
        big = np.zeros((4000, 3000, 3), np.uint8)
        assert isolated.pid is not None
        killer = threading.Thread(target=kill_in_mid_photo, args=(isolated.pid,))
        killer.start()
        result = isolated.analyze(big)
        killer.join()
        assert result.refusal is not None
        assert result.refusal.code == "measuring-crashed"
        assert isolated.analyze(PHOTO) == expected


def test_a_hanging_child_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with IsolatedAnalyzer(QUICK) as worker:
        worker.start()
        with monkeypatch.context() as impatient, pytest.raises(WorkerHung):
            impatient.setattr(worker, "_patience_s", 0.5)
            worker.run(worker_tasks.hang)
        worker.start()


def test_what_the_child_prints_stays_out_of_the_answers(worker: IsolatedAnalyzer) -> None:
    assert worker.run(worker_tasks.print_noise) == "quiet"


def test_errors_come_back_and_the_child_lives_on(
    worker: IsolatedAnalyzer, isolated: IsolatedAnalyzer
) -> None:
    before = worker.run(worker_tasks.identify)
    with pytest.raises(KeyError, match="told"):
        worker.run(worker_tasks.fail)
    assert worker.run(worker_tasks.identify) == before
    with pytest.raises(InvalidInput) as wrong:
        isolated.analyze(np.zeros((4, 4, 7)))
    assert wrong.value.fix


def test_a_missing_model_is_told_as_by_the_analyzer(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        IsolatedAnalyzer(Settings("huge")) as worker,  # type: ignore[arg-type]
        pytest.raises((InvalidInput, ModelUnavailable)),
    ):
        worker.start()


def test_children_are_renewed_after_so_many_calls() -> None:
    with IsolatedAnalyzer(QUICK, calls_per_process=2) as worker:
        pids = [worker.run(worker_tasks.identify) for _ in range(4)]
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_threads_take_turns(isolated: IsolatedAnalyzer) -> None:
    expected = isolated.analyze(PHOTO)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(isolated.analyze, [PHOTO] * 4)) == [expected] * 4


def test_ctrl_c_is_for_the_parent(worker: IsolatedAnalyzer) -> None:
    assert worker.run(worker_tasks.leads_its_own_group)


def test_no_child_outlives_a_killed_parent() -> None:
    script = (
        "from posture.worker import IsolatedAnalyzer; from posture.settings import Settings;"
        "w = IsolatedAnalyzer(Settings('lite', fast=True)); w.start(); print(w.pid, flush=True);"
        "input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    wait_until(
        lambda: not Path(f"/proc/{child}").exists() or state_of(child) == "Z",
        lambda: "the child is still there",
    )


def test_a_module_in_the_current_folder_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "numpy.py").write_text("raise SystemExit('run')", encoding="utf-8")
    script = (
        "from posture.worker import IsolatedAnalyzer; from posture.settings import Settings\n"
        "with IsolatedAnalyzer(Settings('lite', fast=True)) as w: w.start(); print('measures')"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "measures\n", done.stderr
