"""Results become what is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from posture.errors import InvalidInput
from posture.history import History
from posture.history.keeping import picture_of, session_of
from posture.photo.decode import Photo
from posture.result import Measured, Result
from posture.verdict.norms import load_norms
from tests.support.example_results import measured_result, refused_result
from tests.support.histories import WHEN
from tests.support.samples import MEASURABLE


def test_several_photos_are_one_session_with_their_median(path: Path) -> None:
    base = measured_result()
    photos = [
        replace(
            base,
            slca_deg=Measured(value, 5.0),
            provenance=replace(base.provenance, image_sha256=f"{value:064.0f}"),
        )
        for value in (40.0, 44.0, 41.0)
    ]
    kept = session_of(photos, WHEN, load_norms())
    assert kept.reading.slca_deg.value == 41.0
    assert [item.role for item in kept.kept] == ["photo"] * 3 + ["median"]
    assert kept.kept[-1].image_sha256 is None
    with History(path) as history:
        history.save("Ann", kept, {})
        (back,) = history.sessions("Ann")
    assert back == kept
    again = Result.from_json(back.kept[0].result)
    assert again == replace(photos[0], image=None)


def test_the_same_photo_is_kept_once() -> None:
    kept = session_of([measured_result()] * 3, WHEN, load_norms())
    assert [item.role for item in kept.kept] == ["photo"]


def test_refused_photos_are_not_kept() -> None:
    with pytest.raises(InvalidInput):
        session_of([refused_result()], WHEN, load_norms())


def test_a_kept_picture_is_small_and_its_face_can_be_blurred() -> None:
    from posture.photo.decode import load_photo

    photo = load_photo(MEASURABLE[0].path)
    assert isinstance(photo, Photo)
    plain = picture_of(photo, measured_result(), "thumbnail", blur_face=False)
    blurred = picture_of(photo, measured_result(), "thumbnail", blur_face=True)
    assert plain.jpeg != blurred.jpeg
    small = load_photo(plain.jpeg)
    assert isinstance(small, Photo)
    assert max(small.rgb.shape) == 480 == round(plain.scale * max(photo.rgb.shape))
