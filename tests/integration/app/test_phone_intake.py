"""The phone's way in on the page, from the button to the reading, without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from posture._support.texts import filled, page_texts
from posture.app import memory
from posture.app.parts import phone_intake
from posture.app.phone import address
from posture.app.phone.sealed import Kind
from posture.app.phone.server import PhoneServer
from posture.app.phone.settings import phone_settings
from tests.integration.app.test_pages import check_page, press, shown
from tests.support.phone import Phone
from tests.support.samples import MEASURABLE

pytestmark = pytest.mark.model

WORDS, CHECK = phone_settings().computer, page_texts()["check"]
ARRIVED = phone_settings().counted["arrived"]
HOME = "127.0.0.1"
PHOTOS = tuple(sample.path.read_bytes() for sample in MEASURABLE[:3])


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets the addresses that this computer has."""

    def have(*addresses: str) -> None:
        monkeypatch.setattr(address, "home_addresses", lambda: addresses)

    return have


@pytest.fixture
def phone_way(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, at_home: Callable[..., None]
) -> Iterator[AppTest]:
    """The landing page with "Phone" chosen."""
    monkeypatch.setattr(memory, "memory_path", lambda: tmp_path / "person.json")
    at_home(HOME)
    app = AppTest.from_function(check_page, default_timeout=60).run()
    yield choose(app, "phone")
    server = server_of(app)
    if server is not None:
        server.close()


def choose(app: AppTest, way: str) -> AppTest:
    app.segmented_control(key="intake.way.0").set_value(way)
    app.run()
    assert not app.exception
    return app


def server_of(app: AppTest) -> PhoneServer | None:
    if phone_intake._SHOWN not in app.session_state:
        return None
    found: PhoneServer = app.session_state[phone_intake._SHOWN]
    return found


def open_phone(app: AppTest) -> Phone:
    press(app, WORDS["button"])
    assert not app.exception
    server = server_of(app)
    assert server is not None
    return Phone(server.link)


def send_all(phone: Phone, *photos: bytes) -> None:
    for number, photo in enumerate(photos):
        assert phone.send(Kind.PHOTO, number, photo).status == 200
    assert phone.send(Kind.DONE, len(photos)).status == 200


def test_nothing_is_opened_before_the_button_is_pressed(phone_way: AppTest) -> None:
    assert server_of(phone_way) is None
    assert WORDS["opens"].format(minutes=10) in shown(phone_way)
    assert "po-code" not in shown(phone_way)


def test_photos_are_read_as_if_dropped(phone_way: AppTest) -> None:
    phone = open_phone(phone_way)
    assert "po-code" in shown(phone_way) and WORDS["waiting"] in shown(phone_way)
    send_all(phone, *PHOTOS)
    assert CHECK["reading_from"].format(count=3) in shown(phone_way.run())
    assert server_of(phone_way) is None
    with pytest.raises(ConnectionRefusedError):
        phone.send(Kind.HELLO)


def test_the_page_tells_how_far_the_phone_has_come(phone_way: AppTest) -> None:
    phone = open_phone(phone_way)
    phone.send(Kind.HELLO)
    assert WORDS["connected"] in shown(phone_way.run())
    phone.send(Kind.PHOTO, 0, PHOTOS[0])
    assert filled(ARRIVED, count=1) in shown(phone_way.run())
    phone.send(Kind.PHOTO, 1, PHOTOS[1])
    assert filled(ARRIVED, count=2) in shown(phone_way.run())
    assert CHECK["reading_from"].format(count=2) in shown(press(phone_way, WORDS["take"]))
    assert server_of(phone_way) is None


def test_another_photo_of_the_stance_can_come_from_the_phone(phone_way: AppTest) -> None:
    send_all(open_phone(phone_way), PHOTOS[0])
    phone_way.run()
    press(phone_way, CHECK["another_photo"])
    way = next(c for c in phone_way.segmented_control if c.key and c.key.startswith("intake.way"))
    way.set_value("phone")
    phone_way.run()
    send_all(open_phone(phone_way), PHOTOS[1])
    assert CHECK["reading_from"].format(count=2) in shown(phone_way.run())
    assert not phone_way.exception


def test_another_way_in_closes_the_one_of_the_phone(phone_way: AppTest) -> None:
    phone = open_phone(phone_way)
    choose(phone_way, "upload")
    with pytest.raises(ConnectionRefusedError):
        phone.send(Kind.HELLO)
    assert "po-code" not in shown(choose(phone_way, "phone"))


def test_a_code_that_expired_is_told_and_another_one_offered(
    phone_way: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = phone_settings()
    short = replace(settings, limits=replace(settings.limits, code_s=0.0))
    monkeypatch.setattr(phone_intake, "phone_settings", lambda: short)
    press(phone_way, WORDS["button"])
    assert [info.value for info in phone_way.info] == [WORDS["expired"]]
    monkeypatch.undo()


def test_what_had_come_when_the_code_expired_is_measured(phone_way: AppTest) -> None:
    phone = open_phone(phone_way)
    phone.send(Kind.PHOTO, 0, PHOTOS[0])
    server = server_of(phone_way)
    assert server is not None
    server.close()
    assert "The low-back curve in this photo is" in shown(phone_way.run())


def test_a_computer_without_a_network_says_so(
    phone_way: AppTest, at_home: Callable[..., None]
) -> None:
    at_home()
    phone_way.run()
    assert [info.value for info in phone_way.info] == [WORDS["no_network"]]
    assert WORDS["button"] not in [button.label for button in phone_way.button]


def test_an_address_that_is_gone_is_told(phone_way: AppTest, at_home: Callable[..., None]) -> None:
    # It belongs to nobody (RFC 5737).
    at_home("198.51.100.7")
    phone_way.run()
    press(phone_way, WORDS["button"])
    assert [info.value for info in phone_way.info] == [WORDS["no_network"]]
    assert server_of(phone_way) is None


def test_of_several_networks_the_person_chooses(
    phone_way: AppTest, at_home: Callable[..., None]
) -> None:
    at_home("198.51.100.7", HOME)
    phone_way.run()
    phone_way.selectbox(key="phone.address").set_value(HOME)
    phone_way.run()
    assert open_phone(phone_way).host.startswith(f"{HOME}:")


def test_a_file_that_only_begins_as_a_photo_is_refused_calmly(phone_way: AppTest) -> None:
    send_all(open_phone(phone_way), b"\xff\xd8\xff" + b"nothing" * 50)
    page = shown(phone_way.run())
    assert CHECK["cannot"] in page and "damaged" in page and not phone_way.exception
