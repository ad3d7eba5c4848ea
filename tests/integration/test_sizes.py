"""No size of a picture may take the process down (MediaPipe aborts on some mask widths)."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from posture.analyzer import Analyzer
from posture.photo.decode import Photo, load_photo
from posture.pose.record import RgbImage
from tests.support.present import known
from tests.support.samples import MEASURABLE

SIZES = [
    (17, 17), (18, 301), (19, 1001), (301, 18), (257, 511), (333, 500), (1001, 1333), (1023, 1025),
    (17, 6000), (6000, 17), (5999, 4001),
]  # fmt: skip


@pytest.fixture(scope="module")
def picture() -> RgbImage:
    photo = load_photo(MEASURABLE[0].path)
    assert isinstance(photo, Photo)
    return photo.rgb


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_any_size_gives_a_result(
    analyzer: Analyzer, picture: RgbImage, width: int, height: int
) -> None:
    resized = np.asarray(cv2.resize(picture, (width, height)), np.uint8)
    result = analyzer.analyze(resized)
    assert result.status in ("measured", "refused")
    assert (result.status == "refused") == (result.refusal is not None)


def test_odd_sizes_do_not_change_the_numbers(analyzer: Analyzer, picture: RgbImage) -> None:
    plain = analyzer.analyze(picture)
    for cut in (1, 2, 3):
        other = analyzer.analyze(np.ascontiguousarray(picture[:, cut:]))
        assert known(other.slca_deg).value == pytest.approx(known(plain.slca_deg).value, abs=2)
