"""TIFF, AVIF, BMP, large photos, JPEGs without their end, films under a photo's name."""

from __future__ import annotations

import io
import os
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from posture.findings import Finding
from posture.photo.decode import BACKDROP_RGB, Photo, load_photo

WIDTH, HEIGHT = 96, 144
ORIENTATION, DETAILS, ORIGINAL = 0x0112, 0x8769, 0x9003
# EXIF orientation n is undone by this.
STORED_AS = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.transpose(1, 0, 2),
    6: lambda a: np.rot90(a, 1),
    7: lambda a: a[::-1, ::-1].transpose(1, 0, 2),
    8: lambda a: np.rot90(a, -1),
}


def corners() -> NDArray[np.uint8]:
    """A picture whose four corners differ."""
    rgb = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    rgb[: HEIGHT // 2, : WIDTH // 2] = (200, 40, 40)
    rgb[: HEIGHT // 2, WIDTH // 2 :] = (40, 160, 60)
    rgb[HEIGHT // 2 :, : WIDTH // 2] = (40, 60, 190)
    rgb[HEIGHT // 2 :, WIDTH // 2 :] = (210, 200, 60)
    return rgb


def encoded(image: Image.Image, format_: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format_, **options)
    return buffer.getvalue()


def loaded(data: Any) -> Photo:
    photo = load_photo(data)
    assert isinstance(photo, Photo), photo
    return photo


def code_of(data: Any) -> str:
    found = load_photo(data)
    assert isinstance(found, Finding), "a photo came out"
    return found.code


def assert_alike(photo: Photo, expected: NDArray[np.uint8]) -> None:
    assert photo.rgb.shape == expected.shape
    assert np.median(np.abs(photo.rgb.astype(int) - expected.astype(int))) <= 6


@pytest.mark.parametrize(
    ("format_", "options"),
    [
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "tiff_adobe_deflate"}),
        ("TIFF", {"compression": "jpeg"}),
        ("TIFF", {"big_tiff": True}),
        ("AVIF", {}),
        ("BMP", {}),
    ],
)
def test_formats(format_: str, options: dict[str, Any]) -> None:
    photo = loaded(encoded(Image.fromarray(corners()), format_, **options))
    assert_alike(photo, corners())
    assert not photo.animated and photo.taken is None


@pytest.mark.parametrize("format_", ["TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_camera_notes_are_read_and_the_turn_applied_once(format_: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif.get_ifd(DETAILS)[ORIGINAL] = "2024:03:21 10:11:12"
    stored = Image.fromarray(np.ascontiguousarray(STORED_AS[orientation](corners())))
    photo = loaded(encoded(stored, format_, exif=exif.tobytes()))
    assert_alike(photo, corners())
    assert photo.taken is not None and photo.taken.isoformat() == "2024-03-21T10:11:12"


@pytest.mark.parametrize("format_", ["TIFF", "AVIF"])
def test_the_first_of_several_pictures(format_: str) -> None:
    first = Image.fromarray(corners())
    photo = loaded(encoded(first, format_, save_all=True, append_images=[first.rotate(180)]))
    assert photo.animated
    assert_alike(photo, corners())


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "YCbCr", "I;16"])
def test_kinds_of_tiff(mode: str) -> None:
    assert loaded(encoded(Image.fromarray(corners()).convert(mode), "TIFF")).width_px == WIDTH


@pytest.mark.parametrize("format_", ["TIFF", "AVIF"])
def test_transparent_parts_show_the_backdrop(format_: str) -> None:
    rgba = np.dstack([corners(), np.zeros((HEIGHT, WIDTH), np.uint8)])
    photo = loaded(encoded(Image.fromarray(rgba), format_))
    assert np.abs(photo.rgb.astype(int) - BACKDROP_RGB).max() <= 2


@pytest.mark.parametrize("mode", ["LAB", "F"])
def test_numbers_that_are_no_colours_are_no_photo(mode: str) -> None:
    assert code_of(encoded(Image.fromarray(corners()).convert(mode), "TIFF")) == (
        "photo-unknown-format"
    )


def test_the_preview_in_a_raw_picture_is_not_taken_for_the_photo() -> None:
    image = Image.fromarray(corners())
    assert code_of(encoded(image, "TIFF", tiffinfo={0x00FE: 1})) == "photo-unknown-format"
    assert code_of(encoded(image, "TIFF", tiffinfo={0xC612: b"\1\4\0\0"})) == "photo-unknown-format"


@pytest.mark.parametrize("format_", ["TIFF", "AVIF", "BMP"])
def test_half_a_file_is_damaged(format_: str) -> None:
    noise = np.random.default_rng(1).integers(0, 255, corners().shape).astype(np.uint8)
    data = encoded(Image.fromarray(noise), format_)
    assert code_of(data[: len(data) // 2]) == "photo-damaged"


def test_text_that_begins_like_a_bitmap_is_none() -> None:
    assert code_of(b"BM, said the man, is a good name for a bitmap") == "photo-unknown-format"


def test_a_missing_decoder_is_told_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encoded(Image.fromarray(corners()), "AVIF")
    monkeypatch.setattr("PIL.features.check", lambda _: False)
    found = load_photo(data)
    assert isinstance(found, Finding) and found.code == "photo-no-decoder"
    assert "AVIF" in found.message


@pytest.mark.parametrize("size", [(8160, 6144), (8192, 6144), (6144, 8192)])
def test_phones_of_fifty_megapixels(size: tuple[int, int]) -> None:
    photo = loaded(encoded(Image.new("L", size, 90), "JPEG"))
    assert (photo.width_px, photo.height_px) == size


def test_a_large_panorama_is_to_be_cropped() -> None:
    found = load_photo(encoded(Image.new("1", (16_382, 3_700)), "PNG"))
    assert isinstance(found, Finding) and found.code == "photo-panorama-too-large"
    assert "Crop it" in found.fix


# --------------------------------------------------------------------------- JPEGs without an end


def noisy_jpeg(**options: Any) -> bytes:
    noise = np.random.default_rng(2).integers(0, 255, (HEIGHT, WIDTH, 3)).astype(np.uint8)
    return encoded(Image.fromarray(noise), "JPEG", quality=90, **options)


KINDS_OF_JPEG = [{}, {"progressive": True}, {"subsampling": 0}, {"restart_marker_rows": 1}]


@pytest.mark.parametrize("options", KINDS_OF_JPEG)
@pytest.mark.parametrize("lost", [1, 2])
def test_a_jpeg_that_lacks_only_its_end_mark_is_the_same_photo(
    options: dict[str, Any], lost: int
) -> None:
    data = noisy_jpeg(**options)
    assert np.array_equal(loaded(data[:-lost]).rgb, loaded(data).rgb)
    # Some programs fill the last block of the disk.
    assert np.array_equal(loaded(data[:-2] + bytes(500)).rgb, loaded(data).rgb)


@pytest.mark.parametrize("options", KINDS_OF_JPEG)
@pytest.mark.parametrize("lost", [4, 10, 100, 1000])
def test_a_jpeg_that_lacks_pixels_is_damaged(options: dict[str, Any], lost: int) -> None:
    assert code_of(noisy_jpeg(**options)[:-lost]) == "photo-damaged"


def test_a_progressive_jpeg_that_lacks_whole_scans_is_damaged() -> None:
    data = noisy_jpeg(progressive=True)
    at = len(data)
    while (at := data.rfind(b"\xff\xda", 0, at)) > 0:
        assert code_of(data[:at]) == "photo-damaged"


# ------------------------------------------------------------------- films, paths, masks, memory


@pytest.mark.parametrize(
    "start",
    [
        struct.pack(">I4s4s", 24, b"ftyp", b"isom") + b"\0\0\2\0isomavc1",
        struct.pack(">I4s4s", 20, b"ftyp", b"qt  ") + bytes(8),
        struct.pack(">I4s4s", 24, b"ftyp", b"3gp4") + b"\0\0\2\0isom3gp4",
        struct.pack(">I4s", 8, b"wide") + struct.pack(">I4s", 900, b"mdat"),
        b"RIFF\0\0\0\0AVI LIST",
        b"\x1aE\xdf\xa3" + bytes(20),
        bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c"),
        b"FLV\x01\5",
        b"\0\0\1\xba\x44",
        (b"G" + bytes(187)) * 4,
        (bytes(4) + b"G" + bytes(187)) * 4,
    ],
)
def test_a_film_is_told_as_such(start: bytes) -> None:
    found = load_photo(start + bytes(1000))
    assert isinstance(found, Finding) and found.code == "photo-is-clip"


def test_what_is_no_film_is_not_called_one() -> None:
    for other in (b"RIFF\0\0\0\0WAVEfmt ", b"GIF89a", b"G" * 5, bytes(2000), b"hello"):
        assert code_of(other + bytes(700)) == "photo-unknown-format"
    assert code_of(b"\0\0\0\x18ftypcrx \0\0\0\1crx isom" + bytes(900)) == "photo-unknown-format"


@pytest.mark.skipif(os.name == "nt", reason="paths are text there")
def test_a_path_of_bytes_is_a_path(tmp_path: Path) -> None:
    class Bytes:
        def __init__(self, path: bytes) -> None:
            self.path = path

        def __fspath__(self) -> bytes:
            return self.path

    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9.png")
    with open(path, "wb") as file:
        file.write(encoded(Image.fromarray(corners()), "PNG"))
    assert loaded(Bytes(path)).name == os.fsdecode(path)
    assert code_of(Bytes(path + b"?")) == "file-missing"


def test_what_a_mask_hides_becomes_the_backdrop() -> None:
    hidden = np.zeros((HEIGHT, WIDTH), bool)
    hidden[:50] = True
    expected = corners()
    expected[:50] = BACKDROP_RGB
    rows = np.repeat(hidden[..., None], 3, axis=2)
    assert np.array_equal(loaded(np.ma.array(corners(), mask=rows)).rgb, expected)
    one_colour = rows & np.array([False, True, False])
    assert np.array_equal(loaded(np.ma.array(corners(), mask=one_colour)).rgb, expected)
    grey = np.ma.array(corners()[..., 0], mask=hidden)
    assert np.all(loaded(grey).rgb[:50] == BACKDROP_RGB)
    assert np.array_equal(loaded(np.ma.array(corners())).rgb, corners())


def test_what_lies_behind_a_mask_may_be_anything() -> None:
    values = np.full((HEIGHT, WIDTH, 3), 0.5)
    values[0] = np.nan
    photo = loaded(np.ma.masked_invalid(values))
    assert np.all(photo.rgb[0] == BACKDROP_RGB) and np.all(photo.rgb[1:] == 128)
    nothing = np.ma.array(np.zeros((HEIGHT, WIDTH), np.uint16), mask=True)
    assert np.all(loaded(nothing).rgb == BACKDROP_RGB)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "TIFF", "BMP", "WEBP", "AVIF"])
def test_too_little_memory_is_told(format_: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = encoded(Image.fromarray(corners()), format_)

    def none_left(*_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(np, "empty", none_left)
    assert code_of(data) == "memory-short"
    assert code_of(corners()) == "memory-short"
