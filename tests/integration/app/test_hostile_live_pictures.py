"""What a tab sends is looked at in the tab's own process, never in the server's."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from posture.app.live_sessions import Busy, Junk, LiveSession, sessions
from posture.live import serving

pytestmark = pytest.mark.model


def jpeg(side_px: int = 64, **options: object) -> bytes:
    buffer = io.BytesIO()
    shades = np.random.default_rng(0).integers(0, 255, (side_px, side_px, 3)).astype(np.uint8)
    Image.fromarray(shades).save(buffer, "JPEG", **options)
    return buffer.getvalue()


def hostile() -> dict[str, bytes]:
    """Pictures of 25 MB that would keep a decoder busy for a long while."""
    plain, progressive = jpeg(), jpeg(progressive=True)
    scan = progressive[progressive.rindex(b"\xff\xda") : -2]
    return {
        "padding": b"\xff\xd8" + b"\xff" * 25_000_000,
        "tiny segments": plain[:2] + b"\xff\xfe\x00\x02" * 6_250_000 + plain[2:],
        "scans": progressive[:-2] + scan * 800 + progressive[-2:],
        "no end": b"\xff\xd8\xff\xe0" + bytes(25_000_000),
    }


@pytest.fixture(scope="module")
def session() -> Iterator[LiveSession]:
    opened = sessions.open()
    yield opened
    sessions.close(opened)


@pytest.fixture(autouse=True)
def _no_decoder_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is opened is opened in the child, where this patch does not reach."""

    def never(*_: object) -> None:
        raise AssertionError("a picture is opened in the server's process")

    monkeypatch.setattr("PIL.JpegImagePlugin.JpegImageFile", never)
    monkeypatch.setattr("posture.photo.decode.load_photo", never)
    monkeypatch.setattr(serving, "jpeg_layout", never)


@pytest.mark.parametrize("name", hostile())
def test_a_hostile_picture_is_refused_and_the_next_one_kept(
    session: LiveSession, name: str
) -> None:
    data = hostile()[name]
    with pytest.raises(Junk):
        session.keep(0, data, True)
    with pytest.raises(Junk):
        session.follow(data, 1.0, True)
    for number in range(4):
        session.keep(number, jpeg(), True)
    assert session.taken() == [jpeg()] * 4
    assert session.follow(jpeg(), 1.0, True)["size"] == [64, 64]


def test_a_picture_waits_for_the_frame_and_a_frame_does_not(session: LiveSession) -> None:
    session.begin_again(True)
    with session._own_turn():
        with pytest.raises(Busy):
            session.follow(jpeg(), 1.0, True)
        kept = threading.Thread(target=session.keep, args=(0, jpeg(), True))
        kept.start()
        kept.join(0.2)
        assert kept.is_alive()
    kept.join(30)
    assert not kept.is_alive()
