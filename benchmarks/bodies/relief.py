"""What real backs have on top of a smooth body: folds, elastic bands, spine furrow, asymmetry.

Each is a height along the skin's normals (metres, positive outwards) at the fine vertices of the
rest body; the bare skin, and so the truth, is the body with all of them.
"""

from __future__ import annotations

import math

import numpy as np

from benchmarks.bodies.clothes import (
    OUTFITS,
    RestSurface,
    bra_edge,
    top_field,
    waist_edge,
)
from benchmarks.bodies.config import Fold, Relief, Wardrobe
from benchmarks.bodies.mesh import Floats, Ints, neighbour_average, vertex_normals
from benchmarks.bodies.spine import smoothstep

MM = 0.001
AXIS_BEFORE_SPINE = 0.02  # of stature: the trunk's axis, which azimuths are counted around
# A crease lies between two rolls: share of its depth that goes in, place of the rolls and widths
# of both, in lengths of the fold.
INWARDS = 0.6
ROLL_AT, ROLL_WIDTH, CREASE_WIDTH = 0.7, 0.35, 0.25
RIDGE_AT_M, RIDGE_WIDTH_M = 0.038, 0.016  # the erector muscles beside the furrow
FURROW_LEVELS = (-0.05, 0.02, 0.55, 0.8)  # of the spine: it opens and closes over these
LUMBAR, THORACIC = (0.25, 0.18), (0.68, 0.16)  # level and spread of what stands out on one side
ASIDE_M = 0.05  # this far from the mid plane one side stands out in full
LUMP_WAVES, LUMP_LENGTHS_M = 10, (0.05, 0.14)
BAND_WIDTH_M = {"waist": 0.028, "bra": 0.022}
BAND_EDGE_M = 0.004
# Soft tissue gives way upwards and downwards: place beyond the edge, width, share of the press.
BULGE_AT_M, BULGE_WIDTH_M, BULGE = 0.012, 0.010, 0.5
LOWEST_LEVEL = -0.35  # of the spine: nothing below the buttocks is changed
SPANNING_STEPS = 40


def relief_of(rest: RestSurface, relief: Relief, wardrobe: Wardrobe) -> Floats:
    """Height (n,) of everything on the back's skin, metres along the normals."""
    own = furrow(rest, relief) + one_sided(rest, relief) + lumps(rest, relief)
    own = own + sum((fold_height(rest, fold) for fold in relief.folds), np.zeros(len(own)))
    s = level(rest)
    window = rest.trunk * smoothstep(LOWEST_LEVEL, LOWEST_LEVEL + 0.1, s)
    return window * (1 - smoothstep(0.88, 1.0, s)) * own + rest.trunk * bands(rest, wardrobe)


def displaced(skin: Floats, tris: Ints, height: Floats) -> Floats:
    """Move a skin along its normals."""
    return skin + vertex_normals(skin, tris) * height[:, None]


def level(rest: RestSurface) -> Floats:
    """Height as a share of the spine, 0 at L5/S1 and 1 at C7."""
    return np.asarray(rest.body.rod.level_of(rest.z))


def azimuth_deg(rest: RestSurface) -> Floats:
    """Direction from the trunk's axis: 0 backwards, positive to the left."""
    rod = rest.body.rod.rest
    axis_y = np.interp(rest.z, rod[:, 2], rod[:, 1]) - AXIS_BEFORE_SPINE * rest.stature
    return np.asarray(np.degrees(np.arctan2(rest.pos[:, 0], rest.y - axis_y)))


def fold_height(rest: RestSurface, fold: Fold) -> Floats:
    """A crease of the skin between two rolls."""
    rod = rest.body.rod
    away_deg = azimuth_deg(rest) - fold.around_deg
    crease_z = rod.low_z + fold.level * (rod.high_z - rod.low_z)
    across = rest.z - crease_z - MM * fold.slant_mm * np.radians(away_deg)
    reach = np.exp(-((away_deg / fold.reach_deg) ** 4))
    return reach * MM * fold.depth_mm * fold_profile(across / (MM * fold.length_mm))


def fold_profile(across: Floats) -> Floats:
    """Height over a fold of depth 1, by the distance from its crease in lengths of the fold."""
    rolls = np.exp(-(((np.abs(across) - ROLL_AT) / ROLL_WIDTH) ** 2))
    crease = np.exp(-((across / CREASE_WIDTH) ** 2))
    return (1 - INWARDS) * rolls - INWARDS * crease


