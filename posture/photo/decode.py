"""From a file, bytes or an array to an upright 8-bit RGB photo.

Whatever is wrong with the file comes back as a finding; only misuse raises.  JPEG, PNG, WebP,
HEIC/HEIF, AVIF, TIFF and BMP are read.  Sizes, and what else a file asks of its decoder, are
checked before any pixel is decoded.
"""

from __future__ import annotations

import hashlib
import io
import os
import random
import re
import stat
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.TiffImagePlugin import TiffImageFile

from posture.errors import InvalidInput
from posture.findings import Finding, finding
from posture.photo.demands import png_is_modest, tiff_is_modest
from posture.photo.exif import date_taken, roll_from_maker_note
from posture.photo.formats import Kind, is_clip, picture_format
from posture.photo.jpeg import END, jpeg_layout
from posture.photo.photo_settings import photo_settings

_FILE = photo_settings().file
MAX_FILE_BYTES, MAX_PIXELS, MIN_SIDE_PX = _FILE.max_bytes, _FILE.max_pixels, _FILE.min_side_px
PANORAMA_ASPECT = _FILE.panorama_aspect
# Transparent parts become this.
BACKDROP_RGB = _FILE.backdrop_rgb

_ORIENTATION_TAG = 0x0112
_EXIF_IFD = 0x8769
_MAKER_NOTE_TAG = 0x927C
_DATE_ORIGINAL_TAG = 0x9003
_OFFSET_ORIGINAL_TAG = 0x9011
# A camera's raw picture is a TIFF whose first picture is a small preview.
_SUBFILE_TAG, _DNG_TAG, _REDUCED = 0x00FE, 0xC612, 1

# What PIL gives that can be shown in eight bits a colour.
_MODES = {"1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBa", "RGBX", "CMYK", "YCbCr",
          "I", "I;16", "I;16B", "I;16L", "I;16N"}  # fmt: skip
# What a JPEG without its end is filled up with, to see whether any pixel comes of it.
_FILLING = random.Random(0).randbytes(256).replace(b"\xff", b"\x55")

# Rows converted at a time: a strip stays in the processor's cache and needs no second full copy.
_STRIP_ROWS = 128

# What the decoders raise on damaged files.
_DECODER_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    RuntimeError,
    TypeError,
    LookupError,
    OverflowError,
    struct.error,
    zlib.error,
)

_Method = Image.Transpose
_TRANSPOSE_OF_ORIENTATION = {
    2: _Method.FLIP_LEFT_RIGHT,
    3: _Method.ROTATE_180,
    4: _Method.FLIP_TOP_BOTTOM,
    5: _Method.TRANSPOSE,
    6: _Method.ROTATE_270,
    7: _Method.TRANSVERSE,
    8: _Method.ROTATE_90,
}
_MIRRORED = {2, 4, 5, 7}
_SWAP_SIDES = {_Method.TRANSPOSE, _Method.ROTATE_270, _Method.TRANSVERSE, _Method.ROTATE_90}
_LAST_STRIP_FIRST = {
    _Method.ROTATE_180,
    _Method.FLIP_TOP_BOTTOM,
    _Method.ROTATE_270,
    _Method.TRANSVERSE,
}


@dataclass(frozen=True, eq=False)
class Photo:
    """An upright photo in memory.

    Attributes:
        rgb: (height, width, 3) uint8 sRGB, contiguous and read-only.
        name: the path as it was given; None for bytes and arrays.
        sha256: of the file's bytes, in hex; None for arrays.
        animated: the file holds more pictures than this first one.
        camera_roll_deg: by how much the camera was turned clockwise, -45 to 45, as it noted
            itself; None when unknown.
        taken: when, by the camera's own clock: with its zone where the file tells it, else the
            wall clock where it was taken; None when the file does not tell or tells nonsense.
    """

    rgb: NDArray[np.uint8]
    name: str | None
    sha256: str | None
    animated: bool
    camera_roll_deg: float | None = None
    taken: datetime | None = None

    @property
    def height_px(self) -> int:
        """Rows of the upright photo."""
        return int(self.rgb.shape[0])

    @property
    def width_px(self) -> int:
        """Columns of the upright photo."""
        return int(self.rgb.shape[1])


PhotoSource = str | os.PathLike[str] | os.PathLike[bytes] | bytes | NDArray[Any] | Photo


def name_of(source: PhotoSource) -> str | None:
    """The path of a photo as it was given; None for bytes and arrays."""
    if isinstance(source, Photo):
        return source.name
    return os.fsdecode(source) if isinstance(source, (str, os.PathLike)) else None


