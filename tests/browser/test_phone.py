"""From the code on the computer to the number, by a phone in the same home network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import cv2
import numpy as np
import pytest

from posture._support.texts import page_texts
from posture.app.phone.sealed import Kind
from posture.app.phone.settings import phone_settings
from tests.support.axe import obstacles
from tests.support.browser import Tab
from tests.support.home_network import (
    COMPUTER_ADDRESS,
    HomeNetwork,
    home_network,
    missing,
    recorded,
)
from tests.support.listening import listening_at
from tests.support.phone import Phone
from tests.support.running import Server, running_page
from tests.support.samples import MEASURABLE

CHECK, WORDS = page_texts()["check"], phone_settings()
LOOPBACK = {"127.0.0.1", "::1"}
FIRST, SECOND = (sample.path for sample in MEASURABLE[:2])
ENTRY = "[data-testid=stMainBlockContainer] button"


@pytest.fixture(scope="module")
def home() -> Iterator[HomeNetwork]:
    reason = missing()
    if reason is not None:
        pytest.skip(reason)
    with home_network() as found:
        yield found


@pytest.fixture(scope="module")
def computer_server(
    home: HomeNetwork, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    del home
    with running_page(tmp_path_factory.mktemp("home")) as found:
        yield found


@pytest.fixture
def computer(computer_server: Server, programs: tuple[str, str], tmp_path: Path) -> Iterator[Tab]:
    folder = tmp_path / "computer"
    folder.mkdir()
    tab = Tab(programs, computer_server.url, folder)
    tab.go()
    yield tab
    tab.close()


@pytest.fixture
def open_on_phone(
    home: HomeNetwork, programs: tuple[str, str], tmp_path: Path
) -> Iterator[Callable[[str], Tab]]:
    """Opens a link in a browser of the size of a phone, on the other machine."""
    folder = tmp_path / "phone"
    folder.mkdir()
    on_phone = (home.on_the_phone(programs[0], folder), programs[1])
    tab = Tab(on_phone, "", folder, width=360, height=780, piped=True)

    def open_link(link: str) -> Tab:
        # From the same address another key is another page only for a browser that starts anew.
        tab.driver.get("about:blank")
        tab.url = link.partition("/#")[0]
        tab.driver.get(link)
        return tab

    yield open_link
    tab.close()


def show_code(computer: Tab) -> str:
    """Press the buttons; the link that a camera reads from the code."""
    computer.click_text("[data-testid=stButtonGroup] button", CHECK["sources"]["phone"])
    computer.click_text(ENTRY, WORDS.computer["button"])

    def read() -> str:
        picture = computer.wait(lambda: computer.all("img.po-code")[0]).screenshot_as_png
        pixels = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)
        assert pixels is not None
        padded = cv2.copyMakeBorder(pixels, 20, 20, 20, 20, cv2.BORDER_CONSTANT, value=(255,) * 3)
        return cv2.QRCodeDetectorAruco().detectAndDecode(padded)[0]

    return computer.wait(read)


def status(phone: Tab) -> str:
    return phone.all("#status")[0].text


def wait_for(phone: Tab, sentence: str) -> None:
    phone.wait(lambda: status(phone) == sentence)


def outside(server: Server) -> set[tuple[str, int]]:
    """Where others than this computer itself could reach the program."""
    return {place for place in listening_at(server.pid) if place[0] not in LOOPBACK}


def test_from_the_code_to_the_number(
    home: HomeNetwork, computer: Tab, computer_server: Server, open_on_phone: Callable[[str], Tab]
) -> None:
    assert outside(computer_server) == set()
    link = urlsplit(show_code(computer))
    assert link.hostname == COMPUTER_ADDRESS
    assert outside(computer_server) == {(COMPUTER_ADDRESS, link.port)}
    with recorded(home) as wire:
        phone = open_on_phone(link.geturl())
        wait_for(phone, WORDS.phone["ready"])
        in_the_way = obstacles(phone)
        computer.wait(lambda: WORDS.computer["connected"] in computer.text())
        phone.all("#camera")[0].send_keys(str(FIRST))
        phone.all("#files")[0].send_keys(f"{SECOND}\n{FIRST}")
        assert len(phone.wait(lambda: phone.all("#list img"))) == 3
        phone.click_text("#list button", WORDS.phone["remove"].format(number=3))
        assert phone.wait(lambda: len(phone.all("#list img")) == 2)
        in_the_way += obstacles(phone)
        wide = "return document.scrollingElement.scrollWidth - innerWidth"
        assert phone.driver.execute_script(wide) <= 0
        phone.click_text("#send", WORDS.phone["send"])
        wait_for(phone, WORDS.phone["done"])
    assert in_the_way + obstacles(phone) == []
    assert CHECK["reading_from"].format(count=2) in computer.wait(
        lambda: computer.all(".po-value") and computer.text()
    )
    computer.wait(lambda: outside(computer_server) == set())
    assert b"POST /photos" in wire and len(wire) > FIRST.stat().st_size
    for secret in (link.fragment.encode(), bytes.fromhex(link.fragment)):
        assert secret not in wire
    photo = FIRST.read_bytes()
    assert not [at for at in range(0, len(photo) - 16, 500) if photo[at : at + 16] in wire]
    for tab in (computer, phone):
        assert not tab.foreign_requests()
        assert not tab.complaints()


def test_whoever_comes_wrongly_is_told_in_a_sentence(
    computer: Tab, computer_server: Server, open_on_phone: Callable[[str], Tab]
) -> None:
    link = show_code(computer)
    plain, _, key = link.partition("#")
    wait_for(open_on_phone(plain), WORDS.refused["no-key"])
    wait_for(open_on_phone(f"{plain}#{'0' * len(key)}"), WORDS.refused["wrong-key"])
    phone = open_on_phone(link)
    wait_for(phone, WORDS.phone["ready"])
    # From another address than the phone's.
    other = Phone(link, own_address=COMPUTER_ADDRESS)
    assert other.send(Kind.HELLO).refused == "second-phone"
    wait_for(phone, WORDS.phone["ready"])
    computer.click_text(ENTRY, WORDS.computer["stop"])
    computer.wait(lambda: not computer.all("img.po-code"))
    assert outside(computer_server) == set()
    phone.all("#camera")[0].send_keys(str(FIRST))
    phone.click_text("#send", WORDS.phone["send"])
    wait_for(phone, WORDS.refused["lost"])
    assert len(phone.all("#list img")) == 1, "the photo is kept for another try"


def test_a_second_phone_is_told_in_a_sentence(
    computer: Tab, open_on_phone: Callable[[str], Tab]
) -> None:
    link = show_code(computer)
    assert Phone(link, own_address=COMPUTER_ADDRESS).send(Kind.HELLO).status == 200
    phone = open_on_phone(link)
    wait_for(phone, WORDS.refused["second-phone"])
    assert not phone.all("#taking")[0].is_displayed()


def test_nothing_listens_when_the_tab_is_closed_or_turned_elsewhere(
    computer: Tab, computer_server: Server
) -> None:
    show_code(computer)
    assert len(outside(computer_server)) == 1
    computer.click_text("[data-testid=stButtonGroup] button", CHECK["sources"]["upload"])
    computer.wait(lambda: outside(computer_server) == set())
    computer.driver.refresh()
    show_code(computer)
    assert len(outside(computer_server)) == 1
    computer.driver.get("about:blank")
    computer.wait(lambda: outside(computer_server) == set(), 60)
