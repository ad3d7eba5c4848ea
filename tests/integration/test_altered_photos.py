"""Photos that were stretched, and people who wear something: told, never a wrong number."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from posture.analyzer import Analyzer
from posture.pose.record import RgbImage
from posture.result import Result
from posture.subject import Subject
from tests.support.samples import FOLDER

pytestmark = pytest.mark.model
NAMES = ("01-man-typical.jpg", "04-man-deep.jpg", "09-woman-typical.jpg", "12-woman-deep.jpg")


def picture(name: str) -> RgbImage:
    bgr = cv2.imread(str(FOLDER / name))
    assert bgr is not None
    return np.ascontiguousarray(bgr[..., ::-1], np.uint8)


def codes(result: Result) -> set[str]:
    return {item.code for item in result.findings if item.severity != "info"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [0.6, 0.7, 1.6])
def test_a_stretched_picture_gives_no_silent_number(
    analyzer: Analyzer, name: str, width: float
) -> None:
    rgb = picture(name)
    size = (round(rgb.shape[1] * width), rgb.shape[0])
    result = analyzer.analyze(np.asarray(cv2.resize(rgb, size), np.uint8))
    assert result.status == "refused" or codes(result) & {"picture-stretched-slightly"}


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_as_it_was_taken_is_not_called_stretched(analyzer: Analyzer, name: str) -> None:
    result = analyzer.analyze(picture(name))
    assert not codes(result) & {"picture-stretched", "picture-stretched-slightly"}
    assert not codes(result) & {"something-worn", "something-worn-slightly"}


def worn(rgb: RgbImage, result: Result, thick_mm: float, low: float, high: float) -> RgbImage:
    """A dark thing drawn on the back line; `low` and `high` as shares of the bridge."""
    points, scale = result.numbers().points_px, result.mm_per_px
    assert scale is not None
    line = np.array(result.contour_px)
    gluteal, bridge = np.array(points.gluteal), np.subtract(points.thoracic, points.gluteal)
    share = (line - gluteal) @ bridge / float(bridge @ bridge)
    inside = line[(share >= low) & (share <= high)]
    backward = 1.0 if result.facing == "left" else -1.0
    ends = np.linspace(0.0, 1.0, len(inside))
    slope = np.clip(np.minimum(ends, 1 - ends) * len(inside) * 4.0 / 10.0, 0, 1)
    outer = inside + np.stack([backward * thick_mm / scale.value * slope, 0 * slope], axis=1)
    inner = inside[::-1] - (backward * 15.0 / scale.value, 0.0)
    drawn = rgb.copy()
    cv2.fillPoly(drawn, [np.rint(np.vstack([outer, inner])).astype(np.int32)], (35, 35, 40))
    return drawn


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("thick_mm", "low", "high"),
    [(40.0, 0.3, 0.6), (11.0, 0.25, 0.7), (11.0, -0.15, 0.2)],
    ids=["pouch", "brace", "phone"],
)
def test_what_is_worn_is_told_or_inside_the_error_bar(
    analyzer: Analyzer, name: str, thick_mm: float, low: float, high: float
) -> None:
    rgb, subject = picture(name), Subject(stature_mm=1700)
    bare = analyzer.analyze(rgb, subject)
    result = analyzer.analyze(worn(rgb, bare, thick_mm, low, high), subject)
    if result.status == "refused":
        return
    assert bare.hollow_depth_mm is not None and result.hollow_depth_mm is not None
    off_mm = abs(result.hollow_depth_mm.value - bare.hollow_depth_mm.value)
    off_deg = abs(result.numbers().slca_deg.value - bare.numbers().slca_deg.value)
    assert off_mm <= result.hollow_depth_mm.ci95 + bare.hollow_depth_mm.ci95
    assert off_deg <= result.numbers().slca_deg.ci95 + bare.numbers().slca_deg.ci95
