"""Whether a clip is as long as its own lists say, told from its bytes alone.

A copy that broke off keeps the beginning, in which a clip says how long its parts are.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import BinaryIO

# Parts of a clip at its uppermost level: a handful, or one a second in clips for streaming.
MAX_PARTS = 100_000
# The start of a part, with its length.
_HEAD_BYTES = 32

_ASF_START = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_ASF_DATA = bytes.fromhex("3626b2758e66cf11a6d900aa0062ce6c")
_EBML_START = b"\x1aE\xdf\xa3"
_MATROSKA_SEGMENT = b"\x18S\x80g"
_BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"moof", b"uuid", b"sidx", b"styp",
          b"meta", b"mfra", b"pnot", b"udta", b"emsg", b"prft"}  # fmt: skip


def is_cut_off(file: BinaryIO) -> bool | None:
    """Whether the file ends before the parts that it announces do; None when it announces none.

    MP4 and its like, AVI, Matroska and WebM, and Windows Media announce them, unless they were
    streamed while they were recorded.

    Args:
        file: opened for reading; it is left at another place.
    """
    file_bytes = file.seek(0, 2)
    file.seek(0)
    size_of = _reader(file.read(_HEAD_BYTES))
    if size_of is None:
        return None
    position = 0
    for _ in range(MAX_PARTS):
        file.seek(position)
        size = size_of(file.read(_HEAD_BYTES))
        if size is None:
            break
        position += size
        if position >= file_bytes:
            return position > file_bytes
    # What follows the parts that tell was appended, or nobody knew its length.
    return None if _is_streamed(file, position) else False


def _is_streamed(file: BinaryIO, position: int) -> bool:
    """Whether the part there was begun without knowing its length."""
    file.seek(position)
    head = file.read(_HEAD_BYTES)
    return head.startswith((_MATROSKA_SEGMENT, b"RIFF", _ASF_DATA))


def _reader(head: bytes) -> Callable[[bytes], int | None] | None:
    """What tells the length of a part of this kind of clip; None for kinds that do not tell."""
    if head[4:8] in _BOXES:
        return _box_bytes
    if head.startswith(b"RIFF"):
        return _riff_bytes
    if head.startswith(_EBML_START):
        return _ebml_bytes
    return _asf_bytes if head.startswith(_ASF_START) else None


def _box_bytes(head: bytes) -> int | None:
    """Of a box (ISO/IEC 14496-12); None for the last one, which may reach to the end of the file.

    What some cameras append is no box.
    """
    if len(head) < 8 or head[4:8] not in _BOXES:
        return None
    size: int = struct.unpack_from(">I", head)[0]
    if size == 1 and len(head) >= 16:
        size = struct.unpack_from(">Q", head, 8)[0]
    return size if size >= 8 else None


def _riff_bytes(head: bytes) -> int | None:
    if len(head) < 8 or head[:4] != b"RIFF":
        return None
    size: int = struct.unpack_from("<I", head, 4)[0]
    # A recorder that was switched off leaves nothing here.
    return 8 + size + size % 2 if size else None


def _asf_bytes(head: bytes) -> int | None:
    if len(head) < 24:
        return None
    size: int = struct.unpack_from("<Q", head, 16)[0]
    return size if size >= 24 else None


def _ebml_bytes(head: bytes) -> int | None:
    """Of a Matroska element: an identifier and a length, each as long as its first bits tell."""
    id_bytes = _vint_bytes(head, 0)
    if id_bytes is None or id_bytes > 4:
        return None
    size_bytes = _vint_bytes(head, id_bytes)
    if size_bytes is None or id_bytes + size_bytes > len(head):
        return None
    bits = 7 * size_bytes
    size = int.from_bytes(head[id_bytes : id_bytes + size_bytes], "big") & ((1 << bits) - 1)
    # All ones: it was not known while it was recorded.
    return None if size == (1 << bits) - 1 else id_bytes + size_bytes + size


def _vint_bytes(head: bytes, at: int) -> int | None:
    """How many bytes a number takes whose first byte is there: one more than its leading zeros."""
    return 9 - head[at].bit_length() if at < len(head) and head[at] else None
