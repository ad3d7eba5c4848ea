"""A clip's points as motion analysis wants them: evenly spaced in time, x forward, y up, z 0.

x grows to the way that the person faces in most frames, y grows upwards from the lower edge of the
picture, z, the person's right, is 0: a side view knows no depth.  The unit is mm where the person's
stature gave the scale, else pixels of the clip.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from posture.clip.motion import Motion
from posture.errors import InvalidInput

MarkerUnit = Literal["mm", "px"]
# Two frames that are further apart than this many usual steps have a gap between them.
_GAP = 1.5
# This near to a frame, in steps, a moment is that frame: clocks of clips are rounded.
_SAME = 0.02


@dataclass(frozen=True, eq=False)
class Markers:
    """Named points over time.

    Attributes:
        names: (m).
        rate_hz: frames a second.
        start_s: time of the first frame in the clip.
        unit: of the points.
        points: (n, m, 3), frame after frame; NaN where a point was not seen.
    """

    names: tuple[str, ...]
    rate_hz: float
    start_s: float
    unit: MarkerUnit
    points: NDArray[np.float64]


def markers_of(motion: Motion) -> Markers:
    """The points of a clip, resampled to one rate.

    Between two frames in a row points are interpolated linearly, which moves nothing where the clip
    has one rate already; over gaps they are missing.

    Raises:
        InvalidInput: when the person was seen in fewer than two frames, which have no rate.
    """
    if len(motion.time_s) < 2:
        raise InvalidInput(
            "The person was seen in one frame only, which is no motion.", "Use a longer clip."
        )
    step_s = _step_s(motion.time_s)
    moments_s = motion.time_s[0] + step_s * np.arange(_count(motion.time_s, step_s))
    flat = _sampled(motion.time_s, _placed(motion), moments_s, step_s)
    depth = np.where(np.isfinite(flat[..., :1]), 0.0, np.nan)
    scale = 1.0 if motion.mm_per_px is None else motion.mm_per_px
    return Markers(
        names=motion.names,
        rate_hz=1 / step_s,
        start_s=float(motion.time_s[0]),
        unit="px" if motion.mm_per_px is None else "mm",
        points=np.concatenate([scale * flat, depth], axis=-1),
    )


def _step_s(time_s: NDArray[np.float64]) -> float:
    """The usual time between two frames: the mean of the gapless ones."""
    steps = np.diff(time_s)
    return float(steps[steps < _GAP * np.median(steps)].mean())


def _count(time_s: NDArray[np.float64], step_s: float) -> int:
    return int(np.floor((time_s[-1] - time_s[0]) / step_s + _SAME)) + 1


def _placed(motion: Motion) -> NDArray[np.float64]:
    """(n, m, 2) px with x forward and y up."""
    x, y = motion.points_px[..., 0], motion.points_px[..., 1]
    forward = motion.width_px - x if motion.facing == "left" else x
    return np.stack([forward, motion.height_px - y], axis=-1)


def _sampled(
    time_s: NDArray[np.float64],
    points: NDArray[np.float64],
    moments_s: NDArray[np.float64],
    step_s: float,
) -> NDArray[np.float64]:
    """`points` (n, m, 2) at other moments (k): (k, m, 2), NaN in gaps."""
    after = np.clip(np.searchsorted(time_s, moments_s), 1, len(time_s) - 1)
    before = after - 1
    span_s = time_s[after] - time_s[before]
    share = (moments_s - time_s[before]) / span_s
    near = _SAME * step_s / span_s
    weight = np.where(share < near, 0.0, np.where(share > 1 - near, 1.0, share))[:, None, None]
    early, late = points[before], points[after]
    # A point that is missing in one frame does not take the other frame's with it.
    found = np.where(
        weight == 0, early, np.where(weight == 1, late, (1 - weight) * early + weight * late)
    )
    gap = (span_s > _GAP * step_s)[:, None, None] & (weight > 0) & (weight < 1)
    return np.asarray(np.where(gap, np.nan, found), np.float64)
