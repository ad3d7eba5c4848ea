"""An angle that may be anything is no reading."""

from __future__ import annotations

from dataclasses import replace

import pytest

from posture.checks.result import check_certainty
from posture.checks.scene import CurveScene
from posture.curve.uncertainty import CurveError
from tests.support.altered_scenes import Case, assert_told

CASES = [
    Case(
        "too-uncertain",
        check_certainty,
        lambda s: replace(s, error=CurveError(slca_deg=20.1, depth_mm=5.0)),
        lambda s: replace(s, error=CurveError(slca_deg=19.9, depth_mm=5.0)),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_told(scene: CurveScene, case: Case) -> None:
    assert_told(case, scene)
