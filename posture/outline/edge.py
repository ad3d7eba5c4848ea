"""Pull the mask's outline onto the true edge in the photo.

Beside the smoothed mask outline a band of the photo is unrolled.  Four things speak for an edge
between two pixels of a row: the colours close by differ, those inside look like the body and those
outside like the background (colour models learnt, row by row, where the mask is sure), nothing
inside has a colour that only the background has elsewhere along the band, and the mask sees the
person on one side only.  Each is evidence: a log-likelihood ratio of edge against no edge, times
mm.  Of all paths through the band, each as likely as it has much of all four and zigzags little,
the mean is the outline and its doubt is the posterior standard deviation.

A rival outline, the alternative hypothesis, trusts the colours of the whole scene more than the
mask and the mask's surroundings.  How far it lies off tells of errors that the outline itself is
sure of.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from posture.outline.colour_evidence import (
    colour_change,
    colour_evidence,
    colour_models,
    foreign_inside,
    softness_mm,
)
from posture.outline.colours import SURE, colour_bins, foreign_odds, lab_planes
from posture.outline.edge_path import edge_places
from posture.outline.filters import runs
from posture.outline.mask_outline import PosteriorContour, sample_strip
from posture.outline.outline_settings import EdgeSettings, outline_settings
from posture.outline.smoothing import smooth
from posture.pose.record import RgbImage
from posture.view.trunk_frame import TrunkFrame

Array = NDArray[np.float64]
_SETTINGS = outline_settings().edge
# Colours are counted in every third row and fourth column; neighbours are alike.
COUNTED = (slice(None, None, 3), slice(None, None, 4))


@dataclass(frozen=True)
class RefinedEdge:
    """Where the photo puts the outline.

    Attributes:
        contour: the refined outline on the rows of the input.
        rival_mm: (n,) where the alternative hypothesis, the colours of the whole scene, puts it,
            nominal mm; NaN as in `contour`.
        off_straight_edge: whether the contour follows the rival somewhere, for the straight edge of
            a thing behind the back would have been taken for it.
        contrast: (n,) how well body and background differ in colour, 0 (not at all) upwards.
        doubt_mm: (n,) posterior standard deviation of the outline's place, nominal mm.
        hesitation_mm: (n,) width of the zone in which the mask is not sure, nominal mm.
        softness_mm: (n,) width over which the colour changes at the edge, nominal mm.
        body_lab, background_lab: (n, 3) mean colour on either side, CIE Lab (L 0 to 100).
    """

    contour: PosteriorContour
    rival_mm: Array
    off_straight_edge: bool
    contrast: Array
    doubt_mm: Array
    hesitation_mm: Array
    softness_mm: Array
    body_lab: Array
    background_lab: Array


def refine_edge(
    rgb: RgbImage,
    rgb_frame: TrunkFrame,
    mask: NDArray[np.float32],
    mask_frame: TrunkFrame,
    contour: PosteriorContour,
    foreign: NDArray[np.float32],
    settings: EdgeSettings = _SETTINGS,
) -> RefinedEdge:
    """`contour` moved onto the edge of the photo, where the photo has one.

    Args:
        rgb: (H, W, 3) the photo, and the trunk frame in its pixels.
        rgb_frame: see rgb.
        mask: (h, w) probabilities, and the same trunk frame in its pixels.
        mask_frame: see mask.
        contour: outline that the band follows; rows with NaN stay NaN.
        foreign: (k,) how surely each colour is not the person's, see `foreign_in_scene`.
        settings: see EdgeSettings.
    """
    found = np.isfinite(contour.back_mm)
    row_mm = float(contour.up_mm[1] - contour.up_mm[0])
    guide_mm = _guide(contour, row_mm, settings)
    offsets_mm = np.arange(-settings.half_width_mm, settings.half_width_mm, settings.step_mm)
    across_mm = guide_mm[:, None] + offsets_mm
    lab = lab_planes(sample_strip(rgb, rgb_frame, contour.up_mm, across_mm))
    probability = sample_strip(mask, mask_frame, contour.up_mm, across_mm)
    body, background = _sure_zones(probability)
    colour = colour_models(lab, body, background, row_mm, settings)
    bins = colour_bins(lab)
    foreign_in_band = foreign_odds(bins[COUNTED][body[COUNTED]], bins[COUNTED][background[COUNTED]])
    # Columns where the edge may lie; beyond them colours are only learnt.
    core = slice(*(np.flatnonzero(np.abs(offsets_mm) <= settings.max_offset_mm)[[0, -1]] + (0, 1)))
    change = colour_change(lab, core, row_mm, settings)
    evidence = (
        settings.mask_weight * _mask_evidence(probability[:, core], settings)
        + settings.colour_weight * colour_evidence(colour, lab, core, settings)
        + settings.change_weight * change
    )
    against_in_band = settings.foreign_weight * foreign_inside(
        foreign_in_band, bins[:, core], settings
    )
    against_in_scene = settings.scene_weight * foreign_inside(foreign, bins[:, core], settings)
    inner_mm = guide_mm + offsets_mm[core.start] + settings.step_mm / 2
    places, deviations = edge_places(
        (evidence - against_in_band, evidence - against_in_scene), row_mm, settings
    )
    (place, rival), (deviation, _) = places, deviations
    line_mm, rival_mm = inner_mm + settings.step_mm * places
    seen = change[np.arange(len(change)), np.rint(rival).astype(np.intp)]
    straight = _on_straight_edge(line_mm, rival_mm, seen, row_mm, settings)
    column = np.rint(np.where(straight, rival, place)).astype(np.intp)
    settled_mm = np.where(straight, rival_mm, line_mm)
    unsure = ~(body | background)[:, core]
    return RefinedEdge(
        contour=replace(contour, back_mm=np.where(found, settled_mm, np.nan)),
        rival_mm=np.where(found, rival_mm, np.nan),
        off_straight_edge=bool(straight.any()),
        contrast=colour.contrast(),
        doubt_mm=np.where(straight, settings.straight_doubt_mm, settings.step_mm * deviation),
        hesitation_mm=unsure.sum(axis=1) * settings.step_mm,
        softness_mm=softness_mm(lab, core.start + column, colour, settings),
        body_lab=colour.body_mean,
        background_lab=colour.background_mean,
    )


def _guide(contour: PosteriorContour, row_mm: float, settings: EdgeSettings) -> Array:
    """The outline without gaps, and without what leans out or in over a short stretch."""
    filled = contour.bridged(contour.up_mm)
    if filled is None:
        return np.zeros_like(contour.back_mm)
    return smooth(filled, np.ones_like(filled), row_mm, settings.guide_half_wavelength_mm)


def _sure_zones(
    probability: NDArray[np.float32],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where (n, m) the mask is sure of body, from inside on, and of background, from outside on."""
    column = np.arange(probability.shape[1])
    # The columns from either side up to the first that is not sure; all where every one is.
    body_ends = _first(probability < SURE)
    outside_ends = _first(probability[:, ::-1] > 1 - SURE)
    return column < body_ends[:, None], column[::-1] < outside_ends[:, None]


