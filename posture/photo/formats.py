"""Which kind of picture a file is, by its first bytes, and the decoder for it.

Calling the decoders directly keeps PIL's other forty formats away from unknown files, and lets the
size be checked here instead of by a limit that is global to the process.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, cast

from PIL import ImageFile, features
from PIL.BmpImagePlugin import BmpImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

Kind = Literal["JPEG", "PNG", "WebP", "HEIC", "AVIF", "TIFF", "BMP"]

_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_AVIF_BRANDS = {b"avif", b"avis"}
# Any coding may hide behind these.
_ANY_PICTURE_BRANDS = {b"mif1", b"msf1"}

_CANON_RAW = b"crx "

_TIFF_STARTS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
# Sizes of the headers of a BMP, and its ways of compressing of which PIL decodes one pixel at a
# time: nobody's photos are stored so.
_BMP_HEADERS = {12, 40, 52, 56, 64, 108, 124}
_BMP_RUN_LENGTHS = {1, 2}

_ASF_START = bytes.fromhex("3026b2758e66cf11")
_CLIP_STARTS = (b"\x1aE\xdf\xa3", b"FLV\x01", b"\0\0\x01\xba", b"\0\0\x01\xb3", _ASF_START)
_QUICKTIME_BOXES = {b"moov", b"mdat", b"wide", b"free", b"skip"}


@dataclass(frozen=True)
class PictureFormat:
    """A kind of picture.

    Attributes:
        kind: as people call it.
        decoder: reads its header and later its pixels; None where this installation has none.
    """

    kind: Kind
    decoder: Callable[[io.BytesIO], ImageFile.ImageFile] | None


def picture_format(data: bytes) -> PictureFormat | None:
    """The kind that the first bytes tell; None when it is none of ours."""
    if data.startswith(b"\xff\xd8\xff"):
        return PictureFormat("JPEG", JpegImageFile)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PictureFormat("PNG", PngImageFile)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return PictureFormat("WebP", WebPImageFile)
    if data.startswith(_TIFF_STARTS):
        return PictureFormat("TIFF", TiffImageFile)
    if _is_plain_bmp(data):
        return PictureFormat("BMP", BmpImageFile)
    brands = _brands(data)
    if brands & _HEIF_BRANDS or (brands & _ANY_PICTURE_BRANDS and not brands & _AVIF_BRANDS):
        # Here, as below: few photos need it.
        from pillow_heif.as_plugin import HeifImageFile

        decoder = cast(Callable[[io.BytesIO], ImageFile.ImageFile], HeifImageFile)
        return PictureFormat("HEIC", decoder)
    if brands & _AVIF_BRANDS:
        from PIL.AvifImagePlugin import AvifImageFile

        return PictureFormat("AVIF", AvifImageFile if features.check("avif") else None)
    return None


def is_clip(data: bytes) -> bool:
    """Whether the first bytes are those of a film."""
    if data.startswith(_CLIP_STARTS) or (data.startswith(b"RIFF") and data[8:11] == b"AVI"):
        return True
    if data[4:8] == b"ftyp":
        return picture_format(data) is None and data[8:12] != _CANON_RAW
    # A transport stream has its mark every 188 bytes, on cameras after four more.
    stream = any(data[at:600:step][:3] == b"GGG" for at, step in ((0, 188), (4, 192)))
    return stream or data[4:8] in _QUICKTIME_BOXES


def _is_plain_bmp(data: bytes) -> bool:
    header_bytes = int.from_bytes(data[14:18], "little")
    if not data.startswith(b"BM") or header_bytes not in _BMP_HEADERS:
        return False
    # The oldest header has no place for a way of compressing.
    compression = 0 if header_bytes == 12 else int.from_bytes(data[30:34], "little")
    return compression not in _BMP_RUN_LENGTHS


def _brands(data: bytes) -> set[bytes]:
    """What a file of the ISO base media format says it can be read as; empty for others."""
    if data[4:8] != b"ftyp":
        return set()
    end = min(int.from_bytes(data[:4], "big"), 256)
    return {data[8:12]} | {data[at : at + 4] for at in range(16, end, 4)}
