"""Millimetres per pixel, from the person's own stature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from posture.pose.landmarks import ANKLES, EARS, HIPS, SHOULDERS
from posture.pose.mask import largest_outline
from posture.pose.record import Pose
from posture.result import Z95, Measured

ScaleSource = Literal["crown to sole", "shoulder to sole", "trunk"]
# A body part counts as cut off when the person's mask reaches this close to the photo's edge.
EDGE_MARGIN_PX = 2.0
# Where the mask ends less than this (trunk lengths, about 5 cm) below the ankles, it has lost the
# feet.  On 1,244 known bodies who are seen whole it ends .25 to .55 below.
FEET_BELOW_ANKLES = 0.1


@dataclass(frozen=True)
class Yardstick:
    """A length in the photo whose ratio to stature (at the depth of the back line) is known.

    Attributes:
        source: its name.
        per_stature: its length as a fraction of stature.
        relative_sd: standard deviation of that fraction between people and views.
    """

    source: ScaleSource
    per_stature: float
    relative_sd: float


# Fitted on known bodies (benchmarks/accuracy).  The crown-to-sole height is 4 % more than
# stature because of hair and because the nearer foot stands lower in the picture.
CROWN_TO_SOLE = Yardstick("crown to sole", 1.043, 0.017)
SHOULDER_TO_SOLE = Yardstick("shoulder to sole", 0.832, 0.027)
TRUNK = Yardstick("trunk", 0.288, 0.040)


@dataclass(frozen=True)
class Scale:
    """Statures per pixel of the analysed image, and how sure.

    Attributes:
        stature_per_px: multiply by stature in mm for mm per pixel.
        relative_ci95: 95 % half-width as a fraction.
        source: the yardstick that was used.
    """

    stature_per_px: float
    relative_ci95: float
    source: ScaleSource


@dataclass(frozen=True)
class Extent:
    """How far the person reaches along the body's long axis.

    Attributes:
        crown_to_sole_px: length between the two ends of the mask.
        shoulder_to_sole_px: from mid-shoulder to the lower end of the mask.
        crown_cut, soles_cut: whether the photo's edge cuts the person off there; soles also where
            the mask has lost the feet.
    """

    crown_to_sole_px: float
    shoulder_to_sole_px: float
    crown_cut: bool
    soles_cut: bool


@dataclass(frozen=True)
class Lengths:
    """Turns nominal mm into statures and, with a stature, into true mm.

    Attributes:
        stature_per_mm: statures in one nominal mm.
        scale_ci95: 95 % half-width of the scale, as a fraction.
        stature_mm: of the person; None when unknown.
    """

    stature_per_mm: float
    scale_ci95: float
    stature_mm: float | None

    def in_statures(self, length: float, ci95: float) -> Measured:
        """A length and its half-width, both in nominal mm."""
        value = length * self.stature_per_mm
        return Measured(value, float(np.hypot(ci95 * self.stature_per_mm, value * self.scale_ci95)))

    def in_mm(self, length: float, ci95: float) -> Measured | None:
        """The same in true mm; None without a stature."""
        if self.stature_mm is None:
            return None
        share = self.in_statures(length, ci95)
        return Measured(share.value * self.stature_mm, share.ci95 * self.stature_mm)

    def mm_per_px(self, scale: Scale, px_ratio: float) -> Measured | None:
        """True mm per pixel of a photo with `px_ratio` pixels per analysed pixel."""
        if self.stature_mm is None:
            return None
        value = self.stature_mm * scale.stature_per_px / px_ratio
        return Measured(value, value * self.scale_ci95)


def body_extent(pose: Pose, every: int = 2) -> Extent:
    """The extent of the largest region of the person mask, along ankles to ears.

    Args:
        pose: the person.
        every: step in pixels; with 2 every other pixel is looked at, for a mask cell spans several.
    """
    outline = largest_outline(pose.mask[::every, ::every])
    height = pose.mask.shape[0]
    if not len(outline):
        return Extent(0.0, 0.0, crown_cut=True, soles_cut=True)
    xs, ys = every * outline.T
    axis = pose.point(*EARS) - pose.point(*ANKLES)
    axis = axis / max(float(np.hypot(*axis)), 1e-9)
    along = xs * axis[0] + ys * axis[1]
    ankles_below = pose.point(*ANKLES)[1] > height - EDGE_MARGIN_PX
    ears_above = pose.point(*EARS)[1] < EDGE_MARGIN_PX
    feet_lost = pose.point(*ANKLES) @ axis - along.min() < FEET_BELOW_ANKLES * pose.trunk_px
    return Extent(
        crown_to_sole_px=float(along.max() - along.min() + every),
        shoulder_to_sole_px=float(pose.point(*SHOULDERS) @ axis - along.min() + every / 2),
        crown_cut=bool(ys.min() < EDGE_MARGIN_PX or ears_above),
        soles_cut=bool(feet_lost or ankles_below or ys.max() >= height - every - EDGE_MARGIN_PX),
    )


def body_scale(pose: Pose, extent: Extent) -> Scale:
    """The best yardstick that this photo shows whole."""
    if not extent.crown_cut and not extent.soles_cut:
        return _scale(CROWN_TO_SOLE, extent.crown_to_sole_px)
    if not extent.soles_cut:
        return _scale(SHOULDER_TO_SOLE, extent.shoulder_to_sole_px)
    return _scale(TRUNK, _distance(pose.point(*SHOULDERS), pose.point(*HIPS)))


def _scale(yardstick: Yardstick, length_px: float) -> Scale:
    return Scale(
        stature_per_px=yardstick.per_stature / max(length_px, 1e-9),
        relative_ci95=Z95 * yardstick.relative_sd,
        source=yardstick.source,
    )


def _distance(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    return float(np.hypot(*(a - b)))
