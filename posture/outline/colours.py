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
from posture.outline.outline_settings import outline_settings
from posture.pose.record import RgbImage
from posture.view.trunk_frame import TrunkFrame

# (3, n, m) CIE Lab, one plane a channel: arithmetic along rows takes a tenth of the time that it
# takes over triples, and single precision is far finer than a camera's.
Planes = NDArray[np.float32]
Bins = NDArray[np.intp]

_COLOURS = outline_settings().colours
_LAB_LOW, _LAB_HIGH = np.array(_COLOURS.lab_low), np.array(_COLOURS.lab_high)
BINS = tuple(int(n) + 1 for n in (_LAB_HIGH - _LAB_LOW) / _COLOURS.bin_lab)
# Mask probability above which a pixel is the person's, and below 1 - which it is not.
SURE = _COLOURS.sure


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
        ((plane - low) / _COLOURS.bin_lab).astype(np.intp)
        for plane, low in zip(lab, _LAB_LOW.astype(np.float32), strict=True)
    ]
    return np.asarray(np.ravel_multi_index(places, BINS, mode="clip"), np.intp)


def foreign_odds(body: Bins, background: Bins) -> NDArray[np.float32]:
    """By how much (log-odds, 0 upwards) each bin's colour is the background's.

    Args:
        body: bins of pixels of the body, in any order.
        background: the same of what is not.
    """
    of_body, of_background = _shares(body), _shares(background)
    rare = _COLOURS.rare_share
    odds = np.log((of_background + rare) / (of_body + rare))
    return odds.clip(0, _COLOURS.most_foreign).astype(np.float32)


def _shares(bins: Bins) -> NDArray[np.float64]:
    """Share of the pixels in each bin and, a little, of its neighbours."""
    counts = np.bincount(bins.ravel(), minlength=math.prod(BINS)).astype(np.float64)
    blurred = counts.reshape(BINS)
    for axis in range(len(BINS)):
        blurred = gaussian_averaged(blurred, _COLOURS.blur_bins, axis)
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
    step_mm, reach_mm = _COLOURS.scene_step_mm, _COLOURS.scene_across_mm
    up_mm = np.arange(LOWEST_UP_MM, HIGHEST_UP_MM, step_mm)
    across_mm = np.arange(-reach_mm, reach_mm + 1, step_mm)
    bins = colour_bins(lab_planes(sample_strip(rgb, rgb_frame, up_mm, across_mm)))
    probability = sample_strip(mask, mask_frame, up_mm, across_mm)
    above_thighs = (up_mm >= _COLOURS.middle_from_mm)[:, None]
    middle = (np.abs(across_mm) <= _COLOURS.middle_mm) & above_thighs
    x, y = np.moveaxis(rgb_frame.to_px(up_mm[:, None], across_mm), -1, 0)
    seen = (x >= 0) & (x < rgb.shape[1]) & (y >= 0) & (y < rgb.shape[0])
    return foreign_odds(
        bins[seen & middle & (probability > SURE)], bins[seen & (probability < 1 - SURE)]
    )