def load_photo(source: PhotoSource) -> Photo | Finding:
    """The photo that `source` holds, or the finding that says why there is none.

    Args:
        source: a path, the bytes of a file, or an array: grey (H, W) or (H, W, 1), RGB (H, W, 3)
            or RGBA (H, W, 4), as uint8, uint16 or float from 0 to 1.  It is not modified; what a
            masked array hides becomes the backdrop.  A Photo is returned as it is.

    Raises:
        InvalidInput: when `source` is of another type, or an array of another kind.
    """
    if isinstance(source, Photo):
        return source
    try:
        if isinstance(source, np.ndarray):
            return _from_array(source)
        if isinstance(source, bytes):
            return _from_bytes(source, name=None)
        if isinstance(source, (str, os.PathLike)):
            name = os.fsdecode(source)
            data = _read_file(name)
            return data if isinstance(data, Finding) else _from_bytes(data, name)
    except MemoryError:
        return finding("memory-short")
    raise InvalidInput(
        f"A photo cannot be made from {type(source).__name__}.",
        "Give a path, the bytes of a file, or an array.",
    )


def _read_file(path: str) -> bytes | Finding:
    # Without O_NONBLOCK opening a named pipe would wait for a writer.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except (OSError, ValueError):
        # ValueError: a NUL in the path.  Windows refuses to open folders at all.
        return finding("file-not-regular" if os.path.isdir(path) else "file-missing")
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return finding("file-not-regular")
        if status.st_size > MAX_FILE_BYTES:
            return _file_too_large(status.st_size)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(MAX_FILE_BYTES + 1)
    except OSError:
        return finding("file-missing")
    finally:
        os.close(descriptor)


def _from_bytes(data: bytes, name: str | None) -> Photo | Finding:
    if not data:
        return finding("file-empty")
    if len(data) > MAX_FILE_BYTES:
        return _file_too_large(len(data))
    known = picture_format(data)
    if known is None:
        return finding("photo-is-clip" if is_clip(data) else "photo-unknown-format")
    if known.decoder is None:
        return finding("photo-no-decoder", kind=known.kind)
    asked = _Asked.of(known.kind, data)
    if asked is None:
        return finding("photo-damaged")
    # PIL warns about odd metadata, which is no concern of the person who took the photo.
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"PIL\.")
        try:
            with known.decoder(io.BytesIO(asked.data)) as picture:
                unfit = _size_finding(*picture.size) or _kind_finding(picture)
                if unfit is not None:
                    return unfit
                animated = _holds_more(picture)
                picture.load()
            if asked.end_missing and _lacks_pixels(picture, data):
                return finding("photo-damaged")
        except Image.DecompressionBombError as error:
            # The WebP decoder applies PIL's own, higher limit first; its sentence tells the size.
            return _too_many_pixels(int(re.findall(r"\d+", str(error))[0]))
        except _DECODER_ERRORS as error:
            if "out of memory" in str(error):
                return finding("memory-short")
            return finding("photo-damaged")
        notes = _camera_notes(picture)
        rgb = _upright_rgb(picture, notes.orientation)
    return Photo(
        rgb=_read_only(rgb),
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        animated=animated,
        camera_roll_deg=notes.roll_deg,
        taken=notes.taken,
    )


class _Asked(NamedTuple):
    """What a decoder is given.

    Attributes:
        data: the file, a JPEG always with its end mark.
        end_missing: whether that mark had to be added.
    """

    data: bytes
    end_missing: bool = False

    @classmethod
    def of(cls, kind: Kind, data: bytes) -> _Asked | None:
        """None when the file asks more of its decoder than any photo does."""
        if kind == "JPEG":
            layout = jpeg_layout(data)
            if layout is None:
                return None
            if layout.ended or not layout.complete:
                return cls(data)
            return cls(data.rstrip(b"\xff") + END, end_missing=True)
        if (kind == "PNG" and not png_is_modest(data)) or (
            kind == "TIFF" and not tiff_is_modest(data)
        ):
            return None
        return cls(data)


def _lacks_pixels(picture: Image.Image, data: bytes) -> bool:
    """Whether a JPEG without its end mark lacks some of its pixels, too.

    Where the decoder still waits for pixels, it takes whatever follows for them.
    """
    with JpegImageFile(io.BytesIO(data.rstrip(b"\xff") + _FILLING + END)) as filled:
        filled.load()
    return ImageChops.difference(picture, filled).getbbox(alpha_only=False) is not None


