"""The back line that is drawn through the outline."""

from __future__ import annotations

import numpy as np
import pytest

from posture.outline.mask_outline import PosteriorContour
from posture.outline.trace import smoothed


def test_rows_in_doubt_count_less_in_the_back_line():
    up_mm = np.arange(0.0, 600.0, 2.0)
    dented = PosteriorContour(up_mm, np.where(np.abs(up_mm - 300) < 30, 90.0, 100.0), up_mm * 0 + 1)
    doubt_mm = np.where(np.abs(up_mm - 300) < 30, 6.0, 1.0)
    assert np.ptp(smoothed(dented, doubt_mm)) < 0.5 * np.ptp(smoothed(dented))
    sure = np.full(len(up_mm), 1.0)
    assert smoothed(dented, sure) == pytest.approx(smoothed(dented))
