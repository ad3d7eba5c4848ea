"""Pull the mask's outline onto the true edge in the photo.

Beside the smoothed mask outline a band of the photo is unrolled.  Four things speak for an edge
between two pixels of a row: the colours close by differ, those inside look like the body and those
outside like the background (colour models learnt, row by row, where the mask is sure), nothing
inside has a colour that only the background has elsewhere along the band, and the mask sees the
person on one side only.  Of all paths through the band, each as likely as it has much of all four
and zigzags little, the mean is the outline and the standard deviation is how sure it is.

A rival outline trusts the colours of the whole scene more than the mask and the mask's
surroundings.  How far it lies off tells of errors that the outline itself is sure of.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d, label

from posture.colours import SURE, Bins, Planes, colour_bins, foreign_odds, lab_planes
from posture.curve import smooth
from posture.frame import TrunkFrame
from posture.pose import RgbImage
from posture.silhouette import PosteriorContour, sample_strip

Array = NDArray[np.float64]
# Colours are counted in every so manyth row and column; neighbours are alike.
COUNTED = (slice(None, None, 3), slice(None, None, 4))


@dataclass(frozen=True)
class EdgeSettings:
    """Tuned constants of the refinement, lengths in nominal mm.

    The weights are those of a conditional logit model (McFadden 1974): of all places in a row, at
    which is the edge?  Chosen for the least error of angle and depth on known bodies, rounded.

    Attributes:
        guide_half_wavelength_mm: of the smoothing of the mask outline that the band follows.
        reach_mm: how far from there the edge may lie.
        sample_mm: colours are learnt over this distance on either side of the unsure zone.
        step_mm: sampling step across the outline.
        along_mm: colour models are averaged over this length of outline (Gaussian sigma).
        mask_weight: per mm and unit of the mask's log-odds, which count up to `mask_clip`.
        colour_weight: per mm and unit of the colours' log-odds within `colour_mm` of the edge,
            which count up to `colour_clip`.
        change_weight: of the logarithm of the change of colour (Lab units) between the means of
            `change_mm` on either side, averaged over `change_along_mm` of outline (sigma).
        min_noise: standard deviation in Lab units below which colours are not told apart.
        foreign_weight: per mm inside the edge and unit of the log-odds by which a colour, along the
            whole band, belongs to the background.
        scene_weight: the same for the rival outline, with the colours of the whole scene instead.
        path_rows: a path takes one step over so many rows.
        smoothness: cost of a step aside by one column, per mm; it grows with the square.
        max_slope: steepest path, offset per length of outline.
        temper: neighbouring rows tell much the same; evidence and smoothness count for one in so
            many.
        straight_mm, bow_mm: the outline is no back where it is straight for so long, within so much
            (standard deviation) ...
        apart_mm, seen_change: ... while the rival runs so much further in at its deepest, along a
            change of colour that is so large (logarithm, in the mean).
        straight_doubt_mm: how sure the rival is then.
    """

    guide_half_wavelength_mm: float = 150.0
    reach_mm: float = 30.0
    sample_mm: float = 22.0
    step_mm: float = 0.75
    along_mm: float = 20.0
    mask_weight: float = 0.4
    mask_clip: float = 0.8
    colour_weight: float = 0.08
    colour_mm: float = 3.75
    colour_clip: float = 5.0
    change_weight: float = 4.0
    change_mm: float = 3.0
    change_along_mm: float = 3.0
    min_noise: float = 7.0
    foreign_weight: float = 0.25
    scene_weight: float = 0.5
    path_rows: int = 2
    smoothness: float = 1.0
    max_slope: float = 1.0
    temper: float = 6.0
    straight_mm: float = 100.0
    bow_mm: float = 1.0
    apart_mm: float = 8.0
    seen_change: float = 1.5
    straight_doubt_mm: float = 2.5

    @property
    def width_mm(self) -> float:
        """Half the width of the band of the photo that is looked at."""
        return self.reach_mm + self.sample_mm


DEFAULT_SETTINGS = EdgeSettings()


@dataclass(frozen=True)
class RefinedEdge:
    """Where the photo puts the outline.

    Attributes:
        contour: the refined outline on the rows of the input.
        rival_mm: (n,) where the colours of the whole scene put it, nominal mm; NaN as in `contour`.
        off_straight_edge: whether the contour follows the rival somewhere, for the straight edge of
            a thing behind the back would have been taken for it.
        contrast: (n,) how well body and background differ in colour, 0 (not at all) upwards.
        doubt_mm: (n,) standard deviation of the outline's place over all paths, nominal mm.
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
    settings: EdgeSettings = DEFAULT_SETTINGS,
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
    offsets_mm = np.arange(-settings.width_mm, settings.width_mm, settings.step_mm)
    across_mm = guide_mm[:, None] + offsets_mm
    lab = lab_planes(sample_strip(rgb, rgb_frame, contour.up_mm, across_mm))
    probability = sample_strip(mask, mask_frame, contour.up_mm, across_mm)
    body, background = _sure_zones(probability)
    colour = _colour_models(lab, body, background, row_mm, settings)
    bins = colour_bins(lab)
    foreign_beside = foreign_odds(bins[COUNTED][body[COUNTED]], bins[COUNTED][background[COUNTED]])
    # Columns where the edge may lie; beyond them colours are only learnt.
    core = slice(*(np.flatnonzero(np.abs(offsets_mm) <= settings.reach_mm)[[0, -1]] + (0, 1)))
    change = _change(lab, core, row_mm, settings)
    evidence = (
        settings.mask_weight * _mask_evidence(probability[:, core], settings)
        + settings.colour_weight * _colour_evidence(colour, lab, core, settings)
        + settings.change_weight * change
    )
    beside = settings.foreign_weight * _inside(foreign_beside, bins[:, core], settings)
    scene = settings.scene_weight * _inside(foreign, bins[:, core], settings)
    inner_mm = guide_mm + offsets_mm[core.start] + settings.step_mm / 2
    places, deviations = _edge_places((evidence - beside, evidence - scene), row_mm, settings)
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
        softness_mm=_softness_mm(lab, core.start + column, colour, settings),
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


