"""The trunk's own coordinates."""

from __future__ import annotations

import numpy as np
import pytest

from posture.view.trunk_frame import NOMINAL_STATURE_MM, TRUNK_PER_STATURE, trunk_frame
from tests.support.stick_person import TRUNK_PX, standing_pose


def test_the_trunk_frame_runs_up_the_spine_and_out_of_the_back():
    frame = trunk_frame(standing_pose(), "right")
    assert frame.px_per_nominal_mm == pytest.approx(
        TRUNK_PX / (TRUNK_PER_STATURE * NOMINAL_STATURE_MM)
    )
    shoulder = frame.from_px(np.array([200.0, 150.0]))
    assert shoulder == pytest.approx([TRUNK_PER_STATURE * NOMINAL_STATURE_MM, 0])
    behind = frame.from_px(np.array([100.0, 300.0]))
    assert behind[0] == pytest.approx(0, abs=1e-9)
    assert behind[1] > 0
    round_trip = frame.to_px(np.array(12.0), np.array(-7.0))
    assert frame.from_px(round_trip) == pytest.approx([12, -7])
