"""The annotated photo: what it may touch, which lines it draws, at any size."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from posture.findings import finding
from posture.overlay import ALL_LAYERS, Layer, draw_overlay
from posture.overlay.geometry import wedge
from posture.overlay.palette import BAND, CONTOUR
from posture.overlay.sheet import PanelPlace
from posture.result import Facing, Result
from tests.support.drawn_people import GREY, noise, person, photo, refused
from tests.support.example_results import measured_result, refused_result
from tests.support.present import known


def test_the_photo_itself_is_never_written_to() -> None:
    source = photo(rgb=noise())
    before = source.rgb.copy()
    drawn = draw_overlay(source, person(), layers=ALL_LAYERS, blur_face=True)
    assert not np.shares_memory(drawn, source.rgb)
    np.testing.assert_array_equal(source.rgb, before)


def test_no_layer_no_mark() -> None:
    source = photo(rgb=noise())
    np.testing.assert_array_equal(draw_overlay(source, person(), layers=frozenset()), source.rgb)


@pytest.mark.parametrize("facing", ["left", "right"])
def test_the_photo_stands_unscaled_beside_the_panel(facing: Facing) -> None:
    source = photo(rgb=noise())
    drawn = draw_overlay(source, person(facing=facing), layers=frozenset({Layer.PANEL}))
    part = drawn[:800, -600:] if facing == "right" else drawn[:800, :600]
    np.testing.assert_array_equal(part, source.rgb)


def test_only_pixels_near_the_contour_change_when_only_it_is_drawn() -> None:
    result = person()
    drawn = draw_overlay(photo(), result, layers=frozenset({Layer.CONTOUR}))
    far = np.full(drawn.shape[:2], 255, np.uint8)
    line = np.array(result.contour_px).round().astype(np.int32)
    cv2.polylines(far, [line], False, 0)
    distance = cv2.distanceTransform(far, cv2.DIST_L2, 5)
    assert (drawn[distance > 15] == GREY).all()
    assert (drawn[distance < 1] != GREY).any(axis=1).all()


@pytest.mark.parametrize("layer", [layer for layer in Layer if layer is not Layer.PANEL])
def test_every_layer_draws_something_of_its_own(layer: Layer) -> None:
    result = replace(person(), findings=(finding("arm-near-back", region_px=(10, 10, 90, 90)),))
    drawn = draw_overlay(photo(), result, layers=frozenset({layer}))
    assert drawn.shape == (800, 600, 3)
    assert (drawn != GREY).any()


def test_the_contour_has_its_colour_along_all_of_its_length() -> None:
    result = person()
    drawn = draw_overlay(photo(), result, layers=frozenset({Layer.CONTOUR}))
    for x, y in result.contour_px:
        colour = drawn[int(y), int(x)].astype(int)
        assert np.abs(colour - CONTOUR).max() < 60


def test_the_hollow_is_tinted_with_the_colours_of_the_verdict() -> None:
    result = person(verdict="typical/borderline")
    drawn = draw_overlay(photo(), result, layers=frozenset({Layer.DEPTH})).astype(int)
    points = known(result.points_px)
    (x, y), (_, apex_y) = points.lumbar, points.bridge_foot
    inside = round(x + 6)
    upper, lower = drawn[int(apex_y - 25), inside], drawn[int(apex_y + 25), inside]
    for pixel, name in ((upper, "typical"), (lower, "borderline")):
        expected = 0.6 * np.array(BAND[name]) + 0.4 * GREY
        assert np.abs(pixel - expected).max() <= 3, (name, pixel)
    assert y == apex_y


def test_the_arc_spans_the_angle_between_the_tangents() -> None:
    points = known(person().points_px)
    angle = known(wedge(points))
    first, last = (np.array(end) - angle.apex for end in (angle.arc[0], angle.arc[-1]))
    turned = np.degrees(np.arccos(first @ last / angle.radius**2))
    upper, lower = np.array(points.upper_tangent), np.array(points.lower_tangent)
    assert turned == pytest.approx(np.degrees(np.arccos(upper @ lower)), abs=1e-6)
    # It starts behind the back and ends in front of the hollow.
    assert angle.arc[0][0] > angle.apex[0] > angle.arc[-1][0]


def test_parallel_tangents_have_no_arc() -> None:
    points = known(person().points_px)
    assert wedge(replace(points, lower_tangent=points.upper_tangent)) is None


def test_a_mirrored_result_gives_the_mirrored_drawing() -> None:
    lines = frozenset(ALL_LAYERS - {Layer.PANEL, Layer.DEPTH, Layer.TANGENTS})
    left = draw_overlay(photo(), person(facing="left"), layers=lines)
    right = draw_overlay(photo(), person(facing="right"), layers=lines)
    difference = np.abs(left.astype(int) - right[:, ::-1])
    assert np.count_nonzero(difference > 40) < 0.001 * difference.size


def test_a_refused_photo_has_a_box_round_the_spot() -> None:
    drawn = draw_overlay(photo(), refused(), layers=frozenset({Layer.FINDINGS}))
    changed = (drawn != GREY).any(axis=2)
    assert changed[380, 200] and changed[300, 290]
    assert not changed[100].any() and not changed[:, 500].any()


def test_a_region_beyond_the_photo_is_cut_to_it() -> None:
    result = refused((-500.0, -500.0, 5000.0, 5000.0))
    drawn = draw_overlay(photo(), result, layers=frozenset({Layer.FINDINGS}))
    changed = (np.abs(drawn.astype(int) - GREY) > 30).any(axis=2)
    assert changed[400, :20].any() and changed[400, -20:].any() and changed[:20, 300].any()


@pytest.mark.parametrize(
    ("width", "height"), [(1, 1), (17, 17), (64, 48), (48, 64), (17, 1200), (2500, 20), (3000, 90)]
)
@pytest.mark.parametrize("place", ["auto", "beside", "below"])
def test_odd_sizes(width: int, height: int, place: PanelPlace) -> None:
    source = photo(width, height)
    for result in (person(width, height, "left"), person(width, height, "right"), refused()):
        drawn = draw_overlay(source, result, layers=ALL_LAYERS, blur_face=True, panel_place=place)
        assert drawn.shape[0] >= height and drawn.shape[1] >= width
        bare = draw_overlay(source, result, layers=ALL_LAYERS - {Layer.PANEL}, blur_face=True)
        assert bare.shape == source.rgb.shape


@pytest.mark.parametrize("result", [measured_result(), refused_result()])
def test_degenerate_results(result: Result) -> None:
    assert draw_overlay(photo(), result, layers=ALL_LAYERS).dtype == np.uint8


def test_marks_grow_with_the_photo() -> None:
    small = draw_overlay(photo(), person(), layers=frozenset({Layer.CONTOUR}))
    large = draw_overlay(photo(1800, 2400), person(1800, 2400), layers=frozenset({Layer.CONTOUR}))
    counts = [np.count_nonzero((image != GREY).any(axis=2)) for image in (small, large)]
    assert counts[1] / counts[0] == pytest.approx(9, rel=0.15)