def _size_finding(width_px: int, height_px: int) -> Finding | None:
    if width_px * height_px > MAX_PIXELS:
        if is_panorama(width_px, height_px):
            return finding("photo-panorama-too-large", megapixels=width_px * height_px / 1e6)
        return _too_many_pixels(width_px * height_px)
    if min(width_px, height_px) < MIN_SIDE_PX:
        return finding(
            "photo-too-small", width_px=width_px, height_px=height_px, minimum_px=MIN_SIDE_PX
        )
    return None


def is_panorama(width_px: int, height_px: int) -> bool:
    """Whether a picture is so wide that it was swept together or cut to a strip."""
    return width_px >= PANORAMA_ASPECT * height_px


def _kind_finding(picture: ImageFile.ImageFile) -> Finding | None:
    """What says that this is no photo, though it is a file of a format that is read."""
    tags = getattr(picture, "tag_v2", {})
    is_raw = tags.get(_SUBFILE_TAG) == _REDUCED or _DNG_TAG in tags
    if is_raw or picture.mode not in _MODES:
        return finding("photo-unknown-format")
    return None


def _holds_more(picture: ImageFile.ImageFile) -> bool:
    """Whether the file holds further pictures."""
    # To count those of a TIFF, all would be read.
    if isinstance(picture, TiffImageFile):
        return bool(picture.is_animated)
    return bool(getattr(picture, "n_frames", 1) > 1)


def _too_many_pixels(pixels: int) -> Finding:
    return finding(
        "photo-too-many-pixels", megapixels=pixels / 1e6, limit_megapixels=MAX_PIXELS / 1e6
    )


def _file_too_large(size: int) -> Finding:
    return finding("file-too-large", megabytes=size / 1e6, limit_megabytes=MAX_FILE_BYTES / 1e6)


class _CameraNotes(NamedTuple):
    """EXIF orientation (1 to 8), roll and date, as far as the file tells them."""

    orientation: int = 1
    roll_deg: float | None = None
    taken: datetime | None = None


def _camera_notes(picture: Image.Image) -> _CameraNotes:
    block = picture.info.get("exif")
    if isinstance(block, bytes) and not tiff_is_modest(block.removeprefix(b"Exif\0\0")):
        return _CameraNotes()
    try:
        exif = picture.getexif()
        orientation: Any = exif.get(_ORIENTATION_TAG)
        details = exif.get_ifd(_EXIF_IFD)
        note = details.get(_MAKER_NOTE_TAG)
        date, offset = details.get(_DATE_ORIGINAL_TAG), details.get(_OFFSET_ORIGINAL_TAG)
    except _DECODER_ERRORS:
        # A photo with garbled notes is still a photo.
        return _CameraNotes()
    if orientation not in range(1, 9):
        orientation = 1
    roll_deg = roll_from_maker_note(note) if isinstance(note, bytes) else None
    if roll_deg is not None and orientation in _MIRRORED:
        roll_deg = -roll_deg
    return _CameraNotes(int(orientation), roll_deg, date_taken(date, offset, datetime.now(UTC)))


def _upright_rgb(picture: Image.Image, orientation: int) -> NDArray[np.uint8]:
    """Pixels of a decoded picture as 8-bit sRGB, turned as its EXIF orientation says."""
    turn = _TRANSPOSE_OF_ORIENTATION.get(orientation)
    to_rgb = _rgb_converter(picture)
    width_px, height_px = picture.size
    sideways = turn in _SWAP_SIDES
    rgb = np.empty((width_px, height_px, 3) if sideways else (height_px, width_px, 3), np.uint8)
    rows_of_picture = rgb.swapaxes(0, 1) if sideways else rgb
    for top, bottom in _strips(height_px):
        strip = to_rgb(picture.crop((0, top, width_px, bottom)))
        if turn is not None:
            strip = strip.transpose(turn)
        pixels = np.asarray(strip)
        first = height_px - bottom if turn in _LAST_STRIP_FIRST else top
        rows_of_picture[first : first + bottom - top] = (
            pixels.swapaxes(0, 1) if sideways else pixels
        )
    return rgb


def _strips(height_px: int) -> Iterator[tuple[int, int]]:
    for top in range(0, height_px, _STRIP_ROWS):
        yield top, min(top + _STRIP_ROWS, height_px)


