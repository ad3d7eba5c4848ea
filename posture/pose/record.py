"""One person as the pose model sees them, in plain arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posture.pose.landmarks import HIPS, MIRROR_IMAGE, SHOULDERS, Landmark

RgbImage = NDArray[np.uint8]


@dataclass(frozen=True)
class Pose:
    """One person as the model sees them, in pixels of the image that was analysed.

    Attributes:
        points_px: (33, 2) float, x right and y down; may lie outside the image.
        visibility: (33,) float, 0 to 1.
        world_m: (33, 3) float, metres, origin between the hips, x right, y down, z away.
        mask: (H, W) float32, 0 to 1, probability that a pixel belongs to a person.
    """

    points_px: NDArray[np.float64]
    visibility: NDArray[np.float64]
    world_m: NDArray[np.float64]
    mask: NDArray[np.float32]

    def point(self, *marks: Landmark) -> NDArray[np.float64]:
        """Mean position (2,) of `marks` in px."""
        # A plain sum: a third of the time of picking them out and averaging.
        total: NDArray[np.float64] = sum((self.points_px[mark] for mark in marks), np.zeros(2))
        return total / len(marks)

    @property
    def trunk_px(self) -> float:
        """Distance from mid-hip to mid-shoulder, never 0."""
        return max(float(np.hypot(*(self.point(*SHOULDERS) - self.point(*HIPS)))), 1e-9)

    @property
    def is_upright(self) -> bool:
        """Shoulders above hips: with low thresholds a lone leg is taken for an arm upside down."""
        return bool(self.point(*SHOULDERS)[1] < self.point(*HIPS)[1])

    def mirrored(self) -> Pose:
        """The pose of the mirrored image: x flipped, left and right exchanged."""
        width = self.mask.shape[1]
        swap = list(MIRROR_IMAGE)
        return Pose(
            points_px=(self.points_px * (-1, 1) + (width, 0))[swap],
            visibility=self.visibility[swap],
            world_m=(self.world_m * (-1, 1, 1))[swap],
            # In memory as it is read: a view backwards would be copied by every use.
            mask=np.ascontiguousarray(self.mask[:, ::-1]),
        )
