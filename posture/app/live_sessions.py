"""The live views of all tabs: a tracker each, reached by a token that only its own page knows."""

from __future__ import annotations

import io
import secrets
import threading
import time
from typing import Any

from PIL.JpegImagePlugin import JpegImageFile

from posture.bundles import ModelName
from posture.findings import Finding
from posture.live.reading import back_line_px, bridge_px
from posture.live.settings import live_settings
from posture.live.telling import as_plain
from posture.live.tracker import LiveFrame, Tracker
from posture.photo import MAX_PIXELS, load_photo
from posture.pose import RgbImage
from posture.quiet import native_stderr_silenced
from posture.subject import Subject

# The lightest model: a frame is looked at within the time in which the browser makes the next one.
MODEL: ModelName = "lite"
MAX_FRAME_SIDE_PX = 1920
# A tracker that has had no frame for so long gives its model back; the next frame loads it again.
IDLE_S = 20.0
# Tabs that may be followed at the same time: each holds a model and shares the processor.
MAX_FOLLOWED = 4
# Every so manyth row of the back line is sent.
LINE_STEP = 4


class Busy(Exception):
    """The frame before is still being looked at, or too many tabs are followed."""


class Junk(Exception):
    """What was sent is no JPEG picture of a sensible size."""


class LiveSession:
    """One tab: its tracker while it sends frames, and the pictures that were taken."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.subject = Subject()
        self.last_used_s = time.monotonic()
        self._turn = threading.Lock()
        self._tracker: Tracker | None = None
        self._pictures: dict[int, bytes] = {}

    @property
    def followed(self) -> bool:
        """Whether a model is loaded for it."""
        return self._tracker is not None

    def follow(self, jpeg: bytes, px_ratio: float, may_load: bool) -> dict[str, Any]:
        """What holds after this frame, with everything that the page draws.

        Raises:
            Junk: when it is no JPEG.
            Busy: when the frame before is not done, or a model is needed and `may_load` is False.
        """
        if not self._turn.acquire(blocking=False):
            raise Busy
        try:
            self.last_used_s = time.monotonic()
            rgb = _frame_rgb(jpeg)
            with native_stderr_silenced():
                if self._tracker is None:
                    if not may_load:
                        raise Busy
                    self._tracker = Tracker(MODEL)
                live = self._tracker.follow(rgb, time.monotonic(), px_ratio)
            return as_plain(live, self.subject) | _to_draw(live, rgb)
        finally:
            self._turn.release()

    def begin_again(self) -> None:
        """Guide the person to another round of pictures."""
        with self._turn:
            if self._tracker is not None:
                self._tracker.begin_again()

    def keep(self, number: int, jpeg: bytes) -> None:
        """Keep one of the pictures of a round; the first one drops those of the round before.

        Raises:
            Junk: when it is no JPEG, or there is no such place in a round.
        """
        if not 0 <= number < live_settings().guidance.pictures or not _is_jpeg(jpeg, MAX_PIXELS):
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
            if self._tracker is not None:
                self._tracker.close()
                self._tracker = None


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

    def may_load(self) -> bool:
        """Whether one more tab can be followed; those that send nothing any more make room."""
        with self._lock:
            followed = [item for item in self._sessions.values() if item.followed]
        idle = [item for item in followed if time.monotonic() - item.last_used_s > IDLE_S]
        for session in idle:
            session.rest()
        return len(followed) - len(idle) < MAX_FOLLOWED


sessions = LiveSessions()


def _frame_rgb(jpeg: bytes) -> RgbImage:
    if not _is_jpeg(jpeg, MAX_FRAME_SIDE_PX**2):
        raise Junk
    photo = load_photo(jpeg)
    if isinstance(photo, Finding):
        raise Junk
    return photo.rgb


def _is_jpeg(data: bytes, max_pixels: int) -> bool:
    """Whether the header is that of a JPEG with at most so many pixels; no pixel is decoded."""
    try:
        with JpegImageFile(io.BytesIO(data)) as picture:
            return picture.width * picture.height <= max_pixels
    except (OSError, SyntaxError, ValueError, IndexError):
        return False


def _to_draw(live: LiveFrame, rgb: RgbImage) -> dict[str, Any]:
    """Landmarks, back line and bridge in pixels of the frame."""
    scene = live.reading.scene
    pose = None if scene is None else scene.view.pose
    return {
        "size": [rgb.shape[1], rgb.shape[0]],
        "points": [] if pose is None else pose.points_px.round(1).tolist(),
        "seen": [] if pose is None else pose.visibility.round(2).tolist(),
        "back": back_line_px(live.reading)[::LINE_STEP].round(1).tolist(),
        "bridge": bridge_px(live.reading).round(1).tolist(),
    }
