"""Which colours are the room's and not the person's."""

from __future__ import annotations

import numpy as np
import pytest

from posture.outline.colours import (
    cie_lab,
    colour_bins,
    foreign_in_scene,
    foreign_odds,
    lab_planes,
)
from posture.outline.outline_settings import outline_settings
from posture.view.trunk_frame import trunk_frame
from tests.support.stick_person import HEIGHT, WIDTH, standing_pose

BODY, WALL, DOOR = (190, 140, 110), (200, 205, 210), (60, 90, 40)
MOST_FOREIGN = outline_settings().colours.most_foreign


def bin_of(rgb: tuple[int, int, int]) -> int:
    return int(colour_bins(lab_planes(np.full((1, 1, 3), rgb, np.float32)))[0, 0])


def test_lab_of_known_colours() -> None:
    strip = np.array([[(0, 0, 0), (255, 255, 255), (255, 0, 0)]], np.float32)
    # CIE 15: red of sRGB is 53.24, 80.09, 67.20.
    assert cie_lab(strip)[0] == pytest.approx(
        np.array([(0, 0, 0), (100, 0, 0), (53.24, 80.09, 67.20)]), abs=0.15
    )
    assert lab_planes(strip).shape == (3, 1, 3)


def test_colours_beyond_the_outermost_bins_fall_into_them() -> None:
    planes = np.array([[[0.0, 100.0]], [[-500.0, 500.0]], [[-80.0, 80.0]]], np.float32)
    low, high = colour_bins(planes)[0]
    assert low == 0 and high == 11 * 17 * 17 - 1


def test_a_colour_that_only_the_room_has_is_foreign() -> None:
    odds = foreign_odds(
        np.full(1000, bin_of(BODY)), np.repeat([bin_of(WALL), bin_of(BODY)], [900, 100])
    )
    assert odds[bin_of(WALL)] == pytest.approx(MOST_FOREIGN)
    # Ten times as frequent on the body: the person's own.
    assert odds[bin_of(BODY)] == 0.0


def test_a_colour_twice_as_frequent_in_the_room() -> None:
    body = np.repeat([bin_of(BODY), bin_of(DOOR)], [800, 200])
    room = np.repeat([bin_of(WALL), bin_of(DOOR)], [600, 400])
    assert foreign_odds(body, room)[bin_of(DOOR)] == pytest.approx(np.log(2), abs=0.01)


def test_what_is_seen_nowhere_is_nobodys() -> None:
    odds = foreign_odds(np.full(1000, bin_of(BODY)), np.full(1000, bin_of(WALL)))
    assert odds[bin_of(DOOR)] == pytest.approx(0.0, abs=1e-6)
    assert foreign_odds(np.empty(0, np.intp), np.empty(0, np.intp)) == pytest.approx(0.0)


def test_the_scene_round_a_person_tells_door_from_body() -> None:
    rgb = np.full((HEIGHT, WIDTH, 3), WALL, np.uint8)
    rgb[:, 255:285] = DOOR
    rgb[40:560, 160:240] = BODY
    pose = standing_pose()
    frame = trunk_frame(pose, "right")
    odds = foreign_in_scene(rgb, frame, pose.mask, frame)
    assert odds[bin_of(WALL)] == odds[bin_of(DOOR)] == pytest.approx(MOST_FOREIGN)
    assert odds[bin_of(BODY)] == 0.0
