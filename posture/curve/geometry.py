"""Geometry of the back line: the bridge over the hollow, the surface lumbar curve angle.

The bridge is the bitangent of the back line over the hollow, a facet of its convex hull.

Pure functions on (up, back) coordinates in one unit of length; nothing here knows of pixels or
people's left and right.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from posture.curve.curve_settings import curve_settings

Line = NDArray[np.float64]
_DEFINITION = curve_settings().definition


@dataclass(frozen=True)
class LumbarCurve:
    """The lumbar hollow of one back line, in the coordinates of that line.

    Attributes:
        slca_deg: angle between the tangents at the two inflection points, 0 to 180.
        chord_angle_deg: 4 atan(2 depth / bridge length), equal to slca_deg on a circular arc.
        depth: largest distance from the bridge at a right angle to it (sagitta).
        bridge_length: distance between the two touch points (points of tangency).
        gluteal, thoracic: (up, back) where the bridge touches.
        lumbar: (up, back) of the deepest point, bridge_foot: the point of the bridge over it.
        lower_inflection, upper_inflection: (up, back) where the tangents are taken.
        lower_tangent, upper_tangent: unit (up, back) vectors along the line, pointing up.
    """

    slca_deg: float
    chord_angle_deg: float
    depth: float
    bridge_length: float
    gluteal: tuple[float, float]
    thoracic: tuple[float, float]
    lumbar: tuple[float, float]
    bridge_foot: tuple[float, float]
    lower_inflection: tuple[float, float]
    upper_inflection: tuple[float, float]
    lower_tangent: tuple[float, float]
    upper_tangent: tuple[float, float]

    @property
    def inflections_apart(self) -> float:
        """How much higher the upper inflection point lies than the lower one."""
        return self.upper_inflection[0] - self.lower_inflection[0]

    @property
    def bend_deg_per_cm(self) -> float:
        """Mean bend between the inflection points, where lengths are in mm: angle / distance."""
        apart_mm = max(self.inflections_apart, _DEFINITION.least_apart_mm)
        return 10 * self.slca_deg / apart_mm


def lumbar_curve(up: Line, back: Line, waist: tuple[float, float]) -> LumbarCurve | None:
    """The hollow of a smooth back line, or None when the line has none.

    Args:
        up: (n,) ascending, evenly spaced, mm-like.
        back: (n,) distance towards the back, mm-like.
        waist: the (lowest, highest) `up` at which the deepest point may lie.

    Definitions: docs/method.md, "What is measured".
    """
    facet = _bridge(up, back, waist)
    if facet is None:
        return None
    low, high = facet
    return curve_on_bridge(up, back, low, low + int(_gap(up, back, low, high).argmax()), high)


def curve_on_bridge(up: Line, back: Line, low: int, apex: int, high: int) -> LumbarCurve:
    """The curve of a smooth back line whose bridge and deepest point are known.

    Args:
        up: (n,) ascending, evenly spaced, mm-like.
        back: (n,) distance towards the back, mm-like.
        low, apex, high: rows of the lower touch point, the deepest point and the upper touch point.
    """
    step = up[1] - up[0]
    length = float(np.hypot(up[high] - up[low], back[high] - back[low]))
    along = np.array([up[high] - up[low], back[high] - back[low]]) / length
    depth = float(_gap(up, back, low, high)[apex - low])
    slope_deg = np.degrees(np.arctan(np.gradient(back, step)))
    lower = low + int(slope_deg[low : apex + 1].argmin())
    upper = apex + int(slope_deg[apex : high + 1].argmax())
    foot = np.array([up[apex], back[apex]]) + depth * np.array([-along[1], along[0]])

    def at(index: int) -> tuple[float, float]:
        return (float(up[index]), float(back[index]))

    def tangent(index: int) -> tuple[float, float]:
        angle = np.radians(slope_deg[index])
        return (float(np.cos(angle)), float(np.sin(angle)))

    return LumbarCurve(
        slca_deg=float(slope_deg[upper] - slope_deg[lower]),
        chord_angle_deg=chord_angle_deg(depth, length),
        depth=depth,
        bridge_length=length,
        gluteal=at(low),
        thoracic=at(high),
        lumbar=at(apex),
        bridge_foot=(float(foot[0]), float(foot[1])),
        lower_inflection=at(lower),
        upper_inflection=at(upper),
        lower_tangent=tangent(lower),
        upper_tangent=tangent(upper),
    )


def chord_angle_deg(depth: float, bridge_length: float) -> float:
    """4 atan(2 depth / bridge length): the angle of a circular arc of that depth, 0 to 360."""
    return float(np.degrees(4 * np.arctan(2 * depth / bridge_length)))


def _bridge(up: Line, back: Line, waist: tuple[float, float]) -> tuple[int, int] | None:
    """Row indices of the convex-hull facet that bridges the deepest hollow of the waist."""
    best: tuple[int, int] | None = None
    best_depth = 0.0
    hull = _posterior_hull(up, back)
    for low, high in pairwise(hull):
        if up[high] - up[low] < _DEFINITION.min_bridge_mm:
            continue
        gap = _gap(up, back, low, high)
        apex_up = up[low + int(gap.argmax())]
        if gap.max() > best_depth and waist[0] <= apex_up <= waist[1]:
            best_depth, best = float(gap.max()), (low, high)
    return best


def _posterior_hull(up: Line, back: Line) -> list[int]:
    """Indices of the convex hull's rear chain, bottom to top (Andrew's monotone chain)."""
    # Evenly spaced as they are, rows in front of their neighbours' middle cannot be on it.
    out = np.flatnonzero(back[1:-1] >= (back[:-2] + back[2:]) / 2) + 1
    # Plain floats: the elements of an array cost several times as much, one by one.
    x, y = up.tolist(), back.tolist()
    hull: list[int] = []
    for i in (0, *out.tolist(), len(x) - 1):
        while len(hull) > 1:
            a, b = hull[-2], hull[-1]
            if (x[b] - x[a]) * (y[i] - y[a]) - (y[b] - y[a]) * (x[i] - x[a]) < 0:
                break
            hull.pop()
        hull.append(i)
    return hull


def _gap(up: Line, back: Line, low: int, high: int) -> Line:
    """Distance (high - low + 1,) of the line from the chord low-high, at a right angle to it."""
    rise, run = back[high] - back[low], up[high] - up[low]
    chord = back[low] + rise / run * (up[low : high + 1] - up[low])
    return np.asarray((chord - back[low : high + 1]) * run / np.hypot(rise, run))