@dataclass(frozen=True)
class _ColourModels:
    """Mean and variance (n, 3), CIE Lab, of the body and of the background beside each row."""

    body_mean: Array
    body_var: Array
    background_mean: Array
    background_var: Array

    def log_odds(self, lab: Planes) -> NDArray[np.float32]:
        """Log p(colour | body) - log p(colour | background) of each pixel (n, m)."""
        # The difference of two Gaussians' exponents is one parabola in each channel.
        square = 0.5 / self.background_var - 0.5 / self.body_var
        linear = self.body_mean / self.body_var - self.background_mean / self.background_var
        constant = 0.5 * (
            self.background_mean**2 / self.background_var
            - self.body_mean**2 / self.body_var
            + np.log(self.background_var / self.body_var)
        )
        total = np.zeros(lab.shape[1:], np.float32) + _column(constant.sum(axis=1))
        for channel, plane in enumerate(lab):
            total += (_column(square[:, channel]) * plane + _column(linear[:, channel])) * plane
        return total

    def contrast(self) -> Array:
        """Distance (n,) of the two colours in standard deviations."""
        variance = self.body_var + self.background_var
        distance = (self.body_mean - self.background_mean) ** 2 / variance
        return np.asarray(np.sqrt(distance.sum(axis=-1)))


def _column(values: Array) -> NDArray[np.float32]:
    """(n, 1), to be combined with the pixels of each row."""
    return values[:, None].astype(np.float32)


def _colour_models(
    lab: Planes,
    body: NDArray[np.bool_],
    background: NDArray[np.bool_],
    row_mm: float,
    settings: EdgeSettings,
) -> _ColourModels:
    """Learnt from the sure pixels next to the unsure zone."""
    reach = round(settings.sample_mm / settings.step_mm)
    sigma_rows = settings.along_mm / row_mm
    noise = settings.min_noise**2
    moments = np.concatenate([np.ones_like(lab[:1]), lab, lab**2])
    # Those that are not sure any more `reach` pixels further on.
    body_mean, body_var = _colour_model(moments, body & ~_shifted(body, -reach), sigma_rows)
    back_mean, back_var = _colour_model(
        moments, background & ~_shifted(background, reach), sigma_rows
    )
    return _ColourModels(body_mean, body_var + noise, back_mean, back_var + noise)


