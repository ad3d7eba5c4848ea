"""The one place that talks to MediaPipe: a photo in, body landmarks and a person mask out.

Nothing of MediaPipe leaves this module.  Normalised coordinates are turned into pixels here and
never seen again; left and right are the person's own.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posture._support.closing import Closing
from posture._support.mapped import release_mapped
from posture._support.native_stderr import native_stderr_silenced
from posture._support.unopened import unopened_packages
from posture.pose.bundles import ModelName, bundle_path
from posture.pose.landmarks import LANDMARK_COUNT
from posture.pose.pose_settings import pose_settings
from posture.pose.record import Pose, RgbImage

# MediaPipe 0.10.33 aborts the process when a mask row is not a multiple of 16 bytes (float32:
# 4 px); padding both sides to 16 px keeps clear of it.
SIZE_MULTIPLE_PX = 16
_DETECTION, _EAGER = pose_settings().detection, pose_settings().eager
# Packages that import all they hold.
_GATHERING = (
    "mediapipe",
    "mediapipe.tasks",
    "mediapipe.tasks.python",
    "mediapipe.tasks.python.components",
    "mediapipe.tasks.python.components.containers",
    "mediapipe.tasks.python.vision",
)


class PoseModel(Closing):
    """A loaded pose landmarker; a context manager, because MediaPipe must be closed by hand.

    Threads may share one: they take turns.

    Args:
        name: of the bundle.
        side_by_side: whether to load it twice, to look at two images at the same time: for who
            waits for one photo while a second core is idle.

    Raises:
        ModelUnavailable: when the bundle is missing or damaged.
        SystemLibraryMissing: when MediaPipe's native library cannot be loaded.
    """

    def __init__(self, name: ModelName, *, side_by_side: bool = False) -> None:
        self.name = name
        count = 2 if side_by_side else 1
        with ThreadPoolExecutor(count) as loading:
            create = partial(_create_landmarker, name)
            self._landmarkers = list(loading.map(create, [_DETECTION.confidence] * count))
        self._looking = ThreadPoolExecutor(count) if side_by_side else None
        self._eager: Any | None = None
        self._turn = threading.Lock()

    def close(self) -> None:
        """Release the native graphs."""
        for landmarker in self._landmarkers:
            landmarker.close()
        if self._eager is not None:
            self._eager.close()
        if self._looking is not None:
            self._looking.shutdown()

    def detect(self, rgb: RgbImage) -> list[Pose]:
        """Everybody found in `rgb` (H, W, 3), the most confident first."""
        return self.detect_each([rgb])[0]

    def detect_each(self, images: Sequence[RgbImage]) -> list[list[Pose]]:
        """As `detect`, for each of `images`: side by side where the model was loaded for that."""
        each = map if self._looking is None else self._looking.map
        with self._turn:
            return list(each(_detect, itertools.cycle(self._landmarkers), images))

    def detect_each_eagerly(self, images: Sequence[RgbImage]) -> list[list[Pose]]:
        """As `detect_each`, for upright people whose head or feet are cropped away.

        The photo gets a grey margin, so that the model can imagine the missing parts there, and
        the thresholds are lowered.
        """
        return [self._detect_eagerly(rgb) for rgb in images]

    def _detect_eagerly(self, rgb: RgbImage) -> list[Pose]:
        height, width = rgb.shape[:2]
        top, bottom, side = (
            round(height * _EAGER.above),
            round(height * _EAGER.below),
            round(width * _EAGER.beside),
        )
        padded = np.full((top + height + bottom, side + width + side, 3), _EAGER.grey, np.uint8)
        padded[top : top + height, side : side + width] = rgb
        return [
            Pose(
                points_px=pose.points_px - (side, top),
                visibility=pose.visibility,
                world_m=pose.world_m,
                mask=pose.mask[top : top + height, side : side + width],
            )
            for pose in self._with_low_thresholds(padded)
            if pose.is_upright
        ]

    def _with_low_thresholds(self, rgb: RgbImage) -> list[Pose]:
        with self._turn:
            if self._eager is None:
                self._eager = _create_landmarker(self.name, _EAGER.confidence)
            return _detect(self._eager, rgb)


class FollowingPoseModel(Closing):
    """A pose landmarker for the frames of one video: it follows one person from frame to frame.

    Twice as quick as :class:`PoseModel`, because it looks for the person only when they were lost;
    its landmarks are smoothed over time by MediaPipe itself, its mask is not.  A context manager.

    Raises:
        ModelUnavailable: when the bundle is missing or damaged.
        SystemLibraryMissing: when MediaPipe's native library cannot be loaded.
    """

    def __init__(self, name: ModelName) -> None:
        self.name = name
        self._landmarker = _create_landmarker(name, _DETECTION.confidence, following=True)
        self._last_ms = -1

    def close(self) -> None:
        """Release the native graph."""
        self._landmarker.close()

    def detect(self, rgb: RgbImage, time_s: float) -> Pose | None:
        """The person in the frame `rgb` (H, W, 3), None when there is nobody.

        Args:
            rgb: the frame.
            time_s: when it was taken; MediaPipe needs times that ascend by whole milliseconds, so
                a frame that is not later than the one before counts as 1 ms later.
        """
        self._last_ms = max(self._last_ms + 1, round(time_s * 1000))
        with native_stderr_silenced():
            detection = self._landmarker.detect_for_video(_padded_image(rgb), self._last_ms)
        return next(iter(_to_poses(detection, rgb)), None)


@dataclass(frozen=True)
class _Vendor:
    """What is used of MediaPipe's modules, which are untyped: see there."""

    landmarker: Any
    options: Any
    base_options: Any
    running_mode: Any
    image: Any
    image_format: Any


