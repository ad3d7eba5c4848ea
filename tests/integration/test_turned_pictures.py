"""Pictures that lie on their side or stand on their head, and panoramas."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from posture.analyzer import Analyzer
from posture.photo.decode import Photo, load_photo
from posture.photo.turn import quarter_turns, turned_photo
from tests.support.samples import FOLDER


def sample(name: str = "04-man-deep") -> Photo:
    photo = load_photo(FOLDER / f"{name}.jpg")
    assert isinstance(photo, Photo)
    return photo


@pytest.mark.parametrize("quarters", [1, 2, 3])
@pytest.mark.parametrize("name", ["04-man-deep", "09-woman-typical", "20-refused-back-view"])
def test_a_turned_picture_is_told_and_turning_it_gives_the_same_reading(
    fast_analyzer: Analyzer, name: str, quarters: int
) -> None:
    upright = sample(name)
    turned = turned_photo(upright, -quarters)
    result = fast_analyzer.analyze(turned)
    assert result.refusal is not None and result.refusal.code == "picture-turned"
    assert "Turn the picture" in result.refusal.fix and "upright" not in result.refusal.fix
    assert quarter_turns(result.findings) == quarters
    again = fast_analyzer.analyze(turned_photo(turned, quarters))
    assert again.slca_deg == fast_analyzer.analyze(upright).slca_deg
    assert quarter_turns(again.findings) is None


def test_the_direction_is_said(fast_analyzer: Analyzer) -> None:
    for quarters, head, turn in (
        (1, "to the left", "90° clockwise"),
        (2, "down", "180°"),
        (3, "to the right", "90° counterclockwise"),
    ):
        refusal = fast_analyzer.analyze(turned_photo(sample(), -quarters)).refusal
        assert refusal is not None
        assert head in refusal.message and turn in refusal.fix


def panorama(aspect: float) -> np.ndarray:
    """The person in the middle of a wall as wide as that."""
    rgb = sample().rgb
    beside = (round(rgb.shape[0] * aspect) - rgb.shape[1]) // 2
    return cv2.copyMakeBorder(rgb, 0, 0, beside, beside, cv2.BORDER_REPLICATE)


def test_a_panorama_is_to_be_cropped(fast_analyzer: Analyzer) -> None:
    refusal = fast_analyzer.analyze(panorama(8)).refusal
    assert refusal is not None and refusal.code == "panorama" and "Crop" in refusal.fix


def test_a_wide_picture_in_which_somebody_is_found_is_measured(fast_analyzer: Analyzer) -> None:
    wide = fast_analyzer.analyze(panorama(3))
    plain = fast_analyzer.analyze(sample())
    assert wide.slca_deg is not None and plain.slca_deg is not None
    assert wide.slca_deg.value == pytest.approx(plain.slca_deg.value, abs=2)