def _shifted(zone: NDArray[np.bool_], columns: int) -> NDArray[np.bool_]:
    """`zone` moved right by `columns` (left when negative), False coming in."""
    moved = np.zeros_like(zone)
    if columns > 0:
        moved[:, columns:] = zone[:, :-columns]
    else:
        moved[:, :columns] = zone[:, -columns:]
    return moved


def _colour_model(
    moments: NDArray[np.float32], zone: NDArray[np.bool_], sigma_rows: float
) -> tuple[Array, Array]:
    """Mean and variance (n, 3) of the pixels in `zone`, averaged over neighbouring rows.

    Args:
        moments: (7, n, m), of each pixel 1, its colour, and its colour squared.
        zone: (n, m).
        sigma_rows: of the average.
    """
    total = np.einsum("cnm,nm->nc", moments, zone.astype(np.float32)).astype(np.float64)
    pooled = gaussian_filter1d(total, sigma_rows, axis=0, mode="nearest")
    count = pooled[:, :1] + 1e-6
    mean, square = pooled[:, 1:4] / count, pooled[:, 4:] / count
    return mean, np.maximum(square - mean**2, 0)


def _mask_evidence(probability: NDArray[np.float32], settings: EdgeSettings) -> NDArray[np.float32]:
    """What the mask says (n, m) for the edge lying right behind each pixel: log-odds x mm."""
    ceiling = 1 / (1 + math.exp(-settings.mask_clip))
    likely = np.clip(probability, 1 - ceiling, ceiling)
    return np.asarray(settings.step_mm * np.cumsum(np.log(likely / (1 - likely)), axis=1))


def _colour_evidence(
    colour: _ColourModels, lab: Planes, core: slice, settings: EdgeSettings
) -> NDArray[np.float32]:
    """By how much what is close inside (n, m) looks more like body than what is close outside."""
    pixels = round(settings.colour_mm / settings.step_mm)
    odds = colour.log_odds(lab[:, :, core.start - pixels : core.stop + pixels])
    inside, outside = _sums_beside(
        np.clip(odds, -settings.colour_clip, settings.colour_clip), pixels
    )
    return settings.step_mm * (inside - outside)


def _inside(odds: NDArray[np.float32], bins: Bins, settings: EdgeSettings) -> NDArray[np.float32]:
    """How much foreign colour (log-odds x mm, at least 0) lies inside each pixel's rear end.

    Args:
        odds: (k,) of each bin, see `foreign_odds`.
        bins: (n, m) of each pixel.
    """
    return np.asarray(settings.step_mm * np.cumsum(odds[bins], axis=1), np.float32)


def _change(lab: Planes, core: slice, row_mm: float, settings: EdgeSettings) -> NDArray[np.float32]:
    """Logarithm of the change of colour (n, m) between either side of each pixel's rear end."""
    pixels = round(settings.change_mm / settings.step_mm)
    sigma_rows = settings.change_along_mm / row_mm
    squared = np.zeros(lab[0, :, core].shape, np.float32)
    for plane in lab[:, :, core.start - pixels : core.stop + pixels]:
        calm = cv2.GaussianBlur(plane, (1, 2 * round(4 * sigma_rows) + 1), 1.0, sigmaY=sigma_rows)
        inside, outside = _sums_beside(np.asarray(calm, np.float32), pixels)
        squared += (inside - outside) ** 2
    return np.log1p(np.sqrt(squared) / pixels)


