"""Photos are shrunk without aliasing."""

from __future__ import annotations

import numpy as np
import pytest

from posture.photo.resize import area_resized, quickly_resized


def test_each_pixel_is_the_mean_of_those_it_stands_for() -> None:
    image = np.array([[0, 10, 100, 110], [20, 30, 120, 130]], np.uint8)
    assert area_resized(image, (2, 1)).tolist() == [[15, 115]]


def test_a_fine_pattern_becomes_its_mean() -> None:
    stripes = np.zeros((240, 240, 3), np.uint8)
    stripes[:, ::2] = 200
    assert area_resized(stripes, (50, 50)).mean() == pytest.approx(100, abs=1)
    assert np.ptp(area_resized(stripes, (60, 60))) <= 1


@pytest.mark.parametrize("size", [(50, 37), (100, 80), (7, 160)])
def test_both_ways_give_the_size_that_is_asked_for(size: tuple[int, int]) -> None:
    image = np.full((160, 210, 3), (10, 120, 250), np.uint8)
    for resized in (area_resized(image, size), quickly_resized(image, size)):
        assert resized.shape == (size[1], size[0], 3)
        assert (resized == (10, 120, 250)).all()
