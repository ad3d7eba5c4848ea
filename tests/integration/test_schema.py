"""The program's own results follow the published schema."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from posture.analyzer import Analyzer
from posture.cli.schema import result_schema_text
from posture.result import Result

pytestmark = pytest.mark.model

SCHEMA: dict[str, Any] = json.loads(result_schema_text())
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_programs_own_refusals_follow_it() -> None:
    with Analyzer("lite") as analyzer:
        for source in (np.full((64, 48, 3), 128, np.uint8), "nowhere.jpg", b"junk"):
            result = analyzer.analyze(source)
            VALIDATOR.validate(json.loads(result.to_json()))
            assert Result.from_json(result.to_json()) == result
