"""The published JSON Schema of a result (``posture schema``).

Everything follows from the fields of :class:`posture.result.Result`; what is added here is what
those classes cannot say: which names there are, and what goes together.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from typing import Any

from posture._support.json_schema import json_schema
from posture.pose.bundles import MODEL_NAMES
from posture.pose.landmarks import Landmark
from posture.result import CurveNumbers, Result
from posture.verdict.bands import VERDICTS

_NULL = {"type": "null"}
_REFUSAL = {"contains": {"properties": {"severity": {"const": "refusal"}}}}


def result_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of :meth:`posture.result.Result.to_dict`."""
    schema = json_schema(Result)
    properties, definitions = schema["properties"], schema["$defs"]
    marks = [mark.name.lower() for mark in Landmark]
    properties["landmarks_px"]["propertyNames"] = {"enum": marks}
    _choose(definitions["band"], VERDICTS)
    _choose(definitions["provenance"]["properties"]["model"], MODEL_NAMES)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "posture result",
        **schema,
        "allOf": [_measured_or_refused()],
    }


def result_schema_text() -> str:
    """The schema as it is printed."""
    return json.dumps(result_schema(), ensure_ascii=False, indent=2) + "\n"


def _choose(schema: dict[str, Any], names: Iterable[str]) -> None:
    """Allow these names instead of any string."""
    del schema["type"]
    schema["enum"] = list(names)


def _measured_or_refused() -> dict[str, Any]:
    always = [field.name for field in dataclasses.fields(CurveNumbers)]
    # Which way a person faces may be seen although nothing was measured.
    never = [name for name in always if name != "facing"] + ["hollow_depth_mm"]
    return {
        "if": {"properties": {"status": {"const": "measured"}}},
        "then": {"properties": {name: {"not": _NULL} for name in always}},
        "else": {"properties": dict.fromkeys(never, _NULL) | {"findings": _REFUSAL}},
    }
