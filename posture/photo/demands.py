"""What a file asks of its decoder, held against what photos ask, before any decoder sees it.

The decoders walk lists in a file one by one, as long as they are: a file of empty entries keeps
them busy for minutes, and no photo has such lists.
"""

from __future__ import annotations

import struct
from typing import Literal

from posture.photo.photo_settings import photo_settings

_PNG, _TIFF = photo_settings().png, photo_settings().tiff

_EXIF_DIRECTORY = 0x8769
# Bytes of a value, by its TIFF type.
_TYPE_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4,
               16: 8, 17: 8, 18: 8}  # fmt: skip
_TEXT_TYPES = {1, 2, 6, 7}


def png_is_modest(data: bytes) -> bool:
    """Whether a PNG has as few chunks as its size explains."""
    limit = _PNG.max_chunks + len(data) // _PNG.min_chunk_bytes
    position = 8
    for _ in range(limit):
        if position + 8 > len(data):
            return True
        position += 12 + int.from_bytes(data[position : position + 4], "big")
    return False


def tiff_is_modest(data: bytes) -> bool:
    """Whether the first directory of a TIFF, and the camera's notes in it, are of sensible size.

    EXIF blocks are TIFF files, too.
    """
    order: Literal["<", ">"] = "<" if data.startswith(b"II") else ">"
    try:
        big = struct.unpack_from(f"{order}H", data, 2)[0] == 43
        first = struct.unpack_from(f"{order}{'Q' if big else 'L'}", data, 8 if big else 4)[0]
        notes = _modest_directory(data, first, order, big)
        return notes is not None and (
            notes == 0 or _modest_directory(data, notes, order, big) is not None
        )
    except struct.error:
        # It ends within a directory: the decoder says so soon enough.
        return True


def _modest_directory(data: bytes, start: int, order: str, big: bool) -> int | None:
    """Where the camera's notes are, 0 without any; None when this directory is too much."""
    count_format, entry_format, entry_bytes = ("Q", "HHQQ", 20) if big else ("H", "HHLL", 12)
    (count,) = struct.unpack_from(order + count_format, data, start)
    if count > _TIFF.max_entries:
        return None
    notes = size = listed = 0
    start += struct.calcsize(order + count_format)
    for entry in range(count):
        tag, kind, length, value = struct.unpack_from(
            order + entry_format, data, start + entry_bytes * entry
        )
        size += length * _TYPE_BYTES.get(kind, 1)
        listed += 0 if kind in _TEXT_TYPES else length
        if tag == _EXIF_DIRECTORY:
            notes = value
    too_much = size > _TIFF.max_read_over * len(data) or listed > _TIFF.max_listed
    return None if too_much else int(notes)
