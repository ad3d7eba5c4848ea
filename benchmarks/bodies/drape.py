"""A loose top as a surface of its own that falls from the chest and shoulder blades.

At each level the cloth is the convex hull of the body's cross-section, held as its
support function h(direction). Going down from the armpits the cloth may come inwards
by no more than its slope allows, so it hangs over the hollow and rests again on what
sticks out below. Cloth that hangs free makes folds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter, gaussian_filter1d

from benchmarks.bodies.mesh import Floats, Ints, Solid, grid_triangles, vertex_normals
from benchmarks.bodies.spine import smoothstep

N_DIRECTIONS = 180
N_COLUMNS = 260
STEP_M = 0.006
TIGHT_SLOPE = 0.75  # inward run per fall of a top that follows every hollow
EASE_M = 0.012  # how far a fully loose top stands off the body
FOLD_SHARE = 0.14  # fold amplitude as a share of the gap under the cloth
FOLD_MAX_M = 0.008
FREE_AFTER_M = 0.12  # fall after which the cloth has its full ease
TUCK_M = 0.006  # the upper edge lies this far inside the tight part of the top
TUCKED_UNTIL_M = 0.08


@dataclass(frozen=True)
class DrapeRange:
    """Heights between which the cloth hangs, metres."""

    top: float
    hem: float


def hanging_cloth(
    pos: Floats, edges: Ints, heights: DrapeRange, looseness: float, seed: int
) -> Solid:
    """Hang cloth on the trunk given by its vertices and mesh edges.

    `looseness` > 0..1: at 1 the cloth falls straight down.
    """
    levels = np.arange(heights.top, heights.hem, -STEP_M)
    angles = np.arange(N_DIRECTIONS) * 2 * math.pi / N_DIRECTIONS
    directions = np.stack([np.cos(angles), np.sin(angles)])
    body = np.array([_support(_crossing(pos, edges, z), directions) for z in levels])
    body = gaussian_filter1d(body, 1.0, axis=0)
    free = smoothstep(0, FREE_AFTER_M, heights.top - levels)[:, None]
    cloth = _hang(body + EASE_M * looseness * free, TIGHT_SLOPE * (1 - looseness))
    cloth = gaussian_filter(cloth, (1.5, 1.5), mode=("nearest", "wrap"))
    cloth = np.maximum(cloth, body + 0.003)
    gap = gaussian_filter(cloth - body, (3, 3), mode=("nearest", "wrap"))
    tucked = smoothstep(0, TUCKED_UNTIL_M, heights.top - levels)[:, None]
    cloth = tucked * cloth + (1 - tucked) * (body - TUCK_M)
    xy, gap = _even_outlines(_curves(cloth, angles), tucked * gap)
    xy += _folds(gap, heights.top - levels, seed) * _outward(xy)
    z = np.broadcast_to(levels[:, None, None], (*gap.shape, 1))
    vertices = np.concatenate([xy, z], -1).reshape(-1, 3)
    tris = grid_triangles(len(levels), N_COLUMNS, closed=True)[:, ::-1]
    return Solid(vertices, vertex_normals(vertices, tris), tris)


def _crossing(pos: Floats, edges: Ints, z: float) -> Floats:
    """Points (x, y) where the mesh edges cross a level."""
    a, b = pos[edges[:, 0]], pos[edges[:, 1]]
    cross = (np.minimum(a[:, 2], b[:, 2]) <= z) & (np.maximum(a[:, 2], b[:, 2]) > z)
    a, b = a[cross], b[cross]
    t = (z - a[:, 2]) / (b[:, 2] - a[:, 2])
    return (a + t[:, None] * (b - a))[:, :2]


def _support(points: Floats, directions: Floats) -> Floats:
    return np.asarray((points @ directions).max(0))


def _hang(body: Floats, slope: float) -> Floats:
    """Let each level come inwards from the one above by at most slope x fall."""
    cloth = body.copy()
    for i in range(1, len(cloth)):
        cloth[i] = np.maximum(body[i], cloth[i - 1] - slope * STEP_M)
    return cloth


def _curves(support: Floats, angles: Floats) -> Floats:
    """Outlines of the shapes {p: p.n <= h(n) for every direction n}, one a level.

    Shrinking a shape by its support function may leave directions that no longer
    touch it; the intersection of half-planes stays a proper convex outline.
    """
    quarter = N_DIRECTIONS // 4
    right, back, left, front = (support[:, k * quarter] for k in range(4))
    centre = np.stack([right - left, back - front], -1) / 2
    directions = np.stack([np.cos(angles), np.sin(angles)])
    reach = support - centre @ directions
    cosine = np.cos(angles[:, None] - angles)
    facing = cosine > 0.05
    slack = np.where(facing, reach[:, :, None] / np.where(facing, cosine, 1), np.inf)
    radius = slack.min(1)
    return np.asarray(centre[:, None] + radius[..., None] * directions.T)


def _even_outlines(curves: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Resample closed curves, and values on them, at even steps along their length."""
    xy = np.empty((len(curves), N_COLUMNS, 2))
    even = np.empty((len(curves), N_COLUMNS))
    share = np.arange(N_COLUMNS) / N_COLUMNS
    for i, curve in enumerate(curves):
        closed = np.concatenate([curve, curve[:1]])
        length = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
        at = share * length[-1]
        xy[i] = np.stack([np.interp(at, length, closed[:, k]) for k in range(2)], -1)
        even[i] = np.interp(at, length, np.append(values[i], values[i, 0]))
    return xy, even


def _outward(xy: Floats) -> Floats:
    """Unit normals of closed curves that run anticlockwise, smoothed over the corners."""
    along = np.roll(xy, -1, 1) - np.roll(xy, 1, 1)
    normal = np.stack([along[..., 1], -along[..., 0]], -1)
    normal = gaussian_filter1d(normal, 2.0, axis=1, mode="wrap")
    length = np.linalg.norm(normal, axis=-1, keepdims=True)
    return np.asarray(normal / np.maximum(length, 1e-9))


def _folds(gap: Floats, fall: Floats, seed: int) -> Floats:
    """Vertical folds, metres, where cloth hangs free; they drift sideways on the way down."""
    rng = np.random.default_rng(seed)
    around = np.arange(N_COLUMNS) * 2 * math.pi / N_COLUMNS
    waves = np.zeros_like(gap)
    for count in (7, 11, 17):
        drift = rng.uniform(-2.5, 2.5) * fall[:, None]
        waves += np.sin(count * around + drift + rng.uniform(0, 2 * math.pi)) / 2
    return (np.minimum(FOLD_SHARE * gap, FOLD_MAX_M) * waves)[..., None]
