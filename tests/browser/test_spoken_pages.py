"""The pages in every language: all of it, in that language, and whole on the narrowest screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from posture._support.language import ENGLISH, in_language, language_codes
from posture._support.tables import plain_table
from posture._support.texts import language_names, page_texts
from posture.advice.red_flags import advice
from posture.app.navigation import NAMES
from posture.app.phone.settings import phone_settings
from tests.support.browser import Tab
from tests.support.samples import MEASURABLE, REFUSABLE

OpenTab = Callable[..., Tab]
NARROWEST = (320, 780)
OTHERS = [code for code in language_codes() if code != ENGLISH]
FILES = ("advice", "app", "drawings", "exercises", "findings", "history", "live", "phone", "texts")
# Words that are cut off by the edge of what they stand in, and that nobody can scroll to.
CLIPPED = """
    const found = new Set();
    const parent = (node) => node.parentElement ?? node.getRootNode().host;
    const edges = (node) => {
      const range = document.createRange();
      range.selectNodeContents(node);
      return range.getBoundingClientRect();
    };
    const cuts = (box, text) => {
      const { left, right, width, height } = box.getBoundingClientRect();
      return width > 2 && height > 2 && (text.right > right + 1.5 || text.left < left - 1.5);
    };
    const look = (root) => {
      for (const node of root.querySelectorAll("*")) {
        if (node.shadowRoot) look(node.shadowRoot);
        if (!node.checkVisibility({ visibilityProperty: true })) continue;
        if (node.closest("[data-testid=stSidebar]")) continue;
        if (node instanceof SVGTextElement) {
          if (cuts(node.ownerSVGElement, node.getBoundingClientRect())) found.add(node.textContent);
          continue;
        }
        if (node.placeholder && !node.value && node.scrollWidth > node.clientWidth + 1)
          found.add(node.placeholder);
        const holds = ({ nodeType, textContent }) => nodeType === 3 && textContent.trim();
        if (![...node.childNodes].some(holds)) continue;
        const text = edges(node);
        if (text.width < 2) continue;
        for (let box = node; box && box !== document.body; box = parent(box)) {
          const { overflowX } = getComputedStyle(box);
          if (overflowX === "auto" || overflowX === "scroll") break;
          if (overflowX !== "visible" && cuts(box, text)) {
            found.add(node.textContent.trim());
            break;
          }
        }
      }
    };
    look(document);
    const main = document.querySelector("[data-testid=stMain]");
    if (main.scrollWidth > main.clientWidth) {
      const wide = [...main.querySelectorAll("*")]
        .filter((node) => node.getBoundingClientRect().right > innerWidth + 1)
        .filter((node) => !node.closest(".po-scroll"));
      found.add(`wider than the screen: ${wide.at(-1)?.outerHTML.slice(0, 200)}`);
    }
    return [...found];"""
TEXT_OF_ALL = """
    const read = (root) => [...root.querySelectorAll("*")].flatMap((node) => [
      ...(node.shadowRoot ? read(node.shadowRoot) : []),
      // Words of Streamlit that ours are set over have no size.
      ...(getComputedStyle(node).fontSize === "0px" ? [] : [...node.childNodes])
        .filter((one) => one.nodeType === 3).map((one) => one.textContent),
    ]);
    return read(document.body).map((one) => one.trim()).filter(Boolean);"""


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from leaves(item)


def sentences(code: str) -> set[str]:
    with in_language(code):
        return {one for name in FILES for one in leaves(plain_table(name))}


@pytest.fixture(scope="module", params=OTHERS)
def spoken(request: pytest.FixtureRequest, open_tab: OpenTab) -> Iterator[tuple[str, Tab]]:
    """A language, and the page in a browser that asks for it."""
    code: str = request.param
    tab = open_tab(language=code, width=NARROWEST[0], height=NARROWEST[1])
    with in_language(code):
        yield code, tab


def look(code: str, tab: Tab) -> None:
    """What is seen is whole, and none of it is a sentence of English alone."""
    tab.settle()
    tab.driver.execute_script(
        "for (const one of document.querySelectorAll('details:not([open]) summary')) one.click()"
    )
    tab.settle()
    tab.wait(lambda: tab.all(f"html[lang={code}]"))
    assert tab.driver.execute_script(CLIPPED) == []
    said = set(tab.driver.execute_script(TEXT_OF_ALL))
    assert said & (sentences(ENGLISH) - sentences(code)) == set()


def test_from_the_photo_to_the_reading(spoken: tuple[str, Tab]) -> None:
    code, tab = spoken
    tab.go()
    tab.wait(lambda: page_texts()["check"]["title"] in tab.text())
    look(code, tab)
    sources = page_texts()["check"]["sources"]
    tab.click_text("[data-testid=stButtonGroup] button", sources["phone"])
    tab.wait(partial(tab.says, phone_settings().computer["lead"]))
    look(code, tab)
    tab.go()
    tab.upload(MEASURABLE[2].path)
    tab.verdict()
    tab.wait(lambda: "," in tab.values()[1], seconds=20)
    look(code, tab)
    tab.go()
    tab.upload(REFUSABLE[0].path)
    tab.wait(lambda: page_texts()["check"]["cannot"] in tab.text())
    look(code, tab)


def test_the_other_pages(spoken: tuple[str, Tab]) -> None:
    code, tab = spoken
    for name, words in (
        ("live", page_texts()["live"]["title"]),
        ("wall-test", plain_table("wall_test")["title"]),
        ("progress", plain_table("history")["progress"]["title"]),
        ("method", page_texts()["method"]["sources_title"]),
        ("exercises", advice().questions.none),
    ):
        tab.go(name)
        tab.wait(partial(tab.says, words))
        look(code, tab)
    tab.click_text("[data-testid=stButton] button", advice().questions.none)
    tab.wait(lambda: tab.all("[data-testid=stDownloadButton]"))
    look(code, tab)


def test_another_language_is_chosen_at_the_foot_of_the_page(open_tab: OpenTab) -> None:
    tab = open_tab()
    tab.upload(MEASURABLE[2].path)
    english = tab.verdict()
    tab.click_text("[data-testid=stButtonGroup] button", language_names()["de"])
    with in_language("de"):
        title = page_texts()["check"]["alignment"]
        wanted = [page_texts()["frame"]["pages"][name] for name in NAMES]
    tab.wait(partial(tab.says, title))
    assert tab.verdict() != english
    tab.wait(lambda: all(name in tab.text() for name in wanted))
