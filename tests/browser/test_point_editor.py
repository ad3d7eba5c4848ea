"""Points that are moved by hand: taken back, and sent back from where no back is."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from posture._support.texts import page_texts, texts
from tests.support.browser import Tab
from tests.support.samples import MEASURABLE

CHECK, EDITOR, EDIT = page_texts()["check"], page_texts()["editor"], texts()["edit"]
DEEP = next(sample for sample in MEASURABLE if sample.band == "deep")
# Towards the belly is the way that the person looks to.
FORWARD = -1 if DEEP.facing == "left" else 1
POINT = """
    for (const node of document.querySelectorAll("*")) {
      const point = node.shadowRoot?.querySelector(`[data-point=${arguments[0]}]`);
      if (point) return point.getAttribute("transform");
    }"""

# In the order in which they are painted.
PAINTED = """
    for (const node of document.querySelectorAll("*")) {
      const found = node.shadowRoot?.querySelectorAll(".editor svg > .name, .editor svg > .point");
      if (found?.length) return [...found].map((one) => one.classList[0]);
    }"""


def press_keys(tab: Tab, *keys: str) -> None:
    """All but the last one are held."""
    actions = ActionChains(tab.driver)
    for key in keys[:-1]:
        actions = actions.key_down(key)
    actions = actions.send_keys(keys[-1])
    for key in keys[:-1]:
        actions = actions.key_up(key)
    actions.perform()


def place(tab: Tab, name: str) -> str:
    return str(tab.wait(lambda: tab.driver.execute_script(POINT, name)))


def resting(tab: Tab) -> tuple[list[str], str]:
    """The numbers and the waist point's place once nothing moves any more."""
    seen: list[tuple[list[str], str]] = []

    def still() -> bool:
        tab.settle()
        time.sleep(0.4)
        seen.append((tab.values(), place(tab, "lumbar")))
        return len(seen) > 2 and seen[-1] == seen[-2] == seen[-3]

    tab.wait(still)
    return seen[-1]


@pytest.fixture
def corrected(tab: Tab) -> Tab:
    """The page with a photo whose points can be moved."""
    tab.upload(DEEP.path)
    tab.verdict()
    tab.settle()
    tab.click_text("label", CHECK["correct"])
    tab.point("lumbar")
    tab.settle()
    return tab


@pytest.mark.parametrize("name", ["lumbar", "thoracic", "gluteal"])
def test_a_point_dropped_off_the_back_goes_back(corrected: Tab, name: str) -> None:
    tab = corrected
    before, start = tab.values(), place(tab, name)
    tab.drag(tab.point(name), -FORWARD * 150, 0)
    reason = EDIT["off_body"]["reason"].format(point=EDIT["point"][name])
    assert tab.wait(lambda: reason in tab.text())
    assert tab.wait(lambda: place(tab, name) == start)
    assert tab.wait(lambda: tab.values() == before)
    assert CHECK["edited"] not in tab.text()
    assert not tab.complaints()


def test_a_good_place_after_a_bad_one_is_taken(corrected: Tab) -> None:
    tab = corrected
    start = resting(tab)
    tab.drag(tab.point("lumbar"), FORWARD * 14, 0)
    assert tab.wait(lambda: CHECK["edited"] in tab.text())
    good = resting(tab)
    assert good[0] != start[0] and good[1] != start[1]
    tab.drag(tab.point("lumbar"), -FORWARD * 150, 0)
    reason = EDIT["off_body"]["reason"].format(point=EDIT["point"]["lumbar"])
    assert tab.wait(lambda: reason in tab.text())
    assert resting(tab) == good
    tab.drag(tab.point("lumbar"), -FORWARD * 6, 0)
    assert tab.wait(lambda: reason not in tab.text())
    assert resting(tab)[0] not in (start[0], good[0])


def test_what_was_moved_is_taken_back_and_moved_again(corrected: Tab) -> None:
    tab, start = corrected, resting(corrected)

    def comes_to(expected: tuple[list[str], str]) -> bool:
        return tab.wait(lambda: (tab.values(), place(tab, "lumbar")) == expected)

    tab.drag(tab.point("lumbar"), FORWARD * 14, 0)
    tab.wait(lambda: tab.values() != start[0])
    moved = resting(tab)
    group = tab.point("lumbar").find_element("xpath", "..")
    group.send_keys(Keys.SHIFT, Keys.ARROW_UP, Keys.ARROW_UP)
    tab.wait(lambda: place(tab, "lumbar") != moved[1])
    nudged = resting(tab)
    tab.press_inside(".editor", EDITOR["undo"])
    assert comes_to(moved), "presses that follow each other are one step"
    press_keys(tab, Keys.CONTROL, "z")
    assert comes_to(start)
    assert tab.wait(lambda: CHECK["edited"] not in tab.text())
    press_keys(tab, Keys.CONTROL, "y")
    assert comes_to(moved)
    press_keys(tab, Keys.CONTROL, Keys.SHIFT, "z")
    assert comes_to(nudged)
    tab.press_inside(".editor", EDITOR["reset"])
    assert comes_to(start)
    tab.press_inside(".editor", EDITOR["undo"])
    assert comes_to(nudged), "going back to the measured points is a step, too"
    assert not tab.complaints()


def test_no_name_is_painted_over_a_point(corrected: Tab) -> None:
    painted = corrected.driver.execute_script(PAINTED)
    assert painted == ["name"] * 3 + ["point"] * 3


def test_a_point_is_moved_by_finger_on_a_phone(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(width=360, height=780)
    tab.upload(DEEP.path)
    before = tab.values()
    tab.click_text("label", CHECK["correct"])
    tab.drag(tab.point("lumbar"), FORWARD * 8, 0)
    assert tab.wait(lambda: tab.values() if tab.values() != before else None)
    assert tab.wait(lambda: CHECK["edited"] in tab.text())
