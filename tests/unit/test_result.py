"""What a measured result always has, and that nothing is read from one without numbers."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from posture.combine import Combined
from posture.errors import InvalidInput
from posture.findings import finding
from posture.refusal import refused
from posture.result import (
    Bands,
    CurveNumbers,
    CurvePoints,
    Measured,
    Percentiles,
    Repeatability,
    Result,
)
from posture.settings import Settings
from posture.subject import Subject

CURVE = CurveNumbers(
    facing="left",
    slca_deg=Measured(41.0, 5.0),
    hollow_depth_ratio=Measured(0.11, 0.012),
    hollow_hands=Measured(1.4, 0.3),
    bands=Bands(slca="typical", depth="borderline", verdict="typical/borderline"),
    wall_test="Room for a hand.",
    points_px=CurvePoints(*[(300.5, 200.25)] * 8),
)


@pytest.fixture
def nothing() -> Result:
    return refused(Settings(), "front.jpg", None, Subject(), (finding("no-person"),))


@pytest.fixture
def measured(nothing: Result) -> Result:
    return Result(
        status="measured",
        image="side.jpg",
        **vars(CURVE),
        findings=(),
        subject=Subject(),
        provenance=nothing.provenance,
        disclaimer=nothing.disclaimer,
    )


def test_a_measured_result_has_all_numbers_of_the_curve(measured: Result) -> None:
    assert measured.curve == measured.numbers() == CURVE


@pytest.mark.parametrize("missing", [field.name for field in fields(CurveNumbers)])
def test_with_one_of_them_missing_there_are_none(measured: Result, missing: str) -> None:
    changes: dict[str, Any] = {missing: None}
    assert replace(measured, **changes).curve is None


def test_a_refused_result_has_none(nothing: Result) -> None:
    assert nothing.curve is None
    with pytest.raises(InvalidInput, match="Nothing was measured"):
        nothing.numbers()


def test_numbers_of_several_photos_are_put_on_a_measured_photo_only(
    measured: Result, nothing: Result
) -> None:
    several = Combined(
        count=2,
        counted=2,
        edited_by_hand=False,
        slca_deg=Measured(40.0, 4.0),
        hollow_depth_mm=None,
        hollow_depth_ratio=CURVE.hollow_depth_ratio,
        hollow_hands=CURVE.hollow_hands,
        bridge_length_mm=None,
        yaw_deg=None,
        repeatability=Repeatability(4.0, None),
        bands=CURVE.bands,
        percentiles=Percentiles(50.0, 40.0, 60.0, 50.0, 40.0, 60.0),
        wall_test=CURVE.wall_test,
    )
    assert several.on(measured).numbers().slca_deg == Measured(40.0, 4.0)
    with pytest.raises(InvalidInput):
        several.on(nothing)
