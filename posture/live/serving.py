"""One tab's tracker in a child process: what :class:`posture.worker.Worker` runs there.

A frame that makes native code abort ends the child, not the server; the next frame gets a new one.
The functions load what they need there: the server, which only names them, needs none of it.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from posture.findings import Finding
from posture.live.frame_record import as_record
from posture.photo.jpeg import START, jpeg_layout
from posture.pose.bundles import ModelName
from posture.subject import Subject

if TYPE_CHECKING:
    from posture.live.tracker import LiveFrame, Tracker
    from posture.pose.record import RgbImage

# The lightest model: a frame is looked at within the time in which the browser makes the next one.
MODEL: ModelName = "lite"
MAX_FRAME_SIDE_PX = 1920
# The page is sent every fourth row of the back line.
LINE_STEP = 4


def open_tracker() -> Tracker:
    """What the child holds: it is loaded with the first frame."""
    from posture.live.tracker import Tracker

    return Tracker(MODEL)


def follow(
    tracker: Tracker, jpeg: bytes, time_s: float, px_ratio: float, subject: Subject
) -> dict[str, Any] | None:
    """What holds after this frame, with everything that the page draws; None for no JPEG."""
    rgb = _frame_rgb(jpeg)
    if rgb is None:
        return None
    live = tracker.follow(rgb, time_s, px_ratio)
    return as_record(live, subject) | _to_draw(live, rgb)


def begin_again(tracker: Tracker) -> None:
    """Guide the person to another round of pictures."""
    tracker.begin_again()


def is_picture(_: Tracker, jpeg: bytes) -> bool:
    """Whether it is a JPEG that can be measured later, told from its markers and header."""
    from posture.photo.decode import MAX_PIXELS

    return _is_jpeg(jpeg, MAX_PIXELS)


def _is_jpeg(data: bytes, max_pixels: int) -> bool:
    """Whether it is laid out like a JPEG of at most `max_pixels`; no pixel is decoded."""
    if not data.startswith(START) or jpeg_layout(data) is None:
        return False
    from PIL.JpegImagePlugin import JpegImageFile

    try:
        with JpegImageFile(io.BytesIO(data)) as picture:
            return picture.width * picture.height <= max_pixels
    except (OSError, SyntaxError, ValueError, IndexError):
        return False


def _frame_rgb(jpeg: bytes) -> RgbImage | None:
    if not _is_jpeg(jpeg, MAX_FRAME_SIDE_PX**2):
        return None
    from posture.photo.decode import load_photo

    photo = load_photo(jpeg)
    return None if isinstance(photo, Finding) else photo.rgb


def _to_draw(live: LiveFrame, rgb: RgbImage) -> dict[str, Any]:
    """Landmarks, back line and bridge in pixels of the frame."""
    from posture.checks.frame import back_line_px, bridge_px

    pose = None if live.reading.view is None else live.reading.view.pose
    return {
        "size": [rgb.shape[1], rgb.shape[0]],
        "points": [] if pose is None else pose.points_px.round(1).tolist(),
        "seen": [] if pose is None else pose.visibility.round(2).tolist(),
        "back": back_line_px(live.reading)[::LINE_STEP].round(1).tolist(),
        "bridge": bridge_px(live.reading).round(1).tolist(),
    }
