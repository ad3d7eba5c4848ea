"""Measure again after a person moved the three named points by hand.

The back line follows the moved points, so that angle, depth and drawing stay one thing.  What the
first measurement knew about the photo is kept: its scale, its corrections and its error bars.  To
these is added how exactly a hand sets a point.  Points that were not moved give the numbers they
came with; points that are on no back are refused.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from posture._support.tables import data_table
from posture._support.texts import filled, texts
from posture.curve.geometry import LumbarCurve, chord_angle_deg, curve_on_bridge
from posture.errors import InvalidInput
from posture.result import CurveNumbers, CurvePoints, Measured, PointPx, Result
from posture.verdict.judge import judged
from posture.verdict.norms import Norms, load_norms

Name = Literal["thoracic", "lumbar", "gluteal"]
Points = NDArray[np.float64]


@dataclass(frozen=True)
class HandSettings:
    """How exactly a hand sets a point: 95 % half-widths, as shares of the bridge."""

    across_share: float
    along_share: float
    screen_share: float
    least_px: float

    def across_px(self, bridge_px: float) -> float:
        """At a right angle to the bridge, in pixels of the photo."""
        return max(math.hypot(self.across_share, self.screen_share) * bridge_px, self.least_px)

    def along_px(self, bridge_px: float) -> float:
        """Along the bridge, in pixels of the photo."""
        return max(math.hypot(self.along_share, self.screen_share) * bridge_px, self.least_px)


@dataclass(frozen=True)
class LineSettings:
    """The line between points that a hand set, and what is not known of it."""

    scatter_deg: float
    whole_share: float
    fade: float
    bridge_steps: int


@dataclass(frozen=True)
class PlaceSettings:
    """Where on a body a point may be set; `heights` in trunk lengths over the hips."""

    min_spacing: float
    max_outside_share: float
    max_inside_share: float
    min_behind_axis_share: float
    max_depth_ratio: float
    max_misfit_deg: float
    heights: dict[str, tuple[float, float]]


@dataclass(frozen=True)
class EditSettings:
    """All of ``data/edit.toml``."""

    hand: HandSettings
    line: LineSettings
    place: PlaceSettings


def edit_settings() -> EditSettings:
    """The built-in settings."""
    return data_table("edit", EditSettings)


@dataclass(frozen=True)
class HandPoints:
    """The three points that a person may move, in pixels of the upright photo."""

    thoracic: PointPx
    lumbar: PointPx
    gluteal: PointPx

    def items(self) -> Iterator[tuple[Name, PointPx]]:
        """Name and place of each."""
        yield "thoracic", self.thoracic
        yield "lumbar", self.lumbar
        yield "gluteal", self.gluteal


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
        InvalidInput: when nothing was measured, or the points are not in order on a back; its
            reason and fix are meant for whoever moved them.
    """
    norms = norms or load_norms()
    numbers = result.numbers()
    _require_order(result, moved)
    _require_on_the_back(result, moved)
    before, after = _hollow(result, hand_points(result)), _hollow(result, moved)
    _require_hollow(numbers, before, after)
    hand = _hand_ci95(result, moved, before, after)
    growth = after.curve.bridge_length / before.curve.bridge_length
    slca_deg = _angle(numbers, before, after, hand)
    ratio = _ratio(numbers, before, after, hand)
    bridge_mm = _scaled(result.bridge_length_mm, growth, hand.growth)
    depth_mm = _depth_mm(result, ratio, bridge_mm, hand)
    verdict = judged(slca_deg, depth_mm, ratio, result.subject, norms)
    return replace(
        result,
        slca_deg=slca_deg,
        chord_angle_deg=Measured(chord_angle_deg(ratio.value, 1.0), slca_deg.ci95),
        hollow_depth_mm=depth_mm,
        hollow_depth_ratio=ratio,
        hollow_depth_stature=_depth_stature(result, numbers, ratio, growth, hand),
        hollow_hands=_no_narrower(verdict.hollow_hands, result.hollow_hands),
        bridge_length_mm=bridge_mm,
        repeatability=verdict.repeatability,
        bands=verdict.bands,
        percentiles=verdict.percentiles,
        wall_test=verdict.wall_test,
        points_px=after.points,
        contour_px=tuple((float(x), float(y)) for x, y in after.line),
        provenance=replace(result.provenance, edited_by_hand=moved != hand_points(result)),
    )


# ---------------------------------------------------------------- what is refused


def _unfit(problem: str, name: Name | None = None) -> InvalidInput:
    words = texts()["edit"]
    point = "" if name is None else words["point"][name]
    return InvalidInput(filled(words[problem]["reason"], point=point), words[problem]["fix"])


def _require_order(result: Result, moved: HandPoints) -> None:
    start, gluteal = hand_points(result), np.array(moved.gluteal)
    bridge = np.array(moved.thoracic) - gluteal
    share = (np.array(moved.lumbar) - gluteal) @ bridge / max(float(bridge @ bridge), 1e-9)
    spacing = edit_settings().place.min_spacing
    upwards = float(bridge @ np.subtract(start.thoracic, start.gluteal)) > 0
    if not (upwards and spacing <= share <= 1 - spacing):
        raise _unfit("order")


