"""The window on the desktop; without a screen there is none."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import cv2

from posture._support.closing import Closing
from posture.errors import PostureError
from posture.live.sources import to_rgb
from posture.pose.record import RgbImage

TITLE = "Posture"
FONTS = Path(__file__).parent.parent / "fonts"
ESCAPE = 27
STOP_KEYS = {ord("q"), ord("Q"), ESCAPE}
AGAIN_KEYS = {ord("r"), ord("R")}


class Window(Closing):
    """Shows pictures and hears keys; a context manager.

    Raises:
        PostureError: when there is no screen to show it on.
    """

    def __init__(self) -> None:
        # Qt would end the whole process.
        screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
        if sys.platform.startswith("linux") and not screen:
            raise PostureError("There is no screen for a window.", "Add --no-window.")
        # OpenCV's Qt brings no fonts, and complains of it.
        os.environ["QT_QPA_FONTDIR"] = str(FONTS)
        cv2.namedWindow(TITLE, cv2.WINDOW_NORMAL | cv2.WINDOW_KEEPRATIO | cv2.WINDOW_GUI_NORMAL)
        self._shown = False

    def close(self) -> None:
        """Take the window off the screen."""
        cv2.destroyAllWindows()

    def show(self, rgb: RgbImage) -> int | None:
        """Show a picture; the key that was pressed, or the stop key when the window was closed."""
        if not self._shown:
            cv2.resizeWindow(TITLE, rgb.shape[1], rgb.shape[0])
            self._shown = True
        elif cv2.getWindowProperty(TITLE, cv2.WND_PROP_VISIBLE) < 1:
            return ESCAPE
        cv2.imshow(TITLE, to_rgb(rgb))
        key = cv2.waitKey(1)
        return None if key < 0 else key & 0xFF
