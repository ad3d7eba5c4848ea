"""Keeping and comparing in a real browser."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from pypdf import PdfReader
from selenium.webdriver.common.keys import Keys

from posture._support.texts import page_texts
from posture.history.words import history_texts
from tests.support.browser import Tab
from tests.support.running import Server
from tests.support.samples import MEASURABLE

KEEP, PROGRESS = history_texts()["keep"], history_texts()["progress"]
SAVE_PAGE = page_texts()["report"]["before_after"]["save"]
SLIDER = """
    for (const node of document.querySelectorAll("*")) {
      const slider = node.shadowRoot?.querySelector(".compare input");
      if (slider) return slider;
    }
    return null;"""
AT = "return arguments[0].closest('.compare').style.getPropertyValue('--at')"
LOADED = """return [...arguments[0].closest('.compare').querySelectorAll('img')]
    .every(image => image.naturalWidth > 0)"""


def keep_reading(tab: Tab, photo: Path) -> None:
    tab.go()
    tab.upload(photo)
    tab.verdict()
    tab.settle()
    tab.click_text("[data-testid=stExpander] summary", KEEP["title"])
    name = tab.wait(lambda: tab.all(f"input[aria-label='{KEEP['name']}']")[0])
    name.send_keys(Keys.CONTROL, "a")
    name.send_keys("Ann", Keys.ENTER)
    tab.settle()
    tab.click_text("[data-testid=stButtonGroup] button", KEEP["pictures"]["photo"])
    tab.settle()
    tab.click_text("[data-testid=stButton] button", KEEP["button"])
    tab.wait(lambda: KEEP["done"] in tab.text())


def test_two_readings_are_kept_and_compared(
    open_tab: Callable[..., Tab], server: Server, tmp_path: Path
) -> None:
    tab = open_tab(width=360, height=780)
    for sample in (MEASURABLE[0], MEASURABLE[2]):
        keep_reading(tab, sample.path)
    tab.go("progress")
    slider = tab.wait(lambda: tab.driver.execute_script(SLIDER))
    assert tab.wait(lambda: tab.driver.execute_script(LOADED, slider))
    assert tab.wait(lambda: tab.all("[data-testid=stVegaLiteChart] canvas, .vega-embed svg"))
    assert slider.get_attribute("aria-label") == PROGRESS["slide"]
    before = tab.driver.execute_script(AT, slider)
    slider.send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    assert before == "50%" and tab.driver.execute_script(AT, slider) == "52%"
    slider.send_keys(Keys.HOME)
    assert tab.driver.execute_script(AT, slider) == "0%"
    wide = "return document.scrollingElement.scrollWidth - innerWidth"
    assert tab.driver.execute_script(wide) <= 0
    shot = tmp_path / "phone.png"
    tab.screenshot(shot)
    with Image.open(shot) as picture:
        assert picture.width == 360
    (page,) = PdfReader(io.BytesIO(tab.save(SAVE_PAGE, ".pdf"))).pages
    told = page.extract_text()
    assert "Ann" in told and told.count("Curve angle") == 2 and len(page.images) == 2
    assert not tab.foreign_requests() and not tab.complaints()
    assert "Traceback" not in server.log.read_text()
