"""Points that are dropped where no back is go back, and the page says why."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from posture._support.texts import page_texts, texts
from tests.support.browser import Tab
from tests.support.samples import MEASURABLE

CHECK, EDIT = page_texts()["check"], texts()["edit"]
DEEP = next(sample for sample in MEASURABLE if sample.band == "deep")
# Towards the belly is the way that the person looks to.
FORWARD = -1 if DEEP.facing == "left" else 1
POINT = """
    for (const node of document.querySelectorAll("*")) {
      const point = node.shadowRoot?.querySelector(`[data-point=${arguments[0]}]`);
      if (point) return point.getAttribute("transform");
    }"""


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


def test_a_point_is_moved_by_finger_on_a_phone(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(width=360, height=780)
    tab.upload(DEEP.path)
    before = tab.values()
    tab.click_text("label", CHECK["correct"])
    tab.drag(tab.point("lumbar"), FORWARD * 8, 0)
    assert tab.wait(lambda: tab.values() if tab.values() != before else None)
    assert tab.wait(lambda: CHECK["edited"] in tab.text())
