"""Clips as people have them: odd pixels, turned, cut off, coded in ways that cannot be read."""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from posture.errors import OutputFailed, SourceUnavailable
from posture.live.containers import is_cut_off
from posture.live.recorder import Recorder
from posture.live.sources import Camera, Clip, open_source
from tests.support.odd_clips import with_list_first, with_pixel_aspect

WIDTH, HEIGHT, COUNT, FPS = 96, 128, 30, 10.0
QUARTER_CLOCKWISE = struct.pack(">9i", 0, 1 << 16, 0, -1 << 16, 0, 0, HEIGHT << 16, 0, 1 << 30)
UNTURNED = struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)


def write(path: Path, codec: str = "mp4v", squeeze: float = 1.0) -> Path:
    """A disc that grows brighter; `squeeze`: of the width, so that the disc is an ellipse."""
    size = (round(WIDTH * squeeze), HEIGHT)
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*codec), FPS, size)
    for shade in range(COUNT):
        frame = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
        cv2.circle(frame, (WIDTH // 2, HEIGHT // 2), 30, (120 + 4 * shade,) * 3, -1)
        writer.write(cv2.resize(frame, size, interpolation=cv2.INTER_AREA))
    writer.release()
    return path


def disc(clip: Path) -> tuple[int, int]:
    """Width and height of the disc in the last frame."""
    opened = Clip(clip)
    *_, last = opened.frames()
    opened.close()
    lit = last.bgr[:, :, 0] > 100
    return int(lit.any(axis=0).sum()), int(lit.any(axis=1).sum())


def read(clip: Path) -> tuple[int, bool]:
    """How many frames there are, and whether more were announced."""
    opened = Clip(clip)
    try:
        return len(list(opened.frames())), opened.ends_early
    finally:
        opened.close()


@pytest.mark.parametrize(
    ("squeeze", "across", "down"), [(1.0, 1, 1), (0.75, 4, 3), (0.5, 2, 1), (1.25, 4, 5)]
)
def test_a_disc_is_round_whatever_the_shape_of_the_pixels(
    tmp_path: Path, squeeze: float, across: int, down: int
) -> None:
    plain = write(tmp_path / "plain.mp4", squeeze=squeeze)
    told = tmp_path / "told.mp4"
    told.write_bytes(with_pixel_aspect(plain.read_bytes(), across, down))
    width, height = disc(told)
    assert width == pytest.approx(height, rel=0.05)
    if squeeze != 1:
        width, height = disc(plain)
        assert width == pytest.approx(squeeze * height, rel=0.05)


def test_a_turned_clip_has_its_pixels_turned_with_it(tmp_path: Path) -> None:
    plain = write(tmp_path / "plain.mp4", squeeze=0.75).read_bytes()
    odd = with_pixel_aspect(plain, 4, 3)
    track = odd.index(b"tkhd")
    turned = odd[track:].replace(UNTURNED, QUARTER_CLOCKWISE, 1)
    assert turned != odd[track:]
    (tmp_path / "turned.mp4").write_bytes(odd[:track] + turned)
    width, height = disc(tmp_path / "turned.mp4")
    assert width == pytest.approx(height, rel=0.05)
    clip = Clip(tmp_path / "turned.mp4")
    assert next(clip.frames()).bgr.shape[:2] == (WIDTH, HEIGHT)
    clip.close()


def test_pixels_of_an_impossible_shape_are_refused(tmp_path: Path) -> None:
    plain = write(tmp_path / "plain.mp4").read_bytes()
    (tmp_path / "odd.mp4").write_bytes(with_pixel_aspect(plain, 20, 1))
    with pytest.raises(SourceUnavailable, match="20 times as wide as high"):
        read(tmp_path / "odd.mp4")


@pytest.mark.parametrize(
    ("name", "codec"),
    [("a.mp4", "mp4v"), ("a.mov", "mp4v"), ("a.3gp", "mp4v"), ("a.avi", "MJPG"), ("a.mkv", "MJPG"),
     ("a.wmv", "WMV2"), ("a.mts", "mpg2"), ("a.mpg", "MPG2"), ("a.flv", "FLV1"),
     ("a.webm", "VP80")],
)  # fmt: skip
def test_whole_clips_are_not_said_to_end_early(tmp_path: Path, name: str, codec: str) -> None:
    assert read(write(tmp_path / name, codec)) == (COUNT, False)


@pytest.mark.parametrize(
    ("name", "codec"),
    [("a.avi", "MJPG"), ("a.mkv", "MJPG"), ("a.wmv", "WMV2"), ("a.flv", "FLV1"),
     ("a.webm", "VP80")],
)  # fmt: skip
def test_half_a_clip_does_not_pass_as_whole(tmp_path: Path, name: str, codec: str) -> None:
    whole = write(tmp_path / name, codec)
    data = whole.read_bytes()
    whole.write_bytes(data[: len(data) // 2])
    count, ends_early = read(whole)
    assert 0 < count < COUNT and ends_early


def test_half_a_clip_with_its_list_first_does_not_pass_as_whole(tmp_path: Path) -> None:
    data = with_list_first(write(tmp_path / "a.mp4").read_bytes())
    (tmp_path / "whole.mp4").write_bytes(data)
    assert read(tmp_path / "whole.mp4") == (COUNT, False)
    (tmp_path / "half.mp4").write_bytes(data[: int(len(data) * 0.7)])
    count, ends_early = read(tmp_path / "half.mp4")
    assert 0 < count < COUNT and ends_early


def test_half_a_clip_with_its_list_last_is_told_as_such(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp4")
    path.write_bytes(path.read_bytes()[:-1500])
    with pytest.raises(SourceUnavailable, match="copied only in part"):
        Clip(path)


def test_a_trimmed_clip_is_no_broken_copy(tmp_path: Path) -> None:
    """Phones trim by a list of what is shown; all pictures stay in the file."""
    data = bytearray(write(tmp_path / "a.mp4").read_bytes())
    (per_second,) = struct.unpack_from(">I", data, data.index(b"mdhd") + 16)
    struct.pack_into(">II", data, data.index(b"elst") + 12, 1500, per_second)
    (tmp_path / "a.mp4").write_bytes(data)
    count, ends_early = read(tmp_path / "a.mp4")
    assert count == 15 and not ends_early


def test_half_a_clip_that_was_streamed_does_not_pass_as_whole(tmp_path: Path) -> None:
    """Its length was not known when it was begun, but its time was noted in the end."""
    data = write(tmp_path / "a.mkv", "MJPG").read_bytes()
    at = data.index(b"\x18S\x80g") + 4
    streamed = data[:at] + b"\x01" + b"\xff" * 7 + data[at + 8 :]
    (tmp_path / "a.mkv").write_bytes(streamed)
    assert read(tmp_path / "a.mkv") == (COUNT, False)
    (tmp_path / "a.mkv").write_bytes(streamed[: len(streamed) // 2])
    count, ends_early = read(tmp_path / "a.mkv")
    assert 0 < count < COUNT and ends_early


def test_room_after_a_clip_is_no_sign_of_a_broken_copy(tmp_path: Path) -> None:
    for name, codec in (("a.mp4", "mp4v"), ("a.avi", "MJPG"), ("a.mkv", "MJPG")):
        path = write(tmp_path / name, codec)
        path.write_bytes(path.read_bytes() + bytes(5000))
        assert read(path) == (COUNT, False)


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 40, b"RIFF", b"\x1aE\xdf\xa3", b"\0\0\0\1mdat", b"x"]
)
def test_what_tells_no_length_is_not_cut_off(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "odd").write_bytes(data)
    with (tmp_path / "odd").open("rb") as file:
        assert not is_cut_off(file)


def test_a_codec_that_cannot_be_decoded_is_named(tmp_path: Path) -> None:
    film = write(tmp_path / "a.mp4").read_bytes()
    # The pictures of another codec than the file names.
    (tmp_path / "a.mp4").write_bytes(film.replace(b"mp4v", b"av01").replace(b"esds", b"free"))
    film = write(tmp_path / "a.mkv", "MJPG").read_bytes()
    (tmp_path / "a.mkv").write_bytes(film.replace(b"V_MJPEG", b"V_AV1\0\0"))
    for name in ("a.mp4", "a.mkv"):
        with pytest.raises(SourceUnavailable, match=r"AV1.* decoded here\. Save it anew .* H\.264"):
            read(tmp_path / name)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Somebody whom nothing may call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        yield server


def assert_nobody_called(listener: socket.socket) -> None:
    with pytest.raises(TimeoutError):
        listener.accept()


@pytest.mark.skipif(os.name == "nt", reason="no file has such a name there")
@pytest.mark.parametrize(
    "name",
    ["http:{host}?.mp4", "tcp:{host}?.mp4", "rtsp:{host}?.mp4", "rtmp:{host}?.mp4",
     "http:/{host}.mp4", "ftp:/{host}/x.mp4", "concat:a.mp4|b.mp4",
     "subfile,,start,0,end,9,,:a.mp4",
     "10:30.mp4", "file:a.mp4", "data:a.mp4", "a%03d.mp4", "-i.mp4", "caf\u00e9 ?#&.mp4"],
)  # fmt: skip
def test_a_file_is_opened_as_a_file_whatever_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listener: socket.socket, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    film = write(tmp_path / "film.mp4").read_bytes()
    name = name.format(host=f"127.0.0.1:{listener.getsockname()[1]}")
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(film)
    source = open_source(name)
    assert isinstance(source, Clip)
    assert len(list(source.frames())) == COUNT
    source.close()
    assert_nobody_called(listener)


@pytest.mark.skipif(os.name == "nt", reason="no file has such a name there")
def test_a_name_that_looks_like_an_address_and_is_none_calls_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listener: socket.socket
) -> None:
    monkeypatch.chdir(tmp_path)
    port = listener.getsockname()[1]
    for name in (f"http:127.0.0.1:{port}?.mp4", f"tcp:127.0.0.1:{port}"):
        with pytest.raises(SourceUnavailable, match="There is no clip at"):
            open_source(name)
    assert_nobody_called(listener)


def test_a_playlist_in_the_place_of_a_film_calls_nobody(
    tmp_path: Path, listener: socket.socket
) -> None:
    host = f"127.0.0.1:{listener.getsockname()[1]}"
    playlists = {
        "hls.mp4": f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://{host}/x.ts\n",
        "hls.m3u8": f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://{host}/x.ts\n",
        "list.mp4": f"ffconcat version 1.0\nfile http://{host}/x.mp4\n",
        "sdp.mp4": f"v=0\nc=IN IP4 127.0.0.1\nm=video {host[-5:]} RTP/AVP/TCP 96\n",
    }
    for name, text in playlists.items():
        (tmp_path / name).write_text(text)
        with pytest.raises(SourceUnavailable):
            read(tmp_path / name)
    assert_nobody_called(listener)


@pytest.mark.skipif(os.name == "nt", reason="no folder has such a name there")
def test_a_recording_is_written_as_a_file_whatever_its_folder_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listener: socket.socket
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path(f"tcp:127.0.0.1:{listener.getsockname()[1]}")
    folder.mkdir()
    with Recorder(folder / "out.mp4", FPS) as recorder:
        recorder.add(np.zeros((HEIGHT, WIDTH, 3), np.uint8), 0.0)
    assert (folder / "out.mp4").stat().st_size > 0
    assert_nobody_called(listener)


def test_a_file_address_is_a_clip(tmp_path: Path) -> None:
    path = write(tmp_path / "a b.mp4")
    source = open_source(path.as_uri())
    assert isinstance(source, Clip) and len(list(source.frames())) == COUNT
    source.close()


@pytest.mark.skipif(os.name == "nt", reason="paths are text there")
def test_a_path_of_bytes_is_a_path(tmp_path: Path) -> None:
    class Bytes:
        def __fspath__(self) -> bytes:
            return os.fsencode(write(tmp_path / "a.mp4"))

    clip = Clip(Bytes())
    assert len(list(clip.frames())) == COUNT
    clip.close()


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    folder = os.path.join(os.fsencode(tmp_path), b"caf\xe9")
    os.mkdir(folder)
    clip = os.path.join(folder, b"a.mp4")
    with open(clip, "wb") as file:
        file.write(write(tmp_path / "a.mp4").read_bytes())
    with pytest.raises(SourceUnavailable, match="Rename the clip"):
        open_source(os.fsdecode(clip))
    with pytest.raises(OutputFailed, match="Choose another folder"):
        Recorder(Path(os.fsdecode(folder)) / "out.mp4", FPS)


def test_a_stream_with_odd_pixels_is_shown_with_square_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Stream:
        def isOpened(self) -> bool:  # noqa: N802
            return True

        def get(self, what: int) -> float:
            return {cv2.CAP_PROP_SAR_NUM: 4.0, cv2.CAP_PROP_SAR_DEN: 3.0}.get(what, 0.0)

        def read(self) -> tuple[bool, object]:
            return True, np.zeros((HEIGHT, WIDTH, 3), np.uint8)

        def release(self) -> None:
            return

    monkeypatch.setattr(cv2, "VideoCapture", lambda *_: Stream())
    source = open_source("rtsp://192.0.2.1/stream")
    assert isinstance(source, Camera)
    assert next(source.frames()).bgr.shape[:2] == (HEIGHT, WIDTH * 4 // 3)
    source.close()
