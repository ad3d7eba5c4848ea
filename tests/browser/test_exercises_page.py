"""Exercises and wall test in a real browser: the timer, the sheet, phones."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from posture.advice.exercises import library
from posture.advice.red_flags import advice
from posture.advice.wall_test import home_test

if TYPE_CHECKING:
    from tests.support.browser import Tab

OpenTab = Callable[..., "Tab"]
LABELS = "[data-testid=stCheckbox] label"
# The timer lives in a shadow root: the first element on the page that has one with a timer in it.
TIMER = """
const host = [...document.querySelectorAll('*')].find(e => e.shadowRoot?.querySelector('.timer'));
const timer = host?.shadowRoot.querySelector('.timer');
"""
READ = "return ['.title', '.clock', 'button.main'].map(s => timer.querySelector(s).textContent);"
PRESS = """
timer.focus();
const event = new KeyboardEvent('keydown', {key: arguments[0], bubbles: true, cancelable: true});
timer.dispatchEvent(event);
"""


def _opened(open_tab: OpenTab, path: str, **size: int) -> Tab:
    """A page, come to from the landing page."""
    tab: Tab = open_tab(**size)
    tab.wait(lambda: tab.all("h1"))
    tab.go(path)
    return tab


def _start(tab: Tab) -> None:
    tab.click_text("[data-testid=stButton] button", advice().questions.none)
    tab.wait(lambda: tab.all("[data-testid=stDownloadButton]"))


def _timer(tab: Tab, *keys: str) -> list[str]:
    """Title, clock and main button of the timer, after pressing these keys."""
    for key in keys:
        tab.driver.execute_script(TIMER + PRESS, key)
    found: Any = tab.wait(lambda: tab.driver.execute_script(TIMER + READ))
    return [str(item) for item in found]


@pytest.fixture
def timed(open_tab: OpenTab) -> Tab:
    """The first exercise for a deeper curve, five times 40 s on two sides, with its timer."""
    tab = _opened(open_tab, "exercises")
    _start(tab)
    tab.click_text("button", library().page["choose_deep"])
    tab.wait(lambda: library().groups["deep"].title in tab.text())
    tab.click_text(LABELS, library().page["timer"])
    _timer(tab)
    return tab


def test_the_timer_counts_holds_rests_and_sides(timed: Tab) -> None:
    assert _timer(timed) == ["Ready: 5 sets", "0:40", "Start"]
    title, clock, button = _timer(timed, " ")
    assert (title, button) == ("Set 1 of 5, first side", "Pause")
    timed.wait(lambda: _timer(timed)[1] < clock)
    assert _timer(timed, "s")[0] == "Rest"
    assert _timer(timed, "s")[0] == "Set 1 of 5, other side"
    assert _timer(timed, *("s" * 17))[0] == "All sets done"
    assert _timer(timed, "r") == ["Ready: 5 sets", "0:40", "Start"]


def test_a_paused_timer_stands_still(timed: Tab) -> None:
    _timer(timed, " ")
    paused = _timer(timed, " ")
    assert paused[2] == "Go on"
    time.sleep(1.3)
    assert _timer(timed) == paused


def test_the_timer_survives_another_choice_on_the_page(timed: Tab) -> None:
    _timer(timed, " ", "s", "s")
    timed.click_text("button", library().conditions["scoliosis"].label)
    timed.wait(lambda: library().conditions["scoliosis"].note in timed.text())
    assert _timer(timed)[0] == "Set 1 of 5, other side"


def test_the_sheet_is_saved(open_tab: OpenTab) -> None:
    tab = _opened(open_tab, "exercises")
    _start(tab)
    sheet = tab.save(library().page["print"], ".html").decode()
    assert library().groups["middle"].title in sheet
    assert sheet.count("<article>") == sheet.count("<svg xmlns") == 9


@pytest.mark.parametrize("path", ["exercises", "wall-test"])
def test_a_phone_needs_no_sideways_scrolling(open_tab: OpenTab, path: str) -> None:
    tab = _opened(open_tab, path, width=360, height=780)
    if path == "exercises":
        _start(tab)
    width = tab.driver.execute_script("return document.documentElement.scrollWidth")
    assert width <= 360


def test_the_exercises_are_read_without_endless_scrolling(open_tab: OpenTab) -> None:
    tab = _opened(open_tab, "exercises", width=1280, height=900)
    _start(tab)
    tab.wait(lambda: len(tab.all("[data-testid=stImage] img")) >= 5)
    height = "return document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight"
    assert tab.driver.execute_script(height) < 4 * 900


def test_a_phone_shows_every_sign_whole(open_tab: OpenTab) -> None:
    tab = _opened(open_tab, "exercises", width=360, height=780)
    signs = [sign for group in advice().questions.groups.values() for sign in group.signs]
    tab.wait(lambda: all(sign in tab.text() for sign in signs))
    cut = tab.driver.execute_script(
        "return [...document.querySelectorAll('[data-testid=stMarkdown] li, button p')]"
        ".filter(p => p.parentElement.scrollWidth > p.parentElement.clientWidth + 1)"
        ".map(p => p.textContent)"
    )
    assert cut == []


def test_an_answer_of_the_wall_test_is_chosen_on_its_picture(open_tab: OpenTab) -> None:
    tab = _opened(open_tab, "wall-test", width=360, height=780)
    pictures = "[role=radiogroup] img"
    tab.wait(lambda: len(tab.all(pictures)) == len(home_test().answers))
    chosen = home_test().answers[2]
    picture = next(item for item in tab.all(pictures) if item.get_attribute("alt") == chosen.alt)
    assert picture.size["width"] > 90 and picture.size["height"] > 90
    tab.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", picture)
    picture.click()
    assert tab.wait(lambda: chosen.means in tab.text())
    assert not tab.complaints()
