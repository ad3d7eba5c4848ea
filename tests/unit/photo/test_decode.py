"""Every kind of picture becomes upright 8-bit RGB; every kind of junk becomes a finding."""

from __future__ import annotations

import hashlib
import io
import os
import socket
import struct
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageCms

from posture.errors import InvalidInput
from posture.findings import Finding
from posture.photo import decode as photo_module
from posture.photo.decode import BACKDROP_RGB, MAX_PIXELS, MIN_SIDE_PX, Photo, load_photo

WIDTH, HEIGHT = 96, 144
RED, GREEN, BLUE, YELLOW = (200, 40, 40), (40, 160, 60), (40, 60, 190), (210, 200, 60)
ORIENTATION_TAG, EXIF_IFD, FOCAL_LENGTH_TAG = 0x0112, 0x8769, 0xA405
# EXIF orientation n is undone by this.  The inverse is what a camera that writes n has stored.
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


def quarters() -> NDArray[np.uint8]:
    """An upright picture whose four corners differ, taller than one conversion strip."""
    rgb = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    rgb[: HEIGHT // 2, : WIDTH // 2] = RED
    rgb[: HEIGHT // 2, WIDTH // 2 :] = GREEN
    rgb[HEIGHT // 2 :, : WIDTH // 2] = BLUE
    rgb[HEIGHT // 2 :, WIDTH // 2 :] = YELLOW
    return rgb


def encoded(image: Image.Image, format_: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    if format_ == "HEIF":
        pillow_heif.register_heif_opener()
    image.save(buffer, format_, **options)
    return buffer.getvalue()


def loaded(source: Any) -> Photo:
    result = load_photo(source)
    assert isinstance(result, Photo), result
    return result


def code_of(source: Any) -> str:
    result = load_photo(source)
    assert isinstance(result, Finding), "a photo came out"
    return result.code


def assert_looks_like(photo: Photo, expected: NDArray[np.uint8], tolerance: float = 6) -> None:
    assert photo.rgb.shape == expected.shape
    assert photo.rgb.dtype == np.uint8
    assert photo.rgb.flags.c_contiguous
    assert not photo.rgb.flags.writeable
    difference = np.abs(photo.rgb.astype(int) - expected.astype(int))
    assert np.median(difference) <= tolerance
    assert np.mean(difference) <= 2 * tolerance


LOSSY = {"quality": 95}
FORMATS = [
    ("JPEG", LOSSY),
    ("PNG", {}),
    ("WEBP", {"lossless": True}),
    ("WEBP", LOSSY),
    ("HEIF", {}),
]


@pytest.mark.parametrize(("format_", "options"), FORMATS)
def test_formats(format_: str, options: dict[str, Any]) -> None:
    data = encoded(Image.fromarray(quarters()), format_, **options)
    photo = loaded(data)
    assert_looks_like(photo, quarters())
    assert photo.sha256 == hashlib.sha256(data).hexdigest()
    assert photo.name is None
    assert not photo.animated
    assert (photo.width_px, photo.height_px) == (WIDTH, HEIGHT)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation(format_: str, orientation: int) -> None:
    stored = np.ascontiguousarray(STORED_AS[orientation](quarters()))
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = orientation
    photo = loaded(encoded(Image.fromarray(stored), format_, exif=exif))
    assert_looks_like(photo, quarters())


@pytest.mark.parametrize("orientation", range(1, 9))
def test_heic_orientation_is_applied_once(orientation: int) -> None:
    """HEIC files carry the turn twice: as their own property and as EXIF."""
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = orientation
    stored = Image.fromarray(np.ascontiguousarray(STORED_AS[orientation](quarters())))
    assert_looks_like(loaded(encoded(stored, "HEIF", exif=exif.tobytes())), quarters())


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_meaningless_orientation_is_ignored(orientation: int) -> None:
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = orientation
    data = encoded(Image.fromarray(quarters()), "PNG", exif=exif)
    assert_looks_like(loaded(data), quarters())


def test_garbled_camera_notes_do_not_matter(capfd: pytest.CaptureFixture[str]) -> None:
    data = encoded(Image.fromarray(quarters()), "JPEG", exif=b"Exif\0\0II*\0" + b"\xff" * 40)
    photo = loaded(data)
    assert_looks_like(photo, quarters())
    assert photo.camera_roll_deg is None
    assert capfd.readouterr() == ("", "")


def grey_rgb() -> NDArray[np.uint8]:
    grey = np.asarray(Image.fromarray(quarters()).convert("L"))
    return np.repeat(grey[:, :, np.newaxis], 3, axis=2)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_grey(format_: str) -> None:
    data = encoded(Image.fromarray(quarters()).convert("L"), format_)
    assert_looks_like(loaded(data), grey_rgb())


def test_sixteen_bit_grey_keeps_its_full_scale() -> None:
    grey16 = grey_rgb()[:, :, 0].astype(np.uint16) * 257
    assert_looks_like(loaded(encoded(Image.fromarray(grey16), "PNG")), grey_rgb(), tolerance=0)


def test_sixteen_bit_colour() -> None:
    assert_looks_like(loaded(png_16_bit(quarters())), quarters(), tolerance=0)


def png_16_bit(rgb: NDArray[np.uint8]) -> bytes:
    """A 16-bit RGB PNG, which PIL can read but not write."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)

    wide = (rgb.astype(np.uint16) * 257).astype(">u2")
    rows = b"".join(b"\0" + row.tobytes() for row in wide)
    header = struct.pack(">IIBBBBB", rgb.shape[1], rgb.shape[0], 16, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def test_palette() -> None:
    data = encoded(Image.fromarray(quarters()).quantize(8), "PNG")
    assert_looks_like(loaded(data), quarters(), tolerance=3)


def test_black_and_white() -> None:
    data = encoded(Image.fromarray(quarters()).convert("1"), "PNG")
    assert set(np.unique(loaded(data).rgb)) <= {0, 255}


def test_cmyk_jpeg_in_adobe_form() -> None:
    """PIL writes CMYK inverted with an Adobe marker, as Photoshop does."""
    data = encoded(Image.fromarray(quarters()).convert("CMYK"), "JPEG", quality=95)
    assert b"Adobe" in data
    assert_looks_like(loaded(data), quarters(), tolerance=8)


@pytest.mark.parametrize("format_", ["PNG", "WEBP", "HEIF"])
def test_transparent_parts_show_the_backdrop(format_: str) -> None:
    rgba = np.dstack([quarters(), np.full((HEIGHT, WIDTH), 255, np.uint8)])
    rgba[: HEIGHT // 2, :, 3] = 0
    expected = quarters()
    expected[: HEIGHT // 2] = BACKDROP_RGB
    assert_looks_like(loaded(encoded(Image.fromarray(rgba), format_)), expected)


def test_transparent_grey_and_palette() -> None:
    grey_alpha = Image.fromarray(quarters()).convert("LA")
    grey_alpha.putalpha(0)
    assert np.all(loaded(encoded(grey_alpha, "PNG")).rgb == BACKDROP_RGB)
    palette = Image.fromarray(quarters()).quantize(4)
    data = encoded(palette, "PNG", transparency=palette.getpixel((0, 0)))
    assert tuple(loaded(data).rgb[0, 0]) == BACKDROP_RGB


def test_first_picture_of_an_animation() -> None:
    first, second = Image.fromarray(quarters()), Image.fromarray(quarters()[::-1].copy())
    for format_ in ("PNG", "WEBP"):
        photo = loaded(encoded(first, format_, save_all=True, append_images=[second], **(
            {"lossless": True} if format_ == "WEBP" else {}
        )))  # fmt: skip
        assert photo.animated
        assert_looks_like(photo, quarters())


def test_phone_jpeg_with_a_second_picture_inside() -> None:
    image = Image.fromarray(quarters())
    photo = loaded(encoded(image, "MPO", save_all=True, append_images=[image.rotate(180)]))
    assert not photo.animated
    assert_looks_like(photo, quarters())


def wide_gamut_profile() -> bytes:
    """A made-up RGB profile: sRGB with its red and green colorants exchanged."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(profile[128:132], "big")
    entries = {bytes(profile[at : at + 4]): at for at in range(132, 132 + 12 * count, 12)}
    red, green = entries[b"rXYZ"], entries[b"gXYZ"]
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile).replace("sRGB".encode("utf-16-be"), "test".encode("utf-16-be"))


def test_colour_profile_is_converted_to_srgb() -> None:
    image = Image.fromarray(quarters())
    plain = loaded(encoded(image, "PNG")).rgb
    converted = loaded(encoded(image, "PNG", icc_profile=wide_gamut_profile())).rgb
    assert np.abs(converted.astype(int) - plain[:, :, [1, 0, 2]]).max() <= 2


@pytest.mark.parametrize("mode", ["RGB", "CMYK", "L"])
def test_a_garbled_or_unfit_colour_profile_is_left_aside(mode: str) -> None:
    image = Image.fromarray(quarters()).convert(mode)
    format_ = "JPEG"
    plain = loaded(encoded(image, format_)).rgb
    for profile in (b"no profile at all", wide_gamut_profile() if mode != "RGB" else b"\0" * 200):
        assert np.array_equal(loaded(encoded(image, format_, icc_profile=profile)).rgb, plain)


# ------------------------------------------------------------------------------------- arrays


@pytest.mark.parametrize(
    "array",
    [
        quarters(),
        quarters().astype(np.uint16) * 257,
        quarters().astype(np.float32) / 255,
        quarters().astype(np.float64) / 255,
        (quarters().astype(np.uint16) * 257).astype(">u2"),
        np.dstack([quarters(), np.full((HEIGHT, WIDTH), 255, np.uint8)]),
        np.asfortranarray(quarters()),
        quarters()[::-1][::-1],
        np.repeat(quarters(), 2, axis=1)[:, ::2],
    ],
)
def test_arrays(array: NDArray[Any]) -> None:
    array.flags.writeable = False
    before = array.copy()
    photo = loaded(array)
    assert_looks_like(photo, quarters(), tolerance=0)
    assert photo.sha256 is None
    assert not np.shares_memory(photo.rgb, array)
    assert np.array_equal(array, before)


@pytest.mark.parametrize("shape", [(HEIGHT, WIDTH), (HEIGHT, WIDTH, 1)])
def test_grey_arrays(shape: tuple[int, ...]) -> None:
    assert_looks_like(loaded(grey_rgb()[:, :, 0].reshape(shape)), grey_rgb(), tolerance=0)


def test_transparent_array() -> None:
    rgba = np.zeros((HEIGHT, WIDTH, 4), np.float32)
    assert np.all(loaded(rgba).rgb == BACKDROP_RGB)


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros((40, 40, 2), np.uint8),
        np.zeros(40, np.uint8),
        np.zeros((2, 40, 40, 3), np.uint8),
        np.zeros((40, 40, 3), np.int32),
        np.zeros((40, 40, 3), bool),
        np.zeros((40, 40, 3), complex),
        np.full((40, 40, 3), np.nan),
        np.full((40, 40, 3), 1.5),
        np.full((40, 40, 3), -0.1),
        np.full((40, 40, 3), "x"),
        [[1, 2], [3, 4]],
        None,
        3,
        io.BytesIO(b"x"),
    ],
)
def test_misuse_raises(wrong: Any) -> None:
    with pytest.raises(InvalidInput):
        load_photo(wrong)


def test_all_violations_are_named_together() -> None:
    with pytest.raises(InvalidInput, match=r"shape.*type"):
        load_photo(np.zeros((40, 40, 2), np.int32))


# ------------------------------------------------------------------------------------- limits


@pytest.mark.parametrize("width", [1, MIN_SIDE_PX - 1])
def test_too_small(width: int) -> None:
    assert code_of(np.zeros((200, width, 3), np.uint8)) == "photo-too-small"
    assert code_of(encoded(Image.new("RGB", (width, 200)), "PNG")) == "photo-too-small"


def test_smallest_photo() -> None:
    assert loaded(np.zeros((MIN_SIDE_PX, MIN_SIDE_PX), np.uint8)).width_px == MIN_SIDE_PX


@pytest.mark.parametrize("side_px", [7200, 30_000, 2**31 - 1])
def test_pixel_count_is_refused_from_the_header(side_px: int) -> None:
    """The file has no pixels at all: a decoder that looked for them would call it damaged."""
    whole = png_16_bit(np.zeros((20, 20, 3), np.uint8))
    claimed = bytearray(whole[:33])
    claimed[16:24] = struct.pack(">II", side_px, side_px)
    claimed[29:33] = struct.pack(">I", zlib.crc32(claimed[12:29]))
    result = load_photo(bytes(claimed) + whole[33:])
    assert isinstance(result, Finding)
    assert result.code == "photo-too-many-pixels"
    assert f"{side_px**2 / 1e6:.0f}" in result.message


def test_pixel_count_of_webp_is_refused_from_the_header() -> None:
    claimed = bytearray(encoded(Image.new("RGBA", (40, 40)), "WEBP", exif=b"Exif\0\0II*\0"))
    assert claimed[12:16] == b"VP8X"
    claimed[24:30] = (20_000 - 1).to_bytes(3, "little") * 2
    result = load_photo(bytes(claimed))
    assert isinstance(result, Finding)
    assert result.code == "photo-too-many-pixels"
    assert "400 megapixels" in result.message


def test_fifty_megapixels_are_read() -> None:
    data = encoded(Image.new("L", (10_000, MAX_PIXELS // 10_000), 90), "JPEG")
    assert loaded(data).rgb[-1, -1].tolist() == [90, 90, 90]


def test_pil_limits_stay_as_they_were() -> None:
    before = Image.MAX_IMAGE_PIXELS
    load_photo(encoded(Image.fromarray(quarters()), "PNG"))
    assert before == Image.MAX_IMAGE_PIXELS


# ----------------------------------------------------------------------------- files and paths


def test_path_is_reported_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("née 1.png").write_bytes(encoded(Image.fromarray(quarters()), "PNG"))
    assert loaded("née 1.png").name == "née 1.png"
    assert loaded(Path("née 1.png")).name == "née 1.png"


def test_paths_without_a_photo(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "text.jpg").write_text("hello, I am not a picture")
    (tmp_path / "gif.gif").write_bytes(encoded(Image.fromarray(quarters()), "GIF"))
    assert code_of(tmp_path / "empty.jpg") == "file-empty"
    assert code_of(b"") == "file-empty"
    assert code_of(tmp_path / "nowhere.jpg") == "file-missing"
    assert code_of("") == "file-missing"
    assert code_of("nul\0nul") == "file-missing"
    assert code_of("x" * 5000) == "file-missing"
    assert code_of(tmp_path / "loop") == "file-missing"
    assert code_of(tmp_path) == "file-not-regular"
    assert code_of(tmp_path / "text.jpg") == "photo-unknown-format"
    assert code_of(tmp_path / "gif.gif") == "photo-unknown-format"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")
def test_pipes_devices_and_sockets_do_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert code_of(tmp_path / "pipe.jpg") == "file-not-regular"
    assert code_of("/dev/zero") == "file-not-regular"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s.jpg"))
        assert code_of(tmp_path / "s.jpg") == "file-missing"


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)
    assert code_of(tmp_path / "private.jpg") == "file-missing"


def test_large_files_are_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.jpg"
    with path.open("wb") as file:
        file.truncate(200_000_001)
    assert code_of(path) == "file-too-large"
    monkeypatch.setattr(photo_module, "MAX_FILE_BYTES", 10)
    assert code_of(b"\xff\xd8\xff" + bytes(20)) == "file-too-large"


# ------------------------------------------------------------------------------------ hostility


def small_pictures() -> list[bytes]:
    image = Image.fromarray(quarters()[::3, ::3].copy())
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = 6
    exif.get_ifd(EXIF_IFD)[FOCAL_LENGTH_TAG] = 28
    rgba = image.convert("RGBA")
    profile = wide_gamut_profile()
    return [
        encoded(image, "JPEG", exif=exif, icc_profile=profile),
        encoded(image, "JPEG", progressive=True),
        encoded(image.convert("CMYK"), "JPEG"),
        encoded(image, "MPO", save_all=True, append_images=[image]),
        encoded(rgba, "PNG", exif=exif, icc_profile=profile),
        encoded(image.quantize(4), "PNG", transparency=1),
        encoded(Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 200), "PNG"),
        encoded(image, "PNG", save_all=True, append_images=[image.rotate(9)]),
        encoded(rgba, "WEBP", exif=exif, icc_profile=profile),
        encoded(image, "WEBP", save_all=True, append_images=[image.rotate(9)]),
        encoded(image, "HEIF"),
        encoded(rgba, "HEIF"),
    ]


PICTURES = small_pictures()


def is_series(data: bytes) -> bool:
    return any(mark in data[:200] for mark in (b"MPF", b"acTL", b"ANIM"))


@pytest.mark.parametrize("data", [p for p in PICTURES if not is_series(p)])
def test_truncated_files_are_damaged(data: bytes) -> None:
    """Cut in the middle of the pixels, a picture must not be measured as if it were whole."""
    for share in (0.1, 0.5, 0.8):
        assert code_of(data[: int(len(data) * share)]) == "photo-damaged"


def test_a_polyglot_is_what_its_first_bytes_say() -> None:
    """A picture with an archive behind it is a picture; the other way round it is none."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("run.sh", "true")
    picture = encoded(Image.new("RGB", (40, 30), (9, 99, 199)), "JPEG")
    for other in (archive.getvalue(), b"<script>1</script>", b"%PDF-1.7", b"#!/bin/sh\n"):
        both = load_photo(picture + other)
        assert isinstance(both, Photo) and both.rgb.shape == (30, 40, 3)
        assert code_of(other + picture) == "photo-unknown-format"
    # A second format after the signature of a first.
    assert code_of(b"\x89PNG\r\n\x1a\n" + picture) == "photo-damaged"


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(PICTURES), st.data())
def test_any_bytes_give_a_photo_or_a_finding(picture: bytes, draw: st.DataObject) -> None:
    data = bytearray(picture)
    for _ in range(draw.draw(st.integers(0, 6))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    cut = draw.draw(st.integers(0, len(data)))
    result = load_photo(bytes(data[:cut] if draw.draw(st.booleans()) else data))
    assert isinstance(result, (Photo, Finding))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([p[:12] for p in PICTURES]), st.binary(max_size=300))
def test_a_right_signature_and_junk(signature: bytes, junk: bytes) -> None:
    assert isinstance(load_photo(signature + junk), Finding)
