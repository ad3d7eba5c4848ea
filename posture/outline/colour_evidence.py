"""What the colours say for an edge at each place of the band: log-likelihood ratios."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from posture.outline.colours import Bins, Planes
from posture.outline.filters import gaussian_averaged
from posture.outline.outline_settings import EdgeSettings

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ColourModels:
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


def colour_models(
    lab: Planes,
    body: NDArray[np.bool_],
    background: NDArray[np.bool_],
    row_mm: float,
    settings: EdgeSettings,
) -> ColourModels:
    """Learnt from the sure pixels next to the unsure zone."""
    sample_columns = round(settings.sample_mm / settings.step_mm)
    sigma_rows = settings.along_mm / row_mm
    noise = settings.min_noise**2
    moments = np.concatenate([np.ones_like(lab[:1]), lab, lab**2])
    # Those that are not sure any more `sample_columns` pixels further on.
    body_mean, body_var = _colour_model(
        moments, body & ~_shifted(body, -sample_columns), sigma_rows
    )
    back_mean, back_var = _colour_model(
        moments, background & ~_shifted(background, sample_columns), sigma_rows
    )
    return ColourModels(body_mean, body_var + noise, back_mean, back_var + noise)


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
    pooled = gaussian_averaged(total, sigma_rows, beyond="edge")
    count = pooled[:, :1] + 1e-6
    mean, square = pooled[:, 1:4] / count, pooled[:, 4:] / count
    return mean, np.maximum(square - mean**2, 0)


def colour_evidence(
    colour: ColourModels, lab: Planes, core: slice, settings: EdgeSettings
) -> NDArray[np.float32]:
    """By how much what is close inside (n, m) looks more like body than what is close outside."""
    pixels = round(settings.colour_mm / settings.step_mm)
    odds = colour.log_odds(lab[:, :, core.start - pixels : core.stop + pixels])
    inside, outside = _sums_on_either_side(
        np.clip(odds, -settings.colour_clip, settings.colour_clip), pixels
    )
    return settings.step_mm * (inside - outside)


def foreign_inside(
    odds: NDArray[np.float32], bins: Bins, settings: EdgeSettings
) -> NDArray[np.float32]:
    """How much foreign colour (log-odds x mm, at least 0) lies inside each pixel's rear end.

    Args:
        odds: (k,) of each bin, see `foreign_odds`.
        bins: (n, m) of each pixel.
    """
    return np.asarray(settings.step_mm * np.cumsum(odds[bins], axis=1), np.float32)


def colour_change(
    lab: Planes, core: slice, row_mm: float, settings: EdgeSettings
) -> NDArray[np.float32]:
    """Logarithm of the change of colour (n, m) between either side of each pixel's rear end."""
    pixels = round(settings.change_mm / settings.step_mm)
    sigma_rows = settings.change_along_mm / row_mm
    squared = np.zeros(lab[0, :, core].shape, np.float32)
    for plane in lab[:, :, core.start - pixels : core.stop + pixels]:
        calm = cv2.GaussianBlur(plane, (1, 2 * round(4 * sigma_rows) + 1), 1.0, sigmaY=sigma_rows)
        inside, outside = _sums_on_either_side(np.asarray(calm, np.float32), pixels)
        squared += (inside - outside) ** 2
    return np.log1p(np.sqrt(squared) / pixels)


def _sums_on_either_side(
    values: NDArray[np.float32], pixels: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Sums (n, m - 2 pixels) over the `pixels` of a row that end at each one, and that follow it.

    The outermost `pixels` of each row (n, m) have no sums of their own.
    """
    total = np.cumsum(values, axis=1)
    sums = total[:, pixels:] - total[:, :-pixels]
    return sums[:, :-pixels], sums[:, pixels:]


def softness_mm(
    lab: Planes, column: NDArray[np.intp], colour: ColourModels, settings: EdgeSettings
) -> Array:
    """Width (n,) of the edge: the colour step across it over the steepest change on it."""
    half = round(settings.softness_mm / settings.step_mm)
    columns = np.clip(column[:, None] + np.arange(-half, half + 1), 0, lab.shape[2] - 1)
    near = np.take_along_axis(lab, columns[None], axis=2)
    steepest = np.linalg.norm(np.diff(near, axis=2), axis=0).max(axis=1) / settings.step_mm
    step = np.linalg.norm(colour.body_mean - colour.background_mean, axis=-1)
    return np.asarray(step / np.maximum(steepest, 1e-6), np.float64)
