"""Pictures as bytes."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from posture.errors import InvalidInput
from posture.overlay import ImageFormat, draw_overlay, encode_image
from tests.support.drawn_people import noise, person, photo


@pytest.mark.parametrize("image_format", ["jpeg", "png"])
def test_encoded_pictures_carry_pixels_only(image_format: ImageFormat) -> None:
    data = encode_image(noise(60, 80), image_format)
    image = Image.open(io.BytesIO(data))
    assert image.size == (60, 80)
    assert len(image.getexif()) == 0
    assert not {"exif", "icc_profile", "comment", "xmp", "photoshop"} & set(image.info)
    assert b"Exif" not in data and b"http://ns.adobe.com" not in data


def test_png_is_lossless_and_jpeg_close() -> None:
    pixels = draw_overlay(photo(), person())
    png = np.asarray(Image.open(io.BytesIO(encode_image(pixels, "png"))))
    np.testing.assert_array_equal(png, pixels)
    jpeg = np.asarray(Image.open(io.BytesIO(encode_image(pixels, quality=90))))
    assert np.abs(jpeg.astype(int) - pixels).mean() < 2


@pytest.mark.parametrize(
    ("pixels", "options"),
    [
        (np.zeros((4, 4), np.uint8), {}),
        (np.zeros((4, 4, 3), float), {}),
        (np.zeros((4, 4, 3), np.uint8), {"format": "gif"}),
        (np.zeros((4, 4, 3), np.uint8), {"quality": 0}),
    ],
)
def test_misuse_of_the_encoder_raises(pixels: Any, options: Any) -> None:
    with pytest.raises(InvalidInput):
        encode_image(pixels, **options)
