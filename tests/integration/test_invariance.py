"""The same photo in another form gives the same numbers."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image

from posture.analyzer import Analyzer
from posture.photo.decode import PhotoSource
from posture.pose.record import RgbImage
from posture.subject import Subject
from tests.support.present import known
from tests.support.samples import MEASURABLE, Sample

MAX_SLCA_CHANGE_DEG = 2.0
MAX_DEPTH_CHANGE_MM = 2.5
EXIF_ORIENTATION = 0x0112


def encoded(image: Image.Image, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, **options)
    return buffer.getvalue()


def resized(image: Image.Image, factor: float) -> RgbImage:
    size = (round(image.width * factor), round(image.height * factor))
    return np.asarray(image.resize(size, Image.Resampling.LANCZOS))


def padded(image: Image.Image, colour: tuple[int, int, int]) -> RgbImage:
    canvas = Image.new("RGB", (round(image.width * 1.2), round(image.height * 1.2)), colour)
    canvas.paste(image, (round(image.width * 0.1), round(image.height * 0.1)))
    return np.asarray(canvas)


def turned_by_exif(image: Image.Image) -> bytes:
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = 6
    # Orientation 6 says "turn me clockwise": so store it turned the other way.
    return encoded(image.rotate(90, expand=True), format="JPEG", quality=95, exif=exif)


FORMS: dict[str, Callable[[Image.Image], PhotoSource]] = {
    "mirrored": lambda image: np.asarray(image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)),
    "half size": lambda image: resized(image, 0.5),
    "three quarters": lambda image: resized(image, 0.75),
    "double size": lambda image: resized(image, 2.0),
    "JPEG 60": lambda image: encoded(image, format="JPEG", quality=60),
    "JPEG 95": lambda image: encoded(image, format="JPEG", quality=95),
    "EXIF-rotated": turned_by_exif,
    "padded grey": lambda image: padded(image, (127, 127, 127)),
    "padded white": lambda image: padded(image, (255, 255, 255)),
}


@pytest.mark.parametrize("sample", MEASURABLE, ids=lambda sample: sample.file)
def test_every_form_of_a_photo_measures_the_same(analyzer: Analyzer, sample: Sample) -> None:
    subject = Subject(stature_mm=sample.stature_mm, sex=sample.sex)
    image = Image.open(sample.path).convert("RGB")
    plain = analyzer.analyze(np.asarray(image), subject)
    changes = {}
    for name, form in FORMS.items():
        other = analyzer.analyze(form(image), subject)
        assert other.status == "measured", (name, other.refusal)
        changes[name] = (
            known(other.slca_deg).value - known(plain.slca_deg).value,
            known(other.hollow_depth_mm).value - known(plain.hollow_depth_mm).value,
        )
        mirrored = {"left": "right", "right": "left"}[known(plain.facing)]
        assert other.facing == (mirrored if name == "mirrored" else plain.facing)
    too_much = {
        name: (slca, depth)
        for name, (slca, depth) in changes.items()
        if abs(slca) >= MAX_SLCA_CHANGE_DEG or abs(depth) >= MAX_DEPTH_CHANGE_MM
    }
    assert not too_much
