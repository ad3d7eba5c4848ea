"""Frames with their times in, what to draw and say out: where the rooms are joined."""

from __future__ import annotations

from dataclasses import dataclass

from posture._support.closing import Closing
from posture.checks.frame import FrameReading, read_frame
from posture.live.guidance import Guidance, Guide
from posture.live.live_settings import live_settings
from posture.live.smoothing import Smoothed
from posture.live.sources import to_rgb
from posture.live.step_away import StepAway
from posture.live.stillness import Stillness
from posture.photo.resize import area_resized
from posture.pose.bundles import ModelName
from posture.pose.mediapipe import FollowingPoseModel
from posture.pose.record import RgbImage

# A degree of the angle weighs as much as this change of the depth in statures (3.5 mm of 1,700).
DEPTH_UNIT = 0.002


@dataclass(frozen=True)
class RawAndSmoothed:
    """One quantity as it was read in this frame, and smoothed over time; None when not known."""

    raw: float | None
    smooth: float | None


@dataclass(frozen=True)
class LiveFrame:
    """What the tracker knows after one frame.

    Attributes:
        time_s: when the frame was taken.
        reading: what it shows, pixels of the frame that was looked at.
        px_ratio: pixels of the camera's own picture per pixel of that frame.
        angle_deg: the curve angle.
        depth_stature: the hollow's depth in statures.
        guidance: what the person is told.
    """

    time_s: float
    reading: FrameReading
    px_ratio: float
    angle_deg: RawAndSmoothed
    depth_stature: RawAndSmoothed
    guidance: Guidance


class Tracker(Closing):
    """Follows one person; use it as a context manager.

    Args:
        model: pose model by name.

    Raises:
        ModelUnavailable: when the model's bundle is missing or damaged.
        SystemLibraryMissing: when MediaPipe cannot be loaded.
    """

    def __init__(self, model: ModelName = "full") -> None:
        settings = live_settings()
        self._model = FollowingPoseModel(model)
        smoothing, lost_s = settings.smoothing, settings.frame.lost_s
        self._angle_deg = Smoothed(smoothing, unit=1.0, lost_s=lost_s)
        self._depth_stature = Smoothed(smoothing, unit=DEPTH_UNIT, lost_s=lost_s)
        self._stillness = Stillness(settings.stillness)
        self._step_away = StepAway(settings.step_away)
        self._guide = Guide(settings)

    def close(self) -> None:
        """Release the model."""
        self._model.close()

    def begin_again(self) -> None:
        """Guide the person to another round of pictures."""
        self._guide.begin_again()

    def follow(self, rgb: RgbImage, time_s: float, px_ratio: float = 1.0) -> LiveFrame:
        """What holds after this frame.

        Args:
            rgb: the frame (H, W, 3); see :func:`small_rgb` for its size.
            time_s: when it was taken, ascending.
            px_ratio: pixels of the camera's own picture per pixel of the frame.
        """
        pose = self._model.detect(rgb, time_s)
        reading = read_frame(pose, px_ratio)
        curve, depth = reading.curve, reading.depth_stature
        angle = None if curve is None else curve.slca_deg
        still_s = self._stillness.add(pose, time_s)
        away = self._step_away.add(pose, time_s)
        guidance = self._guide.follow(reading.findings, still_s, away, time_s)
        if guidance.take and pose is not None:
            self._step_away.mark(pose, time_s)
        return LiveFrame(
            time_s=time_s,
            reading=reading,
            px_ratio=px_ratio,
            angle_deg=RawAndSmoothed(angle, self._angle_deg.add(angle, time_s)),
            depth_stature=RawAndSmoothed(depth, self._depth_stature.add(depth, time_s)),
            guidance=guidance,
        )


def small_rgb(bgr: RgbImage) -> tuple[RgbImage, float]:
    """A picture of OpenCV at the size that is looked at, red first, and its pixels per pixel."""
    limit_px = live_settings().frame.long_side_px
    height, width = bgr.shape[:2]
    ratio = max(height, width) / limit_px
    if ratio <= 1:
        return to_rgb(bgr), 1.0
    size = (max(round(width / ratio), 1), max(round(height / ratio), 1))
    return to_rgb(area_resized(bgr, size)), ratio
