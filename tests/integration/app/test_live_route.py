"""Where the live page sends its frames: what is let in and what is not."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, MutableMapping
from typing import Any

import anyio
import cv2
import numpy as np
import pytest
from httpx2 import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from posture.app import live_route, live_sessions
from posture.app.live_route import MAX_FRAME_BYTES, RATIO_HEADER, TOKEN_HEADER, live_routes
from posture.app.live_sessions import LiveSession, sessions
from posture.live.tracker import small_rgb
from posture.subject import Subject
from posture.worker import Worker
from tests.support.scenes import picture

pytestmark = pytest.mark.model

HOST = "localhost:8501"
ORIGIN = f"http://{HOST}"


def jpeg(name: str = "side-clasped", side_px: int = 640) -> bytes:
    image = picture(name)
    if side_px < image.shape[1]:
        image = small_rgb(image)[0][..., ::-1]
    elif side_px > image.shape[1]:
        image = np.asarray(cv2.resize(image, (side_px, side_px)), np.uint8)
    return bytes(cv2.imencode(".jpg", image)[1].tobytes())


FRAME = jpeg()


@pytest.fixture(scope="module")
def session() -> Iterator[LiveSession]:
    """A tab that many tests share: its process takes a while to start."""
    opened = sessions.open()
    yield opened
    sessions.close(opened)


@pytest.fixture
def fresh() -> Iterator[LiveSession]:
    """A tab of its own."""
    opened = sessions.open()
    yield opened
    sessions.close(opened)


@pytest.fixture
def client(session: LiveSession) -> TestClient:
    """A browser on the page of `session`."""
    headers = {"host": HOST, "origin": ORIGIN, TOKEN_HEADER: session.token}
    return TestClient(Starlette(routes=live_routes()), ORIGIN, headers=headers)


def send(client: TestClient, session: LiveSession, frame: bytes) -> Response:
    """A frame from the page of that session."""
    return client.post("/live/frame", content=frame, headers={TOKEN_HEADER: session.token})


def test_a_frame_comes_back_with_what_to_draw_and_say(
    client: TestClient, fresh: LiveSession
) -> None:
    fresh.subject = Subject(stature_mm=1650)
    answer = send(client, fresh, FRAME)
    assert answer.status_code == 200
    told = answer.json()
    assert told["instruction"] == "hold" and told["size"] == [640, 360]
    assert len(told["points"]) == 33 and len(told["back"]) > 20 and len(told["bridge"]) == 4
    assert 40 < told["angle_deg"] < 60 and 40 < told["depth_mm"] < 70


@pytest.mark.parametrize(
    "headers",
    [
        {TOKEN_HEADER: ""},
        {TOKEN_HEADER: "guessed"},
        {"host": "evil.example:8501", "origin": "http://evil.example:8501"},
        {"host": "localhost.evil.example", "origin": "http://localhost.evil.example"},
        {"host": ""},
        {"origin": "http://evil.example"},
        {"origin": "http://localhost:9999"},
        {"origin": "null"},
        {"origin": ""},
    ],
)
@pytest.mark.parametrize("what", ["frame", "picture/0", "again", "leave"])
def test_others_are_refused(client: TestClient, what: str, headers: dict[str, str]) -> None:
    assert client.post(f"/live/{what}", content=FRAME, headers=headers).status_code == 403


def test_no_token_at_all_is_refused(client: TestClient) -> None:
    del client.headers[TOKEN_HEADER]
    assert client.post("/live/frame", content=FRAME).status_code == 403


def test_no_other_site_may_read_an_answer(client: TestClient) -> None:
    answer = client.post("/live/frame", content=FRAME)
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert client.options("/live/frame").status_code == 405
    assert client.get("/live/frame").status_code == 405


def test_the_token_dies_with_its_tab(client: TestClient, fresh: LiveSession) -> None:
    assert send(client, fresh, b"junk").status_code == 400
    sessions.close(fresh)
    assert send(client, fresh, b"junk").status_code == 403


@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"no picture",
        FRAME[:300],
        FRAME[: len(FRAME) // 2],
        b"\xff\xd8\xff" + bytes(1000),
        bytes(cv2.imencode(".png", picture("side-clasped")[:64, :64])[1].tobytes()),
        jpeg(side_px=3000),
    ],
    ids=["empty", "text", "header", "half", "zeros", "png", "too many pixels"],
)
def test_junk_is_refused_and_the_next_frame_is_read(client: TestClient, junk: bytes) -> None:
    assert client.post("/live/frame", content=junk).status_code == 400
    assert client.post("/live/frame", content=FRAME).status_code == 200


@pytest.mark.parametrize("ratio", ["", "x", "nan", "inf", "-1", "0", "1e9"])
def test_a_ratio_that_is_none_is_junk(client: TestClient, ratio: str) -> None:
    answer = client.post("/live/frame", content=FRAME, headers={RATIO_HEADER: ratio})
    assert answer.status_code == 400


def test_too_large_a_body_is_refused(client: TestClient) -> None:
    large = FRAME + bytes(MAX_FRAME_BYTES)
    assert client.post("/live/frame", content=large).status_code == 413
    assert client.post("/live/leave", content=b"x").status_code == 413


def test_a_flood_in_pieces_is_read_no_further_than_the_limit(client: TestClient) -> None:
    """No length is announced, and the pieces would never end."""
    assert pieces_read(client, b"\xff" * 100_000) <= MAX_FRAME_BYTES // 100_000 + 1


def test_a_body_that_dribbles_in_is_not_waited_for(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_route, "MAX_BODY_S", 0.2)
    assert pieces_read(client, b"\xff", pause_s=0.05) < 20


def pieces_read(client: TestClient, piece: bytes, pause_s: float = 0.0) -> int:
    """How many pieces of an endless body are read before it is refused as too large."""
    read = 0
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        nonlocal read
        await anyio.sleep(pause_s)
        read += 1
        return {"type": "http.request", "body": piece, "more_body": True}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    scope: MutableMapping[str, Any] = {
        "type": "http",
        "method": "POST",
        "path": "/live/frame",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in client.headers.items()],
        "http_version": "1.1",
        "server": ("127.0.0.1", 8501),
    }
    anyio.run(client.app, scope, receive, send)
    assert sent[0]["status"] == 413
    return read


def test_a_second_frame_is_turned_away_while_the_first_is_looked_at(
    client: TestClient, session: LiveSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.post("/live/frame", content=FRAME).status_code == 200
    begun, go_on = threading.Event(), threading.Event()
    run = Worker.run

    def slow(*arguments: Any) -> object:
        begun.set()
        go_on.wait(10)
        return run(*arguments)

    monkeypatch.setattr(Worker, "run", slow)
    codes = []
    first = threading.Thread(
        target=lambda: codes.append(client.post("/live/frame", content=FRAME).status_code)
    )
    first.start()
    assert begun.wait(10)
    assert client.post("/live/frame", content=FRAME).status_code == 409
    go_on.set()
    first.join()
    assert codes == [200]


def test_pictures_are_handed_out_when_all_are_there(
    client: TestClient, session: LiveSession
) -> None:
    full = jpeg(side_px=1280)
    for number in (0, 1, 2):
        assert client.post(f"/live/picture/{number}", content=full).status_code == 200
    assert session.taken() == []
    for number in (0, 3, 2, 1):
        assert client.post(f"/live/picture/{number}", content=full).status_code == 200
    assert session.taken() == [full] * 4
    assert session.taken() == []
    assert client.post("/live/picture/4", content=full).status_code == 400
    assert client.post("/live/picture/0", content=b"junk").status_code == 400


def test_leaving_gives_the_model_back_and_another_round_can_be_asked_for(
    client: TestClient, session: LiveSession
) -> None:
    assert client.post("/live/frame", content=FRAME).status_code == 200
    assert client.post("/live/again").status_code == 200
    assert session.worker is not None
    assert client.post("/live/leave").status_code == 200
    assert session.worker is None
    assert client.post("/live/frame", content=FRAME).status_code == 200


def test_a_tracker_that_died_costs_one_frame(client: TestClient, session: LiveSession) -> None:
    assert client.post("/live/frame", content=FRAME).status_code == 200
    assert session.worker is not None and session.worker.pid is not None
    os.kill(session.worker.pid, signal.SIGKILL)
    assert client.post("/live/frame", content=FRAME).status_code == 503
    assert client.post("/live/frame", content=FRAME).status_code == 200


def test_two_tabs_are_guided_apart_and_idle_ones_make_room(
    client: TestClient, session: LiveSession, fresh: LiveSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    front = jpeg("turn-85")
    for _ in range(2):
        mine = send(client, session, FRAME).json()
        theirs = send(client, fresh, front).json()
    assert mine["instruction"] != "turn" and theirs["instruction"] == "turn"
    monkeypatch.setattr(live_sessions, "MAX_FOLLOWED", 1)
    fresh.rest()
    assert send(client, fresh, FRAME).status_code == 429
    monkeypatch.setattr(live_sessions, "IDLE_S", -1.0)
    assert send(client, fresh, FRAME).status_code == 200
    assert session.worker is None
