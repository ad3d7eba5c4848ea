"""What one frame shows: the person, their back line, and what stands in the way of measuring it.

The same rooms as for a photo, in one pass and without the refinement on the picture: quick, and
good for guidance.  The numbers that count come from the pictures that are taken at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from posture.checks import (
    PERSON_CHECKS,
    Check,
    Scene,
    check_arms,
    check_behind,
    check_outline_found,
    run_checks,
)
from posture.curve import LumbarCurve
from posture.findings import Finding, finding
from posture.frame import TrunkFrame, trunk_frame
from posture.measurement import (
    Outline,
    View,
    as_side_on,
    hollow,
    nominal_stature_per_mm,
    see,
    smoothed,
)
from posture.pose import Pose
from posture.result import Facing
from posture.silhouette import mask_contour

# Those that need neither the full picture nor more time than there is between two frames.
QUICK_OUTLINE_CHECKS: tuple[Check, ...] = (check_outline_found, check_behind, check_arms)
# Warnings that are as good as refusals when there are more frames.
HIDING = frozenset({"arm-near-back"})
# Every so manyth pixel tells how far the person reaches.
EXTENT_STEP_PX = 4


@dataclass(frozen=True)
class Reading:
    """One frame.

    Attributes:
        scene: the person, pixels of the frame; None when there is nobody.  Its outline is None
            when the person cannot be traced.
        findings: of all checks that could be made.
    """

    scene: Scene | None
    findings: tuple[Finding, ...]

    @property
    def hidden(self) -> bool:
        """Whether something stands in the way of measuring."""
        return any(hides(item) for item in self.findings)

    @property
    def curve(self) -> LumbarCurve | None:
        """The lumbar curve, nominal mm, as from the side; None when it cannot be trusted."""
        outline = self.scene.outline if self.scene else None
        return None if outline is None or self.hidden else outline.curve

    @property
    def depth_stature(self) -> float | None:
        """Depth of the hollow in statures; None as for :attr:`curve`."""
        if self.scene is None or self.scene.outline is None or self.curve is None:
            return None
        per_mm = nominal_stature_per_mm(self.scene.view, self.scene.outline.frame)
        return self.curve.depth * per_mm


def read_frame(pose: Pose | None, px_ratio: float) -> Reading:
    """What the frame shows.

    Args:
        pose: the person in it.
        px_ratio: pixels of the camera's own picture per pixel of the frame.
    """
    if pose is None:
        return Reading(None, (finding("no-person"),))
    height_px, width_px = pose.mask.shape
    scene = Scene((pose,), see((pose,), EXTENT_STEP_PX), width_px, height_px, px_ratio)
    findings = run_checks(PERSON_CHECKS, scene)
    facing = scene.view.facing
    if facing is None or any(item.severity == "refusal" for item in findings):
        return Reading(scene, findings)
    scene = replace(scene, outline=_outline(scene.view, facing))
    findings += run_checks(QUICK_OUTLINE_CHECKS, scene)
    reading = Reading(scene, findings)
    if reading.curve is None and not reading.hidden:
        return replace(reading, findings=(*findings, finding("no-hollow")))
    return reading


def hides(item: Finding) -> bool:
    """Whether a frame with this finding gives no numbers.

    A photo is measured with an arm near its outline, for there may be no other; here the next frame
    is a moment away.
    """
    return item.severity == "refusal" or item.code in HIDING


def back_line_px(reading: Reading) -> NDArray[np.float64]:
    """The back line (n, 2) from below the buttocks up, pixels of the frame; empty without one."""
    outline = reading.scene.outline if reading.scene else None
    if outline is None:
        return np.empty((0, 2))
    rows = np.isfinite(outline.mask.back_mm)
    return outline.frame.to_px(outline.mask.up_mm[rows], outline.line[rows])


def bridge_px(reading: Reading) -> NDArray[np.float64]:
    """The bridge and the depth under it, pixels of the frame; empty without a curve.

    Returns:
        (4, 2): upper and lower touch point, foot of the depth on the bridge, deepest point.
    """
    curve = reading.curve
    if curve is None or reading.scene is None or reading.scene.outline is None:
        return np.empty((0, 2))
    points = (curve.thoracic, curve.gluteal, curve.bridge_foot, curve.lumbar)
    up_mm, back_mm = np.array(points).T
    return reading.scene.outline.frame.to_px(up_mm, back_mm)


def _outline(view: View, facing: Facing) -> Outline:
    """The mask's own outline, without the rival that an error bar would need."""
    frame: TrunkFrame = trunk_frame(view.pose, facing)
    contour = mask_contour(view.pose.mask, frame)
    line = smoothed(contour)
    seen = hollow(contour.up_mm, line)
    return Outline(frame, contour, None, line, seen, as_side_on(seen, view, frame), None)
