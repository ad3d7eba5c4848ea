"""FHIR: what a validator of another make reads, and what is told of whom."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from ucumvert import get_ucum_parser

from posture.errors import InvalidInput
from posture.history import History
from posture.history.exchange import exported
from posture.history.keeping import session_of
from posture.interchange.fhir import Observed, bundle_json, code_system, observation, observed
from posture.report.export import nameless
from posture.result import Bands, Result
from posture.verdict.norms import load_norms
from tests.support.example_results import measured_result, refused_result
from tests.support.histories import save

SYSTEM = code_system()["url"]


def lines(*results: Result) -> str:
    return "".join(f"{result.to_json()}\n" for result in results)


def components(resource: dict[str, Any]) -> dict[str, Any]:
    """Values by code."""
    return {
        part["code"]["coding"][0]["code"]: part.get("valueQuantity") or part["valueCodeableConcept"]
        for part in resource["component"]
    }


def codes_in(value: Any) -> set[str]:
    """Codes of the project's own system, wherever they stand."""
    if isinstance(value, dict):
        own = {value["code"]} if value.get("system") == SYSTEM else set()
        return own.union(*map(codes_in, value.values()))
    return set().union(*map(codes_in, value)) if isinstance(value, list) else set()


def test_a_validator_reads_the_bundle() -> None:
    text = bundle_json(observed(lines(measured_result(), refused_result()), "P01", "2026-03-21"))
    bundle: Any = Bundle.model_validate_json(text)
    kinds = [entry.resource.get_resource_type() for entry in bundle.entry]
    assert kinds == ["CodeSystem", "Observation", "Observation"]
    measured = bundle.entry[1].resource
    assert (measured.status, measured.subject.identifier.value) == ("final", "P01")
    assert measured.effectiveDateTime.isoformat() == "2026-03-21"
    assert json.loads(bundle.model_dump_json())["entry"] == json.loads(text)["entry"]


def test_numbers_have_their_half_width_and_ucum_units() -> None:
    found = components(observation(Observed(measured_result())))
    parser = get_ucum_parser()
    units = {
        "surface-lumbar-curve-angle": "deg",
        "hollow-depth": "mm",
        "hollow-depth-ratio": "1",
        "hollow-depth-in-hands": "{hand}",
        "bridge-length": "mm",
        "turn-from-side-on": "deg",
    }
    assert set(found) == {*units, *(f"{code}-ci95" for code in units), "band"}
    for code, unit in units.items():
        parser.parse(unit)
        for quantity in (found[code], found[f"{code}-ci95"]):
            assert quantity["system"] == "http://unitsofmeasure.org" and quantity["code"] == unit
    assert found["surface-lumbar-curve-angle"]["value"] == 41.5
    assert found["surface-lumbar-curve-angle-ci95"]["value"] == 3.25


def test_every_code_is_defined_where_it_comes_along() -> None:
    text = bundle_json(observed(lines(measured_result()), None, None))
    known = {concept["code"] for concept in code_system()["concept"]}
    assert codes_in(json.loads(text)["entry"][1]) <= known
    assert len(known) == len(code_system()["concept"])
    assert all(concept["definition"] for concept in code_system()["concept"])
    assert SYSTEM.startswith("urn:uuid:")


def test_a_reading_between_bands_gets_no_code_of_one() -> None:
    between = replace(measured_result(), bands=Bands("typical", "deep", "typical/deep"))
    band = components(observation(Observed(between)))["band"]
    assert band == {"text": "Typical to deeper than usual"}
    assert components(observation(Observed(measured_result())))["band"]["coding"][0]["code"] == (
        "typical"
    )


def test_a_refused_photo_tells_why_and_no_number() -> None:
    resource = observation(Observed(refused_result()))
    assert "component" not in resource
    assert resource["dataAbsentReason"]["coding"][0]["code"] == "not-performed"
    assert resource["dataAbsentReason"]["text"].startswith("no-person: ")


def test_how_it_was_measured_is_told() -> None:
    resource = observation(Observed(measured_result()))
    assert "method 1," in resource["method"]["text"]
    (device,) = resource["contained"]
    assert resource["device"] == {"reference": f"#{device['id']}"}
    versions = {version["type"]["text"]: version["value"] for version in device["version"]}
    assert (versions["program"], versions["norms"]) == ("0.1.0", "1")
    assert resource["note"][0]["text"] == "Not a diagnosis."


def test_nobody_is_told_but_by_the_pseudonym_that_was_given() -> None:
    text = bundle_json(observed(lines(measured_result()), None, None))
    assert "photos/side.jpg" not in text and '"subject"' not in text
    assert '"effectiveDateTime"' not in text


def test_the_same_result_gets_the_same_name() -> None:
    ids = [observation(Observed(measured_result(), "2026-03-21", "P"))["id"] for _ in range(2)]
    moved = replace(measured_result(), image="elsewhere.jpg")
    ids.append(observation(Observed(moved, "2026-03-21", "P"))["id"])
    assert len(set(ids)) == 1
    other = observation(Observed(measured_result(), "2026-03-22", "P"))
    assert other["id"] not in ids


def test_a_history_brings_its_times_and_no_name(tmp_path: Path) -> None:
    times = (
        date(2026, 1, 2),
        datetime.fromisoformat("2026-02-03T10:00:00"),
        datetime.fromisoformat("2026-03-04T10:00:00+00:00"),
    )
    with History(tmp_path / "history.sqlite3") as history:
        for number, when in enumerate(times):
            base = measured_result()
            photo = replace(base, provenance=replace(base.provenance, image_sha256=f"{number:064}"))
            history.save("Ann Example", session_of([photo], when, load_norms()), {})
        found = observed(exported(history, ["Ann Example"]), "P01", None)
        save(history, "Bob")
        both = exported(history, ["Ann Example", "Bob"])
    assert [one.taken for one in found] == ["2026-01-02", "2026-02-03", "2026-03-04T10:00:00+00:00"]
    text = bundle_json(found)
    Bundle.model_validate_json(text)
    assert "Ann" not in text
    with pytest.raises(InvalidInput, match="2 people"):
        observed(both, None, None)


def test_what_the_page_saves_is_read() -> None:
    one = nameless(measured_result()).to_dict()
    session = json.dumps({"photos": [one, one], "median": one}, indent=2)
    assert len(observed(session, None, None)) == 3
    assert len(observed(json.dumps(one, indent=2), None, None)) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no result in this file"),
        ("{}", "Not a posture result"),
        ("[1]", "no result"),
        ('{"kind": "clip"}', "of a clip"),
        ("status,image\n", "Line 1 is not JSON"),
    ],
)
def test_another_file_is_refused(text: str, told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        observed(text, None, None)
