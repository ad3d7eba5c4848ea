"""The processes of a Dask cluster, on as many machines as it has.

Each thread of a Dask worker drives a process of its own that holds the model, exactly as on one
machine.  When a worker dies, Dask gives its photos to others; what had come back is written
already and is not asked for again.
"""

from __future__ import annotations

import os
import threading
import time
from dataclasses import replace
from typing import Any

from posture import __version__
from posture._support.distribution import require_extra
from posture._support.language import in_language, language
from posture._support.outside import is_address
from posture.batch.measure_job import JobOutcome, PictureOptions, lost
from posture.batch.plan import Job
from posture.batch.pool import PHOTOS_PER_PROCESS, measured_by
from posture.batch.scheduling import Executor
from posture.errors import ClusterUnavailable, InvalidInput
from posture.settings import Settings
from posture.worker import IsolatedAnalyzer

CONNECT_SECONDS = 20
# How often to look how large the cluster is now, and whether it is there at all.
_LOOK_SECONDS = 3.0


class Cluster(Executor):
    """An existing cluster.

    Args:
        address: of its scheduler.
        settings: of the analyzers there.
        pictures: None draws none.

    Raises:
        ClusterUnavailable: when nobody answers there.
    """

    def __init__(self, address: str, settings: Settings, pictures: PictureOptions | None) -> None:
        super().__init__()
        self._settings, self._pictures = settings, pictures
        self._address = address
        self._client = _connected(address)
        self._futures: dict[int, Any] = {}
        self._looked, self._threads = 0.0, 1

    @property
    def width(self) -> int:
        """Two photos for each thread of the cluster, which may grow and shrink meanwhile."""
        if time.monotonic() - self._looked > _LOOK_SECONDS:
            self._threads = max(1, self._look())
            self._looked = time.monotonic()
        return 2 * self._threads

    def submit(self, number: int, job: Job) -> None:
        """Have one photo measured."""
        # The workers have folders of their own to start from.
        path = job.path if is_address(job.path) else os.path.abspath(job.path)
        future = self._client.submit(
            measure_there,
            Job(path, job.id, job.subject, job.problem, visit=job.visit),
            job.path,
            self._settings,
            self._pictures,
            __version__,
            language(),
            pure=False,
        )
        self._futures[number] = future
        future.add_done_callback(lambda done: self._take(number, job, done))

    def cancel_pending(self) -> int:
        """Nothing: what is under way is little, and Dask cannot tell what was begun."""
        return 0

    def __exit__(self, *error: object) -> None:
        """Leave the cluster; it forgets this batch."""
        self._client.close()

    def _take(self, number: int, job: Job, future: Any) -> None:
        """Called by Dask when a photo has its outcome."""
        from distributed import KilledWorker

        try:
            self.outcomes.put((number, future.result()))
        except KilledWorker:
            # It ended several workers, one after the other: not by chance.
            self.outcomes.put((number, lost(self._settings, job)))
        except BaseException as error:
            self.outcomes.put(_explained(error, self._address))
        finally:
            self._futures.pop(number, None)

    def _look(self) -> int:
        try:
            return sum(self._client.nthreads().values())
        except Exception as error:
            raise _explained(error, self._address) from error


_here = threading.local()


def measure_there(
    job: Job,
    path: str,
    settings: Settings,
    pictures: PictureOptions | None,
    version: str,
    spoken: str,
) -> JobOutcome:
    """On a worker: the outcome of one photo, told under the `path` that the plan gave it.

    Its sentences are in the language `spoken`.

    Raises:
        InvalidInput: when the program there is another version than the one that asks.
    """
    if version != __version__:
        raise InvalidInput(
            f"A worker has posture {__version__}, this computer {version}.",
            "Install the same version everywhere.",
        )
    with in_language(spoken):
        done = measured_by(_worker(settings), job, pictures)
    return replace(done, row={**done.row, "path": path})


def _worker(settings: Settings) -> IsolatedAnalyzer:
    """The process of this thread; another one when other settings are asked for."""
    worker: IsolatedAnalyzer | None = getattr(_here, "worker", None)
    if worker is not None and worker.settings == settings:
        return worker
    if worker is not None:
        worker.close()
    _here.worker = IsolatedAnalyzer(settings, calls_per_process=PHOTOS_PER_PROCESS)
    return _worker(settings)


def _connected(address: str) -> Any:
    require_extra("cluster")
    from distributed import Client

    try:
        client: Any = Client
        return client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterUnavailable(
            f"No Dask scheduler answers at {address}.", "Check the address and that it runs."
        ) from error


def _explained(error: BaseException, address: str) -> BaseException:
    """What our own code raised there as it is; anything else is the cluster's."""
    from posture.errors import PostureError

    if isinstance(error, PostureError):
        return error
    lost_cluster = ClusterUnavailable(
        f"The cluster at {address} is lost: {type(error).__name__}.",
        "What is done is kept; continue with --resume when it runs again.",
    )
    lost_cluster.__cause__ = error
    return lost_cluster
