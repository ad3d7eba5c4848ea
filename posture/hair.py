"""Hair on the back, by its colour.

Hair that is up ends at the nape, where skin or a collar makes the outline.  Hair that falls on the
back carries its colour on along the outline.  Light changes that colour a lot, but bit by bit;
skin or a collar begins at once.
"""

from __future__ import annotations

from math import dist

import numpy as np
from numpy.typing import NDArray

from posture.colours import cie_lab
from posture.frame import TrunkFrame
from posture.landmarks import EARS, SHOULDERS
from posture.pose import Pose, RgbImage
from posture.silhouette import MASK_LEVEL, PosteriorContour, sample_strip
from posture.skin import face_lab

Array = NDArray[np.float64]
Colours = NDArray[np.float32]

# Nominal mm.  Levels looked at, and the back of the head: from below the ears to above them.
ROW_MM = 4.0
HEAD_BELOW_EAR_MM, HEAD_ABOVE_EAR_MM = 10.0, 60.0
# Depths under the outline at which the photo is looked at: clear of a blurred edge, which mixes
# body and background.
UNDER_MM = np.arange(3.0, 40.0, 1.5)
OUTERMOST = UNDER_MM <= 9.0
# Depths at which skin or clothes of the trunk are looked at.
TRUNK_UNDER_MM = np.arange(60.0, 130.0, 10.0)
# Where the mask's rear edge is looked for, before and behind the trunk's axis.
COLUMNS_MM = np.arange(-200.0, 300.0, 2.0)
# A longer stretch in another colour ends the hair: the nape is longer.
GAP_MM = 20.0
# Colour distances in Lab with lightness held back, since shading changes it most.
LIGHTNESS_WEIGHT = 0.6
SAME_COLOUR = 10.0
# Between the hair so far, a running mean that takes this share of each row, and its next row: on
# known bodies shaded hair changes by less, its end by more.
SAME_HAIR, SHARE_OF_ROW = 7.0, 0.3
# The hair so far starts with so many rows of the head's.
FIRST_ROWS = 5
# Hair nearer than this to the colour of the face cannot be told from a bare back.  Skull and face
# are shaded differently, so lightness counts for still less here.
UNLIKE_SKIN = 11.0
SHADED = np.array([0.5, 1.0, 1.0])


def end_of_hair_mm(
    rgb: RgbImage, rgb_frame: TrunkFrame, pose: Pose, frame: TrunkFrame, contour: PosteriorContour
) -> float | None:
    """Level above mid-hip down to which the colour of the hair runs on from the head, nominal mm.

    None when the face, or the trunk with what it wears, has the colour of the hair.

    Args:
        rgb: the photo, and the trunk frame in its pixels.
        rgb_frame: see rgb.
        pose: for mask, ears, nose and shoulders, and the same trunk frame in its pixels.
        frame: see pose.
        contour: the outline of the trunk; above it the mask's own edge is followed.
    """
    ear_mm, shoulder_mm = (frame.from_px(pose.point(*pair))[0] for pair in (EARS, SHOULDERS))
    up_mm = np.arange(ear_mm + HEAD_ABOVE_EAR_MM, 0.0, -ROW_MM)
    rear_mm = _rear_mm(pose, frame, contour, up_mm)
    up_mm, rear_mm = up_mm[np.isfinite(rear_mm)], rear_mm[np.isfinite(rear_mm)]
    head = up_mm > ear_mm - HEAD_BELOW_EAR_MM
    if head.all() or not head.any():
        return None
    colours = _weighted_lab(sample_strip(rgb, rgb_frame, up_mm, rear_mm[:, None] - UNDER_MM))
    hair = np.median(colours[head].reshape(-1, 3), axis=0)
    face = face_lab(rgb, rgb_frame, pose, frame) * (LIGHTNESS_WEIGHT, 1.0, 1.0)
    back = up_mm < shoulder_mm
    trunk = _weighted_lab(
        sample_strip(rgb, rgb_frame, up_mm[back], rear_mm[back, None] - TRUNK_UNDER_MM)
    )
    like_skin = float(np.linalg.norm(SHADED * (hair - face))) < UNLIKE_SKIN
    like_trunk = float(np.median(np.linalg.norm(trunk - hair, axis=-1))) < SAME_COLOUR
    if like_skin or like_trunk:
        return None
    rows = np.median(colours[:, OUTERMOST], axis=1)
    return _end_of_trail(up_mm[~head], rows[~head], rows[head][-FIRST_ROWS:].mean(axis=0))


def _rear_mm(pose: Pose, frame: TrunkFrame, contour: PosteriorContour, up_mm: Array) -> Array:
    """Rear edge (n,) of the person at these levels; NaN where there is none."""
    rear_mm = np.interp(up_mm, contour.up_mm, contour.back_mm, right=np.nan)
    untraced = ~np.isfinite(rear_mm)
    if not untraced.any():
        return np.asarray(rear_mm, np.float64)
    body = sample_strip(pose.mask, frame, up_mm[untraced], COLUMNS_MM) >= MASK_LEVEL
    edge_mm = np.where(body, COLUMNS_MM, -np.inf).max(axis=1)
    rear_mm[untraced] = np.where(body.any(axis=1), edge_mm, np.nan)
    return np.asarray(rear_mm, np.float64)


def _weighted_lab(colours: Colours) -> Colours:
    lab = cie_lab(colours)
    lab[..., 0] *= LIGHTNESS_WEIGHT
    return lab


def _end_of_trail(up_mm: Array, rows: Array, hair: Array) -> float:
    """Lowest level down to which the rows (n, 3) are hair without a longer gap; `up_mm` descends.

    Args:
        up_mm: (n,) levels below the head.
        rows: (n, 3) colour of each.
        hair: (3,) its colour at the head.
    """
    lowest = float(up_mm[0]) + ROW_MM
    for level, row in zip(up_mm.tolist(), rows, strict=True):
        if lowest - level > GAP_MM:
            break
        if dist(row, hair) < SAME_HAIR:
            hair, lowest = hair + SHARE_OF_ROW * (row - hair), level
    return lowest
