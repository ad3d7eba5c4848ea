"""A round column with a hollow of known shape in its back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.meshes.body import OutsideBody
from benchmarks.meshes.truth import trunk_levels

Floats = NDArray[np.float64]

HOLLOW_MM, HOLLOW_LENGTH_MM, APEX_MM = 45.0, 420.0, 1060.0


def hollow_back() -> tuple[OutsideBody, Floats]:
    """A column with a hollow of known shape in its back, and its back line at `trunk_levels`."""

    def back(z: Floats) -> Floats:
        near = np.clip(np.abs(1000 * z - APEX_MM) / HOLLOW_LENGTH_MM, 0, 0.5)
        return np.asarray(0.12 - HOLLOW_MM / 2000 * (1 + np.cos(2 * np.pi * near)))

    rows, columns = np.linspace(0, 1.7, 681), np.linspace(0, 2 * np.pi, 48, endpoint=False)
    z, around = np.meshgrid(rows, columns, indexing="ij")
    depth = np.where(np.cos(around) > 0, back(z), 0.10)
    pos = np.stack([0.15 * np.sin(around), depth * np.cos(around), z], -1).reshape(-1, 3)
    cell = np.arange(len(rows) - 1)[:, None] * 48 + np.arange(48)
    right = np.arange(len(rows) - 1)[:, None] * 48 + (np.arange(48) + 1) % 48
    first = np.stack([cell, cell + 48, right], -1).reshape(-1, 3)
    tris = np.concatenate([first, np.stack([right, cell + 48, right + 48], -1).reshape(-1, 3)])
    body = OutsideBody("column", "columns", "m", pos, pos, tris, np.zeros(len(pos)), 1.7)
    return body, 1000 * back(trunk_levels(1.7))
