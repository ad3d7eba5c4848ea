"""What a camera wrote into the photo: how it was held, and when the photo was taken."""

from __future__ import annotations

import math
import re
import struct
from datetime import datetime, timedelta, timezone

from posture.photo.photo_settings import photo_settings

# Apple's camera notes: their header, and the tag, type and count of the acceleration vector.
_APPLE_HEADER = b"Apple iOS\x00"
_ACCELERATION = (0x0008, 10, 3)
_ROLL = photo_settings().roll

_DATE = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")
# No digital camera is older; clocks that were never set start at a New Year's midnight.
_FIRST_YEAR = 1990
# A wall clock without its zone may be so far ahead of any other.
_AHEAD = timedelta(days=1)


def date_taken(original: object, offset: object, now: datetime) -> datetime | None:
    """When the photo was taken, by the camera's own clock; None when it is unknown or cannot be.

    Args:
        original: EXIF DateTimeOriginal, "YYYY:MM:DD HH:MM:SS" of the wall clock there.
        offset: EXIF OffsetTimeOriginal, "+HH:MM" ahead of UTC; most cameras leave it out.
        now: with its zone; what lies in the future was not taken.

    Returns:
        With a zone where `offset` tells it, else the wall clock without one.
    """
    match = _DATE.fullmatch(_text(original))
    if match is None:
        return None
    try:
        taken = datetime(*map(int, match.groups()))  # type: ignore[arg-type]
    except ValueError:
        return None
    unset = (taken.month, taken.day, taken.hour, taken.minute) == (1, 1, 0, 0)
    if taken.year < _FIRST_YEAR or unset:
        return None
    taken = taken.replace(tzinfo=_zone(_text(offset)))
    if (taken if taken.tzinfo else taken.replace(tzinfo=now.tzinfo)) > now + _AHEAD:
        return None
    return taken


def _text(value: object) -> str:
    return value.strip("\0 ") if isinstance(value, str) else ""


def _zone(offset: str) -> timezone | None:
    match = _OFFSET.fullmatch(offset)
    if match is None:
        return None
    ahead = timedelta(hours=int(match[2]), minutes=int(match[3]))
    # Zones reach from -12:00 to +14:00.
    if ahead > timedelta(hours=14) or int(match[3]) > 59:
        return None
    return timezone(-ahead if match[1] == "-" else ahead)


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
    low_g, high_g = _ROLL.rest_g
    if not low_g <= math.hypot(x, y, z) <= high_g:
        return None
    if math.hypot(x, y) < _ROLL.min_in_plane_g:
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
