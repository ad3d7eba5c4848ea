"""The person and the camera: what is told, and what just is not."""

from __future__ import annotations

import pytest

from posture.checks.limits import load_limits
from posture.checks.person import (
    check_facing,
    check_one_body,
    check_perspective,
    check_seated,
    check_side_on,
    check_stretch,
    check_stride,
    check_trunk_in_frame,
)
from posture.checks.scene import CurveScene
from posture.pose.landmarks import ANKLES, HEELS
from posture.result import Facing
from tests.support.altered_scenes import (
    Case,
    apart,
    assert_told,
    legs_alone,
    proportioned,
    thick_thighs,
    thighs_at,
    viewed,
    with_a_bag,
)

CASES = [
    Case(
        "picture-stretched",
        check_stretch,
        lambda s: viewed(s, stretch=0.81),
        lambda s: viewed(s, stretch=0.83),
    ),
    Case(
        "picture-stretched-slightly",
        check_stretch,
        lambda s: viewed(s, stretch=0.86),
        lambda s: viewed(s, stretch=0.88),
    ),
    Case(
        "picture-stretched-slightly",
        check_stretch,
        lambda s: viewed(s, stretch=1.21),
        lambda s: viewed(s, stretch=1.19),
    ),
    Case(
        "turned-away-from-side",
        check_side_on,
        lambda s: viewed(s, yaw_deg=-13.1),
        lambda s: viewed(s, yaw_deg=-12.9),
    ),
    Case(
        "not-side-on",
        check_side_on,
        lambda s: viewed(s, yaw_deg=27.1),
        lambda s: viewed(s, yaw_deg=26.9),
    ),
    Case(
        "facing-unclear",
        check_facing,
        lambda s: viewed(s, facing_strength=0.24),
        lambda s: viewed(s, facing_strength=0.26),
    ),
    Case(
        "more-than-one-body",
        check_one_body,
        lambda s: with_a_bag(s, 0.035),
        lambda s: with_a_bag(s, 0.025),
    ),
    Case(
        "more-than-one-body",
        check_one_body,
        lambda s: thick_thighs(s, 0.76),
        lambda s: thick_thighs(s, 0.64),
    ),
    Case(
        "more-than-one-body",
        check_one_body,
        lambda s: thick_thighs(apart(s, ANKLES, 0, 0.44), 0.76),
        lambda s: thick_thighs(apart(s, ANKLES, 0, 0.46), 0.76),
    ),
    Case(
        "trunk-out-of-frame",
        check_trunk_in_frame,
        lambda s: legs_alone(s, 0.49),
        lambda s: legs_alone(s, 0.51),
    ),
    Case(
        "trunk-out-of-frame",
        check_trunk_in_frame,
        lambda s: proportioned(s, leg=1.41, neck=0.34),
        lambda s: proportioned(s, leg=1.43, neck=0.34),
    ),
    Case(
        "trunk-out-of-frame",
        check_trunk_in_frame,
        lambda s: proportioned(s, leg=1.41, neck=0.34),
        lambda s: proportioned(s, leg=1.41, neck=0.36),
    ),
    Case("seated", check_seated, lambda s: thighs_at(s, 51), lambda s: thighs_at(s, 49)),
    Case(
        "walking",
        check_stride,
        lambda s: apart(s, ANKLES, 0, 0.46),
        lambda s: apart(s, ANKLES, 0, 0.44),
    ),
    Case(
        "camera-close-or-high",
        check_perspective,
        lambda s: apart(s, HEELS, 1, 0.43),
        lambda s: apart(s, HEELS, 1, 0.41),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_told(scene: CurveScene, case: Case) -> None:
    assert_told(case, scene)


@pytest.mark.parametrize(
    ("facing", "yaw_deg", "where"),
    [
        ("right", 20, "to your left"),
        ("right", -20, "to your right"),
        ("left", 20, "to your right"),
        ("left", -20, "to your left"),
        ("left", 88, "to one side"),
        (None, 40, "to one side"),
    ],
)
def test_which_way_to_turn(
    scene: CurveScene, facing: Facing | None, yaw_deg: float, where: str
) -> None:
    found = check_side_on(viewed(scene, facing=facing, yaw_deg=yaw_deg), load_limits())
    assert found is not None
    assert f"Turn about {abs(yaw_deg)}° {where}, so that" in found.fix
