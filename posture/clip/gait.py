"""Steps and the lean of the trunk over the stride, from a person's numbers over time.

A step is a moment at which the ankles are furthest apart.  Which foot is in front is not asked:
seen from the side, the pose model mixes up the legs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d, median_filter, uniform_filter1d
from scipy.signal import find_peaks

from posture.clip.clip_settings import GaitSettings

Series = NDArray[np.float64]

# The mean stride is sampled at this many places, 0 and 100 % included.
STRIDE_PLACES = 41
# This many (normal) standard deviations from the median a frame is misread.
ODD = 3.5


@dataclass(frozen=True)
class Gait:
    """How a person walks or runs in profile.

    Attributes:
        steps: how many were seen.
        steps_per_minute: from the median time of a step.
        lean_deg: of the trunk, forward positive: median over all frames between steps.
        lean_ci95: half-width of its 95 % interval, mostly what the landmarks are off by.
        lean_low_deg, lean_high_deg: least and most of the mean stride.
        stride_deg: the mean stride, from one step over the next to the one after.
        stride_spread_deg: standard deviation between strides; empty with fewer than two.
    """

    steps: int
    steps_per_minute: float
    lean_deg: float
    lean_ci95: float
    lean_low_deg: float
    lean_high_deg: float
    stride_deg: tuple[float, ...]
    stride_spread_deg: tuple[float, ...]


def find_gait(
    time_s: Series,
    ankles_apart: Series,
    lean_deg: Series,
    facing: Series,
    yaw_deg: Series,
    settings: GaitSettings,
) -> Gait | None:
    """The gait in a person's numbers, None when they do not walk or run in profile.

    Args:
        time_s: (n,) ascending.
        ankles_apart: (n,) in trunks, signed or not.
        lean_deg: (n,) of the trunk, towards the right of the picture.
        facing: (n,) 1 right, -1 left, 0 undecided.
        yaw_deg: (n,) turn of shoulders and hips away from side-on.
        settings: what counts as a step.
    """
    if len(time_s) < 2 * settings.min_steps:
        return None
    frame_s = float(np.median(np.diff(time_s)))
    window = max(round(settings.average_s / frame_s), 1)
    side_on = np.abs(uniform_filter1d(yaw_deg, window)) <= settings.max_yaw_deg
    # Nobody turns round within a step; single frames are read the wrong way round now and then.
    ahead = np.sign(uniform_filter1d(facing, 3 * window))
    forward_deg = _without_odd(time_s, lean_deg * ahead) - settings.lean_bias_deg
    steps = [step for step in _steps(time_s, ankles_apart, frame_s, settings) if side_on[step]]
    strides = [
        _resampled(time_s, forward_deg, steps[k], steps[k + 2])
        for k in range(0, len(steps) - 2, 2)
        if _follow(time_s, steps[k : k + 3], settings)
    ]
    spans = np.diff(time_s[steps])
    spans = spans[spans <= settings.max_step_s]
    if len(spans) + 1 < settings.min_steps or not strides:
        return None
    mean = np.mean(strides, axis=0)
    spread = np.std(strides, axis=0, ddof=1) if len(strides) > 1 else np.empty(0)
    walking = side_on & (time_s >= time_s[steps[0]]) & (time_s <= time_s[steps[-1]])
    return Gait(
        steps=len(steps),
        steps_per_minute=60 / float(np.median(spans)),
        lean_deg=float(np.median(forward_deg[walking])),
        lean_ci95=settings.lean_ci95_deg,
        lean_low_deg=float(mean.min()),
        lean_high_deg=float(mean.max()),
        stride_deg=tuple(mean.tolist()),
        stride_spread_deg=tuple(spread.tolist()),
    )


def _steps(
    time_s: Series, ankles_apart: Series, frame_s: float, settings: GaitSettings
) -> NDArray[np.intp]:
    """Indices (k,) at which the ankles are furthest apart."""
    # A single mixed-up pair of legs is not a step.
    apart = gaussian_filter1d(median_filter(np.abs(ankles_apart), 3), 0.5)
    distance = max(settings.min_step_s / frame_s, 1)
    peaks, _ = find_peaks(apart, prominence=settings.min_prominence, distance=distance)
    return np.asarray(peaks, np.intp)


def _without_odd(time_s: Series, values: Series) -> Series:
    """`values` with those that lie far from all others bridged, and a running median of three."""
    away = np.abs(values - np.median(values))
    good = away <= ODD * 1.4826 * np.median(away)
    return np.asarray(median_filter(np.interp(time_s, time_s[good], values[good]), 3), np.float64)


def _follow(time_s: Series, steps: list[int], settings: GaitSettings) -> bool:
    """Whether each step comes soon after the one before."""
    return bool((np.diff(time_s[steps]) <= settings.max_step_s).all())


def _resampled(time_s: Series, values: Series, first: int, last: int) -> Series:
    """`values` at evenly spaced times between two frames."""
    within = slice(first, last + 1)
    at = np.linspace(time_s[first], time_s[last], STRIDE_PLACES)
    return np.asarray(np.interp(at, time_s[within], values[within]), np.float64)
