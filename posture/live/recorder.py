"""Writes pictures with their times as a clip; afterwards the file is whole, or not there."""

from __future__ import annotations

import secrets
from pathlib import Path

import cv2

from posture._support.closing import Closing
from posture._support.files import make_private_file, output_failed, put_in_place
from posture.errors import InvalidInput, OutputFailed
from posture.pose.record import RgbImage

CODEC_OF_ENDING = {".mp4": "mp4v", ".avi": "MJPG"}


class Recorder(Closing):
    """A clip that plays at the times of its pictures; a context manager.

    Args:
        path: where it is to be, with one of the endings of :data:`CODEC_OF_ENDING`.
        fps: pictures a second of the clip; slower pictures are shown for longer.
        replace: whether a file that has this name already is given up.

    Raises:
        InvalidInput: for another ending.
        OutputFailed: when it cannot be written.
    """

    def __init__(self, path: Path, fps: float, *, replace: bool = False) -> None:
        if path.suffix.lower() not in CODEC_OF_ENDING:
            raise InvalidInput(f"{path.name} is no clip.", "End the name in .mp4 or .avi.")
        if not path.parent.is_dir():
            raise output_failed(path, FileNotFoundError(2, "there is no such folder"))
        # FFmpeg would take a folder named "tcp:host" for an address.
        self._path, self._fps, self._replace = path.absolute(), fps, replace
        try:
            str(self._path.parent).encode()
        except UnicodeEncodeError as error:
            # OpenCV dies of such a name.
            raise OutputFailed(
                f"The name of {path.parent} is not valid text.", "Choose another folder."
            ) from error
        # The ending tells OpenCV which kind of file to write.
        self._partial = self._path.with_name(f".{secrets.token_hex(4)}.partial{path.suffix}")
        self._writer: cv2.VideoWriter | None = None
        self._start_s = 0.0
        self._written = 0

    def add(self, rgb: RgbImage, time_s: float) -> None:
        """The next picture; all have the size of the first one."""
        if self._writer is None:
            self._writer = self._opened(rgb)
            self._start_s = time_s
        due = int((time_s - self._start_s) * self._fps + 0.5) + 1
        bgr = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR)
        for _ in range(due - self._written):
            self._writer.write(bgr)
        self._written = max(self._written, due)

    def close(self) -> None:
        """Finish the clip and put it in its place; without a picture there is no file."""
        if self._writer is None:
            return
        self._writer.release()
        self._writer = None
        try:
            put_in_place(self._partial, self._path, replace=self._replace)
        except OSError as error:
            self._partial.unlink(missing_ok=True)
            raise output_failed(self._path, error) from error

    def _opened(self, rgb: RgbImage) -> cv2.VideoWriter:
        height, width = rgb.shape[:2]
        try:
            # OpenCV leaves the rights of a file that is there.
            make_private_file(self._partial)
        except OSError as error:
            raise output_failed(self._path, error) from error
        codec = cv2.VideoWriter.fourcc(*CODEC_OF_ENDING[self._path.suffix.lower()])
        writer = cv2.VideoWriter(str(self._partial), codec, self._fps, (width, height))
        if not writer.isOpened():
            self._partial.unlink(missing_ok=True)
            raise OutputFailed(f"{self._path} could not be written.", "Choose another folder.")
        return writer
