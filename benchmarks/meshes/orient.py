"""Which way a mesh of a standing person is up, which way it faces, how long its unit is."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy.spatial import cKDTree

from benchmarks.bodies.mesh import Floats

AXES = {
    sign + name: factor * np.eye(3)[i]
    for i, name in enumerate("xyz")
    for sign, factor in (("+", 1.0), ("-", -1.0))
}
METRES_PER = {"m": 1.0, "cm": 0.01, "mm": 0.001}
ADULT_M = (1.2, 2.3)  # statures that tell the unit: no two units can both mean one of these
SAMPLES = 4000
MIDDLE = (2, 98)  # percentiles with the mid plane half way between them
ENDS = (0.03, 0.14)  # of stature from one end: feet and shanks, or head and neck
SLICES = 8  # that the ends are cut into
SHANKS, FEET = (0.10, 0.20), (0.0, 0.03)


class UnclearMesh(ValueError):
    """A mesh whose unit or direction cannot be told; the message names the setting that helps."""


def rotation(vertices: Floats, up: str | None, front: str | None) -> Floats:
    """Rotation (3, 3) from the file's axes to person space (left, back, up).

    Axes that are not given are found: a person is symmetric from left to right, longest from
    crown to sole, has two legs below, and toes in front.
    """
    known = [axis for axis in (up, front) if axis]
    side = _side_axis(vertices, [int(np.abs(AXES[axis]).argmax()) for axis in known])
    upwards = AXES[up] if up else _upwards(vertices, side, AXES[front] if front else None)
    forwards = AXES[front] if front else _forwards(vertices, upwards, side)
    if abs(float(upwards @ forwards)) > 0:
        raise UnclearMesh("up and front must be different axes")
    return np.asarray(np.stack([np.cross(upwards, forwards), -forwards, upwards]))


def metres_per_unit(height: float, unit: str | None, stature_mm: float | None) -> float:
    """Length of the file's unit by which the person is `height` tall."""
    if stature_mm is not None:
        return stature_mm / 1000 / height
    if unit is not None:
        return METRES_PER[unit]
    fitting = [m for m in METRES_PER.values() if ADULT_M[0] <= height * m <= ADULT_M[1]]
    if len(fitting) != 1:
        raise UnclearMesh(f"{height:g} units tall: give its stature_mm or its unit")
    return fitting[0]


def _upwards(vertices: Floats, side: int, front: Floats | None) -> Floats:
    """The signed axis from soles to crown."""
    others = [axis for axis in range(3) if axis != side and (front is None or front[axis] == 0)]
    long = max(others, key=lambda axis: float(np.ptp(vertices[:, axis])))
    along = vertices[:, long]
    share = (along - along.min()) / np.ptp(along)
    apart_low, apart_high = (_apart(vertices[:, side], end) for end in (share, 1 - share))
    sign = 1.0 if apart_low > apart_high else -1.0
    return np.asarray(sign * np.eye(3)[long])


def _apart(across: Floats, share: Floats) -> float:
    """The widest gap from left to right near the end that `share` is counted from: two legs."""
    edges = np.linspace(*ENDS, SLICES + 1)
    gaps = []
    for low, high in pairwise(edges):
        slice_ = np.sort(across[(share >= low) & (share < high)])
        gaps.append(float(np.diff(slice_).max(initial=0.0)))
    return float(np.median(gaps))


def _side_axis(vertices: Floats, taken: list[int]) -> int:
    """The axis from left to right: the mesh is most like its mirror image across it."""
    step = max(1, len(vertices) // SAMPLES)
    points, tree = vertices[::step], cKDTree(vertices)

    def asymmetry(axis: int) -> float:
        mirrored = points.copy()
        mirrored[:, axis] = sum(np.percentile(points[:, axis], MIDDLE)) - points[:, axis]
        return float(np.mean(tree.query(mirrored)[0]))

    return min((axis for axis in range(3) if axis not in taken), key=asymmetry)


def _forwards(vertices: Floats, up: Floats, side: int) -> Floats:
    """The signed axis that the feet point along, seen from the shanks."""
    height = vertices @ up
    share = (height - height.min()) / np.ptp(height)
    axis = next(k for k in range(3) if k != side and up[k] == 0)

    def centre(part: tuple[float, float]) -> float:
        inside = vertices[(share >= part[0]) & (share <= part[1]), axis]
        return float(inside.min() + inside.max()) / 2

    return np.asarray(np.sign(centre(FEET) - centre(SHANKS)) * np.eye(3)[axis])
