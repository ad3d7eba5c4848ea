"""MP4 films changed in their boxes, as OpenCV cannot write them (ISO/IEC 14496-12)."""

from __future__ import annotations

import struct


def with_pixel_aspect(mp4: bytes, across: int, down: int) -> bytes:
    """The same film, whose pixels are to be shown as `across` by `down`."""
    box = struct.pack(">I4sII", 16, b"pasp", across, down)
    at = mp4.index(b"mp4v") - 4
    end = at + int.from_bytes(mp4[at : at + 4], "big")
    grown = bytearray(mp4[:end] + box + mp4[end:])
    for name in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd", b"mp4v"):
        start = mp4.index(name) - 4
        size = int.from_bytes(mp4[start : start + 4], "big") + len(box)
        grown[start : start + 4] = size.to_bytes(4, "big")
    # FFmpeg writes one already; the last one counts.
    return bytes(grown).replace(struct.pack(">I4sII", 16, b"pasp", 1, 1), box)


def with_list_first(mp4: bytes) -> bytes:
    """The same film with its list of pictures before the pictures, as on the web."""
    at = mp4.index(b"moov") - 4
    pictures = mp4.index(b"mdat") - 4
    assert at > pictures
    listed = bytearray(mp4[at:])
    offsets = listed.index(b"stco") + 8
    (count,) = struct.unpack_from(">I", listed, offsets)
    for entry in range(offsets + 4, offsets + 4 + 4 * count, 4):
        (offset,) = struct.unpack_from(">I", listed, entry)
        struct.pack_into(">I", listed, entry, offset + len(listed))
    return mp4[:pictures] + bytes(listed) + mp4[pictures:at]
