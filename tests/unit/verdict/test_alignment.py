"""The stance in millimetres and degrees, as people read it: forward is positive."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from posture.app.parts.sentences import alignment_html
from posture.pose.landmarks import ANKLES, EARS, HIPS, KNEES, SHOULDERS, Landmark
from posture.pose.record import Pose
from posture.result import Alignment, Facing
from posture.verdict.alignment import describe_alignment
from tests.support.stick_person import standing_pose

# Pixels that each pair of joints lies ahead of the ankles, the person facing right.
AHEAD_PX = {KNEES: 5.0, HIPS: -10.0, SHOULDERS: 20.0, EARS: 35.0}
MM_PER_PX = 4.0


def stance(facing: Facing = "right") -> Pose:
    """Ears at row 80, shoulders at 150, hips at 300, knees at 430, ankles at 540."""
    pose = standing_pose()
    for pair, ahead_px in AHEAD_PX.items():
        pose.points_px[list(pair), 0] = 200 + ahead_px
    return pose if facing == "right" else pose.mirrored()


def value(alignment: Alignment, name: str) -> float:
    measured = getattr(alignment, name)
    assert measured is not None
    return float(measured.value)


@pytest.mark.parametrize("facing", ["left", "right"])
def test_offsets_from_the_plumb_line_through_the_ankles(facing: Facing) -> None:
    found = describe_alignment(stance(facing), facing, MM_PER_PX, 3.4)
    assert value(found, "knee_offset_mm") == pytest.approx(20.0)
    assert value(found, "hip_offset_mm") == pytest.approx(-40.0)
    assert value(found, "shoulder_offset_mm") == pytest.approx(80.0)
    assert value(found, "ear_offset_mm") == pytest.approx(140.0)


@pytest.mark.parametrize("facing", ["left", "right"])
def test_the_head_is_measured_from_the_shoulder(facing: Facing) -> None:
    found = describe_alignment(stance(facing), facing, MM_PER_PX, 3.4)
    # 15 px ahead and 70 px above: 60 mm, and the angle whose tangent is 15 / 70.
    assert value(found, "head_forward_mm") == pytest.approx(60.0)
    assert value(found, "head_forward_deg") == pytest.approx(12.095, abs=1e-3)


def test_the_trunk_leans_from_hip_to_shoulder() -> None:
    found = describe_alignment(stance(), "right", MM_PER_PX, 3.4)
    # 30 px ahead and 150 px above.
    assert value(found, "trunk_lean_deg") == pytest.approx(11.310, abs=1e-3)
    back = describe_alignment(stance(), "left", MM_PER_PX, 3.4)
    assert value(back, "trunk_lean_deg") == pytest.approx(-11.310, abs=1e-3)


def test_every_offset_is_as_sure_as_landmarks_are() -> None:
    found = describe_alignment(stance(), "right", MM_PER_PX, 3.4)
    for item in fields(found):
        if item.name.endswith("_mm"):
            assert getattr(found, item.name).ci95 == 35.0


def test_a_short_line_has_the_less_sure_angle() -> None:
    pose = standing_pose()
    found = describe_alignment(pose, "right", None, 2.0)
    assert found.trunk_lean_deg is not None and found.head_forward_deg is not None
    # 35 mm beside 150 px of 2 mm, and beside 70 px of 2 mm.
    assert found.trunk_lean_deg.ci95 == pytest.approx(np.degrees(np.arctan(35 / 300)))
    assert found.head_forward_deg.ci95 == pytest.approx(np.degrees(np.arctan(35 / 140)))


def test_a_turned_camera_takes_its_turn_off() -> None:
    """A camera that was turned clockwise shows a plumb body leaning to the left of the picture."""
    pose = standing_pose()
    sine, cosine = np.sin(np.radians(10.0)), np.cos(np.radians(10.0))
    ankle_px = np.array([200.0, 540.0])
    pose.points_px[:] = ankle_px + (pose.points_px - ankle_px) @ [[cosine, -sine], [sine, cosine]]
    assert value(describe_alignment(pose, "right", 4.0, 3.4), "trunk_lean_deg") == pytest.approx(
        -10.0
    )
    level = describe_alignment(pose, "right", 4.0, 3.4, camera_roll_deg=10.0)
    assert value(level, "trunk_lean_deg") == pytest.approx(0.0, abs=1e-9)
    assert value(level, "ear_offset_mm") == pytest.approx(0.0, abs=1e-9)


def test_without_a_stature_there_are_angles_but_no_millimetres() -> None:
    found = describe_alignment(stance(), "right", None, 3.4)
    given = {item.name for item in fields(found) if getattr(found, item.name) is not None}
    assert given == {"trunk_lean_deg", "head_forward_deg"}


def test_what_neither_side_shows_is_not_described() -> None:
    pose = stance()
    pose.visibility[list(ANKLES)] = 0.29
    found = describe_alignment(pose, "right", MM_PER_PX, 3.4)
    given = {item.name for item in fields(found) if getattr(found, item.name) is not None}
    assert given == {"trunk_lean_deg", "head_forward_deg", "head_forward_mm"}
    pose.visibility[list(EARS)] = 0.0
    assert describe_alignment(pose, "right", MM_PER_PX, 3.4).head_forward_deg is None
    pose.visibility[Landmark.LEFT_ANKLE] = 0.3
    assert describe_alignment(pose, "right", MM_PER_PX, 3.4).hip_offset_mm is not None


def test_people_read_these_millimetres() -> None:
    table = alignment_html(describe_alignment(stance(), "right", MM_PER_PX, 3.4), "mm")
    for line in (
        "<td>Ear in front of shoulder</td><td>60 ± 35 mm</td>",
        "<td>Shoulder in front of ankle</td><td>80 ± 35 mm</td>",
        "<td>Hip in front of ankle</td><td>−40 ± 35 mm</td>",
        "<td>Knee in front of ankle</td><td>20 ± 35 mm</td>",
        "<td>Ear in front of ankle</td><td>140 ± 35 mm</td>",
        "<td>Trunk lean</td><td>11° ± 4°</td>",
        "<td>Head in front of shoulder</td><td>12° ± 8°</td>",
    ):
        assert line in table


def test_people_do_not_read_what_was_not_seen() -> None:
    table = alignment_html(describe_alignment(stance(), "right", None, 3.4), "mm")
    assert "mm" not in table and "Trunk lean" in table
