"""Landmarks and back line of one person frame by frame, for other programs; only when asked for."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posture.checks.frame import FrameReading, bridge_px
from posture.clip.clip_settings import MotionSettings, clip_settings
from posture.pose.landmarks import Landmark
from posture.pose.record import Pose
from posture.result import Facing
from posture.view.trunk_frame import TRUNK_MM

Points = NDArray[np.float64]

# Of the hollow: where the bridge touches, and the deepest point.
_UPPER_TOUCH, _LOWER_TOUCH, _DEEPEST = 0, 1, 3
HOLLOW_NAMES = ("UpperTouch", "Deepest", "LowerTouch")


@dataclass(frozen=True, eq=False)
class Motion:
    """One person through a clip.

    Attributes:
        names: (m) of the points; see :func:`point_names`.
        time_s: (n,) ascending, of the frames in which the person was seen.
        points_px: (n, m, 2) pixels of the clip, x right and y down; NaN where a point was not seen.
        width_px, height_px: of the clip's upright picture.
        facing: the side of the picture that the person looks to, in most frames.
        mm_per_px: by the person's stature; None without one.
    """

    names: tuple[str, ...]
    time_s: NDArray[np.float64]
    points_px: Points
    width_px: int
    height_px: int
    facing: Facing
    mm_per_px: float | None


class Track:
    """What is written down of one person while a clip is looked at: 4 bytes a number."""

    def __init__(self) -> None:
        self._time_s, self._points = array("d"), array("f")

    def add(self, time_s: float, points_px: Points) -> None:
        """One frame; `points_px` (m, 2) as of :func:`frame_points`."""
        self._time_s.append(time_s)
        self._points.extend(points_px.ravel().tolist())

    def arrays(self) -> tuple[NDArray[np.float64], Points]:
        """Times (n,) and points (n, m, 2)."""
        points = np.array(self._points, dtype=np.float64)
        return np.array(self._time_s), points.reshape(-1, len(point_names()), 2)


def point_names() -> tuple[str, ...]:
    """``BL01`` … along the back line, those of the hollow, and the landmarks by name."""
    lines = tuple(f"BL{number:02d}" for number in range(1, clip_settings().motion.points + 1))
    marks = tuple("".join(word.title() for word in mark.name.split("_")) for mark in Landmark)
    return (*lines, *HOLLOW_NAMES, *marks)


def frame_points(pose: Pose, reading: FrameReading, px_ratio: float) -> Points:
    """The points (m, 2) of one frame in pixels of the clip; NaN where they were not seen.

    The back line is told at heights that are evenly spaced between hips and shoulders, so that a
    point is the same place of the body in every frame.  Where something stands in the way of
    measuring there is none.
    """
    settings = clip_settings().motion
    marks = pose.points_px.astype(np.float64)
    marks[pose.visibility < settings.min_visibility] = np.nan
    parts = (_back_line(reading, settings), _hollow(reading), marks)
    return np.concatenate(parts) * px_ratio


def _back_line(reading: FrameReading, settings: MotionSettings) -> Points:
    outline = reading.outline
    if outline is None or reading.hidden:
        return np.full((settings.points, 2), np.nan)
    up_mm = TRUNK_MM * np.linspace(settings.lowest, settings.highest, settings.points)
    # Where the mask has no edge nothing is drawn through the gap.
    line = np.where(np.isfinite(outline.mask.back_mm), outline.line, np.nan)
    back_mm = np.interp(up_mm, outline.mask.up_mm, line, left=np.nan, right=np.nan)
    points = outline.frame.to_px(up_mm, back_mm)
    points[~np.isfinite(back_mm)] = np.nan
    return points


def _hollow(reading: FrameReading) -> Points:
    points = bridge_px(reading)
    if not len(points):
        return np.full((len(HOLLOW_NAMES), 2), np.nan)
    return points[[_UPPER_TOUCH, _DEEPEST, _LOWER_TOUCH]]
