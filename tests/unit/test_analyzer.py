"""What is analysed of a photo, before any model looks at it."""

from __future__ import annotations

import numpy as np
import pytest

from posture.analyzer import shrunk
from posture.pose.pose_settings import pose_settings


def test_a_small_photo_is_analysed_as_it_is() -> None:
    rgb = np.zeros((pose_settings().picture.analysed_px, 300, 3), np.uint8)
    image, ratio = shrunk(rgb)
    assert image is rgb and ratio == 1.0


@pytest.mark.parametrize(
    ("height", "width", "size"),
    [(4096, 3072, (1024, 768)), (1500, 2048, (750, 1024)), (4096, 1, (1024, 1))],
)
def test_a_large_photo_is_shrunk_to_its_long_side(
    height: int, width: int, size: tuple[int, int]
) -> None:
    image, ratio = shrunk(np.full((height, width, 3), 77, np.uint8))
    assert image.shape == (*size, 3)
    assert ratio == max(height, width) / 1024
    assert (image == 77).all()
