"""The camera's own notes of how it was held."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from posture.photo.decode import Photo, load_photo
from posture.photo.exif import roll_from_maker_note


def apple_note(x: float, y: float, z: float, order: str = ">") -> bytes:
    """The notes of an iPhone that felt this gravity: one entry, its three fractions behind it."""
    head = b"Apple iOS\x00\x00\x01" + (b"MM" if order == ">" else b"II")
    entry = struct.pack(f"{order}HHHII", 1, 0x0008, 10, 3, 32) + b"\x00" * 4
    parts = [number for g in (x, y, z) for number in (round(g * 10_000), 10_000)]
    return head + entry + struct.pack(f"{order}6i", *parts)


def gravity(roll_deg: float, quarter: int = 0) -> tuple[float, float, float]:
    """In the phone's frame, x right and y up, when it is turned clockwise by that much."""
    angle = np.radians(roll_deg + 90 * quarter)
    return float(np.sin(angle)), float(-np.cos(angle)), 0.05


@pytest.mark.parametrize("order", [">", "<"])
@pytest.mark.parametrize("quarter", range(4))
@pytest.mark.parametrize("roll_deg", [-20.0, 0.0, 6.5])
def test_an_iphone_tells_its_roll(order: str, quarter: int, roll_deg: float) -> None:
    note = apple_note(*gravity(roll_deg, quarter), order)
    assert roll_from_maker_note(note) == pytest.approx(roll_deg, abs=0.1)


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"Nikon" * 20,
        b"Apple iOS\x00\x00\x01MM",
        apple_note(0, -1, 0)[:-3],
        apple_note(0.1, -0.1, 1.0),  # lies on its back
        apple_note(0, -2.0, 0),  # shaken
    ],
)
def test_other_notes_tell_nothing(note: bytes) -> None:
    assert roll_from_maker_note(note) is None


@given(st.binary(max_size=200))
def test_junk_in_the_notes_is_harmless(junk: bytes) -> None:
    roll_from_maker_note(b"Apple iOS\x00\x00\x01MM" + junk)


@pytest.mark.parametrize(("orientation", "expected"), [(1, 6.5), (6, 6.5), (2, -6.5), (5, -6.5)])
def test_a_photo_carries_it(orientation: int, expected: float) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif.get_ifd(0x8769)[0x927C] = apple_note(*gravity(6.5))
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48)).save(buffer, "JPEG", exif=exif)
    photo = load_photo(buffer.getvalue())
    assert isinstance(photo, Photo)
    assert photo.camera_roll_deg == pytest.approx(expected, abs=0.1)
