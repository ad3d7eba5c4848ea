"""What one frame shows: the person, their back line, and what stands in the way of measuring it.

The same rooms as for a photo, in one pass and without the refinement on the picture: quick, and
good for guidance.  The numbers that count come from the pictures that are taken at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from posture.checks.covering import check_arms
from posture.checks.outline import check_behind, check_outline_found
from posture.checks.person import check_person
from posture.checks.scene import Check, OutlineScene, PersonScene, run_checks
from posture.curve.calibration import Calibration, load_calibration
from posture.curve.geometry import LumbarCurve
from posture.curve.reading import read_curve
from posture.findings import Finding, finding, refuses
from posture.outline.trace import Outline, trace_mask
from posture.pose.record import Pose
from posture.view.see import View, see, statures_per_nominal_mm

# Those that need neither the full picture nor more time than there is between two frames.
QUICK_OUTLINE_CHECKS: tuple[Check[OutlineScene], ...] = (
    check_outline_found,
    check_behind,
    check_arms,
)
# Warnings that are as good as refusals when there are more frames.
HIDING = frozenset({"arm-near-back"})
# The person's extent is read from every fourth pixel of the mask.
EXTENT_STEP_PX = 4


@dataclass(frozen=True)
class FrameReading:
    """One frame.

    Attributes:
        view: the person, pixels of the frame; None when there is nobody.
        outline: their back line; None when the person cannot be traced.
        seen_curve: the lumbar curve of that line, nominal mm, whether it can be trusted or not.
        findings: of all checks that could be made.
    """

    view: View | None
    outline: Outline | None
    seen_curve: LumbarCurve | None
    findings: tuple[Finding, ...]

    @property
    def hidden(self) -> bool:
        """Whether something stands in the way of measuring."""
        return any(hides(item) for item in self.findings)

    @property
    def curve(self) -> LumbarCurve | None:
        """The lumbar curve, nominal mm, as from the side; None when it cannot be trusted."""
        return None if self.hidden else self.seen_curve

    @property
    def depth_stature(self) -> float | None:
        """Depth of the hollow in statures; None as for :attr:`curve`."""
        if self.view is None or self.outline is None or self.curve is None:
            return None
        return self.curve.depth * statures_per_nominal_mm(self.view, self.outline.frame)


def read_frame(
    pose: Pose | None, px_ratio: float, calibration: Calibration | None = None
) -> FrameReading:
    """What the frame shows.

    Args:
        pose: the person in it.
        px_ratio: pixels of the camera's own picture per pixel of the frame.
        calibration: the fitted constants; the built-in ones when None.
    """
    if pose is None:
        return FrameReading(None, None, None, (finding("no-person"),))
    calibration = calibration or load_calibration()
    height_px, width_px = pose.mask.shape
    view = see((pose,), calibration.yaw.bias_deg, EXTENT_STEP_PX)
    scene = PersonScene((pose,), view, width_px, height_px, px_ratio, level=None)
    findings = check_person(scene)
    if view.facing is None or refuses(findings):
        return FrameReading(view, None, None, findings)
    outline = trace_mask(view, view.facing)
    curve = read_curve(outline)
    findings += run_checks(
        QUICK_OUTLINE_CHECKS,
        OutlineScene(**vars(scene), outline=outline, reading=curve, edge_width_px=0.0),
    )
    reading = FrameReading(view, outline, None if curve is None else curve.curve, findings)
    if reading.curve is None and not reading.hidden:
        return replace(reading, findings=(*findings, finding("no-hollow")))
    return reading


def hides(item: Finding) -> bool:
    """Whether a frame with this finding gives no numbers.

    A photo is measured with an arm near its outline, for there may be no other; here the next frame
    is a moment away.
    """
    return item.severity == "refusal" or item.code in HIDING


def back_line_px(reading: FrameReading) -> NDArray[np.float64]:
    """The back line (n, 2) from below the buttocks up, pixels of the frame; empty without one."""
    outline = reading.outline
    if outline is None:
        return np.empty((0, 2))
    rows = np.isfinite(outline.mask.back_mm)
    return outline.frame.to_px(outline.mask.up_mm[rows], outline.line[rows])


def bridge_px(reading: FrameReading) -> NDArray[np.float64]:
    """The bridge and the depth under it, pixels of the frame; empty without a curve.

    Returns:
        (4, 2): upper and lower touch point, foot of the depth on the bridge, deepest point.
    """
    curve = reading.curve
    if curve is None or reading.outline is None:
        return np.empty((0, 2))
    points = (curve.thoracic, curve.gluteal, curve.bridge_foot, curve.lumbar)
    up_mm, back_mm = np.array(points).T
    return reading.outline.frame.to_px(up_mm, back_mm)
