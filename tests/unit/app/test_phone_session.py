"""What one code takes in, from whom, and for how long."""

from __future__ import annotations

import pytest

from posture.app.phone.sealed import Kind, new_key, opened
from posture.app.phone.session import PhoneSession
from posture.app.phone.settings import Limits, phone_settings
from tests.support.phone import JPEG, sealed

PHONE, OTHER = "192.168.1.7", "192.168.1.8"
LIMITS = Limits(code_s=600, unseen_s=15, photos=4, photo_bytes=2000, photo_s=1, at_once=2)


class Clock:
    """Time that passes when told to."""

    now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def session(clock: Clock) -> PhoneSession:
    return PhoneSession(LIMITS, 4, clock)


def send(session: PhoneSession, kind: Kind, number: int = 0, content: bytes = b"") -> str | None:
    return session.receive(PHONE, sealed(session.key, kind, number, content))


def test_what_is_sealed_is_opened_with_its_key_alone() -> None:
    key = new_key()
    message = sealed(key, Kind.PHOTO, 3, JPEG)
    found = opened(message, key)
    assert found is not None
    assert (found.kind, found.number, found.content) == (Kind.PHOTO, 3, JPEG)
    assert JPEG not in message and key not in message
    assert opened(message, new_key()) is None


@pytest.mark.parametrize("position", [0, 23, 24, 39, 40, -1])
def test_a_message_that_was_changed_is_not_opened(position: int) -> None:
    key = new_key()
    message = bytearray(sealed(key, Kind.PHOTO, 0, JPEG))
    message[position] ^= 1
    assert opened(bytes(message), key) is None


@pytest.mark.parametrize("message", [b"", bytes(24), bytes(41)])
def test_what_is_too_short_is_not_opened(message: bytes) -> None:
    assert opened(message, bytes(32)) is None


def test_an_unknown_kind_is_not_opened() -> None:
    key = new_key()
    message = bytearray(sealed(key, Kind.HELLO))
    assert opened(bytes(message), key) is not None
    from nacl.secret import SecretBox

    assert opened(bytes(SecretBox(key).encrypt(b"\x09\x00")), key) is None


def test_photos_are_handed_out_in_their_order(session: PhoneSession) -> None:
    assert not session.progress().connected
    assert send(session, Kind.HELLO) is None
    assert session.progress().connected
    assert send(session, Kind.PHOTO, 1, JPEG + b"second") is None
    assert send(session, Kind.PHOTO, 0, JPEG + b"first") is None
    assert session.progress().arrived == 2 and session.progress().left_s > 0
    assert send(session, Kind.DONE, 2) is None
    assert session.progress().left_s == 0
    assert session.photos() == [JPEG + b"first", JPEG + b"second"]


def test_a_photo_that_is_sent_again_takes_its_own_place(session: PhoneSession) -> None:
    send(session, Kind.PHOTO, 0, JPEG + b"once")
    assert send(session, Kind.PHOTO, 0, JPEG + b"again") is None
    assert session.photos() == [JPEG + b"again"]


def test_a_photo_that_the_phone_took_back_is_dropped(session: PhoneSession) -> None:
    send(session, Kind.PHOTO, 0, JPEG + b"kept")
    send(session, Kind.PHOTO, 1, JPEG + b"taken back")
    assert send(session, Kind.DONE, 1) is None
    assert session.photos() == [JPEG + b"kept"]


@pytest.mark.parametrize("count", [0, 2])
def test_it_is_not_done_before_all_photos_are_there(session: PhoneSession, count: int) -> None:
    send(session, Kind.PHOTO, 0, JPEG)
    assert send(session, Kind.DONE, count) == "missing"
    assert session.progress().left_s > 0


def test_another_key_is_refused_and_makes_nobody_the_phone(session: PhoneSession) -> None:
    assert session.receive(OTHER, sealed(new_key(), Kind.HELLO)) == "wrong-key"
    assert not session.progress().connected
    assert send(session, Kind.HELLO) is None


def test_a_second_phone_is_refused_though_it_has_the_key(session: PhoneSession) -> None:
    send(session, Kind.HELLO)
    assert session.refusal_of(OTHER) == "second-phone"
    photo = sealed(session.key, Kind.PHOTO, 0, JPEG)
    assert session.receive(OTHER, photo) == "second-phone"
    assert session.photos() == []
    assert session.receive(PHONE, photo) is None, "what was refused was not used up"


def test_what_was_taken_once_is_not_taken_again(session: PhoneSession) -> None:
    photo = sealed(session.key, Kind.PHOTO, 0, JPEG)
    assert session.receive(PHONE, photo) is None
    assert session.receive(PHONE, photo) == "repeated"


def test_what_is_no_photo_is_not_kept(session: PhoneSession) -> None:
    assert send(session, Kind.PHOTO, 0, b"<html>") == "no-photo"
    assert send(session, Kind.PHOTO, 4, JPEG) == "no-photo"
    assert session.photos() == []


def test_a_photo_may_be_as_large_as_the_limit_and_no_larger(session: PhoneSession) -> None:
    largest = JPEG + bytes(LIMITS.photo_bytes - len(JPEG))
    assert send(session, Kind.PHOTO, 0, largest) is None
    assert send(session, Kind.PHOTO, 0, largest + b"!") == "too-large"


def test_a_code_expires_however_long_it_is_shown(session: PhoneSession, clock: Clock) -> None:
    for _ in range(60):
        session.keep_open()
        assert session.progress().left_s > 0
        clock.now_s += 10
    session.keep_open()
    assert session.progress().left_s == 0
    assert session.refusal_of(PHONE) == send(session, Kind.HELLO) == "expired"


def test_a_code_that_is_shown_no_more_is_over(session: PhoneSession, clock: Clock) -> None:
    send(session, Kind.PHOTO, 0, JPEG)
    clock.now_s += LIMITS.unseen_s + 1
    assert send(session, Kind.PHOTO, 1, JPEG) == "expired"
    assert session.photos() == [JPEG], "what had arrived is not lost"


def test_every_code_has_a_key_of_its_own() -> None:
    assert len({PhoneSession(LIMITS, 4).key for _ in range(5)}) == 5


def test_the_built_in_limits_are_those_that_the_pages_tell() -> None:
    limits = phone_settings().limits
    assert (limits.code_s, limits.photos) == (600, 4)
