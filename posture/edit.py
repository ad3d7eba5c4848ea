"""Measure again after a person moved the three named points by hand.

The back line follows the moved points, so that angle, depth and drawing stay one thing.  What the
first measurement knew about the photo is kept: its scale, its corrections and its error bars.
Points that were not moved give the numbers they came with.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from posture.curve.geometry import LumbarCurve, chord_angle_deg, curve_on_bridge
from posture.errors import InvalidInput
from posture.result import CurveNumbers, CurvePoints, Measured, PointPx, Result
from posture.verdict.judge import judged
from posture.verdict.norms import Norms, load_norms

Points = NDArray[np.float64]

# Beyond the bridge a shift of its ends fades out over half the bridge's length.
_FADE = 0.5
# The points must keep their order along the back, this far apart as a share of the bridge.
MIN_SPACING = 0.05
# The bent line is read at so many steps along the bridge, about 2 mm each.
_BRIDGE_STEPS = 200


@dataclass(frozen=True)
class HandPoints:
    """The three points that a person may move, in pixels of the upright photo."""

    thoracic: PointPx
    lumbar: PointPx
    gluteal: PointPx


def hand_points(result: Result) -> HandPoints:
    """The points of a measured result, before anybody moved them.

    Raises:
        InvalidInput: when nothing was measured.
    """
    points = result.numbers().points_px
    return HandPoints(points.thoracic, points.lumbar, points.gluteal)


def remeasured(result: Result, moved: HandPoints, norms: Norms | None = None) -> Result:
    """`result` as it is with the three points where a person put them.

    Args:
        result: a measured result, as the program gave it (not one that was edited before).
        moved: the points in pixels of the same photo.
        norms: the reference values `result` was judged by; the built-in ones when None.

    Raises:
        InvalidInput: when nothing was measured, or the points are not in order along the back.
    """
    norms = norms or load_norms()
    _require_order(moved)
    numbers = result.numbers()
    before, after = _hollow(result, hand_points(result)), _hollow(result, moved)
    growth = after.curve.bridge_length / before.curve.bridge_length
    slca_deg, ratio = _angle(numbers, before, after), _ratio(numbers, before, after)
    bridge_mm = _grown(result.bridge_length_mm, growth)
    depth_mm = _depth_mm(result, ratio, bridge_mm)
    verdict = judged(slca_deg, depth_mm, ratio, result.subject, norms)
    return replace(
        result,
        slca_deg=slca_deg,
        chord_angle_deg=Measured(chord_angle_deg(ratio.value, 1.0), slca_deg.ci95),
        hollow_depth_mm=depth_mm,
        hollow_depth_ratio=ratio,
        hollow_depth_stature=_depth_stature(result, numbers, ratio, growth),
        hollow_hands=verdict.hollow_hands,
        bridge_length_mm=bridge_mm,
        repeatability=verdict.repeatability,
        bands=verdict.bands,
        wall_test=verdict.wall_test,
        points_px=after.points,
        contour_px=tuple((float(x), float(y)) for x, y in after.line),
        provenance=replace(result.provenance, edited_by_hand=moved != hand_points(result)),
    )


def _require_order(moved: HandPoints) -> None:
    gluteal = np.array(moved.gluteal)
    bridge = np.array(moved.thoracic) - gluteal
    share = (np.array(moved.lumbar) - gluteal) @ bridge / max(float(bridge @ bridge), 1e-9)
    if not MIN_SPACING <= share <= 1 - MIN_SPACING:
        raise InvalidInput(
            "The three points are not in order along the back.",
            "Put the waist point between the upper back and the buttocks.",
        )


@dataclass(frozen=True)
class _Hollow:
    """The hollow as the photo shows it, uncorrected.

    Attributes:
        line: (n, 2) the back line, pixels of the photo.
        points: its named points.
        curve: in pixels along the bridge from its gluteal end, and behind it.
    """

    line: Points
    points: CurvePoints
    curve: LumbarCurve


def _hollow(result: Result, moved: HandPoints) -> _Hollow:
    line = _bent(result, moved)
    gluteal = np.array(moved.gluteal)
    bridge = np.array(moved.thoracic) - gluteal
    bridge_px = float(np.hypot(*bridge))
    up = bridge / bridge_px
    back = _backward(result, up)
    step_px = bridge_px / _BRIDGE_STEPS
    along, behind = (line - gluteal) @ up, (line - gluteal) @ back
    order = np.argsort(along)
    first, last = np.ceil(along.min() / step_px), np.floor(along.max() / step_px)
    rows = np.arange(min(first, 0), max(last, _BRIDGE_STEPS) + 1)
    low = int(-rows[0])
    apex = low + round(float((np.array(moved.lumbar) - gluteal) @ up) / step_px)
    profile = np.interp(rows * step_px, along[order], behind[order])
    curve = curve_on_bridge(rows * step_px, profile, low, apex, low + _BRIDGE_STEPS)
    # The hand's own point, not the row nearest to it.
    curve = replace(curve, depth=float((gluteal - moved.lumbar) @ back))

    def point(along_behind: tuple[float, float]) -> PointPx:
        x, y = gluteal + along_behind[0] * up + along_behind[1] * back
        return (float(x), float(y))

    def direction(along_behind: tuple[float, float]) -> PointPx:
        x, y = along_behind[0] * up + along_behind[1] * back
        return (float(x), float(y))

    return _Hollow(
        line=line,
        points=CurvePoints(
            thoracic=moved.thoracic,
            lumbar=moved.lumbar,
            gluteal=moved.gluteal,
            bridge_foot=point(curve.bridge_foot),
            upper_inflection=point(curve.upper_inflection),
            lower_inflection=point(curve.lower_inflection),
            upper_tangent=direction(curve.upper_tangent),
            lower_tangent=direction(curve.lower_tangent),
        ),
        curve=curve,
    )


def _angle(numbers: CurveNumbers, before: _Hollow, after: _Hollow) -> Measured:
    """The first angle, changed by as much as the bent line's own angle changed."""
    change_deg = after.curve.slca_deg - before.curve.slca_deg
    return Measured(max(numbers.slca_deg.value + change_deg, 0.0), numbers.slca_deg.ci95)


