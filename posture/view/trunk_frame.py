"""The trunk's own coordinates: up the spine and towards the back, the same for left and right.

Everything after this module works in (up, back) millimetres-like units, so that a mirrored, tilted
or rescaled photo takes exactly the same path.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from posture.pose.landmarks import HIPS, SHOULDERS
from posture.pose.record import Pose
from posture.result import Facing
from posture.subject import NOMINAL_STATURE_MM
from posture.view.view_settings import view_settings

Points = NDArray[np.float64]

# Length of the frame from hips to shoulders.
TRUNK_MM = view_settings().frame.trunk_per_stature * NOMINAL_STATURE_MM


@dataclass(frozen=True)
class TrunkFrame:
    """Affine map between upright-photo pixels and nominal millimetres along the trunk.

    Attributes:
        origin_px: (2,) mid-hip.
        up: (2,) unit vector from mid-hip to mid-shoulder.
        back: (2,) unit vector at a right angle to it, towards the person's back.
        px_per_nominal_mm: pixels in one nominal millimetre (a mm of a 1,700-mm person).
        facing: side of the picture the person looks to.
    """

    origin_px: Points
    up: Points
    back: Points
    px_per_nominal_mm: float
    facing: Facing

    def to_px(self, up: NDArray[np.float64], back: NDArray[np.float64]) -> Points:
        """Pixels (..., 2) of trunk coordinates, both in nominal mm."""
        return self.origin_px + self.px_per_nominal_mm * (
            np.asarray(up)[..., None] * self.up + np.asarray(back)[..., None] * self.back
        )

    def from_px(self, points_px: Points) -> Points:
        """(..., 2) trunk coordinates (up, back) in nominal mm of pixels (..., 2)."""
        offset = (np.asarray(points_px) - self.origin_px) / self.px_per_nominal_mm
        return np.stack([offset @ self.up, offset @ self.back], axis=-1)

    def scaled(self, factor: float) -> TrunkFrame:
        """The same frame in a photo that is `factor` times as large."""
        return replace(
            self,
            origin_px=self.origin_px * factor,
            px_per_nominal_mm=self.px_per_nominal_mm * factor,
        )


def trunk_frame(pose: Pose, facing: Facing) -> TrunkFrame:
    """The frame of a person who faces the `facing` side of the picture."""
    hip, shoulder = pose.point(*HIPS), pose.point(*SHOULDERS)
    trunk_px = float(np.hypot(*(shoulder - hip)))
    up = (shoulder - hip) / max(trunk_px, 1e-9)
    # Quarter turn of `up` (y down): (-up_y, up_x) points right of an upright person.
    back = np.array([-up[1], up[0]]) * (1 if facing == "left" else -1)
    return TrunkFrame(hip, up, back, trunk_px / TRUNK_MM, facing)