def _require_on_the_back(result: Result, moved: HandPoints) -> None:
    """A point that was moved stays near the measured line, behind the middle of the body."""
    place, start = edit_settings().place, hand_points(result)
    bridge_px = math.dist(start.thoracic, start.gluteal)
    axis = _axis(result)
    for name, point in moved.items():
        if point == getattr(start, name):
            continue
        outside = _off_line(result, point)
        if outside is None or not (
            -place.max_inside_share <= outside / bridge_px <= place.max_outside_share
        ):
            raise _unfit("off_body", name)
        if axis is None:
            continue
        height, behind_px = axis.of(point)
        if behind_px < place.min_behind_axis_share * bridge_px:
            raise _unfit("off_body", name)
        low, high = place.heights[name]
        if not low <= height <= high:
            raise _unfit("height", name)


def _require_hollow(numbers: CurveNumbers, before: _Hollow, after: _Hollow) -> None:
    place, first = edit_settings().place, numbers.hollow_depth_ratio.value
    ratio = _depth_ratio(numbers, before, after)
    if after.curve.depth < min(before.curve.depth, 0.0):
        raise _unfit("no_hollow")
    if ratio > max(place.max_depth_ratio, first):
        raise _unfit("too_deep")
    expected_deg = _wave_angle_deg(ratio) - _wave_angle_deg(first)
    change_deg = after.curve.slca_deg - before.curve.slca_deg
    if abs(change_deg - expected_deg) > place.max_misfit_deg:
        raise _unfit("no_back")


def _wave_angle_deg(ratio: float) -> float:
    """The angle of a hollow of that depth / bridge length in the shape of a cosine wave."""
    return math.degrees(2 * math.atan(math.pi * ratio))


def _off_line(result: Result, point: PointPx) -> float | None:
    """Pixels from the measured back line to a point, out of the body positive.

    At a right angle to the bridge; None where the line does not reach.
    """
    start, line = hand_points(result), np.array(result.contour_px)
    gluteal = np.array(start.gluteal)
    up = np.subtract(start.thoracic, start.gluteal)
    up = up / np.hypot(*up)
    back = _backward(result, up)
    along, behind = (line - gluteal) @ up, (line - gluteal) @ back
    at = float((np.array(point) - gluteal) @ up)
    if not along.min() <= at <= along.max():
        return None
    order = np.argsort(along)
    on_line = float(np.interp(at, along[order], behind[order]))
    return float((np.array(point) - gluteal) @ back) - on_line


@dataclass(frozen=True)
class _Axis:
    """The straight line from the hips to the shoulders, in pixels."""

    hips: Points
    up: Points
    back: Points
    trunk_px: float

    def of(self, point: PointPx) -> tuple[float, float]:
        """Height over the hips in trunk lengths, and pixels behind the line."""
        offset = np.array(point) - self.hips
        return float(offset @ self.up) / self.trunk_px, float(offset @ self.back)


def _axis(result: Result) -> _Axis | None:
    """None where the landmarks do not tell it."""
    marks = result.landmarks_px
    names = ("left_shoulder", "right_shoulder", "left_hip", "right_hip")
    if not all(name in marks for name in names):
        return None
    places = [np.array([marks[name].x_px, marks[name].y_px]) for name in names]
    shoulders, hips = (places[0] + places[1]) / 2, (places[2] + places[3]) / 2
    trunk_px = float(np.hypot(*(shoulders - hips)))
    if trunk_px == 0:
        return None
    up = (shoulders - hips) / trunk_px
    return _Axis(hips, up, _backward(result, up), trunk_px)


# ---------------------------------------------------------------- the bent line


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
    steps = edit_settings().line.bridge_steps
    step_px = bridge_px / steps
    along, behind = (line - gluteal) @ up, (line - gluteal) @ back
    order = np.argsort(along)
    first, last = np.ceil(along.min() / step_px), np.floor(along.max() / step_px)
    rows = np.arange(min(first, 0), max(last, steps) + 1)
    low = int(-rows[0])
    apex = low + round(float((np.array(moved.lumbar) - gluteal) @ up) / step_px)
    profile = np.interp(rows * step_px, along[order], behind[order])
    curve = curve_on_bridge(rows * step_px, profile, low, apex, low + steps)
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


# ---------------------------------------------------------------- numbers and their error bars


@dataclass(frozen=True)
class _HandError:
    """95 % half-widths of what a hand set.

    Attributes:
        slca_deg: of the angle.
        ratio: of depth / bridge length.
        growth: of the bridge's length over the measured one.
        depth: of the depth, as a share of the measured bridge.
    """

    slca_deg: float
    ratio: float
    growth: float
    depth: float


