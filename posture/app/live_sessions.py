"""The live views of all tabs: a tracker each, reached by a token that only its own page knows."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from posture.live import serving
from posture.live.live_settings import live_settings
from posture.subject import Subject
from posture.worker import Worker

if TYPE_CHECKING:
    from posture.live.tracker import Tracker

# A tracker that has had no frame for so long gives its model back; the next frame loads it again.
IDLE_S = 20.0
# Tabs that may be followed at the same time: each holds a model and shares the processor.
MAX_FOLLOWED = 4
# The first frame waits for the model; no frame takes longer than this unless something hangs.
PATIENCE_S = 30.0


class Busy(Exception):
    """The frame before is still being looked at, or the model is being loaded."""


class Crowded(Exception):
    """Too many tabs are followed already."""


class Junk(Exception):
    """What was sent is no JPEG picture of a sensible size."""


class LiveSession:
    """One tab: its tracker while it sends frames, and the pictures that were taken."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.subject = Subject()
        self.last_used_s = time.monotonic()
        self._turn = threading.Lock()
        self._worker: Worker[Tracker] | None = None
        self._pictures: dict[int, bytes] = {}

    @property
    def worker(self) -> Worker[Tracker] | None:
        """The process that follows this tab; None while there is none."""
        return self._worker

    def follow(self, jpeg: bytes, px_ratio: float, may_load: bool) -> dict[str, Any]:
        """What holds after this frame, with everything that the page draws.

        Raises:
            Junk: when it is no JPEG.
            Busy: when the frame before is not done.
            Crowded: when a process is needed and `may_load` is False.
            WorkerDied: when the tracker's process ended over it; the next frame gets a new one.
        """
        with self._own_turn():
            now_s = time.monotonic()
            worker = self._loaded(may_load)
            answer = worker.run(serving.follow, jpeg, now_s, px_ratio, self.subject)
        if answer is None:
            raise Junk
        return answer

    def begin_again(self, may_load: bool) -> None:
        """Guide the person to another round of pictures; raises as :meth:`follow`."""
        with self._own_turn():
            self._loaded(may_load).run(serving.begin_again)

    @contextmanager
    def _own_turn(self, wait_s: float = 0.0) -> Iterator[None]:
        """One request at a time: another frame is turned away, not kept waiting."""
        if not self._turn.acquire(timeout=wait_s):
            raise Busy
        try:
            self.last_used_s = time.monotonic()
            yield
        finally:
            self._turn.release()

    def _loaded(self, may_load: bool) -> Worker[Tracker]:
        """The process that follows this tab, started with its first task."""
        if self._worker is None:
            if not may_load:
                raise Crowded
            self._worker = Worker(serving.open_tracker, patience_s=PATIENCE_S)
        return self._worker

    def keep(self, number: int, jpeg: bytes, may_load: bool) -> None:
        """Keep one of the pictures of a round; the first one drops those of the round before.

        Raises:
            Junk: when it is no JPEG, or there is no such place in a round; else as :meth:`follow`.
        """
        if not 0 <= number < live_settings().guidance.pictures:
            raise Junk
        # A picture is sent once, so it waits for the frame that is being looked at.
        with self._own_turn(PATIENCE_S):
            if not self._loaded(may_load).run(serving.is_picture, jpeg):
                raise Junk
            if number == 0:
                self._pictures = {}
            self._pictures[number] = jpeg

    def taken(self) -> list[bytes]:
        """The pictures of a whole round, handed out once; none when some are missing."""
        pictures, self._pictures = self._pictures, {}
        whole = len(pictures) == live_settings().guidance.pictures
        return [pictures[number] for number in sorted(pictures)] if whole else []

    def rest(self) -> None:
        """Give the model back."""
        with self._turn:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()


class LiveSessions:
    """All sessions of this process, by token."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sessions: dict[str, LiveSession] = {}

    def open(self) -> LiveSession:
        """A new session with a token that cannot be guessed."""
        session = LiveSession(secrets.token_urlsafe(32))
        with self._lock:
            self._sessions[session.token] = session
        return session

    def find(self, token: str) -> LiveSession | None:
        """The session of that token, None when there is none."""
        with self._lock:
            return self._sessions.get(token)

    def close(self, session: LiveSession) -> None:
        """Forget a session; its token is worth nothing from now on."""
        with self._lock:
            self._sessions.pop(session.token, None)
        session.rest()

    def may_load(self, session: LiveSession) -> bool:
        """Whether this tab can be followed; others that send nothing any more make room."""
        if session.worker is not None:
            return True
        with self._lock:
            followed = [item for item in self._sessions.values() if item.worker]
        idle = [item for item in followed if time.monotonic() - item.last_used_s > IDLE_S]
        for other in idle:
            other.rest()
        return len(followed) - len(idle) < MAX_FOLLOWED


sessions = LiveSessions()
