"""A result on other sizes and sides of its photo, and through JSON."""

from __future__ import annotations

from dataclasses import replace

import pytest

from posture.errors import InvalidInput
from posture.result import Landmark2D, Result, moved, scaled
from tests.support.example_results import measured_result, refused_result
from tests.support.present import known


def test_half_the_photo_has_half_the_pixels() -> None:
    half = scaled(measured_result(), 0.5)
    points = known(half.points_px)
    assert points.lumbar == (150.25, 100.125)
    # A direction is no place.
    assert points.upper_tangent == (300.5, 200.25)
    assert half.contour_px == ((155.0, 90.0), (152.75, 100.0))
    assert half.landmarks_px == {"left_hip": Landmark2D(145.0, 200.0, 0.99)}
    assert half.findings[0].region_px == (0.5, 1.0, 1.5, 2.0)
    assert (half.facing, half.slca_deg) == ("left", measured_result().slca_deg)


def test_a_mirrored_photo_faces_the_other_way() -> None:
    mirrored = moved(measured_result(), lambda point: (600 - point[0], point[1]), mirror=True)
    points = known(mirrored.points_px)
    assert mirrored.facing == "right"
    assert points.lumbar == (299.5, 200.25)
    assert points.lower_tangent == (-300.5, 200.25)
    assert mirrored.contour_px == ((290.0, 180.0), (294.5, 200.0))
    # Left and right of a region stay in their order.
    assert mirrored.findings[0].region_px == (597.0, 2.0, 599.0, 4.0)


def test_a_refused_photo_can_be_shown_smaller_too() -> None:
    result = replace(refused_result(), facing=None)
    assert scaled(result, 0.5) == result


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"status": "measured"}', "1e999"])
def test_what_is_no_result_is_explained(text: str) -> None:
    with pytest.raises(InvalidInput) as told:
        Result.from_json(text)
    assert told.value.fix == "Give one object as written by posture analyze --json."


def test_a_result_comes_back_from_its_json() -> None:
    for result in (measured_result(), refused_result()):
        assert Result.from_json(result.to_json()) == result
        assert "\n" not in result.to_json()
