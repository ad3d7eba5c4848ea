"""The outermost pixels of the person mask."""

from __future__ import annotations

import numpy as np

from posture.pose.mask import largest_outline


def test_the_outline_is_that_of_the_largest_region() -> None:
    mask = np.zeros((40, 30), np.float32)
    mask[10:30, 5:15] = 0.5
    mask[2:6, 20:25] = 1.0
    outline = largest_outline(mask)
    assert (outline.min(axis=0) == (5, 10)).all()
    assert (outline.max(axis=0) == (14, 29)).all()


def test_less_than_half_sure_is_nobody() -> None:
    assert largest_outline(np.full((40, 30), 0.49, np.float32)).shape == (0, 2)
