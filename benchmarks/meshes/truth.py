"""The exact side-on back line of an outside body."""

from __future__ import annotations

import numpy as np

from benchmarks.bodies.backline import (
    HIGHEST_UP_MM,
    LOWEST_UP_MM,
    STEP_MM,
    BackLines,
    farthest_at_levels,
    fill_gaps,
)
from benchmarks.bodies.mesh import Floats
from benchmarks.meshes.body import OutsideBody
from posture.curve.definition import MID_HIP_MM
from posture.subject import NOMINAL_STATURE_MM

MID_BAND_M = 0.008  # half the width of the strip over the spine; meshes have edges of about 1 cm
CLEFT_SHARE = 0.555  # of stature: below this level the mid line lies in the gluteal cleft


def trunk_levels(stature: float) -> Floats:
    """Heights from the thighs to above the shoulder blades, metres."""
    low, high = ((MID_HIP_MM + up) / NOMINAL_STATURE_MM for up in (LOWEST_UP_MM, HIGHEST_UP_MM))
    return np.arange(low * stature, high * stature, STEP_MM / 1000)


def back_lines(body: OutsideBody, outer: Floats) -> BackLines:
    """Cut the skin, and the skin as it is dressed (`outer`), at every level."""
    levels = trunk_levels(body.stature)

    def line_mm(pos: Floats, keep: Floats | None = None) -> Floats:
        found = farthest_at_levels(levels, pos[:, 2], pos[:, 1], body.trunk_edges, keep)
        return np.asarray(1000 * fill_gaps(levels, found))

    near_middle = MID_BAND_M - np.abs(body.pos[:, 0])
    return BackLines(
        z_mm=1000 * levels,
        envelope_mm=line_mm(body.pos),
        midsagittal_mm=line_mm(body.pos, near_middle),
        dressed_mm=line_mm(outer),
    )
