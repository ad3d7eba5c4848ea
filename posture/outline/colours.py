"""Which colours are the person's and which are the room's, counted in bins of CIE Lab.

A board, stripe or door frame that fills the hollow has a colour that is seen elsewhere in the room
and nowhere on the body.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from posture.outline.filters import gaussian_averaged
from posture.outline.mask_outline import HIGHEST_UP_MM, LOWEST_UP_MM, Strip, sample_strip
from posture.pose.record import RgbImage
from posture.view.trunk_frame import TrunkFrame

# (3, n, m) CIE Lab, one plane a channel: arithmetic along rows takes a tenth of the time that it
# takes over triples, and single precision is far finer than a camera's.
Planes = NDArray[np.float32]
Bins = NDArray[np.intp]

# Corners of the part of Lab that is told apart; colours beyond fall into the outermost bins.
LAB_LOW, LAB_HIGH = np.array([0.0, -80.0, -80.0]), np.array([100.0, 80.0, 80.0])
BIN_LAB = 10.0
BINS = tuple(int(n) + 1 for n in (LAB_HIGH - LAB_LOW) / BIN_LAB)
# Counts are blurred by this many bins (sigma), for light and shade.
BLUR_BINS = 0.6
# A share of all pixels below which a colour tells little.
RARE_SHARE = 2e-4
# No single pixel tells more than this (log-odds).
MOST_FOREIGN = 2.0

# The scene is looked at in steps of this many nominal mm, along the rows of the outline, this far
# to either side of the trunk's axis.
SCENE_STEP_MM = 6.0
SCENE_ACROSS_MM = 300.0
# Nothing but the body lies within this of the axis, above the thighs: what the mask takes in by
# mistake lies at its rim.
MIDDLE_MM = 90.0
MIDDLE_UP_MM = -200.0
# Mask probability above which a pixel is the person's, and below 1 - which it is not.
SURE = 0.97


def cie_lab(rgb: Strip) -> Strip:
    """CIE Lab (n, m, 3) of an RGB strip of values 0 to 255."""
    return np.asarray(cv2.cvtColor(rgb / np.float32(255), cv2.COLOR_RGB2LAB), np.float32)


def prepare_colours() -> None:
    """Let OpenCV make its tables for Lab now, which takes .1 s of whichever conversion is first."""
    cie_lab(np.zeros((1, 1, 3), np.float32))


def lab_planes(rgb: Strip) -> Planes:
    """`cie_lab`, one plane a channel."""
    return np.ascontiguousarray(cie_lab(rgb).transpose(2, 0, 1))


def colour_bins(lab: Planes) -> Bins:
    """Number (n, m) of the bin of each pixel's colour."""
    places = [
        ((plane - low) / BIN_LAB).astype(np.intp)
        for plane, low in zip(lab, LAB_LOW.astype(np.float32), strict=True)
    ]
    return np.asarray(np.ravel_multi_index(places, BINS, mode="clip"), np.intp)


def foreign_odds(body: Bins, background: Bins) -> NDArray[np.float32]:
    """By how much (log-odds, 0 to `MOST_FOREIGN`) each bin's colour is the background's.

    Args:
        body: bins of pixels of the body, in any order.
        background: the same of what is not.
    """
    of_body, of_background = _shares(body), _shares(background)
    odds = np.log((of_background + RARE_SHARE) / (of_body + RARE_SHARE))
    return odds.clip(0, MOST_FOREIGN).astype(np.float32)


def _shares(bins: Bins) -> NDArray[np.float64]:
    """Share of the pixels in each bin and, a little, of its neighbours."""
    counts = np.bincount(bins.ravel(), minlength=math.prod(BINS)).astype(np.float64)
    blurred = counts.reshape(BINS)
    for axis in range(len(BINS)):
        blurred = gaussian_averaged(blurred, BLUR_BINS, axis)
    return np.asarray(blurred.ravel() / max(bins.size, 1), np.float64)


def foreign_in_scene(
    rgb: RgbImage, rgb_frame: TrunkFrame, mask: NDArray[np.float32], mask_frame: TrunkFrame
) -> NDArray[np.float32]:
    """`foreign_odds` of the middle of the trunk against all that is seen around the person.

    Args:
        rgb: (H, W, 3) the photo, and the trunk frame in its pixels.
        rgb_frame: see rgb.
        mask: (h, w) probabilities, and the same trunk frame in its pixels.
        mask_frame: see mask.
    """
    up_mm = np.arange(LOWEST_UP_MM, HIGHEST_UP_MM, SCENE_STEP_MM)
    across_mm = np.arange(-SCENE_ACROSS_MM, SCENE_ACROSS_MM + 1, SCENE_STEP_MM)
    bins = colour_bins(lab_planes(sample_strip(rgb, rgb_frame, up_mm, across_mm)))
    probability = sample_strip(mask, mask_frame, up_mm, across_mm)
    middle = (np.abs(across_mm) <= MIDDLE_MM) & (up_mm >= MIDDLE_UP_MM)[:, None]
    x, y = np.moveaxis(rgb_frame.to_px(up_mm[:, None], across_mm), -1, 0)
    seen = (x >= 0) & (x < rgb.shape[1]) & (y >= 0) & (y < rgb.shape[0])
    return foreign_odds(
        bins[seen & middle & (probability > SURE)], bins[seen & (probability < 1 - SURE)]
    )
