"""Follow the back of a person: from mask and photo to one smooth back line."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from posture.outline.clothing import cloth_mm
from posture.outline.colours import foreign_in_scene
from posture.outline.edge import RefinedEdge, refine_edge
from posture.outline.filters import running_mean
from posture.outline.hair import NO_HAIR, Hair, hair_at_outline
from posture.outline.mask_outline import PosteriorContour, mask_contour
from posture.outline.outline_settings import outline_settings
from posture.outline.smoothing import STEP_MM, smooth_back_line
from posture.photo.resize import area_resized
from posture.pose.record import RgbImage
from posture.result import Facing
from posture.view.see import View
from posture.view.trunk_frame import TrunkFrame, trunk_frame

Line = NDArray[np.float64]

_SETTINGS = outline_settings()
# The posterior standard deviation of the outline on the easiest pictures, nominal mm.
USUAL_DOUBT_MM = _SETTINGS.line.usual_doubt_mm


@dataclass(frozen=True)
class Outline:
    """The back line (the posterior contour of the trunk) and what it was read from.

    Attributes:
        frame: trunk coordinates in analysed pixels.
        mask: outline of the mask; edge: refined on the photo, None on a fast run.
        line: (n,) the smoothed back line on the rows of `mask`, under tight clothes, nominal mm.
        rival_line: (n,) the smoothed rival outline (alternative hypothesis), for the error bars;
            None on a fast run.
        hair: seen at the outline; none when nobody looked or no head is seen.
        cloth_mm: (n,) how far clothes stand off `line`, nominal mm; 0 where nobody looked.
    """

    frame: TrunkFrame
    mask: PosteriorContour
    edge: RefinedEdge | None
    line: Line
    rival_line: Line | None
    hair: Hair
    cloth_mm: Line | float

    @property
    def contour(self) -> PosteriorContour:
        """The best outline before smoothing: the photo's own edge, on a fast run the mask's."""
        return self.mask if self.edge is None else self.edge.contour

    @property
    def seen_line(self) -> Line:
        """The smoothed back line with the clothes on it."""
        return self.line + self.cloth_mm


def trace_mask(view: View, facing: Facing) -> Outline:
    """The back line by the person mask alone: quick, without a rival, hair or clothes.

    Args:
        view: the person, in analysed pixels.
        facing: the side they face.
    """
    frame = trunk_frame(view.pose, facing)
    mask = mask_contour(view.pose.mask, frame)
    line = smoothed(mask)
    return Outline(frame, mask, None, line, rival_line=None, hair=NO_HAIR, cloth_mm=0.0)


def trace(view: View, facing: Facing, rgb: RgbImage, px_ratio: float) -> Outline:
    """The back line by the photo's own edges, which the person mask leads to.

    Args:
        view: the person, in analysed pixels.
        facing: the side they face.
        rgb: the full photo.
        px_ratio: photo pixels per analysed pixel.
    """
    frame = trunk_frame(view.pose, facing)
    mask = mask_contour(view.pose.mask, frame)
    photo_frame = frame.scaled(px_ratio)
    close_up = _close_up(rgb, photo_frame, mask)
    foreign = foreign_in_scene(rgb, photo_frame, view.pose.mask, frame)
    edge = refine_edge(*close_up, view.pose.mask, frame, mask, foreign)
    if edge.off_straight_edge:
        # A deep hollow lies out of reach of a band along the straight edge before it.
        edge = refine_edge(*close_up, view.pose.mask, frame, edge.contour, foreign)
    cloth = cloth_mm(rgb, photo_frame, view.pose, frame, edge.contour)
    return Outline(
        frame=frame,
        mask=mask,
        edge=edge,
        line=smoothed(edge.contour, edge.doubt_mm, cloth),
        rival_line=smoothed(replace(mask, back_mm=edge.rival_mm), edge.doubt_mm, cloth),
        hair=hair_at_outline(rgb, photo_frame, view.pose, frame, edge.contour),
        cloth_mm=cloth,
    )


def smoothed(
    contour: PosteriorContour, doubt_mm: Line | None = None, cloth_mm: Line | float = 0.0
) -> Line:
    """The back line (n,) of an outline, nominal mm, without bands, folds and noise.

    Rows whose place is in doubt (n,) count the less, by the inverse of the variance.  The outline
    stands `cloth_mm` (n,) off the skin.
    """
    weight = contour.weight
    if doubt_mm is not None:
        weight = weight * np.minimum(1, (USUAL_DOUBT_MM / np.maximum(doubt_mm, 1e-6)) ** 2)
    return smooth_back_line(contour.back_mm - cloth_mm, weight)


def worst_stretch_mm(values_mm: Line) -> float:
    """Mean of the values (n rows) over the stretch of outline where it is largest."""
    rows = round(_SETTINGS.line.stretch_mm / STEP_MM)
    return float(running_mean(values_mm, rows).max())


def _close_up(
    rgb: RgbImage, frame: TrunkFrame, contour: PosteriorContour
) -> tuple[RgbImage, TrunkFrame]:
    """The outline's part of the photo, shrunk where it is finer than the refinement needs."""
    found = np.isfinite(contour.back_mm)
    if not found.any():
        return rgb, frame
    reach_mm = _SETTINGS.edge.half_width_mm + _SETTINGS.photo.margin_mm
    to_either_side_mm = np.array([-1.0, 1.0]) * reach_mm
    points = frame.to_px(
        contour.up_mm[found, None], contour.back_mm[found, None] + to_either_side_mm
    )
    left, top = np.maximum(np.floor(points.min(axis=(0, 1))), 0).astype(int)
    right, bottom = np.ceil(points.max(axis=(0, 1))).astype(int)
    part = rgb[top:bottom, left:right]
    moved = replace(frame, origin_px=frame.origin_px - (left, top))
    factor = _SETTINGS.photo.finest_px_per_mm / frame.px_per_nominal_mm
    if factor >= 1:
        return np.ascontiguousarray(part), moved
    size = (max(round(part.shape[1] * factor), 1), max(round(part.shape[0] * factor), 1))
    return area_resized(part, size), moved.scaled(size[0] / part.shape[1])
