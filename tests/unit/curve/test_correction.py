"""The correction of a seen curve: small, in the right direction, and in order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from posture.curve.correction import (
    USUAL_BUTTOCKS_MM,
    Stance,
    YawTerms,
    corrected,
    load_calibration,
)
from posture.curve.geometry import LumbarCurve, lumbar_curve
from tests.support.curves import PLAIN, USUAL
from tests.support.present import known
from tests.support.shapes import raised_cosine


def test_a_turned_body_is_corrected_towards_a_shallower_curve() -> None:
    curve = known(lumbar_curve(*raised_cosine(40, 410), (0.0, 400.0)))
    calibration = load_calibration()
    straight = corrected(curve, Stance(0.0), calibration)
    for yaw in (-20.0, 20.0):
        assert corrected(curve, Stance(yaw), calibration).depth < straight.depth
        assert corrected(curve, Stance(yaw), calibration).slca_deg < straight.slca_deg
    assert corrected(curve, Stance(89.0), calibration).depth >= 0


def test_a_camera_above_or_below_the_trunk_is_corrected_towards_a_flatter_curve() -> None:
    curve = known(lumbar_curve(*raised_cosine(40, 410), (0.0, 400.0)))
    level, above, below = (
        corrected(curve, Stance(0.0, elevation), load_calibration()).slca_deg
        for elevation in (0.0, 15.0, -15.0)
    )
    assert above == below < level


@pytest.mark.parametrize("depth", [0, 3, 10, 20, 40, 60, 80])
def test_the_correction_is_small_and_never_turns_two_backs_round(depth: float) -> None:
    calibration = load_calibration()

    def hollow_of(depth_mm: float) -> LumbarCurve:
        up, back = raised_cosine(depth_mm, 400)
        return known(lumbar_curve(up, back + USUAL_BUTTOCKS_MM, (0.0, 400.0)))

    curve = hollow_of(depth + 2)
    true, more = (
        corrected(seen, Stance(0.0), calibration) for seen in (curve, hollow_of(depth + 5))
    )
    assert true.depth < more.depth and true.slca_deg < more.slca_deg
    assert true.depth == pytest.approx(curve.depth, abs=6)
    assert true.slca_deg == pytest.approx(curve.slca_deg, abs=6)


def test_without_terms_what_is_seen_is_what_is() -> None:
    found = corrected(USUAL, Stance(0.0), PLAIN)
    assert (found.slca_deg, found.depth) == (40.0, 30.0)
    # 4 atan(2 x 30 / 400)
    assert found.chord_angle_deg == pytest.approx(34.123, abs=1e-3)


@pytest.mark.parametrize(
    ("term", "curve", "stance", "doubt_mm", "slca_deg"),
    [
        ({"chord": 0.5}, {"chord_angle_deg": 30.0}, Stance(0.0), 0.0, 55.0),
        ({"constant": 2.0}, {}, Stance(0.0), 0.0, 42.0),
        ({"turn_deg": 8.0}, {}, Stance(30.0), 0.0, 36.0),
        ({"turn_deg": 8.0}, {}, Stance(-30.0), 0.0, 36.0),
        # A bridge of half the length: a quarter of it.
        ({"turn_deg": 8.0}, {"bridge_length": 200.0}, Stance(30.0), 0.0, 39.0),
        ({"front": 0.1}, {}, Stance(30.0), 0.0, 42.0),
        ({"front": 0.1}, {}, Stance(-30.0), 0.0, 38.0),
        # Deepest half-way up, a tenth further than usual.
        ({"apex": 0.5}, {"lumbar": (200.0, 105.0)}, Stance(0.0), 0.0, 38.0),
        (
            {"inflections_deg_per_mm": 0.1},
            {"upper_inflection": (300.0, 120.0)},
            Stance(0.0),
            0.0,
            37.0,
        ),
        ({"elevation_deg": 16.0}, {}, Stance(0.0, elevation_deg=30.0), 0.0, 36.0),
        ({"elevation_deg": 16.0}, {}, Stance(0.0, elevation_deg=-30.0), 0.0, 36.0),
        ({"buttocks_deg_per_mm": 0.1}, {"gluteal": (0.0, 155.0)}, Stance(0.0), 0.0, 38.0),
        ({"doubt_deg_per_mm": 0.8}, {}, Stance(0.0), 2.5, 42.0),
        ({"constant": -99.0}, {}, Stance(0.0), 0.0, 0.0),
    ],
)
def test_each_term_of_the_angle(
    term: dict[str, float],
    curve: dict[str, Any],
    stance: Stance,
    doubt_mm: float,
    slca_deg: float,
) -> None:
    calibration = replace(PLAIN, angle=replace(PLAIN.angle, **term))
    found = corrected(replace(USUAL, **curve), stance, calibration, doubt_mm)
    assert found.slca_deg == pytest.approx(slca_deg)
    assert found.depth == 30.0


@pytest.mark.parametrize(
    ("term", "curve", "stance", "doubt_mm", "depth_mm"),
    [
        ({"bridge": 0.9}, {}, Stance(0.0), 0.0, 27.0),
        ({"tangents_mm_per_deg": 0.1}, {}, Stance(0.0), 0.0, 34.0),
        ({"turn_mm": 10.0}, {}, Stance(-30.0), 0.0, 25.0),
        ({"front": 0.1}, {}, Stance(30.0), 0.0, 28.5),
        ({"bend_mm2": 300.0}, {"thoracic_bend": -0.01}, Stance(0.0), 0.0, 27.0),
        ({"shanks_per_mm": 0.001}, {}, Stance(0.0, shanks_mm=395.0), 0.0, 30.3),
        # Shanks that are not seen count as usual.
        ({"shanks_per_mm": 0.001}, {}, Stance(0.0), 0.0, 30.0),
        ({"buttocks": 0.1}, {"gluteal": (0.0, 155.0)}, Stance(0.0), 0.0, 28.0),
        ({"doubt": 0.8}, {}, Stance(0.0), 2.5, 32.0),
        ({"turn_mm": 999.0}, {}, Stance(30.0), 0.0, 0.0),
    ],
)
def test_each_term_of_the_depth(
    term: dict[str, float],
    curve: dict[str, Any],
    stance: Stance,
    doubt_mm: float,
    depth_mm: float,
) -> None:
    calibration = replace(PLAIN, depth=replace(PLAIN.depth, **term))
    found = corrected(replace(USUAL, **curve), stance, calibration, doubt_mm)
    assert found.depth == pytest.approx(depth_mm)
    assert found.slca_deg == 40.0


def test_a_correction_moves_no_point() -> None:
    calibration = load_calibration()
    found = corrected(USUAL, Stance(12.0, 5.0, 400.0), calibration, 1.0)
    values = {"slca_deg", "depth", "chord_angle_deg"}
    assert {name for name in vars(USUAL) if getattr(found, name) != getattr(USUAL, name)} == values


def test_how_far_a_back_is_seen_turned() -> None:
    calibration = replace(PLAIN, yaw=YawTerms(bias_deg=0.0, perspective_deg=5.0))
    assert calibration.turn(25.0) == pytest.approx(0.5)
    assert calibration.turn(-35.0) == pytest.approx(0.5)
    assert calibration.turn(-5.0) == pytest.approx(0.0)
