"""A head that is to be hidden cannot be recognised."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from posture.findings import finding
from posture.overlay import draw_overlay
from posture.overlay.face import FACE_LANDMARKS, find_head
from posture.pose.record import RgbImage
from posture.result import Facing
from tests.support.drawn_people import noise, person, photo
from tests.support.example_results import refused_result
from tests.support.present import known


def detail(pixels: RgbImage) -> float:
    return float(cv2.Laplacian(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), cv2.CV_64F).var())


@pytest.mark.parametrize("facing", ["left", "right"])
def test_a_blurred_face_holds_no_detail(facing: Facing) -> None:
    source, result = photo(rgb=noise()), person(facing=facing)
    drawn = draw_overlay(source, result, layers=frozenset(), blur_face=True)
    head = known(find_head(result))
    half = round(0.6 * head.radius)
    x, y = round(head.centre[0]), round(head.centre[1])
    window = np.s_[y - half : y + half, x - half : x + half]
    assert detail(drawn[window]) < 0.001 * detail(source.rgb[window])
    np.testing.assert_array_equal(drawn[300:], source.rgb[300:])


def test_the_blur_reaches_beyond_every_face_landmark_to_the_crown() -> None:
    result = person()
    head = known(find_head(result))
    for mark in FACE_LANDMARKS:
        seen = result.landmarks_px.get(mark.name.lower())
        if seen is not None:
            away = np.hypot(seen.x_px - head.centre[0], seen.y_px - head.centre[1])
            assert away < 0.8 * head.radius
    crown_y = 0.1 * 800
    assert head.centre[1] - head.radius <= crown_y


@pytest.mark.parametrize("kept", [{"nose"}, {"left_ear"}, {"left_eye", "nose"}])
def test_a_few_face_landmarks_are_enough(kept: set[str]) -> None:
    result = person()
    some = {
        name: mark
        for name, mark in result.landmarks_px.items()
        if name in kept or not any(part in name for part in ("nose", "eye", "ear", "mouth"))
    }
    head = known(find_head(replace(result, landmarks_px=some)))
    full = result.landmarks_px
    for name in ("nose", "left_eye", "left_ear"):
        away = np.hypot(full[name].x_px - head.centre[0], full[name].y_px - head.centre[1])
        assert away < 1.1 * head.radius


def test_without_a_face_all_above_the_shoulders_goes() -> None:
    source, result = photo(rgb=noise()), person()
    body = {k: v for k, v in result.landmarks_px.items() if "shoulder" in k or "hip" in k}
    drawn = draw_overlay(
        source, replace(result, landmarks_px=body), layers=frozenset(), blur_face=True
    )
    shoulder_y = round(body["left_shoulder"].y_px)
    assert detail(drawn[: shoulder_y - 2]) < 0.01 * detail(source.rgb[: shoulder_y - 2])
    np.testing.assert_array_equal(drawn[shoulder_y + 3 :], source.rgb[shoulder_y + 3 :])


@pytest.mark.parametrize("code", ["no-person", "several-people"])
def test_where_nothing_tells_of_the_faces_the_whole_photo_goes(code: str) -> None:
    source = photo(rgb=noise())
    result = replace(refused_result(), findings=(finding(code),))
    if code == "several-people":
        result = replace(result, landmarks_px=person().landmarks_px)
    drawn = draw_overlay(source, result, layers=frozenset(), blur_face=True)
    assert detail(drawn) < 0.01 * detail(source.rgb)


def test_with_others_in_the_background_only_the_body_stays_sharp() -> None:
    source, result = photo(rgb=noise()), person()
    result = replace(result, findings=(finding("others-in-background"),))
    drawn = draw_overlay(source, result, layers=frozenset(), blur_face=True)
    assert detail(drawn[:, :150]) < 0.01 * detail(source.rgb[:, :150])
    x, y = (round(value) for value in known(result.points_px).lumbar)
    window = np.s_[y - 20 : y + 20, x - 20 : x + 20]
    np.testing.assert_array_equal(drawn[window], source.rgb[window])
