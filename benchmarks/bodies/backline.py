"""The true back line of a body, straight from its mesh, and the curve of any back line.

A back line is a set of levels z (mm, ascending) with the posterior distance y (mm).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

from benchmarks.bodies.mesh import Bools, Floats, Ints
from benchmarks.bodies.posed import PosedBody
from benchmarks.bodies.spine import LEVELS
from posture.curve.definition import MID_HIP_MM, surface_curve
from posture.subject import NOMINAL_STATURE_MM

STEP_MM = 2.0
# The rows of a back line that its curve is taken from, nominal mm above mid-hip: as far as the
# measurement looks, for the ends of a line pull at its smooth form.
LOWEST_UP_MM, HIGHEST_UP_MM = -260.0, 560.0
LEVELS_BELOW_HIP = 0.155  # of stature
HALF_WIDTH_M = 0.17  # the trunk lies within this distance of the mid plane
HALF_WIDTH_DRESSED_M = 0.19

Part = tuple[Floats, Ints]  # vertices, edges


@dataclass(frozen=True)
class BackLines:
    """Skin lines of one body in person space, millimetres: levels and posterior distances.

    `envelope` is the outline seen exactly from the side, `midsagittal` the line over the
    spine, `dressed` the outline with clothes and drape but without arms and hair.
    """

    z_mm: Floats
    envelope_mm: Floats
    midsagittal_mm: Floats
    dressed_mm: Floats


def farthest_at_levels(
    levels: Floats, height: Floats, distance: Floats, edges: Ints, keep: Floats | None = None
) -> Floats:
    """Largest distance at each level over the points where mesh edges cross it.

    Levels ascend evenly; `height` and `distance` are per vertex. A level that no edge
    crosses is NaN. `keep` (per vertex, optional) must be >= 0 at a crossing for it to count.
    """
    step = levels[1] - levels[0]
    low, high = np.sort(height[edges], 1).T
    first = np.maximum(np.ceil((low - levels[0]) / step), 0).astype(int)
    last = np.minimum(np.floor((high - levels[0]) / step), len(levels) - 1).astype(int)
    n_crossed = np.where(high > low, np.maximum(last - first + 1, 0), 0)
    a, b = edges[np.repeat(np.arange(len(edges)), n_crossed)].T
    order_in_edge = np.arange(len(a)) - np.repeat(np.cumsum(n_crossed) - n_crossed, n_crossed)
    at = np.repeat(first, n_crossed) + order_in_edge
    t = (levels[at] - height[a]) / (height[b] - height[a])
    found = distance[a] + t * (distance[b] - distance[a])
    if keep is not None:
        inside = keep[a] + t * (keep[b] - keep[a]) >= 0
        at, found = at[inside], found[inside]
    out = np.full(len(levels), -np.inf)
    np.maximum.at(out, at, found)
    return np.where(np.isneginf(out), np.nan, out)


def fill_gaps(levels: Floats, values: Floats) -> Floats:
    """Interpolate over NaN."""
    known = ~np.isnan(values)
    return np.interp(levels, levels[known], values[known])


def trunk_levels(body: PosedBody) -> Floats:
    """Heights from the thighs to C7, metres."""
    low = body.head("upperleg01.L")[2] - LEVELS_BELOW_HIP * body.rest_stature
    return np.arange(low, body.spine_point(1.0)[2], STEP_MM / 1000)


def _outline(levels: Floats, pos: Floats, edges: Ints, half_width: float) -> Floats:
    inside = half_width - np.abs(pos[:, 0])
    return farthest_at_levels(levels, pos[:, 2], pos[:, 1], edges, inside)


def skin_envelope(body: PosedBody, skin: Floats, edges: Ints) -> tuple[Floats, Floats]:
    """Levels and outline of the bare trunk exactly from the side, millimetres.

    `skin` are the fine vertices, `edges` those of trunk and legs.
    """
    levels = trunk_levels(body)
    line = fill_gaps(levels, _outline(levels, skin, edges, HALF_WIDTH_M))
    return 1000 * levels, 1000 * line


def back_lines(body: PosedBody, skin: Floats, edges: Ints, worn: list[Part]) -> BackLines:
    """Cut the mesh of a posed body at every level from the thighs to C7.

    `skin` are its fine vertices, `edges` those of trunk and legs, `worn` is everything that
    is worn on them.
    """
    levels = trunk_levels(body)
    z_mm, envelope_mm = skin_envelope(body, skin, edges)
    dressed = [_outline(levels, *part, HALF_WIDTH_DRESSED_M) for part in worn]
    dressed_mm = 1000 * fill_gaps(levels, np.fmax.reduce(dressed))
    middle_mm = 1000 * _midsagittal(levels, skin, edges, body)
    return BackLines(z_mm, envelope_mm, middle_mm, dressed_mm)


def _midsagittal(levels: Floats, skin: Floats, edges: Ints, body: PosedBody) -> Floats:
    """Most posterior crossing of the x = 0 plane in each 6 mm of height."""
    a, b = skin[edges[:, 0]], skin[edges[:, 1]]
    crosses = a[:, 0] * b[:, 0] <= 0
    a, b = a[crosses], b[crosses]
    width = a[:, 0] - b[:, 0]
    flat = np.abs(width) <= 1e-9
    t = np.where(flat, 0.5, a[:, 0] / np.where(flat, 1, width))
    _, y, z = (a + t[:, None] * (b - a)).T
    spine = body.rod.bent + body.shift
    behind = y > np.interp(z, spine[:, 2], spine[:, 1]) + 0.01
    y, z = y[behind], z[behind]
    chain_z, chain_y = [], []
    for low in np.arange(levels[0] - 0.02, levels[-1] + 0.02, 0.006):
        inside = np.nonzero((z >= low) & (z < low + 0.006))[0]
        if len(inside):
            best = inside[y[inside].argmax()]
            chain_z.append(z[best])
            chain_y.append(y[best])
    return np.asarray(np.interp(levels, chain_z, chain_y))


def curve_metrics(
    z_mm: Floats, y_mm: Floats, stature_mm: float, hip_mm: float | None = None
) -> dict[str, float]:
    """Curve of a back line: angle (degrees), depth, bridge and touch points (mm).

    Mid-hip lies at the level `hip_mm`; left out, levels are mm above the floor. The definition is
    the measurement's own, on a line of nominal mm. Without a hollow the angle and the depth are 0
    and nothing else is given.
    """
    nominal = NOMINAL_STATURE_MM / stature_mm
    hip = MID_HIP_MM if hip_mm is None else nominal * hip_mm
    levels = nominal * z_mm - hip
    up = np.arange(max(LOWEST_UP_MM, levels[0]), min(HIGHEST_UP_MM, levels[-1]), STEP_MM)
    curve = surface_curve(up, np.interp(up, levels, nominal * y_mm))
    if curve is None:
        return {"hollow_depth_mm": 0.0, "slca_deg": 0.0}
    low, high = curve.gluteal, curve.thoracic
    metrics = {
        "hollow_depth_mm": curve.depth / nominal,
        "slca_deg": curve.slca_deg,
        "z_inflection_low_mm": (curve.lower_inflection[0] + hip) / nominal,
        "z_inflection_high_mm": (curve.upper_inflection[0] + hip) / nominal,
        "z_apex_mm": (curve.lumbar[0] + hip) / nominal,
        "z_touch_low_mm": (low[0] + hip) / nominal,
        "z_touch_high_mm": (high[0] + hip) / nominal,
        "y_touch_low_mm": low[1] / nominal,
        "y_touch_high_mm": high[1] / nominal,
        "bridge_length_mm": curve.bridge_length / nominal,
        "bridge_slant_deg": math.degrees(math.atan2(high[1] - low[1], high[0] - low[0])),
    }
    return {name: float(value) for name, value in metrics.items()}


Levels = dict[str, dict[str, float]]


def spine_levels(
    body: PosedBody, lines: BackLines, skin: Floats, level: Floats, trunk: Floats
) -> tuple[Levels, dict[str, float]]:
    """Height, skin position and tangent at the vertebral levels, with their summary angles.

    `level` and `trunk` are the rod parameter and the trunk weight of the fine vertices.
    """
    rod = body.rod
    near = np.nonzero((np.abs(skin[:, 0]) < 0.012) & (trunk > 0.5))[0]
    smooth = gaussian_filter1d(lines.midsagittal_mm, 6)
    tangent = np.degrees(np.arctan(np.gradient(smooth, STEP_MM)))
    levels = {}
    for name, s in LEVELS.items():
        around = near[np.argsort(np.abs(level[near] - s))[:60]]
        behind = around[skin[around, 1] > np.median(skin[around, 1])]
        z_mm = float(np.median(skin[behind, 2])) * 1000
        levels[name] = {
            "z_mm": z_mm,
            "y_mid_mm": float(np.interp(z_mm, lines.z_mm, lines.midsagittal_mm)),
            "tangent_deg": float(np.interp(z_mm, lines.z_mm, tangent)),
            "rod_angle_deg": math.degrees(rod.turn_at(s)),
        }
    _, dy, dz = np.gradient(rod.bent, axis=0).T
    rod_tangent = np.degrees(np.arctan2(dy, dz))
    top, bottom = levels["T12L1"], levels["L5S1"]
    at = np.interp([LEVELS["T12L1"], 0.01], rod.s, rod_tangent)
    angles = {
        "T12L1_to_L5S1_tangent_deg": top["tangent_deg"] - bottom["tangent_deg"],
        "rod_L1S1_change_deg": bottom["rod_angle_deg"] - top["rod_angle_deg"],
        "rod_T12L1_L5S1_deg": float(at[0] - at[1]),
    }
    return levels, angles


def above_gluteal_cleft(body: PosedBody, z_mm: Floats) -> Bools:
    """True at the levels above about S2-S3, where the mid line still lies on the spine."""
    return np.asarray(z_mm > 1000 * (body.spine_point(0.0)[2] - 0.035 * body.rest_stature))