@cache
def load_mediapipe() -> _Vendor:
    """What is used of MediaPipe, which only a run that analyses a photo should have to load.

    Raises:
        ImportError, OSError: when it, or a library of the system that it needs, is missing.
    """
    try:
        # What its packages gather besides takes ten times as long as the pose landmarker.
        with unopened_packages(*_GATHERING):
            return _pose_landmarker()
    except Exception:
        # Another build, with its modules elsewhere: as its maker means it to be loaded.
        return _pose_landmarker()


def _pose_landmarker() -> _Vendor:
    from mediapipe.tasks.python.core import base_options, mediapipe_c_bindings
    from mediapipe.tasks.python.vision import pose_landmarker
    from mediapipe.tasks.python.vision.core import image, vision_task_running_mode

    # Now: it is looked for by the name of its package.
    mediapipe_c_bindings.load_raw_library()
    return _Vendor(
        landmarker=pose_landmarker.PoseLandmarker,
        options=pose_landmarker.PoseLandmarkerOptions,
        base_options=base_options.BaseOptions,
        running_mode=vision_task_running_mode.VisionTaskRunningMode,
        image=image.Image,
        image_format=image.ImageFormat,
    )


def _create_landmarker(name: ModelName, confidence: float, *, following: bool = False) -> Any:
    path = bundle_path(name)
    with native_stderr_silenced():
        vendor = load_mediapipe()
        options = vendor.options(
            base_options=vendor.base_options(model_asset_path=str(path)),
            running_mode=vendor.running_mode.VIDEO if following else vendor.running_mode.IMAGE,
            # With a second place to fill, every frame would be searched anew.
            num_poses=1 if following else _DETECTION.max_people,
            min_pose_detection_confidence=confidence,
            min_pose_presence_confidence=confidence,
            output_segmentation_masks=True,
        )
        landmarker = vendor.landmarker.create_from_options(options)
    # Its weights were copied out of the file.
    release_mapped(path)
    return landmarker


def _detect(landmarker: Any, rgb: RgbImage) -> list[Pose]:
    # MediaPipe starts parts of itself, and says so, when it sees the first person.
    with native_stderr_silenced():
        detection = landmarker.detect(_padded_image(rgb))
    return _to_poses(detection, rgb)


def _padded_image(rgb: RgbImage) -> Any:
    height, width = rgb.shape[:2]
    padded = np.empty(
        (height + -height % SIZE_MULTIPLE_PX, width + -width % SIZE_MULTIPLE_PX, 3), np.uint8
    )
    padded[:height, :width] = rgb
    # The last column and row, again.
    padded[:height, width:] = rgb[:, -1:]
    padded[height:] = padded[height - 1]
    vendor = load_mediapipe()
    return vendor.image(vendor.image_format.SRGB, padded)


def _to_poses(detection: Any, rgb: RgbImage) -> list[Pose]:
    size = rgb.shape[:2]
    padded_size = tuple(side + -side % SIZE_MULTIPLE_PX for side in size)
    return [
        _to_pose(points, world, mask.numpy_view(), padded_size, size)
        for points, world, mask in zip(
            detection.pose_landmarks,
            detection.pose_world_landmarks,
            detection.segmentation_masks or [],
            strict=True,
        )
    ]


def _to_pose(
    points: Any,
    world: Any,
    mask: NDArray[np.float32],
    padded_size: tuple[int, ...],
    size: tuple[int, ...],
) -> Pose:
    padded_height, padded_width = padded_size
    height, width = size
    assert len(points) == LANDMARK_COUNT
    return Pose(
        points_px=np.array([(p.x * padded_width, p.y * padded_height) for p in points]),
        visibility=np.array([p.visibility for p in points]),
        world_m=np.array([(p.x, p.y, p.z) for p in world]),
        # A copy: the view belongs to MediaPipe and dies with the detection.
        mask=mask.reshape(padded_height, padded_width)[:height, :width].copy(),
    )
