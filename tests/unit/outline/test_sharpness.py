"""How wide the steepest edges of a picture are."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from posture.outline.sharpness import edge_width_px


def ramp(width_px: int) -> NDArray[np.uint8]:
    """From dark 40 to light 200 over that many pixels, in the middle of 200."""
    grey = np.interp(np.arange(200), (100 - width_px / 2, 100 + width_px / 2), (40.0, 200.0))
    return np.tile(np.rint(grey).astype(np.uint8)[None, :, None], (100, 1, 3))


@pytest.mark.parametrize("width_px", [8, 16, 40])
def test_the_width_of_an_even_ramp(width_px: int) -> None:
    assert edge_width_px(ramp(width_px)) == pytest.approx(width_px, rel=0.05)


def test_a_step_is_as_wide_as_two_neighbours() -> None:
    """Steepness is taken over two pixels: a sharp edge is two wide."""
    step = np.full((100, 200, 3), 40, np.uint8)
    step[:, 100:] = 200
    assert edge_width_px(step) == pytest.approx(2.0)


def test_turned_edges_are_as_wide() -> None:
    assert edge_width_px(ramp(16).transpose(1, 0, 2)) == pytest.approx(edge_width_px(ramp(16)))


def test_nothing_to_see_is_infinitely_soft() -> None:
    assert edge_width_px(np.full((50, 50, 3), 90, np.uint8)) == float("inf")
