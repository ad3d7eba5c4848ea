"""Gives jobs to an executor, a few ahead of what it can do at once, and stops in good order."""

from __future__ import annotations

import queue
import signal
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from posture.batch.measure_job import JobOutcome
from posture.batch.plan import Job

NumberedOutcome = tuple[int, JobOutcome]

# How long to wait for an outcome before looking whether to stop.
_TICK_SECONDS = 0.2


class Executor(ABC):
    """What measures jobs: processes here, or a cluster.  A context manager.

    Attributes:
        outcomes: the queue of finished jobs, each with its number; or an error that concerns all.
    """

    def __init__(self) -> None:
        self.outcomes: queue.SimpleQueue[NumberedOutcome | BaseException] = queue.SimpleQueue()

    @property
    @abstractmethod
    def width(self) -> int:
        """How many jobs to have under way, so that nobody waits."""

    @abstractmethod
    def submit(self, number: int, job: Job) -> None:
        """Have one photo measured."""

    @abstractmethod
    def cancel_pending(self) -> int:
        """Take back jobs that nobody has begun; how many."""

    def __enter__(self) -> Any:
        return self

    @abstractmethod
    def __exit__(self, *error: object) -> None:
        """Let everybody finish the photo at hand, and leave."""


def run_jobs(
    executor: Executor, jobs: Iterable[tuple[int, Job]], stop: threading.Event
) -> Iterator[list[NumberedOutcome]]:
    """The outcomes of all jobs, several at a time when several are there.

    Once `stop` is set no photo is begun any more; those at hand still come.

    Raises:
        PostureError: what concerns every photo: a missing model or library, a lost cluster.
    """
    source, under_way = iter(jobs), 0
    while True:
        while under_way < executor.width and not stop.is_set():
            item = next(source, None)
            if item is None:
                break
            executor.submit(*item)
            under_way += 1
        if stop.is_set():
            under_way -= executor.cancel_pending()
        if under_way == 0:
            return
        finished = _finished(executor)
        under_way -= len(finished)
        if finished:
            yield finished


def _finished(executor: Executor) -> list[NumberedOutcome]:
    """What is there, after waiting a moment for the first."""
    finished: list[NumberedOutcome] = []
    try:
        item = executor.outcomes.get(timeout=_TICK_SECONDS)
        while True:
            if isinstance(item, BaseException):
                raise item
            finished.append(item)
            item = executor.outcomes.get_nowait()
    except queue.Empty:
        return finished


@contextmanager
def stopped_by_ctrl_c() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C sets; the second one interrupts as usual.

    Outside the main thread, where Python does not receive signals, it is never set.
    """
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def hear(number: int, frame: Any) -> None:
        if stop.is_set():
            signal.default_int_handler(number, frame)
        stop.set()

    before = signal.signal(signal.SIGINT, hear)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
