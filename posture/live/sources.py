"""Frames with their times, from OpenCV: a clip at its own time base, or the newest of a camera."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.request import url2pathname

import cv2
import numpy as np

from posture.errors import SourceUnavailable
from posture.live.containers import is_cut_off
from posture.pose.record import RgbImage

# What a camera is asked for; it gives the nearest it can.
WIDEST_PX, HIGHEST_PX = 1920, 1080
# A camera or stream that has sent nothing for this long is gone.
SILENT_S = 5.0
# For clips that do not tell.
USUAL_FPS = 30.0
# Nothing that is filmed has pixels this many times wider than high, or higher than wide.
MAX_PIXEL_ASPECT = 5.0
# Pixels so nearly square are left as they are: the rest is rounding.
SQUARE_WITHIN = 0.005
# With less than this of the frames and of the time that a clip announces, it is not all there.
WHOLE_SHARE = 0.9
# Codecs by the names that people know, of the codes that files give them.
CODEC_NAMES = {"av01": "AV1", "hev1": "HEVC", "hvc1": "HEVC", "vvc1": "VVC", "vp09": "VP9"}
# The same in Matroska and WebM, which say it near their beginning.
MATROSKA_CODECS = {b"V_AV1": "AV1", b"V_MPEGH/ISO/HEVC": "HEVC", b"V_MPEGI/ISO/VVC": "VVC"}
MATROSKA_HEAD_BYTES = 65_536


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

    Attributes:
        path: as it was given.
        fps: frames a second, as the file tells them.
        duration_s: as the file announces it; None when it does not.
        ends_early: after the last frame: whether the file announces more than there is.

    Raises:
        SourceUnavailable: when it is no clip that can be read; while iterating, when none of its
            pictures can be decoded.
    """

    def __init__(self, path: str | os.PathLike[str] | os.PathLike[bytes]) -> None:
        self.path = os.fsdecode(path)
        if not os.path.isfile(self.path):
            raise SourceUnavailable(f"There is no clip at {self.path}.", "Check the path.")
        self._cut_off: bool | None = None
        self._codec = ""
        with suppress(OSError), open(self.path, "rb") as file:
            head = file.read(MATROSKA_HEAD_BYTES)
            self._codec = next(
                (MATROSKA_CODECS[code] for code in MATROSKA_CODECS if code in head), ""
            )
            self._cut_off = is_cut_off(file)
        self._capture = _opened(_as_file(self.path), cv2.CAP_FFMPEG)
        if not self._capture.isOpened():
            raise self._unreadable()
        fps = float(self._capture.get(cv2.CAP_PROP_FPS))
        self.fps = fps if 1 <= fps <= 1000 else USUAL_FPS
        self._count = float(self._capture.get(cv2.CAP_PROP_FRAME_COUNT))
        self.duration_s = self._count / self.fps if self._count > 0 else None
        self.ends_early = False

    def close(self) -> None:
        """Close the file."""
        self._capture.release()

    def frames(self, every_s: float = 0.0) -> Iterator[Frame]:
        """The frames, ascending in time; those between are passed over without being decoded.

        After the last one `ends_early` tells whether the file announces more than there is.

        Args:
            every_s: at least this long after the one before.
        """
        last_s, time_s, index, decoded = -1.0, 0.0, 0, 0
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
                last_s, decoded = time_s, decoded + 1
                picture = np.asarray(bgr, np.uint8)
                yield Frame(_with_square_pixels(picture, _pixel_aspect(self._capture)), time_s)
        if decoded == 0:
            raise self._undecodable()
        short = self._is_short(index, time_s + 1 / self.fps)
        # A file that tells its length may still show fewer pictures than it lists: it was trimmed.
        self.ends_early = short if self._cut_off is None else self._cut_off

    def _is_short(self, frames: int, end_s: float) -> bool:
        """Whether there were fewer frames and less time than announced.

        One of them alone may be so in a whole clip: where frames were left out while it was
        recorded, or where the number of frames is only guessed from the time.
        """
        if self.duration_s is None:
            return False
        return frames < WHOLE_SHARE * self._count and end_s < WHOLE_SHARE * self.duration_s

    def _unreadable(self) -> SourceUnavailable:
        if self._cut_off:
            return SourceUnavailable(
                f"{self.path} was copied only in part, and cannot be read.", "Copy it again."
            )
        if self._codec:
            return self._undecodable()
        return SourceUnavailable(
            f"{self.path} is not a clip that can be read.",
            "Use an MP4, MOV, AVI, MKV or WebM file.",
        )

    def _undecodable(self) -> SourceUnavailable:
        code = int(self._capture.get(cv2.CAP_PROP_FOURCC)) & 0xFFFFFFFF
        four_cc = code.to_bytes(4, "little").decode("latin-1").strip("\0 ")
        codec = self._codec or CODEC_NAMES.get(
            four_cc.lower(), four_cc if four_cc.isprintable() else ""
        )
        coded = f", which is coded as {codec}," if codec else ""
        return SourceUnavailable(
            f"No picture of {self.path}{coded} can be decoded here.",
            "Save it anew as an MP4 with H.264.",
        )


