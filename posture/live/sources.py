"""Frames with their times, from OpenCV: a clip at its own time base, or the newest of a camera."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from posture.errors import SourceUnavailable
from posture.pose.record import RgbImage

# What a camera is asked for; it gives the nearest it can.
WIDEST_PX, HIGHEST_PX = 1920, 1080
# A camera or stream that has sent nothing for so long is gone.
SILENT_S = 5.0
# For clips that do not tell.
USUAL_FPS = 30.0


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture of a source: as OpenCV gives it (blue first), and when it was taken."""

    bgr: RgbImage
    time_s: float

    @property
    def rgb(self) -> RgbImage:
        """The picture, red first."""
        return to_rgb(self.bgr)


def to_rgb(bgr: RgbImage) -> RgbImage:
    """The picture with red and blue exchanged."""
    return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), np.uint8)


class Clip:
    """All frames of a file, in order, each with the time that the file gives it.

    Raises:
        SourceUnavailable: when it is no clip that can be read.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        name = os.fspath(path)
        if not os.path.isfile(name):
            raise SourceUnavailable(f"There is no clip at {name}.", "Check the path.")
        self._capture = _opened(name, cv2.CAP_FFMPEG)
        if not self._capture.isOpened():
            raise SourceUnavailable(
                f"{name} is not a clip that can be read.", "Use an MP4, MOV, AVI, MKV or WebM file."
            )
        fps = float(self._capture.get(cv2.CAP_PROP_FPS))
        self.fps = fps if 1 <= fps <= 1000 else USUAL_FPS
        count = float(self._capture.get(cv2.CAP_PROP_FRAME_COUNT))
        self.duration_s = count / self.fps if count > 0 else None

    def close(self) -> None:
        """Close the file."""
        self._capture.release()

    def frames(self, every_s: float = 0.0) -> Iterator[Frame]:
        """The frames, ascending in time; those between are passed over without being decoded.

        Args:
            every_s: at least this long after the one before.
        """
        last_s, index = -1.0, 0
        while self._capture.grab():
            time_s = float(self._capture.get(cv2.CAP_PROP_POS_MSEC)) / 1000
            # Some files give no times, or the same one twice.
            if time_s <= last_s:
                time_s = max(index / self.fps, last_s + 0.5 / self.fps)
            index += 1
            if last_s >= 0 and time_s - last_s < every_s - 0.25 / self.fps:
                continue
            read, bgr = self._capture.retrieve()
            if read:
                last_s = time_s
                yield Frame(np.asarray(bgr, np.uint8), time_s)


class Camera:
    """The newest frame of a camera or a network stream; older ones are dropped, none wait.

    Raises:
        SourceUnavailable: when it cannot be opened; while iterating, when it has stopped.
    """

    fps = USUAL_FPS

    def __init__(self, place: int | str) -> None:
        self._name = f"Camera {place}" if isinstance(place, int) else "The stream"
        self._capture = _opened(place, cv2.CAP_ANY)
        if not self._capture.isOpened():
            raise SourceUnavailable(
                f"{self._name} cannot be opened.",
                "Connect it, close other programs that use it, or choose another one.",
            )
        if isinstance(place, int):
            self._capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
            self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, WIDEST_PX)
            self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, HIGHEST_PX)
        self._news = threading.Condition()
        # Holds one frame at most: a newer one pushes it out.
        self._newest: deque[Frame] = deque(maxlen=1)
        self._stopping = False
        self._reader = threading.Thread(target=self._read, name="camera", daemon=True)
        self._reader.start()

    def close(self) -> None:
        """Switch the camera off."""
        self._stopping = True
        self._reader.join(SILENT_S)
        self._capture.release()

    def frames(self) -> Iterator[Frame]:
        """The newest frame each time, until nobody asks any more."""
        while True:
            with self._news:
                if not self._news.wait_for(lambda: bool(self._newest), SILENT_S):
                    raise SourceUnavailable(
                        f"{self._name} sends no more pictures.", "Connect it again and start anew."
                    )
                frame = self._newest.pop()
            yield frame

    def _read(self) -> None:
        while not self._stopping:
            read, bgr = self._capture.read()
            if not read:
                # A camera that was unplugged answers at once, again and again.
                time.sleep(0.05)
                continue
            with self._news:
                self._newest.append(Frame(np.asarray(bgr, np.uint8), time.monotonic()))
                self._news.notify()


def open_source(place: int | str) -> Clip | Camera:
    """The camera of that number, the stream at that address (with ``://``), or the clip of a path.

    Raises:
        SourceUnavailable: when it cannot be opened.
    """
    if isinstance(place, int) or "://" in place:
        return Camera(place)
    return Clip(place)


def _opened(place: int | str, backend: int) -> cv2.VideoCapture:
    # What goes wrong is told in our own words.
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    # mypy cannot choose between the two forms by a union.
    if isinstance(place, int):
        return cv2.VideoCapture(place, backend)
    return cv2.VideoCapture(place, backend)
