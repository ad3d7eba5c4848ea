"""The published schema says exactly what a result is."""

from __future__ import annotations

import dataclasses
import json
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator, ValidationError

from posture import result as result_module
from posture._support.described import Allowed, Shared
from posture.cli.schema import result_schema_text
from posture.findings import Finding, Severity
from posture.pose.bundles import MODEL_NAMES
from posture.pose.landmarks import Landmark
from posture.result import Facing, Result, Status
from posture.subject import AGE_RANGE_YEARS, HAND_THICKNESS_RANGE_MM, STATURE_RANGE_MM, Sex, Subject
from posture.verdict.bands import VERDICTS
from tests.support.example_results import measured_result, refused_result

SCHEMA: dict[str, Any] = json.loads(result_schema_text())
DEFINITIONS = SCHEMA["$defs"]
VALIDATOR = Draft202012Validator(SCHEMA)
OBJECT_OF_CLASS = {
    Result: SCHEMA,
    Finding: DEFINITIONS["finding"],
    Subject: DEFINITIONS["subject"],
    result_module.Measured: DEFINITIONS["measured"],
    result_module.Bands: DEFINITIONS["bands"],
    result_module.Percentiles: DEFINITIONS["percentiles"],
    result_module.CurvePoints: DEFINITIONS["curve_points"],
    result_module.Landmark2D: DEFINITIONS["landmark"],
    result_module.Alignment: DEFINITIONS["alignment"],
    result_module.Repeatability: DEFINITIONS["repeatability"],
    result_module.Provenance: DEFINITIONS["provenance"],
}


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_class_of_the_result_is_described() -> None:
    classes = {
        item
        for item in vars(result_module).values()
        if isinstance(item, type) and dataclasses.is_dataclass(item)
    }
    # A view of a measured result, not a part of it; and what fields are described with.
    others = {result_module.CurveNumbers, Allowed, Shared}
    assert classes - others == set(OBJECT_OF_CLASS)


@pytest.mark.parametrize("class_", OBJECT_OF_CLASS)
def test_every_field_is_described_and_no_other(class_: Any) -> None:
    described = OBJECT_OF_CLASS[class_]
    names = [field.name for field in dataclasses.fields(class_)]
    assert list(described["properties"]) == names
    assert described["required"] == names
    assert described["additionalProperties"] is False
    for name, field in described["properties"].items():
        assert "description" in field or "$ref" in field, name


def test_choices_are_those_of_the_program() -> None:
    properties = SCHEMA["properties"]
    assert set(properties["status"]["enum"]) == set(get_args(Status))
    assert set(properties["facing"]["enum"]) == {*get_args(Facing), None}
    assert set(DEFINITIONS["band"]["enum"]) == set(VERDICTS)
    assert set(DEFINITIONS["finding"]["properties"]["severity"]["enum"]) == set(get_args(Severity))
    assert set(DEFINITIONS["provenance"]["properties"]["model"]["enum"]) == set(MODEL_NAMES)
    marks = {mark.name.lower() for mark in Landmark}
    assert set(properties["landmarks_px"]["propertyNames"]["enum"]) == marks
    subject = DEFINITIONS["subject"]["properties"]
    assert set(subject["sex"]["enum"]) == set(get_args(Sex))
    for name, limits in (
        ("stature_mm", STATURE_RANGE_MM),
        ("age", AGE_RANGE_YEARS),
        ("hand_thickness_mm", HAND_THICKNESS_RANGE_MM),
    ):
        assert (subject[name]["minimum"], subject[name]["maximum"]) == limits


@pytest.mark.parametrize("result", [measured_result(), refused_result()])
def test_results_follow_it_and_come_back_unchanged(result: Result) -> None:
    VALIDATOR.validate(result.to_dict())
    assert Result.from_json(result.to_json()) == result


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "maybe"},
        {"slca_deg": None},
        {"slca_deg": {"value": 3.0}},
        {"slca_deg": {"value": 3.0, "ci95": -1.0}},
        {"bands": {"slca": "deep/flat", "depth": "flat", "verdict": "flat"}},
        {"contour_px": [[1.0]]},
        {"extra": 1},
        {"status": "refused"},
    ],
)
def test_what_is_no_result_is_rejected(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        VALIDATOR.validate(measured_result().to_dict() | changes)