def _rgb_converter(picture: Image.Image) -> Callable[[Image.Image], Image.Image]:
    """What turns a part of `picture` into 8-bit sRGB."""
    to_srgb = _colour_transform(picture)
    if picture.mode == "CMYK" and to_srgb is not None:
        return to_srgb

    def convert(part: Image.Image) -> Image.Image:
        rgb = _plain_rgb(part)
        return to_srgb(rgb) if to_srgb is not None else rgb

    return convert


def _plain_rgb(part: Image.Image) -> Image.Image:
    """`part` as RGB: 16 bits scaled to 8, transparency laid over the backdrop."""
    if part.mode.startswith("I"):
        return Image.fromarray(_eight_bits(np.asarray(part))).convert("RGB")
    if part.has_transparency_data:
        canvas = Image.new("RGB", part.size, BACKDROP_RGB)
        part = part.convert("RGBA")
        canvas.paste(part, mask=part.getchannel("A"))
        return canvas
    return part if part.mode == "RGB" else part.convert("RGB")


def _colour_transform(picture: Image.Image) -> Callable[[Image.Image], Image.Image] | None:
    """Conversion from the picture's embedded colour profile to sRGB; None when none is needed."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode.startswith(("L", "I", "1")):
        return None
    # Here: few photos need it.
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return None
        transform = ImageCms.buildTransform(
            source,
            ImageCms.createProfile("sRGB"),
            "CMYK" if picture.mode == "CMYK" else "RGB",
            "RGB",
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        # A profile that is garbled or made for another kind of picture: take the colours as sRGB.
        return None
    return lambda part: cast(Image.Image, ImageCms.applyTransform(part, transform))


def _from_array(array: NDArray[Any]) -> Photo | Finding:
    pixels, hidden = _without_mask(array)
    _require_picture(pixels)
    unfit = _size_finding(pixels.shape[1], pixels.shape[0])
    if unfit is not None:
        return unfit
    if pixels.ndim == 2:
        pixels = pixels[:, :, np.newaxis]
    channels = pixels.shape[2]
    rgb = np.empty((*pixels.shape[:2], 3), np.uint8)
    for top, bottom in _strips(len(pixels)):
        strip = _eight_bits(pixels[top:bottom])
        if channels == 4:
            strip = np.asarray(_plain_rgb(Image.fromarray(np.ascontiguousarray(strip))))
        rgb[top:bottom] = strip
    if hidden is not None:
        rgb[hidden] = BACKDROP_RGB
    return Photo(rgb=_read_only(rgb), name=None, sha256=None, animated=False)


def _without_mask(array: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
    """The plain numbers, and where a masked array hides (H, W) pixels; None where it hides none."""
    if not isinstance(array, np.ma.MaskedArray):
        return np.asarray(array), None
    hidden = np.ma.getmaskarray(array)
    # What lies behind the mask may be anything, NaN for example.
    pixels = np.where(hidden, array.dtype.type(), array.data)
    return pixels, np.asarray(hidden.any(axis=2) if hidden.ndim == 3 else hidden, np.bool_)


def _require_picture(array: NDArray[Any]) -> None:
    """Raise InvalidInput that names everything that is wrong with `array`."""
    wrong = []
    if array.ndim not in (2, 3) or (array.ndim == 3 and array.shape[2] not in (1, 3, 4)):
        wrong.append(f"its shape is {array.shape}, not (H, W), (H, W, 1), (H, W, 3) or (H, W, 4)")
    if array.dtype.kind == "f":
        # Written so that NaN fails too.
        if array.size and not (array.min() >= 0 and array.max() <= 1):
            wrong.append("its values are not all between 0 and 1")
    elif array.dtype.kind != "u" or array.dtype.itemsize > 2:
        wrong.append(f"its type is {array.dtype}, not uint8, uint16 or float")
    if wrong:
        raise InvalidInput(
            f"The array is no picture: {'; '.join(wrong)}.", "Convert it, for example to uint8 RGB."
        )


def _eight_bits(pixels: NDArray[Any]) -> NDArray[np.uint8]:
    """`pixels` as uint8, full scale staying full scale."""
    if pixels.dtype.kind == "f":
        return (pixels * 255 + 0.5).astype(np.uint8)
    if pixels.dtype.itemsize == 1:
        return pixels.astype(np.uint8, copy=False)
    wide: NDArray[np.uint32] = np.clip(pixels, 0, 65535).astype(np.uint32)
    return ((wide * 255 + 32767) // 65535).astype(np.uint8)


def _read_only(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    rgb.flags.writeable = False
    return rgb