def _ratio(numbers: CurveNumbers, before: _Hollow, after: _Hollow) -> Measured:
    """Depth / bridge length; the first measurement's correction is kept as a length."""
    first = numbers.hollow_depth_ratio
    correction_px = first.value * before.curve.bridge_length - before.curve.depth
    depth_px = max(after.curve.depth + correction_px, 0.0)
    size = before.curve.bridge_length / after.curve.bridge_length
    return Measured(depth_px / after.curve.bridge_length, first.ci95 * size)


def _depth_mm(result: Result, ratio: Measured, bridge_mm: Measured | None) -> Measured | None:
    if result.hollow_depth_mm is None or bridge_mm is None:
        return None
    return Measured(ratio.value * bridge_mm.value, result.hollow_depth_mm.ci95)


def _depth_stature(
    result: Result, numbers: CurveNumbers, ratio: Measured, growth: float
) -> Measured | None:
    """Depth / stature; unknown where the first depth was nothing to scale from."""
    first, first_ratio = result.hollow_depth_stature, numbers.hollow_depth_ratio
    if first is None or first_ratio.value <= 0:
        return None
    return Measured(first.value * growth * ratio.value / first_ratio.value, first.ci95)


def _bent(result: Result, moved: HandPoints) -> Points:
    """The contour with each point's shift eased along it, so that no kink appears."""
    start = hand_points(result)
    line = np.array(result.contour_px)
    gluteal, thoracic = np.array(start.gluteal), np.array(start.thoracic)
    bridge = thoracic - gluteal
    share = (line - gluteal) @ bridge / float(bridge @ bridge)
    apex = float((np.array(start.lumbar) - gluteal) @ bridge / float(bridge @ bridge))
    shifts = np.array(
        [
            (0.0, 0.0),
            np.subtract(moved.gluteal, start.gluteal),
            np.subtract(moved.lumbar, start.lumbar),
            np.subtract(moved.thoracic, start.thoracic),
            (0.0, 0.0),
        ]
    )
    knots = np.array([-_FADE, 0.0, apex, 1.0, 1.0 + _FADE])
    return np.asarray(line + _eased(share, knots, shifts), np.float64)


def _eased(at: Points, knots: Points, values: Points) -> Points:
    """Values (n, 2) at `at`: level at every knot, half a cosine wave between two of them."""
    index = np.clip(np.searchsorted(knots, at, side="right") - 1, 0, len(knots) - 2)
    share = np.clip((at - knots[index]) / (knots[index + 1] - knots[index]), 0, 1)
    weight = ((1 - np.cos(np.pi * share)) / 2)[:, None]
    return np.asarray(values[index] * (1 - weight) + values[index + 1] * weight, np.float64)


def _backward(result: Result, up: Points) -> Points:
    """Unit vector at a right angle to `up`, towards the person's back."""
    side = 1.0 if result.numbers().facing == "left" else -1.0
    return side * np.array([-up[1], up[0]])


def _grown(measured: Measured | None, factor: float) -> Measured | None:
    return None if measured is None else Measured(measured.value * factor, measured.ci95)
