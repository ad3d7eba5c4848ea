"""Several processes of this computer, each with its own loaded model."""

from __future__ import annotations

import queue
import threading

from posture.batch.measure_job import (
    JobOutcome,
    PictureOptions,
    measure,
    outcome_of,
    unusable,
)
from posture.batch.plan import Job
from posture.batch.scheduling import Executor
from posture.errors import WorkerDied, WorkerHung
from posture.settings import Settings
from posture.worker import IsolatedAnalyzer, refused_by_death

# After this many photos a process is replaced: whatever native code has leaked goes with it.
PHOTOS_PER_PROCESS = 1000


class Pool(Executor):
    """Processes that measure photos, each driven by a thread of its own.

    Args:
        count: of processes.
        settings: of their analyzers.
        pictures: None draws none.
    """

    def __init__(self, count: int, settings: Settings, pictures: PictureOptions | None) -> None:
        super().__init__()
        self._pictures = pictures
        self._jobs: queue.SimpleQueue[tuple[int, Job] | None] = queue.SimpleQueue()
        self._workers = [
            IsolatedAnalyzer(settings, calls_per_process=PHOTOS_PER_PROCESS) for _ in range(count)
        ]
        self._threads = [
            threading.Thread(target=self._work, args=(worker,), daemon=True)
            for worker in self._workers
        ]
        for thread in self._threads:
            thread.start()

    @property
    def width(self) -> int:
        """One photo at hand and one waiting for each process."""
        return 2 * len(self._threads)

    @property
    def pids(self) -> list[int]:
        """Of the processes that run just now."""
        return [pid for worker in self._workers if (pid := worker.pid) is not None]

    def submit(self, number: int, job: Job) -> None:
        """Have one photo measured."""
        self._jobs.put((number, job))

    def cancel_pending(self) -> int:
        """Take back the photos that nobody has begun; how many."""
        count = 0
        try:
            while True:
                self._jobs.get_nowait()
                count += 1
        except queue.Empty:
            return count

    def __exit__(self, *error: object) -> None:
        """Let every process finish the photo it is at, and end it."""
        self.cancel_pending()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self, worker: IsolatedAnalyzer) -> None:
        try:
            with worker:
                while (item := self._jobs.get()) is not None:
                    number, job = item
                    done = measured_by(worker, job, self._pictures)
                    self.outcomes.put((number, done))
        except BaseException as error:
            self.outcomes.put(error)


def measured_by(worker: IsolatedAnalyzer, job: Job, pictures: PictureOptions | None) -> JobOutcome:
    """The outcome of one photo, which may kill the process that measures it.

    A process can also be killed for no fault of the photo, so it gets a second chance.

    Raises:
        PostureError: what concerns every photo.
    """
    if job.problem is not None:
        return unusable(worker.settings, job)
    try:
        try:
            return worker.run(measure, job, pictures)
        except WorkerHung:
            raise
        except WorkerDied:
            return worker.run(measure, job, pictures)
    except WorkerDied as death:
        result = refused_by_death(worker.settings, job.path, job.subject, death)
        return outcome_of(job, result, 0.0)
