"""The rear edge of the person mask, to a fraction of a pixel."""

from __future__ import annotations

import numpy as np
import pytest

from posture.outline.mask_outline import mask_contour
from posture.view.trunk_frame import trunk_frame
from tests.support.stick_person import HEIGHT, WIDTH, standing_pose


def test_the_mask_outline_is_found_to_a_fraction_of_a_pixel():
    # A soft vertical edge whose half level lies at x = 160.3 px, the person facing right.
    x = np.arange(WIDTH) + 0.5
    ramp = np.clip(0.5 + (x - 160.3) / 8, 0, 1) * (x < 240)
    pose = standing_pose(np.tile(ramp.astype(np.float32), (HEIGHT, 1)))
    frame = trunk_frame(pose, "right")
    contour = mask_contour(pose.mask, frame)
    rows = (contour.up_mm > -100) & (contour.up_mm < 400)
    expected_mm = (200 - 160.3) / frame.px_per_nominal_mm
    assert contour.back_mm[rows] == pytest.approx(expected_mm, abs=0.3 / frame.px_per_nominal_mm)


def test_a_second_object_behind_the_person_is_not_the_back():
    pose = standing_pose()
    pose.mask[200:300, 100:130] = 1
    contour = mask_contour(pose.mask, trunk_frame(pose, "right"))
    assert np.ptp(contour.back_mm[(contour.up_mm > -50) & (contour.up_mm < 350)]) < 1
