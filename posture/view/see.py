"""The person as the pose model sees them in all passes over one photo."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from posture.pose.record import Pose
from posture.result import Facing
from posture.view.facing import decide_facing, elevation_deg, facing_votes, yaw_deg
from posture.view.scale import Extent, Scale, body_extent, body_scale
from posture.view.stretch import stretch_of
from posture.view.trunk_frame import TrunkFrame
from posture.view.view_settings import view_settings


@dataclass(frozen=True)
class View:
    """The person as the pose model sees them, before any outline is measured.

    Attributes:
        pose: mean of the passes (the photo, and its mirror image brought back), analysed pixels.
        facing: None when undecided; facing_strength 0 to 1.
        yaw_deg: turn away from side-on, positive shows more of the front.
        elevation_deg: how far the camera looks down on the trunk, negative for up.
        extent, scale: along the body, analysed pixels.
        stretch: how wide the picture is against its height, by the body's proportions; None where
            they cannot be seen.
    """

    pose: Pose
    facing: Facing | None
    facing_strength: float
    yaw_deg: float
    elevation_deg: float
    extent: Extent
    scale: Scale
    stretch: float | None


def see(passes: tuple[Pose, ...], yaw_bias_deg: float, extent_step_px: int = 2) -> View:
    """Combine the passes over one person.

    Args:
        passes: one pose a pass.
        yaw_bias_deg: what the yaw estimate is too high by.
        extent_step_px: step in pixels at which the person's extent is read from the mask.
    """
    pose = mean_pose(passes)
    votes = facing_votes(passes)
    extent = body_extent(pose, extent_step_px)
    return View(
        pose=pose,
        facing=decide_facing(votes, minimum=view_settings().facing.min_vote),
        facing_strength=abs(float(np.mean([vote.direction for vote in votes]))),
        yaw_deg=yaw_deg(passes) - yaw_bias_deg,
        elevation_deg=elevation_deg(passes),
        extent=extent,
        scale=body_scale(pose, extent),
        stretch=None if extent.crown_cut or extent.soles_cut else stretch_of(pose),
    )


def statures_per_nominal_mm(view: View, frame: TrunkFrame) -> float:
    """Statures in one nominal millimetre of `frame`: about 1 / 1,700, by the photo's yardstick."""
    return frame.px_per_nominal_mm * view.scale.stature_per_px


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
