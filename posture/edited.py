"""Measure again after a person moved the three named points by hand.

The back line follows the moved points, so that angle, depth and drawing stay one thing.  What the
first measurement knew about the photo is kept: its scale, its corrections and its error bars.
Points that were not moved give the numbers they came with.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from posture.curve import chord_angle_deg
from posture.errors import InvalidInput
from posture.norms import Norms, load_norms
from posture.result import CurvePoints, Measured, PointPx, Repeatability, Result
from posture.walltest import bands_for, hollow_in_hands, wall_test_sentence

Points = NDArray[np.float64]

# Beyond the bridge a shift of its ends fades out over half the bridge's length.
_FADE = 0.5
# The points must keep their order along the back, this far apart as a share of the bridge.
MIN_SPACING = 0.05


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
    points = _measured_points(result)
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
    before, after = _hollow(result, hand_points(result)), _hollow(result, moved)
    slca_deg, ratio = _angle(result, before, after), _ratio(result, before, after)
    bridge_mm = _grown(result.bridge_length_mm, after.bridge_px / before.bridge_px)
    depth_mm = _depth_mm(result, ratio, bridge_mm)
    hands = hollow_in_hands(depth_mm, ratio, result.subject, norms)
    share = norms.repeatability_fraction
    return replace(
        result,
        slca_deg=slca_deg,
        chord_angle_deg=Measured(chord_angle_deg(ratio.value, 1.0), slca_deg.ci95),
        hollow_depth_mm=depth_mm,
        hollow_depth_ratio=ratio,
        hollow_depth_stature=_depth_stature(result, ratio, after.bridge_px / before.bridge_px),
        hollow_hands=hands,
        bridge_length_mm=bridge_mm,
        repeatability=Repeatability(
            slca_deg=share * slca_deg.value,
            hollow_depth_mm=None if depth_mm is None else share * depth_mm.value,
        ),
        bands=bands_for(slca_deg, depth_mm, ratio, result.subject, norms),
        wall_test=wall_test_sentence(hands, norms),
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
    """The hollow as the photo shows it, uncorrected."""

    line: Points
    points: CurvePoints
    bridge_px: float
    depth_px: float
    angle_deg: float


def _hollow(result: Result, moved: HandPoints) -> _Hollow:
    """The back line bent through `moved`, and its hollow."""
    line = _bent(result, moved)
    gluteal, thoracic = np.array(moved.gluteal), np.array(moved.thoracic)
    lumbar = np.array(moved.lumbar)
    bridge_px = float(np.hypot(*(thoracic - gluteal)))
    up = (thoracic - gluteal) / bridge_px
    back = _backward(result, up)
    apex = float((lumbar - gluteal) @ up)
    along, behind = (line - gluteal) @ up, (line - gluteal) @ back
    lower = _steepest(along, behind, 0.0, apex, sign=-1)
    upper = _steepest(along, behind, apex, bridge_px, sign=1)
    depth_px = float(-(lumbar - gluteal) @ back)

    def place(at: float) -> PointPx:
        x, y = gluteal + at * up + float(np.interp(at, *_ascending(along, behind))) * back
        return (float(x), float(y))

    def direct(slope: float) -> PointPx:
        x, y = (up + slope * back) / np.hypot(1.0, slope)
        return (float(x), float(y))

    foot = gluteal + apex * up
    return _Hollow(
        line=line,
        points=CurvePoints(
            thoracic=moved.thoracic,
            lumbar=moved.lumbar,
            gluteal=moved.gluteal,
            bridge_foot=(float(foot[0]), float(foot[1])),
            upper_inflection=place(upper[0]),
            lower_inflection=place(lower[0]),
            upper_tangent=direct(upper[1]),
            lower_tangent=direct(lower[1]),
        ),
        bridge_px=bridge_px,
        depth_px=depth_px,
        angle_deg=float(np.degrees(np.arctan(upper[1]) - np.arctan(lower[1]))),
    )


def _angle(result: Result, before: _Hollow, after: _Hollow) -> Measured:
    """The first angle, changed by as much as the bent line's own angle changed."""
    first = result.slca_deg
    assert first is not None
    return Measured(max(first.value + after.angle_deg - before.angle_deg, 0.0), first.ci95)


def _ratio(result: Result, before: _Hollow, after: _Hollow) -> Measured:
    """Depth / bridge length; the first measurement's correction is kept as a length."""
    first = result.hollow_depth_ratio
    assert first is not None
    correction_px = first.value * before.bridge_px - before.depth_px
    depth_px = max(after.depth_px + correction_px, 0.0)
    size = before.bridge_px / after.bridge_px
    return Measured(depth_px / after.bridge_px, first.ci95 * size)


def _depth_mm(result: Result, ratio: Measured, bridge_mm: Measured | None) -> Measured | None:
    if result.hollow_depth_mm is None or bridge_mm is None:
        return None
    return Measured(ratio.value * bridge_mm.value, result.hollow_depth_mm.ci95)


def _depth_stature(result: Result, ratio: Measured, growth: float) -> Measured | None:
    """Depth / stature; unknown where the first depth was nothing to scale from."""
    first, first_ratio = result.hollow_depth_stature, result.hollow_depth_ratio
    if first is None or first_ratio is None or first_ratio.value <= 0:
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


def _steepest(
    along: Points, behind: Points, low: float, high: float, sign: int
) -> tuple[float, float]:
    """(place, slope) of the line's steepest spot between two places along the bridge."""
    at, value = _ascending(along, behind)
    grid = np.linspace(low, high, 200)
    slope = np.gradient(np.interp(grid, at, value), grid)
    # Straight pieces between the line's points would make steps of the slope.
    slope = np.convolve(np.pad(slope, 6, mode="edge"), np.full(13, 1 / 13), mode="valid")
    steepest = int((sign * slope).argmax())
    return float(grid[steepest]), float(slope[steepest])


def _ascending(along: Points, behind: Points) -> tuple[Points, Points]:
    order = np.argsort(along)
    return along[order], behind[order]


def _backward(result: Result, up: Points) -> Points:
    """Unit vector at a right angle to `up`, towards the person's back."""
    side = 1.0 if result.facing == "left" else -1.0
    return side * np.array([-up[1], up[0]])


def _grown(measured: Measured | None, factor: float) -> Measured | None:
    return None if measured is None else Measured(measured.value * factor, measured.ci95)


def _measured_points(result: Result) -> CurvePoints:
    if result.points_px is None:
        raise InvalidInput("Nothing was measured in this photo.", "Use a photo that was measured.")
    return result.points_px
