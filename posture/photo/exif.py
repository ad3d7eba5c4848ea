"""What a camera wrote into the photo about how it was held."""

from __future__ import annotations

import math
import struct

# Apple's camera notes: their header, and the tag, type and count of the acceleration vector.
_APPLE_HEADER = b"Apple iOS\x00"
_ACCELERATION = (0x0008, 10, 3)
# The phone was at rest when it felt about 1 g, and was not pointed at floor or ceiling.
_REST_G = (0.85, 1.15)
_MIN_IN_PLANE_G = 0.5


def roll_from_maker_note(note: bytes) -> float | None:
    """Roll in degrees (-45 to 45, positive when it was turned clockwise) that an iPhone wrote down.

    Its notes are an EXIF directory of their own; tag 8 is gravity in the phone's frame, x to the
    right and y to the top of the screen.  Turns by quarters, which EXIF orientation tells, do not
    matter here.  None when there is no such note, or the phone was shaken or pointed up or down.
    """
    gravity = _apple_gravity_g(note)
    if gravity is None:
        return None
    x, y, z = gravity
    if not _REST_G[0] <= math.hypot(x, y, z) <= _REST_G[1]:
        return None
    if math.hypot(x, y) < _MIN_IN_PLANE_G:
        return None
    roll_deg = math.degrees(math.atan2(x, -y))
    return roll_deg - 90.0 * round(roll_deg / 90.0)


def _apple_gravity_g(note: bytes) -> tuple[float, float, float] | None:
    if not note.startswith(_APPLE_HEADER) or note[12:14] not in (b"MM", b"II"):
        return None
    order = ">" if note[12:14] == b"MM" else "<"
    try:
        (count,) = struct.unpack_from(f"{order}H", note, 14)
        for entry in range(count):
            *kind, offset = struct.unpack_from(f"{order}HHII", note, 16 + 12 * entry)
            if tuple(kind) == _ACCELERATION:
                parts = struct.unpack_from(f"{order}6i", note, offset)
                x, y, z = (parts[k] / parts[k + 1] for k in (0, 2, 4))
                return x, y, z
    except (struct.error, ZeroDivisionError):
        return None
    return None
