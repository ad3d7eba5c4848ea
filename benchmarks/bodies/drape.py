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

N_DIRECTIONS = 144
STEP_M = 0.006
TIGHT_SLOPE = 0.75  # inward run per fall of a top that follows every hollow
EASE_M = 0.012  # how far a fully loose top stands off the body
FOLD_SHARE = 0.16  # fold amplitude as a share of the gap under the cloth
TUCK_M = 0.006  # the upper edge lies this far inside the tight part of the top


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
    cloth = _hang(body + EASE_M * looseness, TIGHT_SLOPE * (1 - looseness))
    cloth = gaussian_filter(cloth, (1.5, 1.5), mode=("nearest", "wrap"))
    cloth = np.maximum(cloth, body + 0.003)
    gap = gaussian_filter(cloth - body, (3, 3), mode=("nearest", "wrap"))
    cloth += gap * _folds(angles, levels, seed)
    tucked = smoothstep(0, 0.05, heights.top - levels)[:, None]
    cloth = tucked * cloth + (1 - tucked) * (body - TUCK_M)
    return _surface(cloth, directions, levels)


def _crossing(pos: Floats, edges: Ints, z: float) -> Floats:
    """Points (x, y) where the mesh edges cross a level."""
    a, b = pos[edges[:, 0]], pos[edges[:, 1]]
    cross = (np.minimum(a[:, 2], b[:, 2]) <= z) & (np.maximum(a[:, 2], b[:, 2]) > z)
    a, b = a[cross], b[cross]
    t = (z - a[:, 2]) / (b[:, 2] - a[:, 2])
    return (a + t[:, None] * (b - a))[:, :2]


def _support(points: Floats, directions: Floats) -> Floats:
    return (points @ directions).max(0)


def _hang(body: Floats, slope: float) -> Floats:
    """Let each level come inwards from the one above by at most slope x fall."""
    cloth = body.copy()
    for i in range(1, len(cloth)):
        cloth[i] = np.maximum(body[i], cloth[i - 1] - slope * STEP_M)
    return cloth


def _folds(angles: Floats, levels: Floats, seed: int) -> Floats:
    """Vertical folds that drift a little sideways on their way down, -1..1 x amplitude."""
    rng = np.random.default_rng(seed)
    fall = levels[0] - levels[:, None]
    folds = np.zeros((len(levels), len(angles)))
    for waves in (7, 11, 17):
        drift = rng.uniform(-2.5, 2.5)
        folds += np.sin(waves * angles + drift * fall + rng.uniform(0, 2 * math.pi)) / waves**0.5
    return FOLD_SHARE * folds


def _surface(support: Floats, directions: Floats, levels: Floats) -> Solid:
    """The curve whose support function is h: p = h n + h' t, level by level."""
    step = 2 * math.pi / N_DIRECTIONS
    slope = (np.roll(support, -1, 1) - np.roll(support, 1, 1)) / (2 * step)
    nx, ny = directions
    xy = np.stack([support * nx - slope * ny, support * ny + slope * nx], -1)
    z = np.broadcast_to(levels[:, None, None], (*support.shape, 1))
    pos = np.concatenate([xy, z], -1).reshape(-1, 3)
    tris = grid_triangles(len(levels), N_DIRECTIONS, closed=True)[:, ::-1]
    return Solid(pos, vertex_normals(pos, tris), tris)
