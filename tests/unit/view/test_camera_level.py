"""How the camera was turned, told by drawn rooms and by what it noted."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from posture.view.camera_level import camera_level, level_from_surroundings, turned

NOBODY = np.zeros((800, 600), np.float32)


def room(roll_deg: float, convergence_deg: float = 0.0, lines: int = 6) -> NDArray[np.uint8]:
    """A wall with upright battens, seen by a camera that was turned clockwise by `roll_deg`."""
    image = np.full((800, 600, 3), 200, np.uint8)
    for x in np.linspace(60, 540, lines) if lines else ():
        lean = np.radians(roll_deg + convergence_deg * (x - 300) / 800)
        half = np.array([np.sin(lean), np.cos(lean)]) * 250
        start, end = np.array([x, 400]) - half, np.array([x, 400]) + half
        cv2.line(image, start.astype(int), end.astype(int), (90, 60, 40), 5, cv2.LINE_AA)
    return image


@settings(deadline=None, max_examples=25)
@given(st.floats(-12, 12), st.floats(-25, 25))
def test_upright_lines_tell_the_turn(roll_deg: float, convergence_deg: float) -> None:
    level = level_from_surroundings(room(roll_deg, convergence_deg), NOBODY)
    assert level is not None and level.source == "surroundings"
    assert level.roll_deg == pytest.approx(roll_deg, abs=0.8)


@pytest.mark.parametrize("lines", [0, 1])
def test_too_few_lines_tell_nothing(lines: int) -> None:
    image = room(3, lines=0)
    if lines:
        image[300:340, 250:] = 90  # one short edge
    assert level_from_surroundings(image, NOBODY) is None


def test_the_lines_of_a_person_do_not_count() -> None:
    everywhere = np.ones_like(NOBODY)
    assert level_from_surroundings(room(5), everywhere) is None


def test_what_is_seen_goes_before_what_was_noted() -> None:
    seen = camera_level(room(5), NOBODY, -2.0)
    noted = camera_level(room(5, lines=0), NOBODY, -2.0)
    assert seen is not None and seen.source == "surroundings"
    assert noted is not None and (noted.roll_deg, noted.source) == (-2.0, "camera")
    assert camera_level(room(5, lines=0), NOBODY, None) is None


def test_down_becomes_down() -> None:
    down = np.array([np.sin(np.radians(9)), np.cos(np.radians(9))])
    assert turned(down, 9.0) == pytest.approx((0.0, 1.0))


@pytest.mark.parametrize(
    ("seen", "camera_roll_deg", "true"),
    [
        ((3.0, 4.0), 0.0, (3.0, 4.0)),
        # A camera on its right side: the right of its picture is below.
        ((1.0, 0.0), 90.0, (0.0, 1.0)),
        ((0.0, -1.0), 90.0, (1.0, 0.0)),
        ((1.0, 0.0), -90.0, (0.0, -1.0)),
        # Half a right angle: both parts are the root of one half.
        ((1.0, 0.0), 45.0, (0.70711, 0.70711)),
        ((0.0, -2.0), 30.0, (1.0, -1.73205)),
    ],
)
def test_what_a_level_camera_would_have_seen(
    seen: tuple[float, float], camera_roll_deg: float, true: tuple[float, float]
) -> None:
    assert turned(np.array(seen), camera_roll_deg) == pytest.approx(true, abs=1e-5)
