"""The hollow of a traced back line."""

from __future__ import annotations

import numpy as np
import pytest

from posture.curve.geometry import lumbar_curve
from posture.curve.reading import WAIST_MM, hollow
from tests.support.shapes import raised_cosine


def test_the_bridge_does_not_reach_above_the_shoulders():
    up, back = raised_cosine(40, 410)
    with_shadow = np.where(up > 510, 5.0, back)
    assert lumbar_curve(up, with_shadow, WAIST_MM).thoracic[0] > 500
    assert hollow(up, with_shadow) == hollow(up, back)


def test_the_bridge_rests_on_the_buttocks_of_a_person_who_sways_back():
    up, back = raised_cosine(40, 410, slant=0.2)
    upright = lumbar_curve(up, back, WAIST_MM)
    # Below the buttocks the thighs go straight down, while the bridge's line goes on forwards.
    above = up >= 0
    thighs = np.arange(-260.0, 0.0)
    back = np.r_[-45 * (1 - np.exp(-((thighs / 60) ** 2))), back[above]]
    up = np.r_[thighs, up[above]]
    assert lumbar_curve(up, back, WAIST_MM).gluteal[0] < -200
    curve = hollow(up, back)
    assert curve.gluteal[0] == pytest.approx(upright.gluteal[0], abs=10)
    assert curve.slca_deg == pytest.approx(upright.slca_deg, abs=0.5)
