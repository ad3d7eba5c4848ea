"""The page in a real browser, as a person uses it."""

from __future__ import annotations

import io
import json
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image
from pypdf import PdfReader
from selenium.webdriver.common.keys import Keys

from posture._support.texts import page_texts
from posture.app.server import HEADERS
from posture.result import Result
from tests.support.browser import Tab
from tests.support.children import kill_in_mid_photo, worker_of
from tests.support.listening import is_told, listening_at
from tests.support.paths import ROOT
from tests.support.present import known
from tests.support.running import Server
from tests.support.samples import MEASURABLE, REFUSABLE

OpenTab = Callable[..., Tab]
CHECK = page_texts()["check"]
DEEP = next(sample for sample in MEASURABLE if sample.band == "deep")
FRONT = next(sample for sample in REFUSABLE if sample.reason == "not-side-on")


@pytest.fixture(scope="session")
def big_heic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo of twelve megapixels as a phone writes it, with a place and a device in its notes."""
    path = tmp_path_factory.mktemp("phone") / "IMG_0001.heic"
    with Image.open(DEEP.path) as picture:
        size = (3000, round(3000 * picture.height / picture.width))
        exif = Image.Exif()
        exif[0x0110] = "Phone of somebody"
        pillow_heif.from_pillow(picture.resize(size)).save(
            path, quality=70, exif=exif.tobytes(), enc_params={"preset": "ultrafast"}
        )
    return path


def test_a_photo_of_a_phone_is_read_and_taken_home(tab: Tab, big_heic: Path) -> None:

    def report_for(name: str) -> str | None:
        (page,) = PdfReader(io.BytesIO(tab.save(CHECK["save_pdf"], ".pdf"))).pages
        told = page.extract_text()
        return told if name in told else None

    tab.upload(big_heic)
    assert "The low-back curve in this photo is" in tab.verdict()
    assert len(tab.values()) == 3
    tab.settle()
    field = tab.wait(lambda: tab.all(f"input[aria-label='{CHECK['report_name']}']")[0])
    field.send_keys("Ann Lee")
    told = tab.wait(lambda: report_for("Ann Lee"))
    assert known(told).startswith("Low-back curve")
    picture = Image.open(io.BytesIO(tab.save(CHECK["save_png"], ".png")))
    assert picture.width >= 3000 and not picture.getexif()
    result = Result.from_json(tab.save(CHECK["save_json"], ".json").decode())
    assert result.status == "measured" and result.image is None
    assert tab.save(CHECK["save_csv"], ".csv").startswith(b"photo,status")
    assert not tab.foreign_requests()
    assert not tab.complaints()


def test_a_crash_in_mid_photo_is_one_sentence_and_the_next_photo_is_measured(
    tab: Tab, server: Server, big_heic: Path
) -> None:
    tab.upload(DEEP.path)
    before = tab.values()
    tab.click_text("button", CHECK["new_reading"])
    tab.wait(lambda: CHECK["title"] in tab.text())
    killer = threading.Thread(target=kill_in_mid_photo, args=(worker_of(server.pid),))
    killer.start()
    tab.upload(big_heic)
    assert tab.wait(lambda: "made the part of the program that measures stop" in tab.text())
    killer.join()
    tab.click_text("button", CHECK["new_reading"])
    tab.wait(lambda: CHECK["title"] in tab.text())
    tab.upload(DEEP.path)
    assert tab.wait(lambda: tab.values() == before)
    assert not tab.complaints()


def test_layers_change_the_picture(tab: Tab) -> None:
    tab.upload(DEEP.path)
    before = tab.picture()
    tab.click_text("[data-testid=stButtonGroup] button", CHECK["layer"]["plumb"])
    assert tab.wait(lambda: tab.picture() != before)


def test_points_can_be_dragged_and_nudged_and_exports_say_so(tab: Tab) -> None:
    tab.upload(DEEP.path)
    tab.click_text("label", CHECK["correct"])
    measured = tab.values()
    tab.drag(tab.point("lumbar"), 12 if DEEP.facing == "left" else -12, 0)
    dragged = known(tab.wait(lambda: tab.values() if tab.values() != measured else None))
    assert tab.wait(lambda: CHECK["edited"] in tab.text())
    assert float(dragged[0].split("°")[0]) < float(measured[0].split("°")[0])
    tab.point("lumbar").find_element("xpath", "..").send_keys(*[Keys.SHIFT, Keys.ARROW_RIGHT])
    nudged = tab.wait(lambda: tab.values() if tab.values() != dragged else None)
    assert nudged
    result = Result.from_json(tab.save(CHECK["save_json"], ".json").decode())
    assert result.provenance.edited_by_hand
    (page,) = PdfReader(io.BytesIO(tab.save(CHECK["save_pdf"], ".pdf"))).pages
    assert "Edited by hand" in page.extract_text()
    tab.press_inside(".editor", page_texts()["editor"]["reset"])
    assert tab.wait(lambda: tab.values() == measured and CHECK["edited"] not in tab.text())
    assert not tab.complaints()


def test_a_front_view_is_refused_with_the_right_stance(tab: Tab) -> None:
    tab.upload(FRONT.path)
    assert tab.verdict() == CHECK["cannot"]
    assert tab.wait(lambda: CHECK["change"] in tab.text() and CHECK["stance"] in tab.text())


def test_a_broken_file_is_refused_calmly(open_tab: OpenTab, server: Server, tmp_path: Path) -> None:
    broken = tmp_path / "my-secret-name.jpg"
    broken.write_bytes(DEEP.path.read_bytes()[:2000])
    tab = open_tab()
    tab.upload(broken)
    assert tab.verdict() == CHECK["cannot"]
    assert tab.wait(lambda: "damaged" in tab.text())
    log = server.log.read_text()
    assert "my-secret-name" not in log and "Traceback" not in log


def test_two_tabs_do_not_see_each_other(open_tab: OpenTab) -> None:
    first, second = open_tab(), open_tab()
    first.upload(DEEP.path)
    assert "deeper" in first.verdict()
    second.upload(FRONT.path)
    assert second.verdict() == CHECK["cannot"]
    assert "deeper" in first.verdict()
    first.driver.refresh()
    first.wait(lambda: CHECK["title"] in first.text())


def test_a_phone_shows_everything_without_scrolling_sideways(
    open_tab: OpenTab, tmp_path: Path
) -> None:
    tab = open_tab(width=360, height=780)
    tab.upload(DEEP.path)
    tab.verdict()
    wide = "return document.scrollingElement.scrollWidth - innerWidth"
    assert tab.driver.execute_script(wide) <= 0
    shot = tmp_path / "phone.png"
    tab.screenshot(shot)
    with Image.open(shot) as picture:
        assert picture.width == 360


def test_a_sample_far_down_the_page_shows_its_reading_at_the_top(open_tab: OpenTab) -> None:
    tab = open_tab(width=390, height=800)
    tab.click_text("[data-testid=stButtonGroup] button", CHECK["sources"]["samples"])
    tab.click_text("[data-testid=stButton] button", CHECK["sample"]["12-woman-deep"])
    assert "deeper" in tab.verdict()
    top = "return document.querySelector('.po-verdict').getBoundingClientRect().top"
    assert tab.wait(lambda: 0 < tab.driver.execute_script(top) < 300)
    assert not tab.complaints()


def test_dark_is_dark(open_tab: OpenTab, tmp_path: Path) -> None:
    tab = open_tab("method", dark=True)
    shot = tmp_path / "dark.png"
    tab.screenshot(shot)
    with Image.open(shot) as picture:
        assert np.median(np.asarray(picture.convert("L"))) < 60


@pytest.mark.parametrize("path", ["", "wall-test", "exercises", "progress", "method"])
def test_no_page_asks_another_machine_for_anything(tab: Tab, path: str) -> None:
    tab.go(path)
    tab.wait(lambda: tab.all("h1"))
    loaded = "return [...document.fonts].filter(f => f.status == 'loaded').map(f => f.family)"
    assert tab.wait(lambda: "Inter" in tab.driver.execute_script(loaded))
    assert not tab.foreign_requests()
    assert not tab.complaints()


def test_the_browser_itself_refuses_other_machines(tab: Tab) -> None:
    """192.0.2.1 is an address that belongs to nobody (RFC 5737)."""
    script = """
        const done = arguments[0];
        document.addEventListener("securitypolicyviolation", e => done(e.effectiveDirective));
        fetch("http://192.0.2.1/").catch(() => {});
        setTimeout(() => done("not refused"), 3000);"""
    assert tab.driver.execute_async_script(script) == "connect-src"


def test_every_field_has_a_name_for_screen_readers(tab: Tab) -> None:
    tree = tab.command("Accessibility.getFullAXTree", {})["nodes"]
    kinds = {"button", "textbox", "spinbutton", "checkbox", "switch", "radio"}
    nameless = [
        json.dumps(node.get("properties", []))
        for node in tree
        if node.get("role", {}).get("value") in kinds and not node.get("name", {}).get("value")
    ]
    assert not nameless


def test_answers_carry_the_protective_headers(server: Server) -> None:
    with urllib.request.urlopen(server.url) as answer:
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    with urllib.request.urlopen(f"{server.url}/fonts/Inter-Regular.ttf") as answer:
        assert answer.headers["Content-Type"] == "font/ttf"


@pytest.mark.parametrize("name", ["OFL.txt", "..%2Fresult.py", "%2e%2e%2fresult.py"])
def test_only_fonts_are_served_as_fonts(server: Server, name: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{server.url}/fonts/{name}")
    with refused.value:
        assert refused.value.code in (400, 403, 404)


@pytest.mark.parametrize(("host", "status"), [("evil.example", 403), ("localhost", 101)])
def test_another_site_cannot_open_a_session(server: Server, host: str, status: int) -> None:
    """A page whose name is made to point to this computer (DNS rebinding) gets no session."""
    request = (
        f"GET /_stcore/stream HTTP/1.1\r\nHost: {host}:{server.port}\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    with socket.create_connection(("localhost", server.port), timeout=10) as connection:
        connection.sendall(request.encode())
        assert connection.recv(100).startswith(f"HTTP/1.1 {status}".encode())


def test_only_this_computer_is_listened_to(server: Server) -> None:
    assert (ROOT / ".streamlit" / "config.toml").read_text().count('address = "localhost"') == 1
    if is_told:
        assert {address for address, _ in listening_at(server.pid)} <= {"127.0.0.1", "::1"}
    outside = socket.gethostbyname(socket.gethostname())
    if not outside.startswith("127."):
        with pytest.raises(OSError):
            socket.create_connection((outside, server.port), timeout=3)
