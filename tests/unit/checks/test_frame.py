"""One frame of a camera or clip, read without a photo: the stick person with a hollow back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from posture.checks.frame import back_line_px, bridge_px, hides, read_frame
from posture.findings import finding
from posture.pose.landmarks import ANKLES, HIPS, KNEES, SHOULDERS, TOES, Landmark
from posture.pose.record import Pose
from tests.support.curves import PLAIN
from tests.support.stick_person import HEIGHT, TRUNK_PX, WIDTH, standing_pose, turned

# The trunk's 493 mm are 150 px.
MM_PER_PX = 493 / TRUNK_PX
# A cosine hollow between row 180 and row 300 (0 to 394 mm above the hips).
TOP, BOTTOM, DEPTH_PX = 180.0, 300.0, 9.0


Y, X = np.arange(HEIGHT) + 0.5, np.arange(WIDTH) + 0.5


def hollow_person() -> Pose:
    """A person with a hollow in their back, which falls away below it and above it."""
    dip = DEPTH_PX / 2 * (1 - np.cos(2 * np.pi * (Y - TOP) / (BOTTOM - TOP)))
    beyond = np.maximum(np.maximum(TOP - Y, Y - BOTTOM), 0)
    return person(np.where(beyond > 0, np.minimum(beyond**2 / 400, 20), dip))


def person(dip_px: NDArray[np.float64]) -> Pose:
    """The stick person with limbs where a body has them; the back lies in by so much (h,)."""
    mask = np.clip(0.5 + X - 160 - dip_px[:, None], 0, 1) * (X < 240)
    mask[(Y < 40) | (Y > 560)] = 0
    pose = standing_pose(mask.astype(np.float32))
    # Brought forward, away from the back.
    for name in ("ELBOW", "WRIST", "INDEX"):
        for side in ("LEFT", "RIGHT"):
            pose.points_px[Landmark[f"{side}_{name}"], 0] = 235
    # Feet as long as a body's.
    pose.points_px[list(TOES), 0] += 20
    for pair, down_m in ((SHOULDERS, -0.5), (HIPS, 0.0), (KNEES, 0.45), (ANKLES, 0.85)):
        pose.world_m[list(pair), 1] = down_m
    return pose


def codes(pose: Pose | None) -> set[str]:
    return {item.code for item in read_frame(pose, 4.0, PLAIN).findings}


def test_the_depth_is_read_in_statures() -> None:
    reading = read_frame(hollow_person(), 4.0, PLAIN)
    assert not reading.hidden, reading.findings
    assert reading.curve is not None and reading.depth_stature is not None
    # 9 px of a mask that smoothing takes a little off; 520 px are 1.043 statures.
    assert reading.curve.depth == pytest.approx(9 * MM_PER_PX, rel=0.06)
    assert reading.depth_stature == pytest.approx(9 * 1.043 / 520, rel=0.06)


def test_a_mirrored_frame_reads_the_same() -> None:
    one = read_frame(hollow_person(), 4.0, PLAIN)
    other = read_frame(hollow_person().mirrored(), 4.0, PLAIN)
    assert one.curve is not None and other.curve is not None
    assert other.curve.slca_deg == pytest.approx(one.curve.slca_deg, abs=0.05)
    assert other.curve.depth == pytest.approx(one.curve.depth, abs=0.05)


def test_the_lines_lie_on_the_back() -> None:
    reading = read_frame(hollow_person(), 4.0, PLAIN)
    line = back_line_px(reading)
    rows = (line[:, 1] > 190) & (line[:, 1] < 290)
    assert line[rows, 0] == pytest.approx(
        160 + DEPTH_PX / 2 * (1 - np.cos(2 * np.pi * (line[rows, 1] - TOP) / 120)), abs=0.6
    )
    upper, lower, foot, deepest = bridge_px(reading)
    assert upper == pytest.approx([160, TOP], abs=8)
    assert lower == pytest.approx([160, BOTTOM], abs=8)
    assert deepest == pytest.approx([160 + DEPTH_PX, 240], abs=2)
    assert foot == pytest.approx([160, 240], abs=2)


def test_nobody_is_said() -> None:
    reading = read_frame(None, 4.0)
    assert codes(None) == {"no-person"}
    assert reading.curve is None and reading.depth_stature is None
    assert back_line_px(reading).shape == bridge_px(reading).shape == (0, 2)


def test_somebody_turned_away_is_not_traced() -> None:
    reading = read_frame(turned(hollow_person(), 60.0), 4.0, PLAIN)
    assert "not-side-on" in {item.code for item in reading.findings}
    assert reading.outline is None and reading.view is not None
    assert back_line_px(reading).shape == (0, 2)


def test_a_back_without_a_hollow_is_said() -> None:
    # Rounded, for what is quite straight is a board.
    reading = read_frame(person(np.minimum((Y - 240) ** 2 / 1200, 20)), 4.0, PLAIN)
    *others, last = reading.findings
    assert last.code == "no-hollow" and not any(hides(item) for item in others)
    assert reading.curve is None
    assert len(back_line_px(reading)) > 100


def test_an_arm_at_the_back_hides_the_curve_that_is_seen() -> None:
    pose = hollow_person()
    pose.points_px[Landmark.LEFT_ELBOW] = (170, 210)
    pose.points_px[Landmark.LEFT_WRIST] = (170, 270)
    pose.points_px[Landmark.LEFT_INDEX] = (175, 285)
    reading = read_frame(pose, 4.0, PLAIN)
    assert reading.hidden
    assert reading.seen_curve is not None
    assert reading.curve is None and reading.depth_stature is None
    assert bridge_px(reading).shape == (0, 2)


def test_the_calibration_that_is_given_is_used() -> None:
    biased = replace(PLAIN, yaw=replace(PLAIN.yaw, bias_deg=20.0))
    plain, moved = (read_frame(hollow_person(), 4.0, item).view for item in (PLAIN, biased))
    assert plain is not None and moved is not None
    assert moved.yaw_deg == pytest.approx(plain.yaw_deg - 20.0)


@pytest.mark.parametrize(
    ("code", "hidden"),
    [("no-person", True), ("arm-near-back", True), ("head-cropped", False)],
)
def test_what_hides_a_back(code: str, hidden: bool) -> None:
    assert hides(finding(code)) == hidden
