"""From the person mask to the posterior contour, its rear edge to a fraction of a mask cell."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from posture.outline.outline_settings import outline_settings
from posture.outline.smoothing import STEP_MM
from posture.pose.mask import MASK_LEVEL
from posture.pose.record import RgbImage
from posture.view.trunk_frame import TrunkFrame

Strip = NDArray[np.float32]
Line = NDArray[np.float64]
_MASK = outline_settings().mask
# Rows of the strip: from below the gluteal fold to above the shoulders, in nominal mm.
LOWEST_UP_MM, HIGHEST_UP_MM = _MASK.rows_mm


@dataclass(frozen=True)
class PosteriorContour:
    """The rear outline of the trunk, one point a row, in trunk coordinates.

    Attributes:
        up_mm: (n,) rows, ascending, evenly spaced, nominal mm.
        back_mm: (n,) position of the outline, nominal mm; NaN where there is none.
        weight: (n,) 0 to 1, how far to trust the row.
    """

    up_mm: Line
    back_mm: Line
    weight: Line

    def bridged(self, up_mm: Line) -> Line | None:
        """The outline (m,) at these levels, straight over gaps; None where it has no point at all.

        Beyond its ends it goes on as far back as it ends.
        """
        found = np.isfinite(self.back_mm)
        if not found.any():
            return None
        return np.interp(up_mm, self.up_mm[found], self.back_mm[found])

    def steps_mm(self, within_mm: float, levels_mm: tuple[float, float]) -> Line:
        """How much further back (m,) the outline is `within_mm` above each row of these levels."""
        rows = round(within_mm / STEP_MM)
        further_mm = np.nan_to_num(self.back_mm[rows:] - self.back_mm[:-rows])
        from_mm = self.up_mm[:-rows]
        return np.asarray(further_mm[(from_mm > levels_mm[0]) & (from_mm < levels_mm[1])])


def sample_strip(
    image: NDArray[np.float32] | RgbImage, frame: TrunkFrame, up_mm: Line, back_mm: Line
) -> Strip:
    """`image` resampled on trunk coordinates: one row per `up_mm`, columns at `back_mm`.

    Args:
        image: (H, W) or (H, W, 3).
        frame: trunk frame in pixels of `image`.
        up_mm: (n,) nominal mm.
        back_mm: (m,) or (n, m) nominal mm.

    Returns:
        (n, m) or (n, m, 3) float32; outside the image the edge pixel is repeated.
    """
    # Plain sums of broadcast rows and columns: half the time of building the full coordinates.
    scale = frame.px_per_nominal_mm
    columns = np.asarray(np.atleast_2d(back_mm) * scale, np.float32)
    rows = np.asarray(up_mm[:, None] * scale, np.float32)
    # Pixel centres lie at .5, array indices at 0.
    origin = (frame.origin_px - 0.5).astype(np.float32)
    up, back = frame.up.astype(np.float32), frame.back.astype(np.float32)
    x = origin[0] + rows * up[0] + columns * back[0]
    y = origin[1] + rows * up[1] + columns * back[1]
    strip = cv2.remap(image, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(strip, np.float32)


def mask_contour(mask: NDArray[np.float32], frame: TrunkFrame) -> PosteriorContour:
    """The rear crossing of the mask's half level, row by row, to a fraction of a mask cell.

    The person's region is followed outwards from the trunk axis, so that a second object behind
    the person does not count.
    """
    up_mm = np.arange(LOWEST_UP_MM, HIGHEST_UP_MM + STEP_MM, STEP_MM)
    columns = np.arange(0.0, _MASK.behind_mm + STEP_MM, STEP_MM)
    strip = sample_strip(mask, frame, up_mm, columns)
    # First column outside the person, starting from the trunk axis.
    outside = strip < MASK_LEVEL
    crossing = np.argmax(outside, axis=1)
    found = ~outside[:, 0] & outside.any(axis=1)
    rows = np.arange(len(up_mm))
    before, after = strip[rows, crossing - 1], strip[rows, crossing]
    fraction = (before - MASK_LEVEL) / np.maximum(before - after, 1e-6)
    back_mm = np.where(found, columns[crossing - 1] + fraction * STEP_MM, np.nan)
    return PosteriorContour(up_mm, back_mm.astype(np.float64), found.astype(np.float64))
