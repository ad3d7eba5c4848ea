"""Processes that decode photos and draw pages, several at a time; they hold no pose model."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from posture._support.closing import Closing
from posture.errors import WorkerDied
from posture.worker import Worker

# How long to wait before looking whether to stop.
_TICK_SECONDS = 0.2


@dataclass(frozen=True)
class Piece:
    """Something to make in another process.

    Attributes:
        task: a function of a module; its first argument is what the process holds, which is None.
        arguments: of it besides.
        without_photos: those to try once more with when the process dies over the photos; None
            makes nothing then.
    """

    task: Callable[..., Any]
    arguments: tuple[Any, ...]
    without_photos: tuple[Any, ...] | None = None


class Makers(Closing):
    """A number of such processes, started when they are needed; a context manager."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._workers = [Worker[None](nullcontext) for _ in range(processes)]
        self._idle: queue.SimpleQueue[Worker[None]] = queue.SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(processes)

    def close(self) -> None:
        """End the processes, after what is at hand."""
        self._threads.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.close()

    def made(self, pieces: Iterable[Piece], stop: threading.Event) -> Iterator[tuple[int, Any]]:
        """What became of each piece, with its place, as they are finished.

        Once `stop` is set none is begun any more; those at hand still come.

        Raises:
            WorkerDied: when a process dies over a piece without its photos, too.
        """
        waiting: dict[Future[Any], int] = {}
        source = iter(enumerate(pieces))
        while True:
            while len(waiting) < self._processes and not stop.is_set():
                item = next(source, None)
                if item is None:
                    break
                waiting[self._threads.submit(self._make, item[1])] = item[0]
            if not waiting:
                return
            finished, _ = wait(waiting, _TICK_SECONDS, FIRST_COMPLETED)
            for future in finished:
                yield waiting.pop(future), future.result()

    def _make(self, piece: Piece) -> Any:
        worker = self._idle.get()
        try:
            try:
                return worker.run(piece.task, *piece.arguments)
            except WorkerDied:
                if piece.without_photos is None:
                    return None
                return worker.run(piece.task, *piece.without_photos)
        finally:
            self._idle.put(worker)
