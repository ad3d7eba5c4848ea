"""Hair on the back, by its colour.

Hair that is up ends at the nape, where skin or a collar makes the outline.  Hair that falls on the
back carries its colour on along the outline.  Light changes that colour a lot, but bit by bit;
skin or a collar begins at once.  Only from under the head into the light it changes at once, too;
then hair shows as a layer that is neither what lies under it nor anything else on the trunk.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import dist

import numpy as np
from numpy.typing import NDArray

from posture.outline.clothing import face_lab
from posture.outline.colours import cie_lab
from posture.outline.mask_outline import PosteriorContour, sample_strip
from posture.outline.outline_settings import outline_settings
from posture.pose.landmarks import EARS, SHOULDERS
from posture.pose.mask import MASK_LEVEL
from posture.pose.record import Pose, RgbImage
from posture.view.trunk_frame import TrunkFrame

Array = NDArray[np.float64]
Rows = NDArray[np.bool_]

_HAIR = outline_settings().hair
# Depths under the outline at which the photo is looked at, nominal mm.
UNDER_MM = np.arange(*_HAIR.under_mm)
OUTERMOST, BENEATH = _HAIR.outermost_mm >= UNDER_MM, _HAIR.beneath_mm <= UNDER_MM
# Depths at which skin or clothes of the trunk are looked at.
TRUNK_UNDER_MM = np.arange(*_HAIR.trunk_under_mm)
NEAR_TRUNK = _HAIR.near_trunk_mm >= TRUNK_UNDER_MM
# Where the mask's rear edge is looked for, before and behind the trunk's axis.
COLUMNS_MM = np.arange(*_HAIR.columns_mm)
# Weights of Lab in distances of colour: lightness is held back, more between parts of the body that
# are lit differently.
STEADIED = np.array([_HAIR.steadied_lightness, 1.0, 1.0])
LIT = np.array([_HAIR.lit_lightness, 1.0, 1.0])


@dataclass(frozen=True)
class Hair:
    """Where hair is seen at the outline.

    Attributes:
        end_mm: level above mid-hip down to which the colour of the hair runs on from the head,
            nominal mm; None when the face, or the trunk with what it wears, has that colour.
        layer_mm: longest stretch below the shoulders over which a layer in the colour of the hair
            lies on something else, nominal mm.
    """

    end_mm: float | None = None
    layer_mm: float = 0.0


NO_HAIR = Hair()


def hair_at_outline(
    rgb: RgbImage, rgb_frame: TrunkFrame, pose: Pose, frame: TrunkFrame, contour: PosteriorContour
) -> Hair:
    """Hair from the head down along the outline; none when no head is seen.

    Args:
        rgb: the photo, and the trunk frame in its pixels.
        rgb_frame: see rgb.
        pose: for mask, ears, nose and shoulders, and the same trunk frame in its pixels.
        frame: see pose.
        contour: the outline of the trunk; above it the mask's own edge is followed.
    """
    ear_mm, shoulder_mm = (frame.from_px(pose.point(*pair))[0] for pair in (EARS, SHOULDERS))
    up_mm = np.arange(ear_mm + _HAIR.head_above_ear_mm, 0.0, -_HAIR.row_mm)
    rear_mm = _rear_mm(pose, frame, contour, up_mm)
    up_mm, rear_mm = up_mm[np.isfinite(rear_mm)], rear_mm[np.isfinite(rear_mm)]
    head = up_mm > ear_mm - _HAIR.head_below_ear_mm
    if head.all() or not head.any():
        return NO_HAIR
    back = up_mm < shoulder_mm
    edge, trunk = (
        np.asarray(cie_lab(sample_strip(rgb, rgb_frame, up, rear[:, None] - under_mm)), float)
        for up, rear, under_mm in (
            (up_mm, rear_mm, UNDER_MM),
            (up_mm[back], rear_mm[back], TRUNK_UNDER_MM),
        )
    )
    hair = np.median(edge[head][:, ~BENEATH].reshape(-1, 3), axis=0)
    end_mm = None
    if _stands_out(hair, face_lab(rgb, rgb_frame, pose, frame), trunk[:, NEAR_TRUNK]):
        outermost = np.median(edge[:, OUTERMOST], axis=1) * STEADIED
        first = outermost[head][-_HAIR.first_rows :].mean(axis=0)
        end_mm = _end_of_trail(up_mm[~head], outermost[~head], first)
    below_mm = shoulder_mm - up_mm[back]
    rows = (below_mm > _HAIR.layer_from_mm) & (below_mm < _HAIR.layer_to_mm)
    layer_mm = _longest_mm(up_mm[back][rows], _is_layer(edge[back][rows], trunk[rows], hair))
    return Hair(end_mm, layer_mm)


def _stands_out(hair: Array, face: Array, trunk: Array) -> bool:
    """Whether neither the face nor most of the trunk (n, m, 3) has the colour of the hair."""
    from_trunk = np.median(np.linalg.norm(STEADIED * (trunk - hair), axis=-1))
    like_trunk = from_trunk < _HAIR.same_colour
    return bool(_apart(hair, face) >= _HAIR.unlike_skin and not like_trunk)


def _is_layer(edge: Array, trunk: Array, hair: Array) -> Rows:
    """Rows (n,) whose outermost layer is hair and not what is under it; none if it may be cloth."""
    on_trunk = _apart(trunk, hair) < _HAIR.same_layer
    if trunk.size and on_trunk.mean() > _HAIR.most_on_trunk:
        return np.zeros(len(edge), bool)
    outermost = edge[:, : _HAIR.layers * _HAIR.layer_samples]
    layers = outermost.reshape(-1, _HAIR.layers, _HAIR.layer_samples, 3).mean(axis=2)
    layer = layers[np.arange(len(layers)), _apart(layers, hair).argmin(axis=1)]
    under = (np.median(edge[:, BENEATH], axis=1), np.median(trunk[:, NEAR_TRUNK], axis=1))
    unlike = np.min([_apart(layer, colour) for colour in under], axis=0) > _HAIR.other_layer
    return np.asarray(unlike & (_apart(layer, hair) < _HAIR.same_layer))


def _apart(colours: Array, other: Array) -> Array:
    """How far colours (..., 3) are from others, with lightness held back."""
    return np.asarray(np.linalg.norm(LIT * (colours - other), axis=-1))


def _longest_mm(up_mm: Array, alike: Rows) -> float:
    """Longest stretch of rows that are alike, over short gaps; `up_mm` descends."""
    levels = up_mm[alike]
    if not len(levels):
        return 0.0
    stretches = np.split(levels, np.flatnonzero(-np.diff(levels) > _HAIR.gap_mm) + 1)
    return float(max(stretch[0] - stretch[-1] for stretch in stretches))


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


def _end_of_trail(up_mm: Array, rows: Array, hair: Array) -> float:
    """Lowest level down to which the rows (n, 3) are hair without a longer gap; `up_mm` descends.

    Args:
        up_mm: (n,) levels below the head.
        rows: (n, 3) colour of each.
        hair: (3,) its colour at the head.
    """
    lowest = float(up_mm[0]) + _HAIR.row_mm
    for level, row in zip(up_mm.tolist(), rows, strict=True):
        if lowest - level > _HAIR.gap_mm:
            break
        if dist(row, hair) < _HAIR.same_hair:
            hair, lowest = hair + _HAIR.share_of_row * (row - hair), level
    return lowest
