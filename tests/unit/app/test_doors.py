"""Who is let in to the page, and what no environment can open."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.types import Scope
from starlette.websockets import WebSocket, WebSocketDisconnect

from posture.app.doors import HELD, OnlyThisPage, is_at_home, refusal
from posture.cli import page

HOST = "localhost:8501"
OWN, STREAM = f"http://{HOST}", f"ws://{HOST}/stream"
SENT_BY_A_LINK = {
    "sec-fetch-site": "cross-site",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
}
FOREIGN = [
    {"host": "evil.example"},
    {"host": "evil.example:8501", "origin": "http://evil.example:8501"},
    {"host": "localhost.evil.example:8501"},
    {"host": "localhost.:8501"},
    {"host": "0.0.0.0:8501"},
    {"host": "192.168.1.5:8501"},
    {"host": "[fe80::1]:8501"},
    {"host": HOST, "origin": "http://evil.example"},
    {"host": HOST, "origin": "http://localhost:9999"},
    {"host": HOST, "origin": "http://localhost"},
    {"host": HOST, "origin": "http://127.0.0.1:8501"},
    {"host": HOST, "origin": "http://localhost:8501.evil.example"},
    {"host": HOST, "origin": "http://localhost:8501@evil.example"},
    {"host": HOST, "origin": "file://"},
    {"host": HOST, "origin": "null"},
    {"host": HOST, "origin": ""},
    {"host": HOST, "sec-fetch-site": "cross-site"},
    {"host": HOST, "sec-fetch-site": "same-site"},
    {"host": HOST, **SENT_BY_A_LINK, "sec-fetch-dest": "iframe"},
]
MALFORMED = [
    "",
    " ",
    "local host",
    "localhost:",
    "localhost:port",
    "localhost:99999",
    "localhost:8501:8501",
    "somebody@localhost",
    "localhost/path",
    "localhost?query",
    "[::1",
    "[::1]]",
    "[nothing]",
    "::1",
    "loc\xe4lhost",
    "%6cocalhost",
]
WELCOME = [
    {"host": HOST},
    {"host": HOST, "origin": OWN},
    {"host": "LOCALHOST:8501"},
    {"host": "localhost"},
    {"host": "127.0.0.1:8501", "origin": "http://127.0.0.1:8501"},
    {"host": "[::1]:8501", "origin": "http://[::1]:8501"},
    {"host": "[0:0:0:0:0:0:0:1]:8501"},
    # Through a tunnel the port may be another one.
    {"host": "localhost:9000", "origin": "http://localhost:9000"},
    {"host": HOST, "sec-fetch-site": "same-origin"},
    {"host": HOST, "sec-fetch-site": "none"},
    {"host": HOST, **SENT_BY_A_LINK},
]


def scope(
    *headers: tuple[str, str], kind: str = "http", at: str = "127.0.0.1", method: str = "GET"
) -> Scope:
    return {
        "type": kind,
        "method": method,
        "path": "/",
        "server": (at, 8501),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers],
    }


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("headers", FOREIGN)
def test_strangers_are_refused(headers: dict[str, str], kind: str) -> None:
    assert refusal(scope(*headers.items(), kind=kind)) == 403


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("host", MALFORMED)
def test_a_host_that_is_none_is_a_bad_request(host: str, kind: str) -> None:
    assert refusal(scope(("host", host), kind=kind)) == 400


def test_no_host_two_hosts_and_two_origins_are_bad_requests() -> None:
    assert refusal(scope()) == 400
    assert refusal(scope(("host", HOST), ("host", "evil.example"))) == 400
    origins = [("origin", OWN), ("origin", "http://evil.example")]
    assert refusal(scope(("host", HOST), *origins)) == 400


@pytest.mark.parametrize("headers", WELCOME)
def test_the_page_itself_is_let_in(headers: dict[str, str]) -> None:
    assert refusal(scope(*headers.items())) is None


def test_a_link_opens_the_page_and_does_nothing_else() -> None:
    linked = [("host", HOST), *SENT_BY_A_LINK.items()]
    assert refusal(scope(*linked, method="POST")) == 403
    assert refusal(scope(*linked, kind="websocket")) == 403


@pytest.mark.parametrize("address", ["192.168.1.5", "10.0.0.1", "fe80::1", "0.0.0.0"])
def test_what_comes_in_from_the_network_is_refused(address: str) -> None:
    assert refusal(scope(("host", HOST), at=address)) == 403
    assert not is_at_home(address)


@pytest.fixture
def client() -> TestClient:
    """A browser at a page that answers everything it hears of."""

    async def answer(request: Request) -> Response:
        return Response("heard")

    async def listen(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.close()

    routes = [Route("/", answer, methods=["GET", "POST"]), WebSocketRoute("/stream", listen)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(OnlyThisPage)]), OWN)


def test_a_stranger_is_not_heard_of_on_http(client: TestClient) -> None:
    assert client.get("/", headers={"host": HOST}).text == "heard"
    for headers, status in (({"host": "evil.example"}, 403), ({"host": "a b"}, 400)):
        answer = client.post("/", content=b"x" * 100_000, headers=headers)
        assert (answer.status_code, answer.text) == (status, "")
        assert answer.headers["connection"] == "close"


def test_a_stranger_is_not_heard_of_on_a_websocket(client: TestClient) -> None:
    with client.websocket_connect(STREAM, headers={"host": HOST, "origin": OWN}):
        pass
    with pytest.raises(WebSocketDisconnect):
        client.websocket_connect(STREAM, headers={"origin": "http://evil.example"}).__enter__()
    with pytest.raises(WebSocketDenialResponse) as refused:
        client.websocket_connect(STREAM, headers={"host": "a b"}).__enter__()
    assert refused.value.status_code == 400


def test_the_environment_does_not_open_the_page() -> None:
    """Where Streamlit itself is started, no variable lets other computers in."""
    run = subprocess.run(
        [sys.executable, "-c", "from posture.app.server import options; options()"],
        env={"STREAMLIT_SERVER_ADDRESS": "0.0.0.0", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr.startswith("The page is for this computer only")
    assert "Traceback" not in run.stderr


def test_settings_that_protect_hold_against_the_environment() -> None:
    code = """
