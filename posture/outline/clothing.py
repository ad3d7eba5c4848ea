"""Where the outline of the back is bare skin, by the colour of the face, and where it is cloth.

Tight clothes hide no hollow, but they stand a little off the skin: where they end, the outline
steps, and a step near an inflection point turns its tangent by a degree or two.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from posture.outline.colours import cie_lab
from posture.outline.filters import gaussian_averaged
from posture.outline.mask_outline import PosteriorContour, sample_strip
from posture.outline.outline_settings import outline_settings
from posture.outline.smoothing import STEP_MM
from posture.pose.landmarks import EARS, Landmark
from posture.pose.record import Pose, RgbImage
from posture.view.trunk_frame import TrunkFrame

Array = NDArray[np.float64]

_CLOTHING = outline_settings().clothing
# Depths under the outline (nominal mm) at which its colour is looked at.
UNDER_MM = np.arange(*_CLOTHING.under_mm)


def cloth_mm(
    rgb: RgbImage, rgb_frame: TrunkFrame, pose: Pose, frame: TrunkFrame, contour: PosteriorContour
) -> Array:
    """How far (n,) the outline likely stands off the skin for tight clothes, nominal mm.

    Without a face all of it counts as clothed: only differences along the outline matter.

    Args:
        rgb: the photo, and the trunk frame in its pixels.
        rgb_frame: see rgb.
        pose: for nose and ears, and the same trunk frame in its pixels.
        frame: see pose.
        contour: the outline of the trunk.
    """
    back_mm = contour.bridged(contour.up_mm)
    if back_mm is None or pose.points_px[Landmark.NOSE][1] < 0:
        return np.full(len(contour.up_mm), _CLOTHING.cloth_mm)
    colours = cie_lab(sample_strip(rgb, rgb_frame, contour.up_mm, back_mm[:, None] - UNDER_MM))
    apart = np.median(colours, axis=1) - face_lab(rgb, rgb_frame, pose, frame)
    apart[:, 0] *= _CLOTHING.lightness
    beyond_even = np.linalg.norm(apart, axis=1) - _CLOTHING.even_colour
    # The logistic function: how likely each row is bare.
    bare = 1 / (1 + np.exp(beyond_even / _CLOTHING.colour_scale))
    likely = gaussian_averaged(bare, _CLOTHING.along_mm / STEP_MM, beyond="edge")
    return _CLOTHING.cloth_mm * (1 - likely)


def face_lab(rgb: RgbImage, rgb_frame: TrunkFrame, pose: Pose, frame: TrunkFrame) -> Array:
    """CIE Lab (3,) of the cheek, between nose and ear."""
    nose, ear = frame.from_px(pose.points_px[Landmark.NOSE]), frame.from_px(pose.point(*EARS))
    (below_mm, above_mm), places = _CLOTHING.cheek_up_mm, _CLOTHING.cheek_places
    up_mm = np.linspace(nose[0] + below_mm, nose[0] + above_mm, places)
    back_mm = nose[1] + np.linspace(*_CLOTHING.cheek_back, places) * (ear[1] - nose[1])
    cheek = cie_lab(sample_strip(rgb, rgb_frame, up_mm, back_mm))
    return np.asarray(np.median(cheek.reshape(-1, 3), axis=0), np.float64)
