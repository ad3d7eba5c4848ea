"""The traced outline: what is told, and what just is not."""

from __future__ import annotations

import pytest

from posture.checks.outline import (
    check_behind,
    check_contrast,
    check_light,
    check_outline_found,
    check_sharpness,
)
from posture.checks.scene import CurveScene
from tests.support.altered_scenes import (
    Case,
    assert_told,
    boarded,
    constant,
    lit,
    poked,
    reaching,
    rivalled,
    soft,
    stepping,
    unfound,
)

CASES = [
    Case(
        "outline-unclear",
        check_outline_found,
        lambda s: unfound(s, 0.12),
        lambda s: unfound(s, 0.08),
    ),
    Case(
        "something-behind-back",
        check_behind,
        lambda s: reaching(s, 201),
        lambda s: reaching(s, 199),
    ),
    Case("something-behind-back", check_behind, lambda s: poked(s, 11), lambda s: poked(s, 9)),
    Case(
        "something-behind-back",
        check_behind,
        lambda s: stepping(s, 21),
        lambda s: stepping(s, 19),
    ),
    Case(
        "something-behind-back",
        check_behind,
        lambda s: constant(soft(s, 24), hesitation_mm=39),
        lambda s: constant(soft(s, 24), hesitation_mm=37),
    ),
    Case(
        "something-behind-back",
        check_behind,
        lambda s: boarded(s, 0.7),
        lambda s: boarded(s, 0.9),
    ),
    Case(
        "something-behind-back",
        check_behind,
        lambda s: rivalled(s, 31),
        lambda s: rivalled(s, 29),
    ),
    Case("too-dark", check_light, lambda s: lit(s, 8, 3), lambda s: lit(s, 10, 3)),
    Case("burnt-out", check_light, lambda s: lit(s, 97, 99), lambda s: lit(s, 96, 99)),
    Case(
        "outline-faint",
        check_contrast,
        lambda s: constant(s, contrast=0.5, doubt_mm=1, hesitation_mm=5),
        lambda s: constant(s, contrast=0.6, doubt_mm=1, hesitation_mm=5),
    ),
    Case(
        "outline-faint",
        check_contrast,
        lambda s: constant(s, contrast=5, doubt_mm=2.3, hesitation_mm=5),
        lambda s: constant(s, contrast=5, doubt_mm=2.1, hesitation_mm=5),
    ),
    Case("outline-faint", check_contrast, lambda s: rivalled(s, 9), lambda s: rivalled(s, 7)),
    Case(
        "outline-faint",
        check_contrast,
        lambda s: constant(s, contrast=5, doubt_mm=1, hesitation_mm=39),
        lambda s: constant(s, contrast=5, doubt_mm=1, hesitation_mm=37),
    ),
    Case(
        "blurred",
        check_sharpness,
        lambda s: constant(soft(s, 26), hesitation_mm=39),
        lambda s: constant(soft(s, 26), hesitation_mm=37),
    ),
    Case(
        "blurred",
        check_sharpness,
        lambda s: constant(soft(s, 26), hesitation_mm=39),
        lambda s: constant(soft(s, 24), hesitation_mm=39),
    ),
    Case(
        "blurred-slightly",
        check_sharpness,
        lambda s: constant(s, hesitation_mm=5, softness_mm=13, contrast=5),
        lambda s: constant(s, hesitation_mm=5, softness_mm=12, contrast=5),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_told(scene: CurveScene, case: Case) -> None:
    assert_told(case, scene)
