"""What is seen and measured in one photo, in plain types: the chain from pose to lumbar curve."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from posture.colours import foreign_in_scene
from posture.correction import Stance, corrected, load_calibration
from posture.curve import LumbarCurve, lumbar_curve, smooth
from posture.edge import DEFAULT_SETTINGS, RefinedEdge, refine_edge
from posture.facing import decide_facing, elevation_deg, facing_votes, yaw_deg
from posture.frame import TrunkFrame, trunk_frame
from posture.hair import NO_HAIR, Hair, hair_at_outline
from posture.images import area_resized
from posture.landmarks import ANKLES, KNEES
from posture.pose import Pose, RgbImage
from posture.result import Facing
from posture.scale import Extent, Scale, body_extent, body_scale
from posture.silhouette import STEP_MM, PosteriorContour, mask_contour
from posture.skin import cloth_mm

# Where the deepest point of the hollow may lie, nominal mm above mid-hip: .53 to .74 of stature.
WAIST_MM = (0.0, 330.0)
# The bridge rests on buttocks and ribs: not on the thighs of a person who sways back, nor on what
# stands out above the shoulders.  On known bodies it touches between -60 and 508.
TOUCHES_MM = (-80.0, 500.0)
# Waves of the outline this long (nominal mm) keep half their height: long enough to pass over
# waistbands, bra straps and folds; best of 60 to 160 on known bodies for the angle.
HALF_WAVELENGTH_MM = 100.0
# The outline's standard deviation on the easiest pictures, nominal mm.
USUAL_DOUBT_MM = 1.2
# Doubt beyond the usual counts up to this: from about 2 mm on errors grow no more with it.
MOST_DOUBT_MM = 2.5
# The outline is as sure as it is where it is least sure over this length.
STRETCH_MM = 60.0
# The refinement looks at the photo at this many pixels per nominal mm at most.
FINEST_PX_PER_MM = 1.5
# Round the band that the refinement looks at, for its outline is smoothed before.
CLOSE_UP_MARGIN_MM = 20.0


@dataclass(frozen=True)
class View:
    """The person as the pose model sees them, before any outline is measured.

    Attributes:
        pose: mean of the passes (the photo, and its mirror image brought back), analysed pixels.
        facing: None when undecided; facing_strength 0 to 1.
        yaw_deg: turn away from side-on, positive shows more of the front.
        elevation_deg: how far the camera looks down on the trunk, negative for up.
        extent, scale: along the body, analysed pixels.
    """

    pose: Pose
    facing: Facing | None
    facing_strength: float
    yaw_deg: float
    elevation_deg: float
    extent: Extent
    scale: Scale


@dataclass(frozen=True)
class Outline:
    """The back line and its lumbar curve.

    Attributes:
        frame: trunk coordinates in analysed pixels.
        mask: outline of the mask; edge: refined on the photo, None on a fast run.
        line: the smoothed back line on the rows of `mask`, under tight clothes, nominal mm.
        silhouette_curve: the lumbar curve of `line` as it is seen, nominal mm.
        curve: the lumbar curve of `line`, nominal mm, corrected for smoothing and turn; None when
            there is no hollow.
        rival: the curve of the edge's rival outline, corrected alike, for the error bars; None when
            it has no hollow or the outline was not refined.
        hair: seen at the outline; none when nobody looked or no head is seen.
        cloth_mm: (n,) how far clothes stand off `line`, nominal mm; 0 where nobody looked.
    """

    frame: TrunkFrame
    mask: PosteriorContour
    edge: RefinedEdge | None
    line: NDArray[np.float64]
    silhouette_curve: LumbarCurve | None
    curve: LumbarCurve | None
    rival: LumbarCurve | None
    hair: Hair = NO_HAIR
    cloth_mm: NDArray[np.float64] | float = 0.0

    @property
    def seen_line(self) -> NDArray[np.float64]:
        """The smoothed back line with the clothes on it."""
        return self.line + self.cloth_mm


def see(passes: tuple[Pose, ...], extent_step_px: int = 2) -> View:
    """Combine the passes over one person.

    Args:
        passes: one pose a pass.
        extent_step_px: every so manyth pixel tells how far the person reaches.
    """
    pose = mean_pose(passes)
    votes = facing_votes(passes)
    extent = body_extent(pose, extent_step_px)
    return View(
        pose=pose,
        facing=decide_facing(votes, minimum=1e-6),
        facing_strength=abs(float(np.mean([vote.direction for vote in votes]))),
        yaw_deg=yaw_deg(passes) - load_calibration().yaw_bias_deg,
        elevation_deg=elevation_deg(passes),
        extent=extent,
        scale=body_scale(pose, extent),
    )


def mean_pose(passes: tuple[Pose, ...]) -> Pose:
    """Landmarks and mask averaged over the passes."""
    if len(passes) == 1:
        return passes[0]
    mask = passes[0].mask
    for count, other in enumerate(passes[1:], 2):
        mask = np.asarray(
            cv2.addWeighted(mask, 1 - 1 / count, other.mask, 1 / count, 0), np.float32
        )
    return Pose(
        points_px=np.mean([p.points_px for p in passes], axis=0),
        visibility=np.mean([p.visibility for p in passes], axis=0),
        world_m=np.mean([p.world_m for p in passes], axis=0),
        mask=mask,
    )


def trace(view: View, facing: Facing, rgb: RgbImage, px_ratio: float, *, refine: bool) -> Outline:
    """Follow the back of the person and measure its lumbar curve.

    Args:
        view: the person, in analysed pixels.
        facing: the side they face.
        rgb: the full photo.
        px_ratio: photo pixels per analysed pixel.
        refine: also pull the outline onto the photo's own edges.
    """
    frame = trunk_frame(view.pose, facing)
    mask = mask_contour(view.pose.mask, frame)
    edge = rival = None
    hair = NO_HAIR
    cloth: NDArray[np.float64] | float = 0.0
    if not refine:
        line = smoothed(mask)
    else:
        photo_frame = frame.scaled(px_ratio)
        close_up = _close_up(rgb, photo_frame, mask)
        foreign = foreign_in_scene(rgb, photo_frame, view.pose.mask, frame)
        edge = refine_edge(*close_up, view.pose.mask, frame, mask, foreign)
        if edge.off_straight_edge:
            # A deep hollow lies out of reach of a band along the straight edge before it.
            edge = refine_edge(*close_up, view.pose.mask, frame, edge.contour, foreign)
        hair = hair_at_outline(rgb, photo_frame, view.pose, frame, edge.contour)
        cloth = cloth_mm(rgb, photo_frame, view.pose, frame, edge.contour)
        line = smoothed(edge.contour, edge.doubt_mm, cloth)
        rival_line = smoothed(replace(mask, back_mm=edge.rival_mm), edge.doubt_mm, cloth)
        rival = as_side_on(hollow(mask.up_mm, rival_line), view, frame, edge)
    seen = hollow(mask.up_mm, line)
    return Outline(
        frame=frame,
        mask=mask,
        edge=edge,
        line=line,
        silhouette_curve=seen,
        curve=as_side_on(seen, view, frame, edge),
        rival=rival,
        hair=hair,
        cloth_mm=cloth,
    )


def hollow(up_mm: NDArray[np.float64], line: NDArray[np.float64]) -> LumbarCurve | None:
    """The lumbar curve of a smooth back line as it is seen, nominal mm above mid-hip."""
    rows = (up_mm >= TOUCHES_MM[0]) & (up_mm <= TOUCHES_MM[1])
    return lumbar_curve(up_mm[rows], line[rows], WAIST_MM)


def as_side_on(
    curve: LumbarCurve | None, view: View, frame: TrunkFrame, edge: RefinedEdge | None = None
) -> LumbarCurve | None:
    """`curve` (nominal mm of `frame`) as a true side view of bare skin would show it."""
    if curve is None:
        return None
    stance = Stance(view.yaw_deg, view.elevation_deg, shanks_mm(view, frame))
    return corrected(curve, stance, load_calibration(), unusual_doubt_mm(edge, curve))


def unusual_doubt_mm(edge: RefinedEdge | None, curve: LumbarCurve) -> float:
    """By how much the outline under the bridge is less sure than usual: 0 to `MOST_DOUBT_MM`."""
    if edge is None:
        return 0.0
    up_mm = edge.contour.up_mm
    rows = (up_mm >= curve.gluteal[0]) & (up_mm <= curve.thoracic[0])
    unusual_mm = worst_stretch_mm(edge.doubt_mm[rows]) - USUAL_DOUBT_MM
    return min(max(unusual_mm, 0.0), MOST_DOUBT_MM)


def worst_stretch_mm(values_mm: NDArray[np.float64]) -> float:
    """Mean of the values (n rows) over the stretch of :data:`STRETCH_MM` where it is largest."""
    return float(uniform_filter1d(values_mm, round(STRETCH_MM / STEP_MM)).max())


def shanks_mm(view: View, frame: TrunkFrame) -> float | None:
    """Mid-knee to mid-ankle in nominal mm of `frame`; None when the feet are cut off."""
    if view.extent.soles_cut:
        return None
    shanks_px = float(np.hypot(*(view.pose.point(*KNEES) - view.pose.point(*ANKLES))))
    return shanks_px / frame.px_per_nominal_mm


def nominal_stature_per_mm(view: View, frame: TrunkFrame) -> float:
    """Statures in one nominal millimetre of `frame`: about 1 / 1,700, by the photo's yardstick."""
    return frame.px_per_nominal_mm * view.scale.stature_per_px


