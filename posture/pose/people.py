"""Look for somebody beside the person who was found.

The pose model's detector drops a second person who stands near the first: it takes the two for two
readings of one.  Shown only the part of the photo beside the first, it finds them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from posture.photo.resize import area_resized
from posture.pose.landmarks import HIPS, SHOULDERS
from posture.pose.mask import MASK_LEVEL, largest_outline
from posture.pose.pose_settings import pose_settings
from posture.pose.record import Pose, RgbImage

_BESIDE, _SAME = pose_settings().beside, pose_settings().same_person
# Every fourth row and column is enough to find where the person is.
STRIDE = 4

# Rows and columns of a photo.
Part = tuple[slice, slice]


def people_beside(
    rgb: RgbImage, person: Pose, detect_each: Callable[[Sequence[RgbImage]], list[list[Pose]]]
) -> list[Pose]:
    """Everybody that is found left and right of `person`, in pixels of `rgb` (H, W, 3).

    Args:
        rgb: the photo.
        person: in it.
        detect_each: finds people in pictures.
    """
    parts = _parts_beside(person)
    shrunk = [_shrunk(rgb[part]) for part in parts]
    return [
        _placed(pose, part, person.mask.shape)
        for part, poses in zip(parts, detect_each(shrunk), strict=True)
        for pose in poses
        if pose.is_upright
    ]


def _parts_beside(person: Pose) -> list[Part]:
    """Where there is room for another person."""
    # The mask may show a piece of the second person, too; that is not where the first one ends.
    outline = STRIDE * largest_outline(person.mask[::STRIDE, ::STRIDE])
    if not len(outline):
        return []
    (first, top), (last, bottom) = outline.min(axis=0), outline.max(axis=0)
    tall = int(bottom - top) + 1
    height = slice(max(int(top - _BESIDE.above * tall), 0), int(bottom + _BESIDE.below * tall))
    left, right = int(first - _BESIDE.clearance * tall), int(last + _BESIDE.clearance * tall)
    widest_px = int(_BESIDE.widest * tall)
    width = person.mask.shape[1]
    sides = (slice(max(left - widest_px, 0), left), slice(right, min(right + widest_px, width)))
    return [(height, side) for side in sides if side.stop - side.start >= _BESIDE.narrowest * tall]


def _shrunk(part: RgbImage) -> RgbImage:
    height, width = part.shape[:2]
    scale = min(_BESIDE.looked_at_px / max(height, width), 1.0)
    return area_resized(part, (max(round(width * scale), 1), max(round(height * scale), 1)))


def _placed(pose: Pose, part: Part, shape: tuple[int, ...]) -> Pose:
    """`pose`, found in a shrunk part of the photo, in pixels of the whole (H, W)."""
    mask = np.zeros(shape, np.float32)
    there = mask[part]
    cv2.resize(pose.mask, there.shape[::-1], dst=there)
    scale = np.array(there.shape[::-1]) / pose.mask.shape[::-1]
    return Pose(
        points_px=pose.points_px * scale + (part[1].start, part[0].start),
        visibility=pose.visibility,
        world_m=pose.world_m,
        mask=mask,
    )


def distinct_people(poses: list[Pose]) -> list[Pose]:
    """Largest first, without second readings of the same person.

    Somebody upside down beside somebody upright is one, too: the model may find head and shoulders
    in a person's feet and what lies behind them.
    """
    kept: list[Pose] = []
    by_size = sorted(poses, key=lambda p: -float(np.ptp(p.points_px[:, 1])))
    for pose in [p for p in by_size if p.is_upright] or by_size[:1]:
        if not any(same_person(pose, other) for other in kept):
            kept.append(pose)
    return kept


def same_person(pose: Pose, other: Pose) -> bool:
    """Whether these are two readings of one person."""
    apart = _trunk_distance(pose, other)
    if apart <= _SAME.trunks_apart or apart > _SAME.masks_apart:
        return apart <= _SAME.trunks_apart
    own, others = pose.mask >= MASK_LEVEL, other.mask >= MASK_LEVEL
    smaller = max(min(int(own.sum()), int(others.sum())), 1)
    return int((own & others).sum()) >= _SAME.mask_share * smaller


def _trunk_distance(pose: Pose, other: Pose) -> float:
    """Mean distance of shoulders and hips of two poses, in trunk lengths of the second."""
    corners = [*SHOULDERS, *HIPS]
    apart = pose.points_px[corners] - other.points_px[corners]
    return float(np.hypot(apart[:, 0], apart[:, 1]).mean()) / other.trunk_px