def _sums_beside(
    values: NDArray[np.float32], pixels: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Sums (n, m - 2 pixels) over the `pixels` of a row that end at each one, and that follow it.

    The outermost `pixels` of each row (n, m) have no sums of their own.
    """
    total = np.cumsum(values, axis=1)
    sums = total[:, pixels:] - total[:, :-pixels]
    return sums[:, :-pixels], sums[:, pixels:]


def _edge_places(
    evidences: Sequence[NDArray[np.float32]], row_mm: float, settings: EdgeSettings
) -> tuple[Array, Array]:
    """Mean column (k, n) of the edge in each row over all paths, and its standard deviation.

    Forward-backward algorithm (Rabiner 1989, doi 10.1109/5.18626): what the rows below and the
    rows above tell of each row is handed on from row to row.

    Args:
        evidences: k times (n, m), each for paths of its own.
        row_mm: distance between rows.
        settings: see EdgeSettings.
    """
    rows, count = settings.path_rows, len(evidences)
    length, columns = evidences[0].shape
    steps = length // rows
    pooled = np.stack(
        [
            evidence[: steps * rows].reshape(steps, rows, columns).sum(axis=1, dtype=np.float64)
            for evidence in evidences
        ],
        axis=1,
    )
    pooled -= pooled.max(axis=2, keepdims=True)
    likelihood = np.exp(pooled / settings.temper)
    moves = _moves(columns, rows * row_mm, settings)
    # All and both ways at once, (steps, 2 k, columns): from the first row on, and from the last.
    own = np.concatenate([likelihood, likelihood[::-1]], axis=1)
    told = np.ones_like(own)
    for before, itself, after in zip(told, own, told[1:], strict=False):
        reached = (before * itself) @ moves
        np.divide(reached, reached.sum(axis=1, keepdims=True), out=after)
    share = told[:, :count] * likelihood * told[::-1, count:]
    share /= share.sum(axis=2, keepdims=True)
    column = np.arange(columns)
    mean = share @ column
    deviation = np.sqrt(np.maximum(share @ column**2 - mean**2, 0.0))
    middle, row = rows * np.arange(steps) + (rows - 1) / 2, np.arange(length)

    def each_row(values: Array) -> Array:
        return np.stack([np.interp(row, middle, value) for value in values.T])

    return each_row(mean), each_row(deviation)


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
        seen: (n,) change of colour on the rival, see `_change`.
        row_mm: distance between rows.
        settings: see EdgeSettings.
    """
    inward_mm = line_mm - rival_mm
    apart, count = label(inward_mm > settings.apart_mm / 2)
    straight = np.zeros(len(line_mm), np.bool_)
    for number in range(1, count + 1):
        rows = np.flatnonzero(apart == number)
        if len(rows) * row_mm <= settings.straight_mm:
            continue
        bow = np.polynomial.Polynomial.fit(rows, line_mm[rows], 1)(rows) - line_mm[rows]
        straight[rows] = (
            inward_mm[rows].max() > settings.apart_mm
            and bow.std() < settings.bow_mm
            and seen[rows].mean() > settings.seen_change
        )
    return straight


def _moves(columns: int, length_mm: float, settings: EdgeSettings) -> Array:
    """How likely (columns, columns) a path goes from one column to another over this length."""
    aside = np.abs(np.arange(columns)[:, None] - np.arange(columns))
    cost = settings.smoothness * settings.step_mm * aside**2
    possible = aside <= round(settings.max_slope * length_mm / settings.step_mm)
    return np.asarray(np.where(possible, np.exp(-cost / settings.temper), 0.0), np.float64)


def _softness_mm(
    lab: Planes, column: NDArray[np.intp], colour: _ColourModels, settings: EdgeSettings
) -> Array:
    """Width (n,) of the edge: the colour step across it over the steepest change on it."""
    half = round(4.0 / settings.step_mm)
    columns = np.clip(column[:, None] + np.arange(-half, half + 1), 0, lab.shape[2] - 1)
    near = np.take_along_axis(lab, columns[None], axis=2)
    steepest = np.linalg.norm(np.diff(near, axis=2), axis=0).max(axis=1) / settings.step_mm
    step = np.linalg.norm(colour.body_mean - colour.background_mean, axis=-1)
    return np.asarray(step / np.maximum(steepest, 1e-6), np.float64)
