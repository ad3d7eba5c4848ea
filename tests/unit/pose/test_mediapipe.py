"""The pose model, loaded once or twice: the same people, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest

from posture.photo.decode import Photo, load_photo
from posture.pose.mediapipe import PoseModel
from posture.pose.record import Pose, RgbImage
from tests.support.samples import MEASURABLE

pytestmark = pytest.mark.model


def photo_of(number: int) -> RgbImage:
    photo = load_photo(MEASURABLE[number].path)
    assert isinstance(photo, Photo)
    return photo.rgb


def as_bytes(people: list[list[Pose]]) -> list[list[bytes]]:
    return [
        [np.concatenate([p.points_px.ravel(), p.world_m.ravel()]).tobytes() + p.mask.tobytes()]
        for poses in people
        for p in poses
    ]


def test_side_by_side_gives_the_same_as_one_after_the_other() -> None:
    images = [photo_of(0), np.ascontiguousarray(photo_of(0)[:, ::-1]), photo_of(1)]
    with PoseModel("lite") as once, PoseModel("lite", side_by_side=True) as twice:
        expected = [once.detect(image) for image in images]
        assert all(expected)
        for _ in range(2):
            assert as_bytes(twice.detect_each(images)) == as_bytes(expected)
        assert twice.detect_each([]) == []