def _first(marked: NDArray[np.bool_]) -> NDArray[np.intp]:
    """First marked column (n,) of each row; the number of columns where none is."""
    return np.asarray(np.where(marked.any(axis=1), marked.argmax(axis=1), marked.shape[1]), np.intp)


def _mask_evidence(probability: NDArray[np.float32], settings: EdgeSettings) -> NDArray[np.float32]:
    """What the mask says (n, m) for the edge lying right behind each pixel: log-odds x mm."""
    ceiling = 1 / (1 + math.exp(-settings.mask_clip))
    likely = np.clip(probability, 1 - ceiling, ceiling)
    return np.asarray(settings.step_mm * np.cumsum(np.log(likely / (1 - likely)), axis=1))


def _on_straight_edge(
    line_mm: Array,
    rival_mm: Array,
    seen: NDArray[np.float32],
    row_mm: float,
    settings: EdgeSettings,
) -> NDArray[np.bool_]:
    """Rows (n,) where the outline is the straight edge of a thing behind the back.

    The edge of a board or door frame that touches a back above and below the hollow is sharper than
    the back's own, and the pose model takes it for the back.  No back is that straight that far
    while the colours of the scene see an edge further in.

    Args:
        line_mm: (n,) the outline.
        rival_mm: (n,) its rival.
        seen: (n,) change of colour on the rival, see `colour_change`.
        row_mm: distance between rows.
        settings: see EdgeSettings.
    """
    inward_mm = line_mm - rival_mm
    straight = np.zeros(len(line_mm), np.bool_)
    for rows in runs(inward_mm > settings.apart_from_mm):
        if len(rows) * row_mm <= settings.straight_mm:
            continue
        bow = np.polynomial.Polynomial.fit(rows, line_mm[rows], 1)(rows) - line_mm[rows]
        straight[rows] = (
            inward_mm[rows].max() > settings.apart_mm
            and bow.std() < settings.bow_mm
            and seen[rows].mean() > settings.seen_change
        )
    return straight