from streamlit import config
from posture.app.doors import HELD, hold_settings
hold_settings()
assert {name: config.get_option(name) for name in HELD} == dict(HELD)
"""
    open_wide = {
        "STREAMLIT_SERVER_ENABLE_CORS": "false",
        "STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION": "false",
        "STREAMLIT_SERVER_ENABLE_AGENT_API": "true",
        "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "true",
        "STREAMLIT_CLIENT_SHOW_ERROR_DETAILS": "full",
        "PYTHONPATH": ":".join(sys.path),
    }
    run = subprocess.run(
        [sys.executable, "-c", code], env=open_wide, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert HELD["server.enableXsrfProtection"]


def test_the_command_starts_the_page_on_this_computer_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Streamlit takes its variables before the settings beside the page."""
    started: list[tuple[list[str], dict[str, str]]] = []

    class Stopped:
        def __init__(self, command: list[str], env: dict[str, str]) -> None:
            started.append((command, env))

        def __enter__(self) -> Stopped:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def wait(self) -> int:
            return 0

    monkeypatch.setattr("subprocess.Popen", Stopped)
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "0.0.0.0")
    monkeypatch.setenv("SOMETHING_ELSE", "kept")
    from posture.cli.grammar import build_parser

    assert page.serve(build_parser().parse_args(["app", "--port", "9000"])) == 0
    ((command, environment),) = started
    assert command[command.index("--server.address") + 1] == "localhost"
    assert "STREAMLIT_SERVER_ADDRESS" not in environment
    assert environment["SOMETHING_ELSE"] == "kept"
