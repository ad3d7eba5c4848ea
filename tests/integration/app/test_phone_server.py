"""What listens while a code is shown, asked by a real client."""

from __future__ import annotations

import json
import os
import re
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from posture._support.language import in_language
from posture.app.phone.sealed import Kind
from posture.app.phone.server import PhoneServer
from posture.app.phone.session import PhoneSession
from posture.app.phone.settings import phone_settings
from posture.app.phone.site import HEADERS
from tests.support.listening import is_told, listening_at
from tests.support.own_process import printed_by
from tests.support.phone import JPEG, Answer, Phone, sealed
from tests.support.waiting import wait_until

HOME = "127.0.0.1"
LIMITS = phone_settings().limits
needs_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere 127.0.0.2 has to be set up by hand"
)


def over(server: PhoneServer) -> bool:
    return server.session.progress().left_s == 0


@pytest.fixture
def serve() -> Iterator[Callable[..., PhoneServer]]:
    """Starts a server with some limits changed."""
    started = []

    def start(photos: int = 4, **changes: Any) -> PhoneServer:
        session = PhoneSession(replace(LIMITS, **changes), photos)
        started.append(PhoneServer(session, HOME))
        return started[-1]

    yield start
    for server in started:
        server.close()


@pytest.fixture
def server(serve: Callable[..., PhoneServer]) -> PhoneServer:
    return serve()


def test_the_phone_is_spoken_to_like_the_page_that_shows_the_code(
    serve: Callable[..., PhoneServer],
) -> None:
    with in_language("de"):
        title = phone_settings().phone["title"]
        page = Phone(serve().link).ask("GET", "/").body.decode()
    assert title != phone_settings().phone["title"]
    assert title in page and '<html lang="de">' in page


@pytest.fixture
def phone(server: PhoneServer) -> Phone:
    return Phone(server.link)


def test_photos_arrive_and_then_nothing_listens(server: PhoneServer, phone: Phone) -> None:
    assert phone.ask("GET", "/").status == 200
    hello = phone.send(Kind.HELLO)
    assert hello.status == 200 and 0 < json.loads(hello.body)["left_s"] <= LIMITS.code_s
    for number in range(2):
        assert phone.send(Kind.PHOTO, number, JPEG + bytes([number])).status == 200
    assert phone.send(Kind.DONE, 2).status == 200
    assert server.session.photos() == [JPEG + b"\0", JPEG + b"\1"]
    server.close()
    with pytest.raises(ConnectionRefusedError):
        phone.ask("GET", "/")


def test_the_link_holds_the_key_behind_the_part_that_browsers_send(server: PhoneServer) -> None:
    sent, _, kept = server.link.partition("#")
    assert re.fullmatch(rf"http://{re.escape(HOME)}:\d+/", sent)
    assert kept == server.session.key.hex()


def test_the_page_and_its_parts_are_all_there_is(phone: Phone) -> None:
    page = phone.ask("GET", "/").body.decode()
    parts = re.findall(r'(?:src|href)="(/[^"]+)"', page)
    assert len(parts) == 3
    for part in [*parts, "/seal.js"]:
        assert phone.ask("GET", part).status == 200
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", page)
    assert "$" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/index.html", "/phone.html", "/LICENSE.tweetnacl", "/photos", "/photos/", "/phone.js/",
        "/../session.py", "/..%2fsession.py", "/%2e%2e/session.py", "//", "/docs", "/openapi.json",
        "/_stcore/health", "/fonts/Inter-Regular.ttf", "http://example.org/",
    ],
)  # fmt: skip
def test_every_other_path_is_not_there(phone: Phone, path: str) -> None:
    answer = phone.ask("GET", path)
    assert (answer.status, answer.body) == (404, b"")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "POST", "TRACE"])
def test_the_page_can_only_be_read(phone: Phone, method: str) -> None:
    assert phone.ask(method, "/", b"").status == 404


def test_every_answer_is_protected_and_lets_no_other_page_in(phone: Phone) -> None:
    answers = [phone.ask("GET", "/"), phone.ask("GET", "/nothing"), phone.send(Kind.HELLO)]
    answers += [phone.ask("GET", "/", host="evil.example"), phone.post(b"", origin="http://a.b")]
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers[name.lower()] == value
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert "server" not in answer.headers


@pytest.mark.parametrize("host", [None, "", "evil.example", "localhost", HOME, f"{HOME}:1"])
def test_another_name_is_refused(server: PhoneServer, phone: Phone, host: str | None) -> None:
    message = sealed(phone.key, Kind.HELLO)
    # Without any host it is no request of HTTP at all.
    assert phone.ask("GET", "/", host=host).status in (400, 403)
    assert phone.post(message, host=host).status in (400, 403)
    assert not server.session.progress().connected


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", f"http://{HOME}"])
def test_a_page_of_another_origin_is_refused(
    server: PhoneServer, phone: Phone, origin: str | None
) -> None:
    assert phone.post(sealed(phone.key, Kind.HELLO), origin=origin).status == 403
    assert not server.session.progress().connected


def refused(answer: Answer) -> tuple[int, str | None]:
    return answer.status, answer.refused


