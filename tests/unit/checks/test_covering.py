"""Hair, clothes and arms over the back: what is told, and what just is not."""

from __future__ import annotations

import pytest

from posture.checks.covering import check_arms, check_clothing, check_fold, check_hair, check_worn
from posture.checks.scene import CurveScene
from tests.support.altered_scenes import (
    Case,
    arm_along,
    assert_told,
    belted,
    bent,
    coloured,
    falling,
    haired,
    hanging,
    hemmed,
    layered,
    neck_step,
    pouched,
    short_haired,
)

CASES = [
    Case("something-worn", check_worn, lambda s: pouched(s, 36.1), lambda s: pouched(s, 35.9)),
    Case(
        "something-worn-slightly",
        check_worn,
        lambda s: pouched(s, 25.1),
        lambda s: pouched(s, 24.9),
    ),
    Case(
        "something-worn-slightly",
        check_worn,
        lambda s: belted(s, 20.1),
        lambda s: belted(s, 19.9),
    ),
    Case("hair-over-back", check_hair, lambda s: neck_step(s, 39), lambda s: neck_step(s, 41)),
    Case("hair-over-back", check_hair, lambda s: haired(s, 74), lambda s: haired(s, 76)),
    Case("hair-over-back", check_hair, lambda s: layered(s, 36), lambda s: layered(s, 34)),
    Case(
        "hair-over-back",
        check_hair,
        lambda s: short_haired(s, 29),
        lambda s: short_haired(s, 31),
    ),
    Case("clothing-loose", check_clothing, lambda s: hemmed(s, 13), lambda s: hemmed(s, 11)),
    Case(
        "clothing-loose",
        check_clothing,
        lambda s: coloured(s, at_waist=0, at_hips=5),
        lambda s: coloured(s, at_waist=0, at_hips=3),
    ),
    Case(
        "clothing-loose",
        check_clothing,
        lambda s: coloured(s, at_waist=20, at_hips=21),
        lambda s: coloured(s, at_waist=20, at_hips=19),
    ),
    Case("clothing-loose", check_clothing, lambda s: falling(s, 4), lambda s: falling(s, 5)),
    Case(
        "clothing-hangs",
        check_clothing,
        lambda s: hanging(s, flare_deg=8.5, hem_mm=7),
        lambda s: hanging(s, flare_deg=9.5, hem_mm=7),
    ),
    Case(
        "clothing-hangs",
        check_clothing,
        lambda s: hanging(s, flare_deg=4, hem_mm=7),
        lambda s: hanging(s, flare_deg=4, hem_mm=5),
    ),
    Case("clothing-bunched", check_fold, lambda s: bent(s, 8.1), lambda s: bent(s, 7.9)),
    Case(
        "clothing-bunched-slightly",
        check_fold,
        lambda s: bent(s, 6.1),
        lambda s: bent(s, 5.9),
    ),
    Case(
        "arm-near-back",
        check_arms,
        lambda s: arm_along(s, 60),
        lambda s: arm_along(s, 30),
    ),
    Case(
        "arm-beside-back",
        check_arms,
        lambda s: arm_along(s, 60, inside_mm=84),
        lambda s: arm_along(s, 60, inside_mm=86),
    ),
    Case(
        "arm-over-back",
        check_arms,
        lambda s: arm_along(s, 130),
        lambda s: arm_along(s, 100),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_told(scene: CurveScene, case: Case) -> None:
    assert_told(case, scene)