class Camera:
    """The newest frame of a camera or a network stream; older ones are dropped, none wait.

    Raises:
        SourceUnavailable: when it cannot be opened; while iterating, when it has stopped.
    """

    fps = USUAL_FPS

    def __init__(self, place: int | str) -> None:
        self._name = f"Camera {place}" if isinstance(place, int) else "The stream"
        # Cameras have square pixels, and not every driver can be asked.
        self._is_stream = isinstance(place, str)
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
            picture = np.asarray(bgr, np.uint8)
            if self._is_stream:
                picture = _with_square_pixels(picture, _pixel_aspect(self._capture))
            with self._news:
                self._newest.append(Frame(picture, time.monotonic()))
                self._news.notify()


def open_source(place: int | str) -> Clip | Camera:
    """The camera of that number, the stream at that address (with ``://``), or the clip of a path.

    Raises:
        SourceUnavailable: when it cannot be opened.
    """
    if isinstance(place, int):
        return Camera(place)
    # What is there is a file, whatever its name looks like.
    if "://" not in place or os.path.isfile(place):
        return Clip(place)
    if place.lower().startswith("file://"):
        return Clip(url2pathname(urlsplit(place).path))
    return Camera(place)


def _as_file(path: str) -> str:
    """The path as FFmpeg takes it for a file: a bare ``http:x.mp4`` is an address to it.

    Raises:
        SourceUnavailable: when its bytes are no text, of which OpenCV dies.
    """
    name = f"file:{os.path.abspath(path)}"
    try:
        name.encode()
    except UnicodeEncodeError:
        raise SourceUnavailable(
            f"The name of {path} is not valid text.", "Rename the clip or its folder."
        ) from None
    return name


def _pixel_aspect(capture: cv2.VideoCapture) -> float:
    """Width of a pixel of the upright picture by its height; 1 where the source does not tell."""
    across, down = capture.get(cv2.CAP_PROP_SAR_NUM), capture.get(cv2.CAP_PROP_SAR_DEN)
    if across <= 0 or down <= 0:
        return 1.0
    aspect = float(across / down)
    if not 1 / MAX_PIXEL_ASPECT <= aspect <= MAX_PIXEL_ASPECT:
        raise SourceUnavailable(
            f"The clip says that its pixels are {aspect:.3g} times as wide as high.",
            "Save it anew as an MP4 with square pixels.",
        )
    # Told of the picture as it is stored; OpenCV has turned it meanwhile.
    turned = capture.get(cv2.CAP_PROP_ORIENTATION_META) % 180 == 90
    if turned and capture.get(cv2.CAP_PROP_ORIENTATION_AUTO):
        return 1 / aspect
    return aspect


def _with_square_pixels(picture: RgbImage, aspect: float) -> RgbImage:
    """The picture (H, W, 3), one side enlarged until its pixels are square."""
    if abs(aspect - 1) <= SQUARE_WITHIN:
        return picture
    height, width = picture.shape[:2]
    size = (round(width * aspect), height) if aspect > 1 else (width, round(height / aspect))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def _opened(place: int | str, backend: int) -> cv2.VideoCapture:
    # What goes wrong is told in our own words.
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    # mypy cannot choose between the two forms by a union.
    if isinstance(place, int):
        return cv2.VideoCapture(place, backend)
    return cv2.VideoCapture(place, backend)
