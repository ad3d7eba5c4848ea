"""Points moved by hand: the numbers follow, and only where they should."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest

from posture.analyzer import Analyzer
from posture.edit import HandPoints, hand_points, remeasured
from posture.errors import InvalidInput
from posture.result import PointPx, Result
from posture.subject import Subject
from tests.support.samples import MEASURABLE


@pytest.fixture(scope="module", params=["left", "right"])
def measured(request: pytest.FixtureRequest, analyzer: Analyzer) -> Result:
    sample = next(item for item in MEASURABLE if item.facing == request.param)
    return analyzer.analyze(sample.path, Subject(sample.stature_mm, "f"))


def deeper(result: Result, by_px: float) -> HandPoints:
    """The points with the waist moved away from the bridge."""
    points = result.points_px
    assert points is not None
    depth_px = math.dist(points.lumbar, points.bridge_foot)

    def beyond(near: float, far: float) -> float:
        return near + (near - far) * by_px / depth_px

    x, y = (beyond(n, f) for n, f in zip(points.lumbar, points.bridge_foot, strict=True))
    return replace(hand_points(result), lumbar=(x, y))


def test_unmoved_points_change_nothing(measured: Result) -> None:
    again = remeasured(measured, hand_points(measured))
    assert again.slca_deg is not None and measured.slca_deg is not None
    assert again.slca_deg.value == pytest.approx(measured.slca_deg.value)
    assert again.hollow_depth_mm is not None and measured.hollow_depth_mm is not None
    assert again.hollow_depth_mm.value == pytest.approx(measured.hollow_depth_mm.value)
    assert again.bands == measured.bands
    assert not again.provenance.edited_by_hand


def test_a_deeper_waist_is_deeper_by_just_that_much(measured: Result) -> None:
    edited = remeasured(measured, deeper(measured, 4.0))
    assert measured.points_px and edited.hollow_depth_mm and measured.hollow_depth_mm
    assert measured.bridge_length_mm is not None
    bridge_px = math.dist(measured.points_px.thoracic, measured.points_px.gluteal)
    expected_mm = 4.0 * measured.bridge_length_mm.value / bridge_px
    grown_mm = edited.hollow_depth_mm.value - measured.hollow_depth_mm.value
    assert grown_mm == pytest.approx(expected_mm, rel=1e-6)
    assert edited.slca_deg and measured.slca_deg
    assert edited.slca_deg.value > measured.slca_deg.value
    assert edited.provenance.edited_by_hand


def test_numbers_follow_without_a_jump(measured: Result) -> None:
    angles = [
        result.slca_deg.value
        for step in range(-4, 5)
        if (result := remeasured(measured, deeper(measured, step / 2))).slca_deg
    ]
    steps = [after - before for before, after in itertools.pairwise(angles)]
    assert all(0 < step < 3 for step in steps)


def test_the_back_line_passes_through_the_points(measured: Result) -> None:
    moved = deeper(measured, 5.0)
    edited = remeasured(measured, moved)
    for point in (moved.thoracic, moved.lumbar, moved.gluteal):
        assert min(math.dist(point, other) for other in edited.contour_px) < 4


def test_a_mirrored_photo_gives_the_same_numbers(measured: Result) -> None:
    width = float(measured.provenance.image_width_px or 0)

    def flip(point: PointPx) -> PointPx:
        return (width - point[0], point[1])

    points = measured.points_px
    assert points is not None
    mirrored = replace(
        measured,
        facing="left" if measured.facing == "right" else "right",
        contour_px=tuple(flip(point) for point in measured.contour_px),
        points_px=replace(
            points,
            thoracic=flip(points.thoracic),
            lumbar=flip(points.lumbar),
            gluteal=flip(points.gluteal),
        ),
    )
    moved = deeper(measured, 6.0)
    other = HandPoints(flip(moved.thoracic), flip(moved.lumbar), flip(moved.gluteal))
    here, there = remeasured(measured, moved), remeasured(mirrored, other)
    assert here.slca_deg and there.slca_deg
    assert there.slca_deg.value == pytest.approx(here.slca_deg.value)
    assert here.hollow_depth_ratio and there.hollow_depth_ratio
    assert there.hollow_depth_ratio.value == pytest.approx(here.hollow_depth_ratio.value)


def test_an_edited_result_survives_json(measured: Result) -> None:
    edited = remeasured(measured, deeper(measured, 4.0))
    assert Result.from_json(edited.to_json()) == edited


def test_points_out_of_order_are_refused(measured: Result) -> None:
    start = hand_points(measured)
    with pytest.raises(InvalidInput):
        remeasured(measured, replace(start, lumbar=start.thoracic))
    with pytest.raises(InvalidInput):
        remeasured(measured, replace(start, gluteal=start.thoracic))


def test_a_refused_photo_has_no_points(measured: Result) -> None:
    refused = replace(measured, status="refused", points_px=None)
    with pytest.raises(InvalidInput):
        hand_points(refused)