def smoothed(
    contour: PosteriorContour,
    doubt_mm: NDArray[np.float64] | None = None,
    cloth_mm: NDArray[np.float64] | float = 0.0,
) -> NDArray[np.float64]:
    """The back line (n,) of an outline, nominal mm, without bands, folds and noise.

    Rows whose place is in doubt (n,) count the less, by the inverse of the variance.  The outline
    stands `cloth_mm` (n,) off the skin.
    """
    weight = contour.weight
    if doubt_mm is not None:
        weight = weight * np.minimum(1, (USUAL_DOUBT_MM / np.maximum(doubt_mm, 1e-6)) ** 2)
    return smooth(contour.back_mm - cloth_mm, weight, STEP_MM, HALF_WAVELENGTH_MM)


def _close_up(
    rgb: RgbImage, frame: TrunkFrame, contour: PosteriorContour
) -> tuple[RgbImage, TrunkFrame]:
    """The outline's part of the photo, shrunk where it is finer than the refinement needs."""
    found = np.isfinite(contour.back_mm)
    if not found.any():
        return rgb, frame
    beside_mm = np.array([-1.0, 1.0]) * (DEFAULT_SETTINGS.width_mm + CLOSE_UP_MARGIN_MM)
    points = frame.to_px(contour.up_mm[found, None], contour.back_mm[found, None] + beside_mm)
    left, top = np.maximum(np.floor(points.min(axis=(0, 1))), 0).astype(int)
    right, bottom = np.ceil(points.max(axis=(0, 1))).astype(int)
    part = rgb[top:bottom, left:right]
    moved = replace(frame, origin_px=frame.origin_px - (left, top))
    factor = FINEST_PX_PER_MM / frame.px_per_nominal_mm
    if factor >= 1:
        return np.ascontiguousarray(part), moved
    size = (max(round(part.shape[1] * factor), 1), max(round(part.shape[0] * factor), 1))
    return area_resized(part, size), moved.scaled(size[0] / part.shape[1])
