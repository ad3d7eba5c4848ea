"""What a person sees without scrolling, on a computer and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from posture._support.texts import page_texts, texts
from posture.advice.wall_test import home_test
from tests.support.browser import Tab
from tests.support.samples import MEASURABLE, REFUSABLE, Sample

OpenTab = Callable[..., Tab]
CHECK, PERSON = page_texts()["check"], page_texts()["person"]
TYPICAL = next(sample for sample in MEASURABLE if sample.band == "typical")
DEEP = next(sample for sample in MEASURABLE if sample.band == "deep")
SIZES = [{"width": 1280, "height": 900}, {"width": 360, "height": 780}]
# The texts whose place is in the window, as it stands after loading.
SEEN = """
    const seen = [], walker = document.createTreeWalker(
      document.querySelector("[data-testid=stMain]"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      const box = range.getBoundingClientRect();
      const shown = walker.currentNode.parentElement.checkVisibility({visibilityProperty: true});
      if (shown && box.height > 0 && box.bottom <= innerHeight && box.top >= 0)
        seen.push(walker.currentNode.textContent);
    }
    return seen.join(" ");"""


def seen(tab: Tab) -> str:
    tab.settle()
    return str(tab.driver.execute_script(SEEN))


@pytest.mark.parametrize("size", SIZES, ids=["computer", "phone"])
@pytest.mark.parametrize("sample", [TYPICAL, DEEP], ids=["typical", "deep"])
def test_verdict_number_and_one_thing_to_do_need_no_scrolling(
    open_tab: OpenTab, size: dict[str, int], sample: Sample
) -> None:
    tab = open_tab(**size)
    tab.upload(sample.path)
    verdict = tab.verdict()
    tab.wait(lambda: tab.all(".po-value"))
    parts = (verdict, CHECK["next"]["title"], CHECK["new_reading"], CHECK["another_photo"])
    # Drawn one after the other, and what comes later moves down.
    tab.wait(lambda: all(part in seen(tab) for part in parts))
    first = seen(tab)
    assert re.search(r"\d+° +± \d+°", first)
    for later in ("SLCA", texts()["overlay"]["of_bridge"], page_texts()["hands"]["two"]):
        assert later not in first and later in tab.text()
    assert "hyperlordosis" not in first and "stature" not in tab.text().lower()
    assert not tab.complaints()


@pytest.mark.parametrize("size", SIZES, ids=["computer", "phone"])
def test_height_is_asked_before_the_photo_and_on_the_first_screen(
    open_tab: OpenTab, size: dict[str, int]
) -> None:
    tab = open_tab(**size)
    tab.wait(lambda: PERSON["stature_cm"] in tab.text() and CHECK["upload"] in tab.text())
    first = seen(tab)
    for part in (CHECK["title"], PERSON["stature_cm"], CHECK["photo"], CHECK["sources"]["upload"]):
        assert part in first
    assert tab.text().index(PERSON["stature_cm"]) < tab.text().index(CHECK["upload"])


def test_the_height_is_asked_beside_the_depth(open_tab: OpenTab) -> None:
    tab = open_tab(width=1280, height=900)
    tab.upload(TYPICAL.path)
    tab.wait(lambda: len(tab.all(".po-gauge")) == 3)
    tab.settle()
    depth = tab.all(".po-gauge")[1]
    field = tab.all(f"input[aria-label='{PERSON['stature_cm']}']")[0]
    assert abs(field.location["y"] - depth.location["y"]) < 200
    before = tab.values()
    field.send_keys("170\n")
    after = tab.wait(lambda: tab.values() if tab.values() != before else None)
    assert after is not None and after[0] == before[0]
    assert "% of bridge" in before[1] and after[1].endswith("mm")


def test_what_to_change_comes_before_the_refused_picture_on_a_phone(open_tab: OpenTab) -> None:
    tab = open_tab(width=360, height=780)
    tab.upload(REFUSABLE[0].path)
    assert tab.verdict() == CHECK["cannot"]
    assert CHECK["change"] in seen(tab)


def test_another_photo_of_the_stance_and_a_new_reading_are_two_things(open_tab: OpenTab) -> None:
    tab = open_tab(width=1280, height=900)
    tab.upload(DEEP.path)
    tab.verdict()
    tab.settle()
    tab.click_text("[data-testid=stButton] button", CHECK["another_photo"])
    tab.wait(lambda: CHECK["another_lead"].format(number=2, whole=4) in tab.text())
    tab.upload(TYPICAL.path)
    tab.wait(lambda: CHECK["reading_from"].format(count=2) in tab.text())
    tab.wait(lambda: CHECK["labels_of_one"].format(number=2, count=2) in tab.text())
    tab.settle()
    tab.click_text("[data-testid=stButton] button", CHECK["new_reading"])
    tab.wait(lambda: CHECK["title"] in tab.text())
    tab.upload(TYPICAL.path)
    assert "this photo is" in tab.verdict()
    assert not tab.complaints()


def test_the_choice_of_units_holds_on_every_page(open_tab: OpenTab) -> None:
    tab = open_tab(width=1280, height=900)
    tab.wait(lambda: PERSON["stature_cm"] in tab.text())
    tab.click_text("[data-testid=stButtonGroup] button", PERSON["unit"]["ft"])
    tab.wait(lambda: PERSON["feet"] in tab.text())
    tab.click_text("a", page_texts()["frame"]["pages"]["wall_test"])
    tab.wait(lambda: home_test().title in tab.text())
    tab.click_text("a", page_texts()["frame"]["pages"]["check"])
    tab.wait(lambda: PERSON["feet"] in tab.text())
    tab.upload(TYPICAL.path)
    tab.wait(lambda: len(tab.all(".po-gauge")) == 3)
    tab.settle()
    tab.all(f"input[aria-label='{PERSON['feet']}']")[0].send_keys("5\n")
    tab.wait(lambda: tab.values()[1].endswith(" in"))
