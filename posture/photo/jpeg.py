"""How a JPEG is laid out: its segments and scans, without decoding a pixel.

Reference: ITU-T T.81, annex B.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from posture.photo.photo_settings import photo_settings

START, END = b"\xff\xd8", b"\xff\xd9"
_LIMITS = photo_settings().jpeg

# A marker that is neither a padded one, nor a stuffed 0xFF, nor a restart within a scan.
_MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")
_TEMPORARY, _FIRST_SOI, _EOI, _SOS = 0x01, 0xD8, 0xD9, 0xDA
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALL_COEFFICIENTS = frozenset(range(64))


@dataclass(frozen=True)
class JpegLayout:
    """What the markers of a JPEG tell.

    Attributes:
        ended: whether the end mark is there.
        complete: whether its scans, if they are whole, tell every coefficient to the last bit.
    """

    ended: bool
    complete: bool


def jpeg_layout(data: bytes) -> JpegLayout | None:
    """The layout of the first picture in `data`; None when it asks more than any photo does."""
    segments = scans = padding = notes = 0
    components: frozenset[int] = frozenset()
    coded: dict[int, frozenset[int]] = {}
    position = len(START)
    run = data.find(b"\xff" * _LIMITS.max_padding_bytes)
    end = len(data) if run < 0 else run + 1
    while (match := _MARKER.search(data, position, end)) is not None:
        kind, body = match[1][0], match.end()
        padding += 0 if scans else match.start() - position
        segments += 1
        notes += data[body + 2 : body + 6] == b"Exif"
        if (
            segments > _LIMITS.max_segments
            or scans > _LIMITS.max_scans
            or padding > _LIMITS.max_padding_bytes
            or notes > _LIMITS.max_exif_segments
        ):
            return None
        if kind == _EOI:
            return JpegLayout(True, _is_complete(components, coded))
        if kind in (_TEMPORARY, _FIRST_SOI):
            position = body
            continue
        position = body + max(int.from_bytes(data[body : body + 2], "big"), 2)
        if kind in _FRAMES:
            components = frozenset(data[body + 8 : position : 3])
        elif kind == _SOS:
            scans += 1
            for component, coefficients in _exactly_told(data[body + 2 : position]):
                coded[component] = coded.get(component, frozenset()) | coefficients
    if run >= 0 or (scans == 0 and len(data) - position > _LIMITS.max_padding_bytes):
        return None
    return JpegLayout(False, _is_complete(components, coded))


def _exactly_told(scan: bytes) -> Iterator[tuple[int, frozenset[int]]]:
    """The coefficients of each component that this scan (its header) tells to the last bit."""
    if not scan or len(scan) < 4 + 2 * scan[0]:
        return
    first, last, accuracy = scan[1 + 2 * scan[0] :][:3]
    if accuracy & 0x0F == 0:
        for component in scan[1 : 1 + 2 * scan[0] : 2]:
            yield component, frozenset(range(first, last + 1))


def _is_complete(components: frozenset[int], coded: dict[int, frozenset[int]]) -> bool:
    return bool(components) and all(
        coded.get(component, frozenset()) >= _ALL_COEFFICIENTS for component in components
    )
