"""How the camera was turned: told by drawn rooms, by rendered ones, and by camera notes."""

from __future__ import annotations

import io
import struct

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image
from samples import MEASURABLE

from posture.analyzer import Analyzer
from posture.photo.decode import Photo, load_photo
from posture.photo.exif import roll_from_maker_note
from posture.subject import Subject
from posture.view.camera_level import camera_level, level_from_surroundings, turned

NOBODY = np.zeros((800, 600), np.float32)


def room(roll_deg: float, convergence_deg: float = 0.0, lines: int = 6) -> NDArray[np.uint8]:
    """A wall with upright battens, seen by a camera that was turned clockwise by `roll_deg`."""
    image = np.full((800, 600, 3), 200, np.uint8)
    for x in np.linspace(60, 540, lines) if lines else ():
        lean = np.radians(roll_deg + convergence_deg * (x - 300) / 800)
        half = np.array([np.sin(lean), np.cos(lean)]) * 250
        start, end = np.array([x, 400]) - half, np.array([x, 400]) + half
        cv2.line(image, start.astype(int), end.astype(int), (90, 60, 40), 5, cv2.LINE_AA)
    return image


@settings(deadline=None, max_examples=25)
@given(st.floats(-12, 12), st.floats(-25, 25))
def test_upright_lines_tell_the_turn(roll_deg: float, convergence_deg: float) -> None:
    level = level_from_surroundings(room(roll_deg, convergence_deg), NOBODY)
    assert level is not None and level.source == "surroundings"
    assert level.roll_deg == pytest.approx(roll_deg, abs=0.8)


@pytest.mark.parametrize("lines", [0, 1])
def test_too_few_lines_tell_nothing(lines: int) -> None:
    image = room(3, lines=0)
    if lines:
        image[300:340, 250:] = 90  # one short edge
    assert level_from_surroundings(image, NOBODY) is None


def test_the_lines_of_a_person_do_not_count() -> None:
    everywhere = np.ones_like(NOBODY)
    assert level_from_surroundings(room(5), everywhere) is None


def test_what_is_seen_goes_before_what_was_noted() -> None:
    seen = camera_level(room(5), NOBODY, -2.0)
    noted = camera_level(room(5, lines=0), NOBODY, -2.0)
    assert seen is not None and seen.source == "surroundings"
    assert noted is not None and (noted.roll_deg, noted.source) == (-2.0, "camera")
    assert camera_level(room(5, lines=0), NOBODY, None) is None


def test_a_turned_camera_changes_neither_the_curve_nor_the_stance(analyzer: Analyzer) -> None:
    sample = MEASURABLE[0]
    subject = Subject(stature_mm=sample.stature_mm)
    image = Image.open(sample.path).convert("RGB")
    wall = image.getpixel((20, 100))
    straight = analyzer.analyze(np.asarray(image), subject)
    # The picture of a camera that was turned clockwise is turned the other way.
    tilted = analyzer.analyze(
        np.asarray(image.rotate(7, Image.Resampling.BICUBIC, fillcolor=wall)), subject
    )
    told = {item.code: item for item in tilted.findings}["camera-tilted"]
    assert told.value == pytest.approx(7, abs=1) and "7° counterclockwise" in told.fix
    assert straight.slca_deg and tilted.slca_deg and straight.alignment and tilted.alignment
    assert abs(tilted.slca_deg.value - straight.slca_deg.value) < 2
    before, after = straight.alignment.trunk_lean_deg, tilted.alignment.trunk_lean_deg
    assert before and after and abs(after.value - before.value) < 1.5


def test_down_becomes_down() -> None:
    down = np.array([np.sin(np.radians(9)), np.cos(np.radians(9))])
    assert turned(down, 9.0) == pytest.approx((0.0, 1.0))


# ------------------------------------------------------------------------------- camera notes


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
