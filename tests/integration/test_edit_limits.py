"""Points moved by hand: what is refused, and what a hand adds to the error bars."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from posture._support.texts import texts
from posture.analyzer import Analyzer
from posture.edit import HandPoints, Name, edit_settings, hand_points, remeasured
from posture.errors import InvalidInput
from posture.result import Measured, PointPx, Result
from posture.subject import Subject
from tests.support.samples import MEASURABLE

NAMES: tuple[Name, ...] = ("thoracic", "lumbar", "gluteal")
WORDS = texts()["edit"]


@pytest.fixture(scope="module", params=["left", "right"])
def measured(request: pytest.FixtureRequest, analyzer: Analyzer) -> Result:
    sample = next(item for item in MEASURABLE if item.facing == request.param)
    return analyzer.analyze(sample.path, Subject(sample.stature_mm, "f"))


def bridge_px(result: Result) -> float:
    points = hand_points(result)
    return math.dist(points.thoracic, points.gluteal)


def moved(result: Result, name: Name, *, out: float = 0.0, up: float = 0.0) -> HandPoints:
    """One point moved by shares of the bridge: out of the back, and up along it."""
    start = hand_points(result)
    along = np.subtract(start.thoracic, start.gluteal)
    back = np.array([-along[1], along[0]]) * (1 if result.facing == "left" else -1)
    x, y = np.array(getattr(start, name)) + out * back + up * along
    return replace(start, **{name: (float(x), float(y))})


def errors(result: Result) -> dict[str, float]:
    """Every error bar that a reading shows."""
    shown = {
        "angle": result.slca_deg,
        "cross-check": result.chord_angle_deg,
        "depth": result.hollow_depth_mm,
        "ratio": result.hollow_depth_ratio,
        "of stature": result.hollow_depth_stature,
        "hands": result.hollow_hands,
        "bridge": result.bridge_length_mm,
    }
    assert all(isinstance(item, Measured) for item in shown.values())
    return {name: item.ci95 for name, item in shown.items() if item is not None}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("out", "up"), [(0.02, 0), (-0.02, 0), (-0.05, 0), (0, 0.05), (0, -0.05)])
def test_a_hand_is_never_surer_than_the_program(
    measured: Result, name: Name, out: float, up: float
) -> None:
    edited = remeasured(measured, moved(measured, name, out=out, up=up))
    before, after = errors(measured), errors(edited)
    assert all(after[what] >= before[what] for what in before)
    assert after["ratio"] > before["ratio"] and after["angle"] > before["angle"]
    assert edited.provenance.edited_by_hand


def test_a_point_nobody_touched_adds_nothing(measured: Result) -> None:
    assert errors(remeasured(measured, hand_points(measured))) == pytest.approx(errors(measured))


def test_two_points_set_by_hand_are_less_sure_than_one(measured: Result) -> None:
    one = moved(measured, "lumbar", out=-0.02)
    two = replace(one, gluteal=moved(measured, "gluteal", out=-0.01).gluteal)
    assert errors(remeasured(measured, two))["ratio"] > errors(remeasured(measured, one))["ratio"]


def test_the_further_off_the_line_the_less_sure_is_the_angle(measured: Result) -> None:
    """Between points that a hand set nobody knows how the line runs."""
    near, far = (
        errors(remeasured(measured, moved(measured, "lumbar", out=-share)))["angle"]
        for share in (0.02, 0.08)
    )
    assert far > near > errors(measured)["angle"]


def test_the_hand_repeats_as_well_as_a_reader_does(measured: Result) -> None:
    """By the source: three points of a practised reader make depth / bridge good to .006."""
    hand = edit_settings().hand
    ratio, apex = 0.1, 0.5
    across = hand.across_share * math.sqrt(1 + apex**2 + (1 - apex) ** 2)
    along = hand.along_share * ratio * math.sqrt(2)
    assert math.hypot(across, along) == pytest.approx(0.006, abs=0.0005)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("edge", ["left", "right", "top", "bottom"])
def test_the_edge_of_the_picture_is_no_back(measured: Result, name: Name, edge: str) -> None:
    width = float(measured.provenance.image_width_px or 0)
    height = float(measured.provenance.image_height_px or 0)
    start = hand_points(measured)
    x, y = getattr(start, name)
    place: dict[str, PointPx] = {
        "left": (0.0, y),
        "right": (width, y),
        "top": (x, 0.0),
        "bottom": (x, height),
    }
    with pytest.raises(InvalidInput) as refused:
        remeasured(measured, replace(start, **{name: place[edge]}))
    assert refused.value.reason and refused.value.fix


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("out", [0.1, 0.3, -0.3, -0.6])
def test_points_off_the_back_are_refused(measured: Result, name: Name, out: float) -> None:
    """In the air behind it, on the belly, in the air before it."""
    with pytest.raises(InvalidInput) as refused:
        remeasured(measured, moved(measured, name, out=out))
    named = WORDS["off_body"]["reason"].format(point=WORDS["point"][name])
    assert refused.value.reason == named


def test_points_that_make_no_back_are_refused(measured: Result) -> None:
    start = hand_points(measured)
    swapped = replace(start, thoracic=start.gluteal, gluteal=start.thoracic)
    hollow = moved(measured, "gluteal", out=-0.18)
    for points, problem in (
        (swapped, "order"),
        (replace(start, lumbar=start.gluteal), "order"),
        (moved(measured, "gluteal", up=0.18), "no_back"),
        (hollow, "no_hollow"),
    ):
        with pytest.raises(InvalidInput) as refused:
            remeasured(measured, points)
        assert refused.value.reason == WORDS[problem]["reason"]


def test_no_place_gives_a_number_that_no_back_has(measured: Result) -> None:
    """Wherever each point is dropped, what is taken stays within what bodies have."""
    taken = 0
    for name in NAMES:
        for out in np.linspace(-1, 1, 41):
            for up in np.linspace(-1, 1, 41):
                points = moved(measured, name, out=float(out), up=float(up))
                try:
                    edited = remeasured(measured, points)
                except InvalidInput:
                    continue
                taken += 1
                numbers = edited.numbers()
                assert numbers.slca_deg.value < 95
                assert numbers.hollow_depth_ratio.value <= 0.26
    assert taken > 20