def _hand_ci95(result: Result, moved: HandPoints, before: _Hollow, after: _Hollow) -> _HandError:
    """What the numbers would be had the hand put each point elsewhere, as well as it can."""
    hand, start, numbers = edit_settings().hand, hand_points(result), result.numbers()
    bridge_px = before.curve.bridge_length
    up = np.subtract(start.thoracic, start.gluteal) / bridge_px
    back = _backward(result, up)
    steps = (up * hand.along_px(bridge_px), back * hand.across_px(bridge_px))
    squares = np.zeros(4)
    for name, point in moved.items():
        if point == getattr(start, name):
            continue
        for step in steps:
            there, here = (
                _quantities(numbers, before, _hollow(result, _with(moved, name, point + way)))
                for way in (step, -step)
            )
            squares += ((there - here) / 2) ** 2
    slca_deg, ratio, growth, depth = (float(value) for value in np.sqrt(squares))
    return _HandError(math.hypot(slca_deg, _between_deg(result, moved)), ratio, growth, depth)


def _with(points: HandPoints, name: Name, place: Points) -> HandPoints:
    x, y = (float(number) for number in place)
    return replace(points, **{name: (x, y)})


def _quantities(numbers: CurveNumbers, before: _Hollow, after: _Hollow) -> Points:
    """Angle, depth / bridge, growth of the bridge, and depth / measured bridge."""
    ratio = _depth_ratio(numbers, before, after)
    growth = after.curve.bridge_length / before.curve.bridge_length
    return np.array([after.curve.slca_deg, ratio, growth, ratio * growth])


def _between_deg(result: Result, moved: HandPoints) -> float:
    """What is not known of the line between the points, by how far they were moved off it."""
    settings, start = edit_settings().line, hand_points(result)
    bridge_px = math.dist(start.thoracic, start.gluteal)
    off_px = [
        abs(_off_line(result, point) or 0.0)
        for name, point in moved.items()
        if point != getattr(start, name)
    ]
    share = max(off_px, default=0.0) / bridge_px / settings.whole_share
    return settings.scatter_deg * min(share, 1.0)


def _angle(numbers: CurveNumbers, before: _Hollow, after: _Hollow, hand: _HandError) -> Measured:
    """The first angle, changed by as much as the bent line's own angle changed."""
    first, change_deg = numbers.slca_deg, after.curve.slca_deg - before.curve.slca_deg
    return Measured(max(first.value + change_deg, 0.0), math.hypot(first.ci95, hand.slca_deg))


def _ratio(numbers: CurveNumbers, before: _Hollow, after: _Hollow, hand: _HandError) -> Measured:
    """Depth / bridge length; the first one's error is a length, so a shorter bridge widens it."""
    first = numbers.hollow_depth_ratio
    shrunk = max(before.curve.bridge_length / after.curve.bridge_length, 1.0)
    value = max(_depth_ratio(numbers, before, after), 0.0)
    return Measured(value, math.hypot(first.ci95 * shrunk, hand.ratio))


def _depth_ratio(numbers: CurveNumbers, before: _Hollow, after: _Hollow) -> float:
    """Depth / bridge length; the first measurement's correction is kept as a length."""
    first = numbers.hollow_depth_ratio.value
    correction_px = first * before.curve.bridge_length - before.curve.depth
    return (after.curve.depth + correction_px) / after.curve.bridge_length


def _depth_mm(
    result: Result, ratio: Measured, bridge_mm: Measured | None, hand: _HandError
) -> Measured | None:
    first, first_bridge_mm = result.hollow_depth_mm, result.bridge_length_mm
    if first is None or first_bridge_mm is None or bridge_mm is None:
        return None
    ci95_mm = math.hypot(first.ci95, hand.depth * first_bridge_mm.value)
    return Measured(ratio.value * bridge_mm.value, ci95_mm)


def _depth_stature(
    result: Result, numbers: CurveNumbers, ratio: Measured, growth: float, hand: _HandError
) -> Measured | None:
    """Depth / stature; unknown where the first depth was nothing to scale from."""
    first, first_ratio = result.hollow_depth_stature, numbers.hollow_depth_ratio
    if first is None or first_ratio.value <= 0:
        return None
    bridge_per_stature = first.value / first_ratio.value
    return Measured(
        bridge_per_stature * growth * ratio.value,
        math.hypot(first.ci95, hand.depth * bridge_per_stature),
    )


def _scaled(measured: Measured | None, factor: float, ci95_share: float) -> Measured | None:
    """`measured` times `factor`, whose own half-width is `ci95_share`."""
    if measured is None:
        return None
    return Measured(measured.value * factor, math.hypot(measured.ci95, ci95_share * measured.value))


def _no_narrower(measured: Measured, first: Measured | None) -> Measured:
    """`measured` with at least the error bar that the photo's own number has."""
    return replace(measured, ci95=max(measured.ci95, 0.0 if first is None else first.ci95))


# ---------------------------------------------------------------- geometry


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
    fade = edit_settings().line.fade
    knots = np.array([-fade, 0.0, apex, 1.0, 1.0 + fade])
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