def furrow(rest: RestSurface, relief: Relief) -> Floats:
    """The furrow over the spine and the ridges beside it."""
    x, s = rest.from_middle, level(rest)
    start, full, fading, end = FURROW_LEVELS
    along = smoothstep(start, full, s) * (1 - smoothstep(fading, end, s))
    behind = np.abs(azimuth_deg(rest)) < 90
    groove = relief.furrow_mm * np.exp(-((x / (MM * relief.furrow_width_mm)) ** 2))
    ridges = relief.ridge_mm * np.exp(-(((x - RIDGE_AT_M) / RIDGE_WIDTH_M) ** 2))
    return MM * np.where(behind, along * (ridges - groove), 0.0)


def one_sided(rest: RestSurface, relief: Relief) -> Floats:
    """One side of the loins and of the ribs stands out, the other lies deeper."""
    s, behind = level(rest), np.clip(np.cos(np.radians(azimuth_deg(rest))), 0, 1)
    side = np.tanh(rest.pos[:, 0] / ASIDE_M)
    amounts = ((LUMBAR, relief.lumbar_side_mm), (THORACIC, relief.thoracic_side_mm))
    height = sum(mm * np.exp(-(((s - at) / spread) ** 2)) for (at, spread), mm in amounts)
    return MM * behind * side * height


def lumps(rest: RestSurface, relief: Relief) -> Floats:
    """Unevenness of soft tissue: a few waves in random directions."""
    rng = np.random.default_rng(relief.seed)
    height = np.zeros(len(rest.pos))
    for _ in range(LUMP_WAVES):
        direction = rng.normal(size=3)
        wave = 2 * math.pi / rng.uniform(*LUMP_LENGTHS_M) / np.linalg.norm(direction)
        height += np.sin(wave * (rest.pos @ direction) + rng.uniform(0, 2 * math.pi))
    return MM * relief.lumps_mm * height / math.sqrt(LUMP_WAVES / 2)


def bands(rest: RestSurface, wardrobe: Wardrobe) -> Floats:
    """Elastic bands press in; the tissue gives way above and below."""
    height = np.zeros(len(rest.pos))
    for name, press_mm, centre in _bands(rest, wardrobe):
        beyond = np.abs(rest.z - centre) - BAND_WIDTH_M[name] / 2
        bulge = BULGE * np.exp(-(((beyond - BULGE_AT_M) / BULGE_WIDTH_M) ** 2))
        height += MM * press_mm * (bulge * (beyond > 0) - _pressed(beyond))
    return height


def _bands(rest: RestSurface, wardrobe: Wardrobe) -> list[tuple[str, float, float]]:
    """Name, press (mm) and height of the middle (metres) of each band that is worn."""
    outfit = OUTFITS[wardrobe.outfit]
    waist = waist_edge(rest, outfit.bottom, wardrobe) - BAND_WIDTH_M["waist"] / 2
    bra = bra_edge(rest) + BAND_WIDTH_M["bra"] / 2
    worn = [("waist", wardrobe.waist_band_mm, waist), ("bra", wardrobe.bra_band_mm, bra)]
    return [band for band in worn if band[1] > 0]


def _pressed(beyond: Floats) -> Floats:
    """1 under a band to 0 beside it, by the distance beyond its edge."""
    return 1 - smoothstep(-BAND_EDGE_M, BAND_EDGE_M, beyond)


def held_down(rest: RestSurface, wardrobe: Wardrobe) -> Floats:
    """1 where an elastic band is what is seen: cloth that lies in its own groove."""
    outfit, held = OUTFITS[wardrobe.outfit], np.zeros(len(rest.pos))
    covered = smoothstep(-0.001, 0.006, top_field(rest, outfit.top))
    for name, _, centre in _bands(rest, wardrobe):
        beyond = np.abs(rest.z - centre) - BAND_WIDTH_M[name] / 2
        outermost = 1 - covered if name == "waist" else np.full(len(held), outfit.top == "bra")
        held = np.maximum(held, _pressed(beyond) * outermost)
    return held


def spanned(height: Floats, tris: Ints, tight: Floats) -> Floats:
    """Height (n,) of cloth stretched over a relief: it spans what is narrow, never sinks in.

    `tight` (n,) is 1 where cloth spans and 0 where the skin is seen.
    """
    average = neighbour_average(tris, len(height))
    cloth = height.copy()
    for _ in range(SPANNING_STEPS):
        step = average @ cloth - cloth
        cloth += tight * (0.8 * np.maximum(step, 0) + 0.2 * step)
    return np.maximum(cloth, height)
