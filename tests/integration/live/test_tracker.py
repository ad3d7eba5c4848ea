"""The tracker on clips of a rendered person: what it says, when, and how calm its numbers are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import groupby

import numpy as np
import pytest

from posture.live.live_settings import live_settings
from posture.live.sources import to_rgb
from posture.live.tracker import LiveFrame, Tracker, small_rgb
from posture.pose.mediapipe import FollowingPoseModel
from tests.support.scenes import (
    ARRIVAL,
    SESSION,
    STATURE_MM,
    STILL,
    TRUE_ANGLE_DEG,
    TRUE_DEPTH_MM,
    Shot,
    frames,
    picture,
)

pytestmark = pytest.mark.model

FPS = 10.0
SETTINGS = live_settings()


def follow(shots: Sequence[Shot], fps: float = FPS) -> list[LiveFrame]:
    with Tracker("lite") as tracker:
        seen = []
        for image, time_s in frames(shots, fps):
            rgb, px_ratio = small_rgb(image)
            seen.append(tracker.follow(rgb, time_s, px_ratio))
        return seen


@cache
def arrival() -> tuple[LiveFrame, ...]:
    return tuple(follow((*ARRIVAL, *SESSION)))


def said(seen: Sequence[LiveFrame]) -> list[str]:
    return [key for key, _ in groupby(live.guidance.instruction.key for live in seen)]


def codes(live: LiveFrame) -> set[str]:
    return {item.code for item in live.reading.findings}


def test_a_person_who_arrives_is_guided_through_four_stances() -> None:
    stances = ["hold", *["step-away", "hold"] * 3, "done"]
    assert said(arrival()) == ["step-back", "turn", "arms", *stances]
    assert [live.guidance.taken for live in arrival() if live.guidance.take] == [1, 2, 3, 4]


def test_a_picture_is_taken_after_standing_still_for_long_enough() -> None:
    arms_away_s = sum(shot.seconds for shot in ARRIVAL)
    first = next(live.time_s for live in arrival() if live.guidance.take)
    assert first - arms_away_s >= SETTINGS.stillness.still_s
    assert first - arms_away_s < SETTINGS.stillness.still_s + 2 * SETTINGS.guidance.settle_s


def test_each_picture_is_of_a_stance_of_its_own() -> None:
    """Between two of them she was away, and then still again for long enough."""
    starts = np.cumsum([0.0, *(shot.seconds for shot in (*ARRIVAL, *SESSION))])
    stances = [
        start
        for start, shot in zip(starts[:-1], (*ARRIVAL, *SESSION), strict=True)
        if shot.picture == "side-clasped" and not shot.shift_px
    ]
    taken = [live.time_s for live in arrival() if live.guidance.take]
    for start, at in zip(stances, taken, strict=True):
        assert SETTINGS.stillness.still_s <= at - start < STILL.seconds


def test_nothing_is_taken_while_the_body_moves() -> None:
    """She leans to and fro by a tenth of her trunk."""
    shots = [Shot("side-clasped", 0.5), Shot("side-clasped", 0.5, shift_px=24)] * 4
    seen = follow(shots)
    assert "hold" in said(seen)
    assert not any(live.guidance.take for live in seen)


def test_the_back_is_read_near_the_truth() -> None:
    seen = [live for live in arrival() if live.guidance.instruction.key in ("step-away", "done")]
    angle = np.mean([live.angle_deg.smooth for live in seen])
    depth_mm = np.mean([live.depth_stature.smooth for live in seen]) * STATURE_MM
    assert angle == pytest.approx(TRUE_ANGLE_DEG["side-clasped"], abs=4)
    assert depth_mm == pytest.approx(TRUE_DEPTH_MM, abs=6)


def test_no_number_is_given_while_an_arm_hides_the_back() -> None:
    arms = {"arm-over-back", "arm-near-back"}
    hidden = [live for live in arrival() if arms & codes(live)]
    assert hidden
    assert all(live.angle_deg.raw is None and live.depth_stature.raw is None for live in hidden)


def test_the_smoothed_angle_is_calm_and_follows_a_step() -> None:
    """Ten seconds still: a standard deviation of at most 1°; then a step of 20°, in 0.7 s."""
    seen = follow((Shot("side-clasped", 10), Shot("side-flat", 1.5)))
    time_s = np.array([live.time_s for live in seen])
    angle = np.array([live.angle_deg.smooth for live in seen], float)
    raw = np.array([live.angle_deg.raw for live in seen], float)
    still = time_s < 10
    assert np.std(angle[still]) <= 1.0
    assert np.std(raw[still]) > np.std(angle[still])
    before, after = np.median(angle[still]), np.median(raw[~still])
    assert before - after > 20
    assert before - angle[time_s >= 10.7][0] > 0.9 * (before - after)


def test_the_same_frames_give_the_same_numbers() -> None:
    shots = (Shot("side-clasped", 1.0),)
    assert [live.angle_deg for live in follow(shots)] == [live.angle_deg for live in follow(shots)]


def test_a_person_who_leaves_is_asked_to_come_back() -> None:
    seen = follow((Shot("side-clasped", 1.0), Shot("empty", 1.2)))
    assert said(seen) == ["hold", "step-in"]
    assert seen[-1].angle_deg.smooth is None


def test_another_round_can_be_asked_for() -> None:
    with Tracker("lite") as tracker:
        keys = []
        for image, time_s in frames((Shot("side-clasped", 5),), FPS):
            live = tracker.follow(small_rgb(image)[0], time_s)
            if live.guidance.instruction.key == "step-away" and "step-away" not in keys:
                tracker.begin_again()
            keys.append(live.guidance.instruction.key)
    assert [key for key, _ in groupby(keys)] == ["hold", "step-away"] * 2


@pytest.mark.parametrize("width", [637, 638, 639])
def test_no_width_of_a_frame_takes_the_process_down(width: int) -> None:
    rgb = np.ascontiguousarray(to_rgb(picture("side-clasped"))[:, 300 : 300 + width])
    with FollowingPoseModel("lite") as model:
        pose = model.detect(rgb, 0.0)
        assert pose is not None and pose.mask.shape == rgb.shape[:2]


def test_times_that_do_not_ascend_are_no_error() -> None:
    rgb = small_rgb(picture("side-clasped"))[0]
    with FollowingPoseModel("lite") as model:
        assert all(model.detect(rgb, time_s) is not None for time_s in (5.0, 5.0, 4.9))
