"""The date that a camera wrote into the photo, where it can be true."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta, timezone

import pillow_heif
import pytest
from PIL import Image

from posture.photo.decode import Photo, load_photo
from posture.photo.exif import date_taken

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
DETAILS, ORIGINAL, OFFSET = 0x8769, 0x9003, 0x9011
MARCH = "2024:03:21 23:30:00"


def dated(format_: str, original: object, offset: str | None = None) -> Photo:
    """A small picture with these notes, encoded and read again."""
    exif = Image.Exif()
    exif.get_ifd(DETAILS)[ORIGINAL] = original
    if offset is not None:
        exif.get_ifd(DETAILS)[OFFSET] = offset
    buffer = io.BytesIO()
    pillow_heif.register_heif_opener()
    Image.new("RGB", (40, 60), (90, 120, 80)).save(buffer, format_, exif=exif.tobytes())
    photo = load_photo(buffer.getvalue())
    assert isinstance(photo, Photo)
    return photo


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_the_date_is_read_from_every_format(format_: str) -> None:
    assert dated(format_, MARCH).taken == datetime(2024, 3, 21, 23, 30)
    there = timezone(timedelta(hours=-3, minutes=-30))
    assert dated(format_, MARCH, "-03:30").taken == datetime(2024, 3, 21, 23, 30, tzinfo=there)


def test_a_photo_without_a_date_has_none() -> None:
    picture = Image.new("RGB", (40, 60))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG")
    photo = load_photo(buffer.getvalue())
    assert isinstance(photo, Photo) and photo.taken is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "    :  :     :  :  ",
        "0000:00:00 00:00:00",
        "1970:01:01 00:00:00",
        "2000:01:01 00:00:07",
        "1989:12:31 10:00:00",
        "2024:13:01 10:00:00",
        "2023:02:29 10:00:00",
        "2024:03:21 24:00:00",
        "2026:05:03 12:00:01",
        "9999:12:31 23:59:59",
        "yesterday",
        20240321,
        b"2024:03:21 23:30:00",
        None,
    ],
)
def test_what_cannot_be_is_no_date(text: object) -> None:
    assert date_taken(text, None, NOW) is None


def test_dates_that_can_be() -> None:
    assert date_taken(MARCH + "\0", None, NOW) == datetime(2024, 3, 21, 23, 30)
    assert date_taken("2024-03-21T23:30:00", None, NOW) == datetime(2024, 3, 21, 23, 30)
    # The clock at the far end of the world is ahead of ours.
    assert date_taken("2026:05:02 02:00:00", None, NOW) == datetime(2026, 5, 2, 2)


@pytest.mark.parametrize("offset", ["", "Z", "+1", "+99:00", "+14:01", "+01:75", 60, None])
def test_an_offset_that_tells_nothing_leaves_the_wall_clock(offset: object) -> None:
    taken = date_taken(MARCH, offset, NOW)
    assert taken == datetime(2024, 3, 21, 23, 30) and taken.tzinfo is None
