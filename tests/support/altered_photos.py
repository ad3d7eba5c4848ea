"""Photos of a sample with something done to them."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageFilter

from posture.photo.decode import Photo, load_photo
from posture.pose.mediapipe import PoseModel
from tests.support.samples import FOLDER


def sample(number: str) -> Image.Image:
    return Image.open(next(FOLDER.glob(f"{number}-*.jpg"))).convert("RGB")


def whole() -> Image.Image:
    return sample("09")


def blank() -> Image.Image:
    return Image.new("RGB", (480, 640), (128, 128, 128))


def shrunk(share: float) -> Image.Image:
    image = whole()
    return image.resize((round(image.width * share), round(image.height * share)))


def tilted(degrees: float) -> Image.Image:
    image = whole()
    wall = image.getpixel((20, 100))
    return image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=wall)


def lying() -> Image.Image:
    return whole().transpose(Image.Transpose.ROTATE_90)


def in_panorama(aspect: float) -> Image.Image:
    """In the middle of a wall that is so many times as wide as high."""
    image = whole()
    wide = Image.new("RGB", (round(aspect * image.height), image.height), image.getpixel((20, 100)))
    wide.paste(image, ((wide.width - image.width) // 2, 0))
    return wide


def cropped(top: float = 0.0, bottom: float = 1.0) -> Image.Image:
    image = whole()
    return image.crop((0, round(top * image.height), image.width, round(bottom * image.height)))


def blurred(radius_px: float) -> Image.Image:
    return whole().filter(ImageFilter.GaussianBlur(radius_px))


def beside_another(share: float) -> Image.Image:
    """With a second person of that share of the size, well apart."""
    image, other = whole(), sample("10")
    other = other.resize((round(other.width * share), round(other.height * share)))
    both = Image.new("RGB", (image.width + other.width, image.height), image.getpixel((20, 100)))
    both.paste(image, (0, 0))
    both.paste(other, (image.width, image.height - other.height))
    return both


def before_plain_wall() -> Image.Image:
    """Everything around the person painted over."""
    image = whole()
    photo = load_photo(np.asarray(image))
    assert isinstance(photo, Photo)
    with PoseModel("lite") as model:
        mask = Image.fromarray(model.detect(photo.rgb)[0].mask > 0.2)
    plain = Image.new("RGB", image.size, image.getpixel((20, 100)))
    plain.paste(image, mask=mask.convert("1"))
    return plain
