"""Error bars: terms in quadrature, doubt and rivals as far as they count."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from posture.curve.calibration import CurveErrorTerms, ErrorTerms, YawTerms
from posture.curve.uncertainty import ErrorSources, curve_error, rivalry, unusual_doubt_mm
from tests.support.curves import PLAIN, USUAL, sure_edge

NOTHING = ErrorSources(
    yaw_deg=0.0,
    rival_deg=0.0,
    rival_mm=0.0,
    doubt_mm=0.0,
    refined=True,
    head_cut=False,
    warned=False,
    worn=False,
    stretch=0.0,
    arm_mm=0.0,
)
# Pythagorean: 3-4-5, 5-12-13, 13-84-85, 85-132-157, 157-12324-12325.
TERMS = ErrorTerms(
    floor=3.0,
    relative=0.0,
    rival=2.0,
    turn=24.0,
    doubt=42.0,
    unrefined=132.0,
    head_cut=12324.0,
    warned=4.0,
    worn=4.0,
    arm=2.0,
)
CALIBRATION = replace(
    PLAIN, error=CurveErrorTerms(slca_deg=TERMS, depth_mm=replace(TERMS, floor=6.0, rival=8.0))
)


@pytest.mark.parametrize(
    ("sources", "slca_deg"),
    [
        ({}, 3.0),
        ({"rival_deg": 2.0}, 5.0),
        # The sine of 30 degrees is one half, whichever way.
        ({"rival_deg": 2.0, "yaw_deg": 30.0}, 13.0),
        ({"rival_deg": 2.0, "yaw_deg": -30.0}, 13.0),
        ({"rival_deg": 2.0, "yaw_deg": 30.0, "doubt_mm": 2.0}, 85.0),
        ({"rival_deg": 2.0, "yaw_deg": 30.0, "doubt_mm": 2.0, "refined": False}, 157.0),
        (
            {
                "rival_deg": 2.0,
                "yaw_deg": 30.0,
                "doubt_mm": 2.0,
                "refined": False,
                "head_cut": True,
            },
            12325.0,
        ),
        ({"warned": True}, 5.0),
        ({"worn": True}, 5.0),
        # A tenth of 40 degrees.
        ({"stretch": 0.1}, 5.0),
        # Twice the 50 mm that count as one: 2 x 2 and 3.
        ({"arm_mm": 100.0}, 5.0),
        # A rival's depth says nothing of the angle.
        ({"rival_mm": 4.0}, 3.0),
    ],
)
def test_terms_of_the_angle_are_added_in_quadrature(
    sources: dict[str, Any], slca_deg: float
) -> None:
    error = curve_error(USUAL, replace(NOTHING, **sources), CALIBRATION)
    assert error.slca_deg == pytest.approx(slca_deg)


def test_a_part_in_proportion_counts_for_each_value_in_its_own_unit() -> None:
    # 40 degrees and 30 mm: 3-4-5, and 6 and 3.
    terms = CALIBRATION.error
    growing = replace(
        CALIBRATION,
        error=CurveErrorTerms(
            slca_deg=replace(terms.slca_deg, relative=0.1),
            depth_mm=replace(terms.depth_mm, relative=0.1),
        ),
    )
    error = curve_error(USUAL, NOTHING, growing)
    assert error.slca_deg == pytest.approx(5.0)
    assert error.depth_mm == pytest.approx(np.hypot(6.0, 3.0))
    assert growing.error.slca_deg.shared(40.0) == pytest.approx(5.0)


def test_the_depth_has_terms_of_its_own() -> None:
    assert curve_error(USUAL, NOTHING, CALIBRATION).depth_mm == pytest.approx(6.0)
    # 6 and 8 times 1 mm.
    error = curve_error(USUAL, replace(NOTHING, rival_mm=1.0, rival_deg=5.0), CALIBRATION)
    assert error.depth_mm == pytest.approx(10.0)


def test_what_a_near_camera_shows_of_the_front_is_a_turn_too() -> None:
    calibration = replace(CALIBRATION, yaw=YawTerms(bias_deg=0.0, perspective_deg=10.0))
    error = curve_error(USUAL, replace(NOTHING, yaw_deg=-10.0), calibration)
    assert error.slca_deg == pytest.approx(3.0)
    error = curve_error(USUAL, replace(NOTHING, yaw_deg=20.0), calibration)
    assert error.slca_deg == pytest.approx(np.hypot(3.0, 12.0))


@pytest.mark.parametrize(
    ("slca_deg", "depth_mm", "expected"),
    [
        (37.0, 28.5, (3.0, 1.5)),
        (46.0, 33.0, (6.0, 3.0)),
        (40.0, 30.0, (0.0, 0.0)),
        # Further off than 8 degrees or 4 mm, the rival is as likely wrong itself.
        (60.0, 50.0, (8.0, 4.0)),
        (10.0, 29.0, (8.0, 1.0)),
    ],
)
def test_a_rival_is_as_far_off_as_it_lies(
    slca_deg: float, depth_mm: float, expected: tuple[float, float]
) -> None:
    rival = replace(USUAL, slca_deg=slca_deg, depth=depth_mm)
    assert rivalry(USUAL, rival) == pytest.approx(expected)


def test_a_rival_without_a_hollow_is_as_far_off_as_the_curve_itself() -> None:
    shallow = replace(USUAL, slca_deg=5.0, depth=2.5)
    assert rivalry(shallow, None) == pytest.approx((5.0, 2.5))
    assert rivalry(USUAL, None) == pytest.approx((8.0, 4.0))


UP_MM = np.arange(-200.0, 560.0, 2.0)


@pytest.mark.parametrize(
    ("doubt_mm", "unusual_mm"),
    # 1.2 mm is usual; from 2.5 mm beyond it on errors grow no more.
    [(0.5, 0.0), (1.2, 0.0), (1.7, 0.5), (3.2, 2.0), (9.0, 2.5)],
)
def test_doubt_beyond_the_usual_counts_up_to_a_limit(doubt_mm: float, unusual_mm: float) -> None:
    edge = sure_edge(UP_MM, doubt_mm=np.full_like(UP_MM, doubt_mm))
    assert unusual_doubt_mm(edge, USUAL) == pytest.approx(unusual_mm)


def test_doubt_counts_where_it_is_worst_over_six_centimetres() -> None:
    # 15 of 30 rows at 5.2 mm and the rest at 1.2: 3.2 in their mean.
    doubt_mm = np.where((UP_MM >= 200) & (UP_MM < 230), 5.2, 1.2)
    edge = sure_edge(UP_MM, doubt_mm=doubt_mm)
    assert unusual_doubt_mm(edge, USUAL) == pytest.approx(2.0)


def test_doubt_beyond_the_bridge_does_not_count() -> None:
    doubt_mm = np.where((UP_MM < -2) | (UP_MM > 402), 9.0, 1.0)
    assert unusual_doubt_mm(sure_edge(UP_MM, doubt_mm=doubt_mm), USUAL) == 0.0


def test_where_nobody_looked_there_is_no_doubt() -> None:
    assert unusual_doubt_mm(None, USUAL) == 0.0
