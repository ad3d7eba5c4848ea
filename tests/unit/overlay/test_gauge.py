"""Gauges and the colours of the bands."""

from __future__ import annotations

import itertools

import cv2
import numpy as np
import pytest

from posture.overlay.gauge import position
from posture.overlay.palette import BAND


def test_the_gauge_is_monotonous_and_meets_the_cuts() -> None:
    cuts = (33.0, 49.0, 54.0)
    places = [position(value, cuts) for value in np.linspace(-10, 120, 500)]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0.0, 1.0)
    assert position(33, cuts) == pytest.approx(0.22)
    assert position(54, cuts) == pytest.approx(0.78)


@pytest.mark.parametrize(
    "confusion",
    [
        # Deuteranopia and protanopia (Machado 2009, severity 1), on linear RGB.
        [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
        [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    ],
)
def test_neighbouring_bands_differ_for_colour_blind_eyes(confusion: list[list[float]]) -> None:
    colours = np.array(list(BAND.values()), float) / 255
    seen = np.clip((colours**2.2) @ np.array(confusion).T, 0, 1) ** (1 / 2.2)
    lab = cv2.cvtColor(seen[None].astype(np.float32), cv2.COLOR_RGB2LAB)[0]
    for first, second in itertools.pairwise(lab):
        assert np.hypot(*np.delete(first - second, 0)) > 25 or abs(first[0] - second[0]) > 25
