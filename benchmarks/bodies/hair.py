"""Hair: the hairline on the skull, a bun, a ponytail and long loose hair."""

from __future__ import annotations

import math

import numpy as np
from scipy.ndimage import gaussian_filter1d

from benchmarks.bodies.backline import Part, farthest_at_levels, fill_gaps
from benchmarks.bodies.clothes import NOWHERE, RestSurface
from benchmarks.bodies.mesh import (
    Floats,
    Solid,
    grid_triangles,
    sphere,
    vertex_normals,
)
from benchmarks.bodies.posed import PosedBody
from benchmarks.bodies.spine import smoothstep

VOLUME_M = {
    "none": 0.0,
    "short": 0.008,
    "bun": 0.010,
    "ponytail": 0.010,
    "long": 0.016,
    "medium": 0.018,
}
# The hairline in the side plane of the head: back and up from the ear, metres at 1.7 m.
HAIRLINE_BACK = (-0.12, -0.095, -0.06, -0.035, -0.022, 0.012, 0.03, 0.06, 0.10)
HAIRLINE_UP = (0.095, 0.075, 0.052, 0.02, -0.018, -0.02, -0.045, -0.062, -0.065)
STEP_M = 0.006
LONG_HAIR_SLOPE = 0.22  # inward run per fall of hair that hangs free
LONG_HAIR_M = 0.016  # thickness over the back
PONYTAIL_RADIUS_M = 0.030


def hairline_field(rest: RestSurface, style: str) -> Floats:
    """Signed field of the hair on the skull, metres from the hairline."""
    if style == "none":
        return rest.nowhere()
    scale, back, up = _head_frame(rest)
    field = np.where(rest.head > 0.3, hairline(back, up, rest.from_middle / scale), NOWHERE)
    return field * scale


def hairline(back: Floats, up: Floats, aside: Floats) -> Floats:
    """Signed field of the hair on a head from the hairline, metres at 1.7 m.

    `back` and `up` are from the ears, `aside` from the mid plane.
    """
    field = up - np.interp(back, HAIRLINE_BACK, HAIRLINE_UP)
    around_ear = (np.hypot(back / 0.030, (up - 0.004) / 0.042) - 1) * 0.03
    return np.where(aside > 0.055, np.minimum(field, around_ear), field)


def brow_field(rest: RestSurface) -> Floats:
    """Signed field of the eyebrows."""
    model, vertices = rest.body.model, rest.body.rest_vertices
    scale, _, up = _head_frame(rest)
    left, right = (model.face_point(f"{side}_eye", vertices) for side in ("left", "right"))
    ear = model.ear(vertices)
    eye_up = (0.5 * (left + right) - ear)[2] / scale
    outwards = (rest.from_middle - abs(left[0])) / scale
    arch = 0.021 + 0.12 * outwards - 8 * outwards**2
    field = 0.0035 - np.abs(up - eye_up - arch) - np.maximum(0, np.abs(outwards) - 0.020)
    return np.where((rest.head > 0.5) & (rest.y < ear[1] - 0.05), field, NOWHERE)


def _head_frame(rest: RestSurface) -> tuple[float, Floats, Floats]:
    """Head scale, and distances back and up from the ear in heads of a 1.7 m person."""
    ear = rest.body.model.ear(rest.body.rest_vertices)
    scale = rest.stature / 1.7
    return scale, (rest.y - ear[1]) / scale, (rest.z - ear[2]) / scale


def lift(field: Floats, style: str) -> tuple[Floats, Floats]:
    """How far hair lifts the skull's surface: along the normal, and backwards-up (metres)."""
    volume = VOLUME_M[style]
    return smoothstep(-0.002, 0.035, field) * volume, smoothstep(0.01, 0.07, field) * volume / 2


def _on_head(body: PosedBody, back: float, up: float) -> Floats:
    """A point given from the ear in the rest head, carried to the posed head."""
    scale = body.rest_stature / 1.7
    ear = body.model.ear(body.rest_vertices)
    point = np.array([0, ear[1] + back * scale, ear[2] + up * scale])
    turn = body.rotations[body.model.bone_index["head"]]
    return np.asarray(body.head("head") + turn @ (point - body.rest_head("head")))


def bun(body: PosedBody) -> Solid:
    """A bun at the back of the head."""
    return sphere(_on_head(body, 0.105, 0.055), 0.042 * body.rest_stature / 1.7)


