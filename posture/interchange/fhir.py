"""Results as FHIR R4 resources: a Bundle with an Observation for each, and the codes they use.

The elements are those of FHIR R4 (hl7.org/fhir/R4/observation.html), the units UCUM codes.  No code
of another system says what is measured here, for the outline is neither bone nor X-ray: the Bundle
brings its own CodeSystem.  A refused photo is an Observation with ``dataAbsentReason``.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from posture._support.outside import json_text
from posture._support.tables import data_table
from posture.errors import InvalidInput
from posture.history.exchange import FORMAT as HISTORY_FORMAT
from posture.history.exchange import parsed
from posture.history.records import time_of
from posture.interchange.dictionary import dictionary, unit_of
from posture.result import Measured, Result

UCUM = "http://unitsofmeasure.org"
ABSENT_REASONS = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"
# As many digits as are worth keeping.
_DIGITS = ".6g"
_FIX = "Give what posture analyze --json printed, or a history's export."
_DEVICE = "program"
# Letters within which a history's export names its format.
_HEAD = 200

Resource = dict[str, Any]


class _System(NamedTuple):
    codes: str
    names: str
    name: str
    title: str
    publisher: str


class _Observation(NamedTuple):
    code: str
    display: str
    definition: str
    body_site: str
    method: str
    device: str
    not_measured: str
    photos: str
    by_hand: str
    ci95_code: str
    ci95_display: str
    ci95_definition: str


class _Number(NamedTuple):
    field: str
    code: str
    display: str


class _Concept(NamedTuple):
    code: str
    display: str
    definition: str


class _Words(NamedTuple):
    """All of ``data/fhir.toml``."""

    system: _System
    observation: _Observation
    number: tuple[_Number, ...]
    verdict: _Concept
    band: dict[str, str]


@dataclass(frozen=True)
class Observed:
    """One result with what the result itself does not tell.

    Attributes:
        result: measured or refused.
        taken: when, as FHIR's dateTime: a day, or a moment with its zone; None when nobody said.
        subject: a pseudonym; None leaves the person out.
    """

    result: Result
    taken: str | None = None
    subject: str | None = None


def observed(text: str, subject: str | None, taken: str | None) -> tuple[Observed, ...]:
    """The results of a file.

    Args:
        text: lines of ``posture analyze --json``, or the export of one person's history, of which
            each session's reading is taken with its own time.
        subject: a pseudonym of the person; the name in a history is never used.
        taken: as :class:`Observed`, of results that tell none.

    Raises:
        InvalidInput: when it is neither, or of several people.
    """
    if _is_history(text):
        return tuple(_of_history(text, subject))
    found = tuple(Observed(_result(item), taken, subject) for item in _items(text))
    if not found:
        raise InvalidInput("There is no result in this file.", _FIX)
    return found


def bundle_json(found: Sequence[Observed]) -> str:
    """A Bundle (collection): the CodeSystem, then an Observation for each result."""
    entries = [_entry(_words().system.codes, code_system())]
    for one in found:
        resource = observation(one)
        entries.append(_entry(f"urn:uuid:{resource['id']}", resource))
    document = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    return json_text(document, indent=2) + "\n"


def observation(found: Observed) -> Resource:
    """The Observation of one result; the same result gets the same id."""
    result, words = found.result, _words().observation
    resource: Resource = {
        "resourceType": "Observation",
        "id": _name(found),
        "contained": [_device(result)],
        "status": "final",
        "category": [{"coding": [{"system": CATEGORIES, "code": "exam", "display": "Exam"}]}],
        "code": _coded(words.code, words.display),
    }
    if found.subject is not None:
        # A pseudonym: who it is stays where the pseudonyms are kept.
        resource["subject"] = {"identifier": {"value": found.subject}}
    if found.taken is not None:
        resource["effectiveDateTime"] = found.taken
    refusal = result.refusal
    if refusal is not None:
        reason = words.not_measured.format(
            code=refusal.code, message=refusal.message, fix=refusal.fix
        )
        resource["dataAbsentReason"] = _absent(reason.strip())
    provenance = result.provenance
    method = words.method.format(
        method=provenance.method_version, norms=provenance.norms_version, model=provenance.model
    )
    resource |= {
        "note": [{"text": text} for text in _notes(result)],
        "bodySite": {"text": words.body_site},
        "method": {"text": method},
        "device": {"reference": f"#{_DEVICE}"},
    }
    components = list(_components(result))
    return resource | ({"component": components} if components else {})


def date_time(taken: date) -> str:
    """A day or time as FHIR's dateTime, which has a zone or is just a day.

    The time of a clock whose zone nobody said is left out.
    """
    if isinstance(taken, datetime) and taken.tzinfo is None:
        return taken.date().isoformat()
    return taken.isoformat()


def code_system() -> Resource:
    """The codes that the Observations use, with what each means."""
    system = _words().system
    return {
        "resourceType": "CodeSystem",
        "id": system.codes.rpartition(":")[2],
        "url": system.codes,
        "name": system.name,
        "title": system.title,
        "status": "active",
        "publisher": system.publisher,
        "caseSensitive": True,
        "content": "complete",
        "concept": [concept._asdict() for concept in _concepts()],
    }


def _concepts() -> Iterator[_Concept]:
    words = _words()
    yield _Concept(words.observation.code, words.observation.display, words.observation.definition)
    meanings = {entry.name: entry.meaning for entry in dictionary()["results"]}
    for number in words.number:
        yield _Concept(number.code, number.display, meanings[number.field])
        yield _half_width(number)
    yield words.verdict
    for code, display in words.band.items():
        yield _Concept(code, display, words.verdict.definition)


def _half_width(number: _Number) -> _Concept:
    words = _words().observation
    return _Concept(
        words.ci95_code.format(code=number.code),
        words.ci95_display.format(display=number.display),
        words.ci95_definition.format(code=number.code),
    )


def _components(result: Result) -> Iterator[Resource]:
    for number in _words().number:
        found: Measured | None = getattr(result, number.field)
        if found is not None:
            unit, half = unit_of(number.field).code, _half_width(number)
            yield {
                "code": _coded(number.code, number.display),
                "valueQuantity": _quantity(found.value, unit),
            }
            yield {
                "code": _coded(half.code, half.display),
                "valueQuantity": _quantity(found.ci95, unit),
            }
    if result.bands is not None:
        verdict = _words().verdict
        yield {
            "code": _coded(verdict.code, verdict.display),
            "valueCodeableConcept": _band(result.bands.verdict),
        }


def _band(verdict: str) -> Resource:
    """A band by its code, or several that the reading may lie in by their names."""
    names = _words().band
    first, *last = verdict.split("/")
    if last:
        return {"text": f"{names[first]} to {names[last[0]].lower()}"}
    return _coded(first, names[first])


def _coded(code: str, display: str) -> Resource:
    system = _words().system.codes
    return {"coding": [{"system": system, "code": code, "display": display}], "text": display}


def _quantity(value: float, unit: str) -> Resource:
    number = float(f"{value:{_DIGITS}}")
    # An annotation in braces is for people; "1" is nothing that one would write.
    shown = {} if unit == "1" else {"unit": unit.strip("{}")}
    return {"value": number, **shown, "system": UCUM, "code": unit}


def _absent(reason: str) -> Resource:
    coding = {"system": ABSENT_REASONS, "code": "not-performed", "display": "Not Performed"}
    return {"coding": [coding], "text": reason}


def _device(result: Result) -> Resource:
    """The program, by name and versions."""
    provenance = result.provenance
    versions = {
        "program": provenance.program_version,
        "method": provenance.method_version,
        "norms": provenance.norms_version,
        "model": f"{provenance.model} {provenance.model_sha256}",
    }
    return {
        "resourceType": "Device",
        "id": _DEVICE,
        "deviceName": [{"name": _words().observation.device, "type": "user-friendly-name"}],
        "version": [{"type": {"text": of}, "value": told} for of, told in versions.items()],
    }


def _notes(result: Result) -> Iterator[str]:
    words = _words().observation
    yield result.disclaimer
    sha256 = result.provenance.image_sha256
    if sha256 is not None:
        yield words.photos.format(sha256=sha256)
    if result.provenance.edited_by_hand:
        yield words.by_hand


def _entry(url: str, resource: Resource) -> Resource:
    return {"fullUrl": url, "resource": resource}


def _name(found: Observed) -> str:
    """A name that follows from what is told; the photo's path has no part in it."""
    plain = found.result.to_dict() | {"image": None}
    told = json.dumps([plain, found.taken, found.subject], sort_keys=True)
    return str(uuid.uuid5(uuid.UUID(_words().system.names), told))


