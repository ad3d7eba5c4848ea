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
from posture.view.view_settings import Yardstick, view_settings

ScaleSource = Literal["crown to sole", "shoulder to sole", "trunk"]
_SETTINGS = view_settings().scale


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
    ankles_below = pose.point(*ANKLES)[1] > height - _SETTINGS.edge_margin_px
    ears_above = pose.point(*EARS)[1] < _SETTINGS.edge_margin_px
    below_ankles_px = pose.point(*ANKLES) @ axis - along.min()
    feet_lost = below_ankles_px < _SETTINGS.feet_below_ankles * pose.trunk_px
    at_lower_edge = ys.max() >= height - every - _SETTINGS.edge_margin_px
    return Extent(
        crown_to_sole_px=float(along.max() - along.min() + every),
        shoulder_to_sole_px=float(pose.point(*SHOULDERS) @ axis - along.min() + every / 2),
        crown_cut=bool(ys.min() < _SETTINGS.edge_margin_px or ears_above),
        soles_cut=bool(feet_lost or ankles_below or at_lower_edge),
    )


def body_scale(pose: Pose, extent: Extent) -> Scale:
    """The best yardstick that this photo shows whole."""
    if not extent.crown_cut and not extent.soles_cut:
        return _scale("crown to sole", _SETTINGS.crown_to_sole, extent.crown_to_sole_px)
    if not extent.soles_cut:
        return _scale("shoulder to sole", _SETTINGS.shoulder_to_sole, extent.shoulder_to_sole_px)
    trunk_px = _distance(pose.point(*SHOULDERS), pose.point(*HIPS))
    return _scale("trunk", _SETTINGS.trunk, trunk_px)


def _scale(source: ScaleSource, yardstick: Yardstick, length_px: float) -> Scale:
    return Scale(
        stature_per_px=yardstick.per_stature / max(length_px, 1e-9),
        relative_ci95=Z95 * yardstick.relative_sd,
        source=source,
    )


def _distance(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    return float(np.hypot(*(a - b)))
