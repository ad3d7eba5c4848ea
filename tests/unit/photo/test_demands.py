"""A file that asks more of its decoder than any photo does is refused before one is started."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image

from posture.findings import Finding
from posture.photo import decode, formats
from posture.photo.decode import Photo, load_photo
from posture.photo.demands import tiff_is_modest
from posture.photo.formats import PictureFormat
from posture.photo.jpeg import jpeg_layout
from posture.photo.photo_settings import photo_settings


def encoded(format_: str, **options: Any) -> bytes:
    shades = np.random.default_rng(0).integers(0, 255, (96, 64, 3)).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(shades).save(buffer, format_, **options)
    return buffer.getvalue()


JPEG, PROGRESSIVE, PNG = encoded("JPEG"), encoded("JPEG", progressive=True), encoded("PNG")


def padded() -> bytes:
    return b"\xff\xd8" + b"\xff" * 20_000_000


def padded_later() -> bytes:
    return JPEG[:-2] + b"\xff" * 20_000_000


def full_of_junk() -> bytes:
    # Behind the first segment, which takes 18 bytes.
    return JPEG[:20] + b"\0" * 5_000_000 + JPEG[20:]


def tiny_segments() -> bytes:
    return JPEG[:2] + b"\xff\xfe\x00\x02" * 2_500_000 + JPEG[2:]


def tiny_segments_between_scans() -> bytes:
    at = PROGRESSIVE.rindex(b"\xff\xda")
    return PROGRESSIVE[:at] + b"\xff\xfe\x00\x02" * 2_500_000 + PROGRESSIVE[at:]


def scans() -> bytes:
    last = PROGRESSIVE[PROGRESSIVE.rindex(b"\xff\xda") : -2]
    return PROGRESSIVE[:-2] + last * 800 + PROGRESSIVE[-2:]


def camera_notes() -> bytes:
    note = b"Exif\0\0" + bytes(65_000)
    return JPEG[:2] + (b"\xff\xe1" + struct.pack(">H", len(note) + 2) + note) * 900 + JPEG[2:]


def chunk(kind: bytes, content: bytes = b"") -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def png_chunks(kind: bytes) -> Callable[[], bytes]:
    def made() -> bytes:
        at = PNG.index(b"IDAT") - 4
        return PNG[:at] + chunk(kind) * 800_000 + PNG[at:]

    made.__name__ = f"png_chunks_{kind.decode()}"
    return made


def directory(entries: list[tuple[int, int, int, int]], size: int) -> bytes:
    """A TIFF with these entries (tag, type, length, value), filled up to `size`."""
    body = b"".join(struct.pack("<HHLL", *entry) for entry in entries)
    return (b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + body).ljust(size, b"\0")


def tiff_of_many_entries() -> bytes:
    return directory([(40_000 + k, 7, 4, 0) for k in range(20_000)], 2_000_000)


def tiff_that_reads_the_same_over_and_over() -> bytes:
    return directory([(40_000 + k, 7, 1_900_000, 8) for k in range(900)], 2_000_000)


def tiff_of_many_strips() -> bytes:
    strips = [(256, 4, 1, 64), (257, 4, 1, 96), (273, 4, 1_000_000, 8), (279, 4, 1_000_000, 8)]
    return directory(strips, 9_000_000)


@pytest.mark.parametrize(
    "made",
    [
        padded,
        padded_later,
        full_of_junk,
        tiny_segments,
        tiny_segments_between_scans,
        scans,
        camera_notes,
        png_chunks(b"tEXt"),
        png_chunks(b"IDAT"),
        png_chunks(b"prVt"),
        tiff_of_many_entries,
        tiff_that_reads_the_same_over_and_over,
        tiff_of_many_strips,
    ],
    ids=lambda made: made.__name__,
)
def test_no_decoder_is_started(made: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_: io.BytesIO) -> None:
        raise AssertionError("a decoder was started")

    known = formats.picture_format

    def watched(data: bytes) -> PictureFormat | None:
        told = known(data)
        assert told is not None
        return PictureFormat(told.kind, never)  # type: ignore[arg-type]

    monkeypatch.setattr(decode, "picture_format", watched)
    found = load_photo(made())
    assert isinstance(found, Finding) and found.code == "photo-damaged"


def test_camera_notes_that_ask_too_much_are_left_aside() -> None:
    """The picture is fine, so it is read; its notes would be read for a minute."""
    block = tiff_that_reads_the_same_over_and_over()
    at = PNG.index(b"IDAT") - 4
    photo = load_photo(PNG[:at] + chunk(b"eXIf", block) + PNG[at:])
    assert isinstance(photo, Photo) and photo.taken is None


def test_what_photos_ask_is_granted() -> None:
    # A large colour profile, long notes and a comment; the second picture of an MPO.
    image = Image.new("RGB", (64, 96), (90, 80, 70))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", icc_profile=bytes(3_000_000), exif=b"Exif\0\0" + bytes(60_000),
               comment=bytes(60_000), progressive=True)  # fmt: skip
    assert isinstance(load_photo(buffer.getvalue()), Photo)
    buffer = io.BytesIO()
    image.save(buffer, "MPO", save_all=True, append_images=[image])
    assert isinstance(load_photo(buffer.getvalue()), Photo)
    # What follows a picture is not its decoder's business: phones append films there.
    tail = b"\xff\xda\xff\xfe" * 500_000 + b"\xff" * 100_000
    for whole in (JPEG, PROGRESSIVE, PNG):
        assert isinstance(load_photo(whole + tail), Photo)


def test_the_limits_themselves_are_granted() -> None:
    limits = photo_settings().jpeg
    segment = b"\xff\xfe\x00\x02"
    inside = jpeg_layout(JPEG[:2] + segment * (limits.max_segments - 40) + JPEG[2:])
    assert inside is not None and inside.ended and inside.complete
    assert jpeg_layout(JPEG[:2] + segment * limits.max_segments + JPEG[2:]) is None
    last = PROGRESSIVE[PROGRESSIVE.rindex(b"\xff\xda") : -2]
    start, end = PROGRESSIVE[:-2], PROGRESSIVE[-2:]
    assert jpeg_layout(start + last * (limits.max_scans - 12) + end) is not None
    assert jpeg_layout(start + last * limits.max_scans + end) is None
    assert jpeg_layout(JPEG[:2] + b"\xff" * (limits.max_padding_bytes - 9) + JPEG[2:]) is not None


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_directory_that_ends_too_soon_is_for_its_decoder(order: str) -> None:
    mark = b"II*\0" if order == "<" else b"MM\0*"
    whole = mark + struct.pack(f"{order}LH", 8, 3) + bytes(36)
    for length in range(len(whole)):
        assert tiff_is_modest(whole[:length])
