"""Turning a photo by quarters, and which findings ask for it."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from posture.findings import finding
from posture.photo.decode import Photo
from posture.photo.turn import quarter_turns, turned_photo


def photo() -> Photo:
    rgb = np.zeros((20, 30, 3), np.uint8)
    rgb[0, 0] = 255
    rgb.flags.writeable = False
    return Photo(rgb, "a.jpg", "ab", False, 2.0, datetime(2024, 3, 21, 10, 0))


@pytest.mark.parametrize(
    ("quarters", "corner"), [(0, (0, 0)), (1, (0, -1)), (2, (-1, -1)), (3, (-1, 0)), (-1, (-1, 0))]
)
def test_the_corner_goes_round_clockwise(quarters: int, corner: tuple[int, int]) -> None:
    turned = turned_photo(photo(), quarters)
    assert turned.rgb[corner].tolist() == [255, 255, 255]
    assert (turned.width_px, turned.height_px) == ((20, 30) if quarters % 2 else (30, 20))
    assert turned.rgb.flags.c_contiguous and not turned.rgb.flags.writeable


def test_a_turned_photo_keeps_what_is_known_of_it() -> None:
    before, after = photo(), turned_photo(photo(), 1)
    for name in ("name", "sha256", "animated", "camera_roll_deg", "taken"):
        assert getattr(before, name) == getattr(after, name)


def test_four_quarters_are_none() -> None:
    once = photo()
    for _ in range(4):
        once = turned_photo(once, 1)
    assert np.array_equal(once.rgb, photo().rgb)


def test_only_a_turned_picture_asks_for_it() -> None:
    turned = finding("picture-turned", value=270.0, limit=60.0, head="down", turn="by 180°")
    assert quarter_turns((finding("no-person"), turned)) == 3
    assert quarter_turns((finding("no-person"),)) is None
    assert quarter_turns(()) is None
