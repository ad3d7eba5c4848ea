"""Hair on the back, by its colour.

Hair that is up ends at the nape, where skin or a collar makes the outline.  Hair that falls on the
back carries its colour on along the outline, or lies as a layer of that colour over the hollow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posture.colours import cie_lab
from posture.frame import TrunkFrame
from posture.landmarks import EARS, SHOULDERS
from posture.pose import Pose, RgbImage
from posture.silhouette import MASK_LEVEL, PosteriorContour, sample_strip
from posture.skin import face_lab

Array = NDArray[np.float64]
Rows = NDArray[np.bool_]
Colours = NDArray[np.float32]

# Nominal mm.  Levels looked at, and the back of the head: from below the ears to above them.
ROW_MM = 4.0
HEAD_BELOW_EAR_MM, HEAD_ABOVE_EAR_MM = 10.0, 60.0
# Depths under the outline (negative: behind it) at which the photo is looked at.
UNDER_MM = np.arange(-60.0, 40.0, 1.5)
FAR = UNDER_MM <= -40.0
LAYER = (UNDER_MM >= 0.0) & (UNDER_MM <= 9.0)
DEEP = UNDER_MM >= 25.0
# Nearer to the outline than this, a blurred edge mixes body and background.
CLEAR_OF_EDGE = UNDER_MM >= 3.0
# Samples in a row that make a layer: about 5 mm of hair.
LAYER_SAMPLES = 3
# Depths at which skin or clothes of the trunk are looked at.
TRUNK_UNDER_MM = np.arange(60.0, 130.0, 10.0)
# Where the mask's rear edge is looked for, before and behind the trunk's axis.
COLUMNS_MM = np.arange(-200.0, 300.0, 2.0)
# A longer stretch in another colour ends the hair: the nape is longer.
GAP_MM = 20.0
# Colour distances in Lab with lightness held back, since shading changes it most.
LIGHTNESS_WEIGHT = 0.6
SAME_COLOUR = 10.0
# Hair nearer than this to the colour of the face cannot be told from a bare back.  Skull and face
# are shaded differently, so lightness counts for still less here.
UNLIKE_SKIN = 11.0
SHADED = np.array([0.5, 1.0, 1.0])


@dataclass(frozen=True)
class Hair:
    """Where hair is seen at the outline.

    Attributes:
        lowest_mm: level above mid-hip down to which its colour runs on from the head, nominal mm.
        layer_mm: length of outline below the shoulders over which a layer of its colour lies on
            something else, nominal mm.
    """

    lowest_mm: float
    layer_mm: float


def hair_at_outline(
    rgb: RgbImage, rgb_frame: TrunkFrame, pose: Pose, frame: TrunkFrame, contour: PosteriorContour
) -> Hair | None:
    """Follow the colour of the hair from the head down.

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
    if not head.any():
        return None
    colours = _weighted_lab(sample_strip(rgb, rgb_frame, up_mm, rear_mm[:, None] - UNDER_MM))
    hair = np.median(colours[head][:, CLEAR_OF_EDGE].reshape(-1, 3), axis=0)
    face = face_lab(rgb, rgb_frame, pose, frame) * (LIGHTNESS_WEIGHT, 1.0, 1.0)
    unlike = SHADED * (hair - face)
    back = up_mm < shoulder_mm
    trunk = _weighted_lab(
        sample_strip(rgb, rgb_frame, up_mm[back], rear_mm[back, None] - TRUNK_UNDER_MM)
    )
    like_trunk = np.median(_distance(trunk, hair)) < SAME_COLOUR
    if float(np.linalg.norm(unlike)) < UNLIKE_SKIN or like_trunk:
        return None
    distance = _distance(colours, hair)
    runs_on = np.any(distance[:, LAYER & CLEAR_OF_EDGE] < SAME_COLOUR, axis=1)
    layered = _is_layer(distance) & back
    return Hair(_end_of_trail(up_mm, runs_on, float(ear_mm)), ROW_MM * int(layered.sum()))


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


def _distance(colours: Colours, other: Array) -> Colours:
    """Of each colour (...) from another."""
    apart = colours - other.astype(np.float32)
    return np.asarray(np.sqrt(np.einsum("...c,...c->...", apart, apart)), np.float32)


def _is_layer(distance: Colours) -> Rows:
    """Rows whose outermost millimetres are hair, but neither what is under nor what is behind."""
    alike = distance[:, LAYER] < SAME_COLOUR
    in_a_row = np.lib.stride_tricks.sliding_window_view(alike, LAYER_SAMPLES, axis=1)
    thick = np.any(in_a_row.all(axis=-1), axis=1)
    under, behind = np.median(distance[:, DEEP], axis=1), np.median(distance[:, FAR], axis=1)
    return np.asarray(thick & (under >= SAME_COLOUR) & (behind >= SAME_COLOUR))


def _end_of_trail(up_mm: Array, alike: Rows, from_mm: float) -> float:
    """Lowest level that is alike without a longer gap above it; `up_mm` descends."""
    lowest = from_mm
    for level in up_mm[alike & (up_mm <= from_mm)]:
        if lowest - level > GAP_MM:
            break
        lowest = float(level)
    return lowest