def _items(text: str) -> Iterator[object]:
    """The objects of a file: one a line, or those of one that is written over many lines."""
    whole = _parsed(text)
    if isinstance(whole, Mapping) and "photos" in whole:
        # What the page saves of a session.
        yield from whole["photos"]
        yield whole.get("median")
    elif whole is not None:
        yield whole
    else:
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                item = _parsed(line)
                if item is None:
                    raise InvalidInput(f"Line {number} is not JSON.", _FIX)
                yield item


def _parsed(text: str) -> object:
    """JSON; None when it is none."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def _is_history(text: str) -> bool:
    # An export names its format in the beginning, and may be large.
    if f'"{HISTORY_FORMAT}"' not in text[:_HEAD]:
        return False
    document = _parsed(text)
    return isinstance(document, Mapping) and document.get("format") == HISTORY_FORMAT


def _of_history(text: str, subject: str | None) -> Iterable[Observed]:
    people = parsed(text)
    if len(people) != 1:
        raise InvalidInput(
            f"This export is of {len(people)} people.",
            "Export one person: posture history NAME --export FILE.",
        )
    (sessions,) = people.values()
    for session, _ in sessions:
        result = Result.from_json(session.kept[-1].result)
        yield Observed(result, date_time(time_of(session.taken_at)), subject)


def _result(plain: object) -> Result:
    if not isinstance(plain, dict):
        raise InvalidInput("Something in this file is no result.", _FIX)
    if plain.get("kind") == "clip":
        raise InvalidInput("A line is of a clip.", "Only results of photos are exported.")
    return Result.from_dict(plain)


def _words() -> _Words:
    return data_table("fhir", _Words)
