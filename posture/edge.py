"""Pull the mask's outline onto the true edge in the photo.

Beside the mask outline a narrow band of the photo is unrolled.  Colour models learnt on either
side of it, row by row, say for each pixel whether it looks like body or like background; the
path through the band that agrees best with them, with the photo's gradients and with the mask is
found exactly, by dynamic programming.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from posture.frame import TrunkFrame
from posture.pose import RgbImage
from posture.silhouette import PosteriorContour, sample_strip

Array = NDArray[np.float64]


@dataclass(frozen=True)
class EdgeSettings:
    """Tuned constants of the refinement, lengths in nominal mm.

    Attributes:
        reach_mm: how far from the mask outline the edge may lie.
        sample_mm: from here to there on either side the colours are learnt.
        step_mm: sampling step across the outline.
        row_mm: sampling step along it.
        along_mm: colour models are averaged over this length of outline (Gaussian sigma).
        mask_sigma_mm: how far the mask outline is usually off.
        colour_clip: no pixel's log-likelihood ratio counts for more than this.
        gradient_weight, smoothness: of the path's cost.
        min_noise: standard deviation in Lab units below which colours are not told apart.
    """

    reach_mm: float = 14.0
    sample_mm: tuple[float, float] = (9.0, 30.0)
    step_mm: float = 0.5
    row_mm: float = 2.0
    along_mm: float = 14.0
    mask_sigma_mm: float = 4.0
    colour_clip: float = 2.0
    gradient_weight: float = 6.0
    smoothness: float = 1.5
    min_noise: float = 2.0


DEFAULT_SETTINGS = EdgeSettings()


@dataclass(frozen=True)
class RefinedEdge:
    """Where the photo puts the outline.

    Attributes:
        contour: the refined outline on the rows of the input.
        shift_mm: (n,) refined minus mask, nominal mm, positive towards the back.
        contrast: (n,) how well body and background differ in colour, 0 (not at all) upwards.
    """

    contour: PosteriorContour
    shift_mm: Array
    contrast: Array


def refine_edge(
    rgb: RgbImage,
    frame: TrunkFrame,
    contour: PosteriorContour,
    settings: EdgeSettings = DEFAULT_SETTINGS,
) -> RefinedEdge:
    """`contour` moved onto the edge of the photo, where the photo has one.

    Args:
        rgb: (H, W, 3) the photo; `frame` must be in its pixels.
        frame: trunk frame of the person.
        contour: mask outline; rows with NaN stay NaN.
        settings: see EdgeSettings.
    """
    found = np.isfinite(contour.back_mm)
    guide_mm = _guide(contour, found)
    rows_mm = np.arange(contour.up_mm[0], contour.up_mm[-1], settings.row_mm)
    half_mm = settings.sample_mm[1]
    offsets_mm = np.arange(-half_mm, half_mm + settings.step_mm, settings.step_mm)
    centre_mm = np.interp(rows_mm, contour.up_mm, guide_mm)
    strip = sample_strip(rgb, frame, rows_mm, centre_mm[:, None] + offsets_mm)
    lab = cv2.cvtColor(strip / 255.0, cv2.COLOR_RGB2LAB)
    ratio, contrast = _body_likelihood(lab, offsets_mm, settings)
    core = np.abs(offsets_mm) <= settings.reach_mm
    cost = _path_cost(lab, ratio, offsets_mm, core, settings)
    path = _cheapest_path(cost, settings.smoothness * settings.step_mm)
    shift_mm = np.interp(
        contour.up_mm, rows_mm, gaussian_filter1d(offsets_mm[core][0] + path * settings.step_mm, 1.0)
    )
    refined = np.where(found, guide_mm + shift_mm, np.nan)
    return RefinedEdge(
        contour=PosteriorContour(contour.up_mm, refined, contour.weight),
        shift_mm=np.where(found, shift_mm, np.nan),
        contrast=np.interp(contour.up_mm, rows_mm, contrast),
    )


def _guide(contour: PosteriorContour, found: NDArray[np.bool_]) -> Array:
    """The mask outline without gaps and without the steps of single mask cells."""
    if not found.any():
        return np.zeros_like(contour.back_mm)
    filled = np.interp(contour.up_mm, contour.up_mm[found], contour.back_mm[found])
    return np.asarray(gaussian_filter1d(filled, 4.0, mode="nearest"), np.float64)


def _body_likelihood(
    lab: NDArray[np.float32], offsets_mm: Array, settings: EdgeSettings
) -> tuple[Array, Array]:
    """Per pixel log p(colour|body) - log p(colour|background), and the contrast of each row."""
    near, far = settings.sample_mm
    body = (offsets_mm <= -near) & (offsets_mm >= -far)
    background = (offsets_mm >= near) & (offsets_mm <= far)
    body_mean, body_var = _colour_model(lab[:, body], settings)
    back_mean, back_var = _colour_model(lab[:, background], settings)

    def log_density(mean: Array, var: Array) -> Array:
        squared = (lab - mean[:, None]) ** 2 / var[:, None]
        return np.asarray(-0.5 * (squared + np.log(var[:, None])).sum(axis=-1))

    ratio = log_density(body_mean, body_var) - log_density(back_mean, back_var)
    distance = (body_mean - back_mean) ** 2 / (body_var + back_var)
    return (
        np.clip(ratio, -settings.colour_clip, settings.colour_clip),
        np.sqrt(distance.sum(axis=-1)),
    )


def _colour_model(samples: NDArray[np.float32], settings: EdgeSettings) -> tuple[Array, Array]:
    """Mean and variance (n, 3) of the samples (n, m, 3), averaged over neighbouring rows."""
    sigma = settings.along_mm / settings.row_mm
    mean = gaussian_filter1d(samples.mean(axis=1), sigma, axis=0, mode="nearest")
    square = gaussian_filter1d((samples**2).mean(axis=1), sigma, axis=0, mode="nearest")
    return (
        np.asarray(mean, np.float64),
        np.asarray(np.maximum(square - mean**2, 0) + settings.min_noise**2, np.float64),
    )


def _path_cost(
    lab: NDArray[np.float32],
    ratio: Array,
    offsets_mm: Array,
    core: NDArray[np.bool_],
    settings: EdgeSettings,
) -> Array:
    """Cost (n, k) of the edge lying at each core offset of each row."""
    # Background-looking pixels inside the edge and body-looking ones outside both cost.
    wrong = -np.cumsum(ratio, axis=1) * settings.step_mm
    gradient = np.linalg.norm(np.gradient(lab, settings.step_mm, axis=1), axis=-1)
    relative = gradient / (np.percentile(gradient, 90, axis=1, keepdims=True) + settings.min_noise)
    prior = 0.5 * (offsets_mm / settings.mask_sigma_mm) ** 2
    cost = wrong - settings.gradient_weight * np.minimum(relative, 1.0) + prior
    return np.asarray(cost[:, core], np.float64)


def _cheapest_path(cost: Array, smoothness: float) -> Array:
    """Column (n,) of the path from the first to the last row with the least total cost.

    A step of d columns between neighbouring rows costs smoothness * d**2; the column is refined
    to a fraction by the parabola through the path's neighbours.
    """
    rows, columns = cost.shape
    reach = 6
    steps = np.arange(-reach, reach + 1)
    total = cost[0].copy()
    origin = np.zeros((rows, columns), np.intp)
    index = np.clip(np.arange(columns)[:, None] + steps, 0, columns - 1)
    penalty = smoothness * (np.arange(columns)[:, None] - index) ** 2
    everywhere = np.arange(columns)
    for row in range(1, rows):
        candidates = total[index] + penalty
        best = candidates.argmin(axis=1)
        origin[row] = index[everywhere, best]
        total = cost[row] + candidates[everywhere, best]
    path = np.empty(rows, np.intp)
    path[-1] = total.argmin()
    for row in range(rows - 1, 0, -1):
        path[row - 1] = origin[row, path[row]]
    return path.astype(np.float64)