def test_a_wrong_key_and_junk_are_refused(phone: Phone) -> None:
    assert refused(phone.post(sealed(bytes(32), Kind.HELLO))) == (403, "wrong-key")
    assert refused(phone.post(b"")) == (403, "wrong-key")
    assert refused(phone.post(bytes(5000))) == (403, "wrong-key")
    assert phone.send(Kind.HELLO).status == 200


@needs_linux
def test_a_second_phone_is_refused(server: PhoneServer, phone: Phone) -> None:
    assert phone.send(Kind.HELLO).status == 200
    other = Phone(server.link, own_address="127.0.0.2")
    assert refused(other.send(Kind.HELLO)) == (403, "second-phone")
    assert refused(other.send(Kind.PHOTO, 0, JPEG)) == (403, "second-phone")
    assert phone.send(Kind.PHOTO, 0, JPEG).status == 200


def test_a_recorded_message_is_refused(phone: Phone) -> None:
    message = sealed(phone.key, Kind.PHOTO, 0, JPEG)
    assert phone.post(message).status == 200
    assert refused(phone.post(message)) == (409, "repeated")


def test_what_is_no_photo_and_an_early_end_are_refused(phone: Phone) -> None:
    assert refused(phone.send(Kind.PHOTO, 0, b"%PDF-1.7")) == (415, "no-photo")
    assert refused(phone.send(Kind.DONE, 1)) == (409, "missing")


def test_a_large_body_is_refused_before_it_is_read(serve: Callable[..., PhoneServer]) -> None:
    phone = Phone(serve(photo_bytes=1000).link)
    assert phone.send(Kind.PHOTO, 0, JPEG + bytes(1000 - len(JPEG))).status == 200
    assert refused(phone.send(Kind.PHOTO, 1, JPEG + bytes(1000))) == (413, "too-large")
    told = {"content_length": "99999999999999999999"}
    assert refused(phone.post(b"", **told)) == (413, "too-large")
    assert refused(phone.post(b"", content_length=None)) == (413, "too-large")
    chunked = b"5000\r\n" + bytes(0x5000) + b"\r\n0\r\n\r\n"
    hidden = phone.post(chunked, content_length=None, transfer_encoding="chunked")
    assert refused(hidden) == (413, "too-large")


def test_a_body_that_never_ends_is_not_waited_for(serve: Callable[..., PhoneServer]) -> None:
    phone = Phone(serve(photo_s=0.2).link)
    assert refused(phone.post(b"x", content_length="100")) == (413, "too-large")


def test_only_so_many_photos_are_under_way_at_once(serve: Callable[..., PhoneServer]) -> None:
    server = serve(at_once=1, photo_s=60)
    phone = Phone(server.link)
    host, port = phone.host.split(":")
    head = (
        f"POST /photos HTTP/1.1\r\nHost: {phone.host}\r\nOrigin: http://{phone.host}\r\n"
        "Content-Length: 100\r\n\r\nx"
    )
    with socket.create_connection((host, int(port)), timeout=30) as dribble:
        dribble.sendall(head.encode())
        wait_until(
            lambda: phone.send(Kind.HELLO).status == 503, lambda: "the first was not waited for"
        )
    wait_until(lambda: phone.send(Kind.HELLO).status == 200, lambda: "its place stays taken")


def test_an_expired_code_ends_by_itself_with_what_had_come(
    serve: Callable[..., PhoneServer],
) -> None:
    server = serve(code_s=1.0)
    phone = Phone(server.link)
    assert phone.send(Kind.PHOTO, 0, JPEG).status == 200
    wait_until(lambda: over(server), lambda: "it lives on")
    server.close()
    with pytest.raises(ConnectionRefusedError):
        phone.send(Kind.HELLO)
    assert server.session.photos() == [JPEG]


def test_nothing_listens_when_the_code_is_shown_no_more(
    serve: Callable[..., PhoneServer],
) -> None:
    server = serve(unseen_s=0.3)
    wait_until(lambda: over(server), lambda: "it listens though nobody shows the code")
    server.close()
    with pytest.raises(ConnectionRefusedError):
        Phone(server.link).ask("GET", "/")


def test_another_code_ends_the_one_before(serve: Callable[..., PhoneServer]) -> None:
    first, second = serve(), serve()
    assert over(first) and not over(second)
    with pytest.raises(ConnectionRefusedError):
        Phone(first.link).ask("GET", "/")
    old_key = replace_key(second.link, first.session.key)
    assert refused(Phone(old_key).send(Kind.HELLO)) == (403, "wrong-key")


def replace_key(link: str, key: bytes) -> str:
    return f"{link.partition('#')[0]}#{key.hex()}"


@pytest.mark.skipif(not is_told, reason="the kernel tells what listens on Linux")
def test_one_address_and_port_is_opened_and_closed_again(
    serve: Callable[..., PhoneServer],
) -> None:
    before = listening_at(os.getpid())
    server = serve()
    host, port = Phone(server.link).host.split(":")
    assert listening_at(os.getpid()) - before == {(host, int(port))}
    server.close()
    assert listening_at(os.getpid()) == before


def test_the_page_loads_what_draws_codes_and_opens_photos_only_when_asked() -> None:
    code = (
        "import sys, posture.app.server, posture.app.views.check;"
        "print({'nacl', 'segno', 'posture.app.phone.server'} & set(sys.modules))"
    )
    assert printed_by(code).splitlines()[-1] == "set()"