def ponytail(body: PosedBody, back: Floats, levels: Floats, length_m: float) -> Solid:
    """A tail tied at the back of the head that falls and lies on the back.

    `back` is how far behind the body reaches at `levels` (descending).
    """
    tie = _on_head(body, 0.098, 0.045)
    share = np.linspace(0, 1, 64)
    thickness = np.interp(share, [0, 0.06, 0.25, 0.7, 1], [0.35, 0.45, 1.0, 0.85, 0.08])
    radius = PONYTAIL_RADIUS_M * body.rest_stature / 1.7 * thickness
    y = tie[1] + 0.05 * np.minimum(share / 0.18, 1) ** 0.6
    arch = 0.02 * np.sin(np.pi * np.minimum(share / 0.2, 1))
    z = tie[2] + arch - length_m * np.maximum(share - 0.08, 0) / 0.92
    skin = np.interp(-z, -levels, back)
    y = np.maximum(gaussian_filter1d(_fall(y, skin + 0.6 * radius, z), 2.0), skin)
    return _tube(np.stack([np.full_like(y, tie[0]), y, z], 1), radius, radius)


def long_hair(body: PosedBody, back: Floats, levels: Floats, length_m: float) -> Solid:
    """Loose hair that falls from the skull over neck and back.

    `back` is how far behind the body reaches at `levels` (descending).
    """
    scale = body.rest_stature / 1.7
    start = _on_head(body, 0.05, 0.05)
    z = np.arange(start[2], start[2] - length_m, -STEP_M)
    share = np.linspace(0, 1, len(z))
    skin = np.interp(-z, -levels, back)
    thick = LONG_HAIR_M * scale * np.interp(share, [0, 0.15, 0.85, 1], [0.3, 1, 0.9, 0.1])
    hung = skin + thick
    for i in range(1, len(z)):
        hung[i] = max(hung[i], hung[i - 1] - LONG_HAIR_SLOPE * STEP_M)
    hung = gaussian_filter1d(hung, 2.0) - 0.03 * smoothstep(0.9, 1.0, share)
    width = scale * np.interp(share, [0, 0.2, 0.5, 0.9, 1], [0.070, 0.082, 0.092, 0.075, 0.035])
    depth = scale * np.interp(share, [0, 0.2, 0.5, 1], [0.070, 0.066, 0.040, 0.022])
    centre = np.stack([np.full_like(z, start[0]), hung - depth, z], 1)
    return _tube(centre, width, depth)


def reach_behind(parts: list[Part], top: float, bottom: float) -> tuple[Floats, Floats]:
    """Levels (descending) and how far behind any of the parts reach near the mid plane."""
    levels = np.arange(bottom, top, STEP_M)
    reach = [
        farthest_at_levels(levels, pos[:, 2], pos[:, 1], edges, 0.06 - np.abs(pos[:, 0]))
        for pos, edges in parts
    ]
    return levels[::-1], fill_gaps(levels, np.fmax.reduce(reach))[::-1]


def _fall(y: Floats, at_least: Floats, z: Floats) -> Floats:
    """Keep y behind the body on the way down; what falls free goes straight."""
    out = np.maximum(y, at_least)
    falling = np.concatenate([[False], np.diff(z) < 0])
    for i in np.nonzero(falling)[0]:
        drop = z[i - 1] - z[i]
        out[i] = max(at_least[i], out[i - 1] - LONG_HAIR_SLOPE * drop, y[i] * (i < 12))
    return out


def _tube(centre: Floats, half_width: Floats, half_depth: Floats, n: int = 32) -> Solid:
    """A closed tube of elliptic sections at right angles to its centre line."""
    along = np.gradient(centre, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    behind = np.stack([np.zeros(len(along)), -along[:, 2], along[:, 1]], 1)
    around = np.arange(n) * 2 * math.pi / n
    sideways = np.array([1.0, 0, 0])
    pos = (
        centre[:, None]
        + half_width[:, None, None] * np.cos(around)[None, :, None] * sideways
        + half_depth[:, None, None] * np.sin(around)[None, :, None] * behind[:, None]
    ).reshape(-1, 3)
    tris = grid_triangles(len(centre), n, closed=True)[:, ::-1]
    return Solid(pos, vertex_normals(pos, tris), tris)
