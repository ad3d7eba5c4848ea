"""A mannequin of cubes: a closed mesh of a standing person whose every part is known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CUBE_M = 0.02
STATURE_M = 1.70
BACK_M = 0.10  # how far behind the middle the trunk's back lies
# Boxes (left, back, up), metres: the person stands with the arms at the sides.
PARTS = {
    "trunk": ((-0.16, 0.16), (-0.10, BACK_M), (0.80, 1.44)),
    "neck and head": ((-0.08, 0.08), (-0.10, 0.08), (1.44, STATURE_M)),
    "left leg": ((0.04, 0.14), (-0.06, 0.06), (0.00, 0.80)),
    "right leg": ((-0.14, -0.04), (-0.06, 0.06), (0.00, 0.80)),
    "left foot": ((0.04, 0.14), (-0.20, 0.06), (0.00, 0.06)),
    "right foot": ((-0.14, -0.04), (-0.20, 0.06), (0.00, 0.06)),
    "left shoulder": ((0.16, 0.22), (-0.06, 0.06), (1.32, 1.42)),
    "right shoulder": ((-0.22, -0.16), (-0.06, 0.06), (1.32, 1.42)),
    "left arm": ((0.22, 0.30), (-0.06, 0.06), (0.66, 1.42)),
    "right arm": ((-0.30, -0.22), (-0.06, 0.06), (0.66, 1.42)),
}
SIDES = (
    ((-1, 0, 0), ((0, 0, 0), (0, 0, 1), (0, 1, 1), (0, 1, 0))),
    ((1, 0, 0), ((1, 0, 0), (1, 1, 0), (1, 1, 1), (1, 0, 1))),
    ((0, -1, 0), ((0, 0, 0), (1, 0, 0), (1, 0, 1), (0, 0, 1))),
    ((0, 1, 0), ((0, 1, 0), (0, 1, 1), (1, 1, 1), (1, 1, 0))),
    ((0, 0, -1), ((0, 0, 0), (0, 1, 0), (1, 1, 0), (1, 0, 0))),
    ((0, 0, 1), ((0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1))),
)


def mannequin() -> tuple[Floats, Ints]:
    """Vertices in person space (metres, soles at 0) and triangles, anticlockwise from outside."""
    low = np.array([-0.40, -0.30, -0.10])
    shape = np.round((np.array([0.40, 0.30, 1.80]) - low) / CUBE_M).astype(int)
    filled = np.zeros(shape, bool)
    for box in PARTS.values():
        cells = [
            slice(*np.round((np.array(ends) - start) / CUBE_M).astype(int))
            for ends, start in zip(box, low, strict=True)
        ]
        filled[tuple(cells)] = True
    quads = []
    for step, corners in SIDES:
        outside = ~np.roll(filled, [-s for s in step], (0, 1, 2))
        faces = np.argwhere(filled & outside)
        quads.append(faces[:, None, :] + np.array(corners))
    corners_of_quads = np.concatenate(quads)
    points, index = np.unique(corners_of_quads.reshape(-1, 3), axis=0, return_inverse=True)
    index = index.reshape(-1, 4)
    tris = np.concatenate([index[:, [0, 1, 2]], index[:, [0, 2, 3]]])
    return low + points * CUBE_M, tris.astype(np.int64)
