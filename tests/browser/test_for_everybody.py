"""Whoever cannot see, point or read small print well finds nothing in the way, on any page.

Each page is walked through once; every state of it is looked at in both themes and both widths.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from posture._support.texts import page_texts
from posture.advice.exercises import library
from posture.advice.red_flags import advice
from posture.app.environment import STUDY
from posture.app.phone.address import home_addresses
from posture.app.phone.settings import phone_settings
from posture.history import History
from posture.history.keeping import session_of
from posture.history.words import history_texts
from posture.verdict.norms import load_norms
from tests.support.axe import Obstacle, obstacles
from tests.support.browser import Tab
from tests.support.example_results import measured_result
from tests.support.running import Server, running_page
from tests.support.samples import MEASURABLE, REFUSABLE
from tests.support.scenes import Shot, write_camera
from tests.support.studies import new_study

OpenTab = Callable[..., Tab]
Found = TypeVar("Found")
CHECK, EDITOR, LIVE = (page_texts()[name] for name in ("check", "editor", "live"))
BY_PHONE = phone_settings().computer
PROGRESS, QUESTIONS = history_texts()["progress"], advice().questions
COMPUTER, PHONE = (1280, 900), (360, 780)
# A window of 1280 px at 200 %, and the narrowest one that WCAG asks for (1.4.10).
NARROWER = ((640, 450), (320, 780))
# What is in the way but is Streamlit's own, by rule: the element, and why it hinders nobody.
OF_STREAMLIT = {
    # The place where files are dropped, round the button that opens them: it has a name though it
    # has no role.  It is passed over by keyboard, and the button has a name of its own.
    "presentation-role-conflict": 'data-testid="stFileUploaderDropzone"',
}
LEAST_PX = 24
# Without it colours glide into the other theme.
STILL = {"prefers-reduced-motion": "reduce"}
# What is pressed or tapped and smaller than that, links in running text apart.
SMALL = """
    const found = [], least = arguments[0] - 0.5;
    const pressed = `a[href], button, input, select, summary, [role=button], [role=slider]`;
    const look = (root) => {
      for (const node of root.querySelectorAll("*")) {
        if (node.shadowRoot) look(node.shadowRoot);
        if (!node.matches(pressed) || !node.checkVisibility({ visibilityProperty: true })) continue;
        if (getComputedStyle(node).display === "inline") continue;
        const target = (node.matches("input") && node.closest("label")) || node;
        const { width, height, right } = target.getBoundingClientRect();
        // Those that wait outside the window come into it larger: the link that skips the
        // navigation, and the navigation of a phone.
        if (width < 2 || right < 0 || node.closest("[data-testid=stSidebar]")) continue;
        if (width >= least && height >= least) continue;
        const name = node.ariaLabel || node.textContent || node.outerHTML;
        found.push(`${Math.round(width)} × ${Math.round(height)} ${name.slice(0, 60)}`);
      }
    };
    look(document);
    return found;"""
SIDEWAYS = """
    const main = document.querySelector("[data-testid=stMain]"), page = document.scrollingElement;
    const too_wide = Math.max(main.scrollWidth - main.clientWidth, page.scrollWidth - innerWidth);
    return too_wide > 0 ? [`${too_wide} px`] : [];"""
# Name and place of what has the focus, and whether a ring round it, or round the field or label
# that it lies in, can be seen on three sides at least.
FOCUSED = """
    let node = document.activeElement;
    while (node.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
    const parent = (one) => one.parentElement ?? one.getRootNode().host;
    const isRinged = (one) => {
      const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(one);
      const reach = parseFloat(outlineWidth) + parseFloat(outlineOffset);
      if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) return false;
      const ring = one.getBoundingClientRect(), cut = new Set();
      for (let box = parent(one); box && !box.matches("[data-testid=stMain]"); box = parent(box)) {
        if (getComputedStyle(box).overflowX === "visible") continue;
        const edge = box.getBoundingClientRect();
        if (ring.top - reach < edge.top) cut.add("top");
        if (ring.left - reach < edge.left) cut.add("left");
        if (ring.bottom + reach > edge.bottom) cut.add("bottom");
        if (ring.right + reach > edge.right) cut.add("right");
      }
      return cut.size < 2 && getComputedStyle(one).opacity > 0.1 && ring.width > 14;
    };
    let ringed = Boolean(node.querySelector?.(".rim"));
    for (let one = node, k = 0; k < 5 && one && !ringed; one = parent(one), k++)
      ringed = isRinged(one);
    const scrolled = document.querySelector("[data-testid=stMain]").scrollTop;
    return {
      name: node.ariaLabel || node.textContent.trim() || node.tagName, tag: node.tagName, ringed,
      top: node.getBoundingClientRect().top + scrolled,
    };"""
MOVING = """
    const found = [];
    const look = (root) => {
      for (const node of root.querySelectorAll("*")) {
        if (node.shadowRoot) look(node.shadowRoot);
        const { animationName, animationDuration, transitionDuration } = getComputedStyle(node);
        const slow = (times) => times.split(",").some((time) => parseFloat(time) > 0.02);
        if ((animationName !== "none" && slow(animationDuration)) || slow(transitionDuration))
          found.push(node.outerHTML.slice(0, 90));
      }
    };
    look(document);
    return found;"""


@dataclass
class Walk:
    """Somebody who goes through the pages and notes what is in the way."""

    tab: Tab
    noted: dict[str, str] = field(default_factory=dict)

    def look(self, state: str) -> None:
        """Look at the page as it is now, in every theme and width."""
        for width, height in (COMPUTER, PHONE):
            self.tab.resize(width, height)
            for theme in ("light", "dark"):
                prefer(self.tab, {"prefers-color-scheme": theme, **STILL})
                where = f"{state}, {theme}, {width} px"
                for found in lasting(partial(in_the_way, self.tab)):
                    self.note(f"{found.rule} {found.html}", f"{where}: {found.why}")
            for small in self.tab.driver.execute_script(SMALL, LEAST_PX):
                self.note(f"small: {small}", f"{state}, {width} px")
        for width, height in NARROWER:
            self.tab.resize(width, height)
            for wide in lasting(partial(self.tab.driver.execute_script, SIDEWAYS)):
                self.note(f"sideways at {width} px: {wide}", state)
        self.tab.resize(*COMPUTER)

    def note(self, what: str, where: str) -> None:
        """Each thing once, with where it was first seen."""
        self.noted.setdefault(what, where)


def lasting(look: Callable[[], list[Found]]) -> list[Found]:
    """What is found also when the page has had a moment to lay itself out anew."""
    for _ in range(10):
        if not look():
            return []
        time.sleep(0.1)
    return look()


def in_the_way(tab: Tab) -> list[Obstacle]:
    found = obstacles(tab)
    return [one for one in found if OF_STREAMLIT.get(one.rule, "\0") not in one.html]


def prefer(tab: Tab, wishes: dict[str, str]) -> None:
    """Tell the page what the person prefers, and wait until it has followed."""
    features = [{"name": name, "value": value} for name, value in wishes.items()]
    tab.command("Emulation.setEmulatedMedia", {"features": features})
    time.sleep(0.1)
    tab.settle()


@pytest.fixture(scope="module")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A camera before which somebody stands who never turns to the side."""
    return write_camera(tmp_path_factory.mktemp("camera") / "front.mjpeg", (Shot("turn-85", 2),))


@pytest.fixture(scope="module")
def _one_tab(open_tab: OpenTab, camera: Path) -> Tab:
    return open_tab(camera=camera)


@pytest.fixture
def walk(_one_tab: Tab) -> Iterator[Walk]:
    walk = Walk(_one_tab)
    yield walk
    assert not walk.noted, "\n".join(f"{what}\n    {where}" for what, where in walk.noted.items())


def unfold(tab: Tab) -> None:
    tab.driver.execute_script(
        "for (const one of document.querySelectorAll('details:not([open]) summary')) one.click()"
    )
    tab.settle()


def read(tab: Tab, *photos: Path) -> None:
    tab.go()
    tab.upload(*photos)
    tab.verdict()
    tab.settle()


def test_taking_in_a_photo(walk: Walk) -> None:
    tab = walk.tab
    tab.go()
    unfold(tab)
    walk.look("landing")
    for way, shown in (("camera", "stCameraInput"), ("samples", "stImage")):
        tab.click_text("[data-testid=stButtonGroup] button", CHECK["sources"][way])
        tab.wait(partial(tab.all, f"[data-testid={shown}]"))
        walk.look(way)
    tab.click_text("[data-testid=stButtonGroup] button", CHECK["sources"]["phone"])
    tab.wait(lambda: BY_PHONE["lead"] in tab.text())
    walk.look("phone")
    if home_addresses():
        tab.click_text("[data-testid=stButton] button", BY_PHONE["button"])
        tab.wait(lambda: tab.all(".po-code"))
        walk.look("code for the phone")
        tab.click_text("[data-testid=stButton] button", BY_PHONE["stop"])
        tab.wait(lambda: not tab.all(".po-code"))
    read(tab, REFUSABLE[0].path)
    walk.look("refused")


def test_a_reading(walk: Walk) -> None:
    tab = walk.tab
    read(tab, MEASURABLE[2].path)
    alt = known_alt(tab)
    assert all(figure.split()[0] in alt for figure in tab.values()[:2]), "the picture's numbers"
    unfold(tab)
    walk.look("reading")
    tab.click_text("[data-testid=stButton] button", CHECK["another_photo"])
    tab.wait(lambda: CHECK["another_lead"].format(number=2, whole=4) in tab.text())
    walk.look("another photo")
    tab.click_text("label", CHECK["correct"])
    tab.point("lumbar")
    walk.look("by hand")
    tab.drag(tab.point("lumbar"), 300, 0)
    tab.wait(lambda: tab.all("[data-testid=stAlert]"))
    walk.look("refused place")
    read(tab, MEASURABLE[0].path, MEASURABLE[2].path, REFUSABLE[1].path)
    walk.look("several photos")


def known_alt(tab: Tab) -> str:
    picture = tab.wait(lambda: tab.all("[data-testid=stImage] img")[0])
    return str(picture.get_attribute("alt"))


def test_the_live_view(walk: Walk) -> None:
    tab = walk.tab
    tab.go("live")
    tab.wait(lambda: tab.live("true"))
    unfold(tab)
    walk.look("camera off")
    tab.live("live.page.tellProblem('refused')")
    walk.look("camera refused")
    tab.live("live.start(true)")
    tab.wait(lambda: tab.live("live.frames > 3"), seconds=60)
    tab.live("live.tilt({ beta: 78, gamma: 0 })")
    walk.look("camera on")
    tab.live("live.stop()")


def test_exercises_wall_test_and_method(walk: Walk) -> None:
    tab = walk.tab
    tab.go("exercises")
    tab.wait(lambda: QUESTIONS.none in tab.text())
    walk.look("questions")
    tab.click_text("[data-testid=stButton] button", QUESTIONS.groups["soon"].answer)
    tab.wait(lambda: tab.all("[data-testid=stAlert]"))
    walk.look("to a clinician")
    tab.click_text("[data-testid=stButton] button", QUESTIONS.none)
    tab.wait(lambda: tab.all("[data-testid=stDownloadButton]"))
    tab.click_text("[data-testid=stCheckbox] label", library().page["timer"])
    unfold(tab)
    walk.look("exercises")
    tab.go("wall-test")
    tab.wait(lambda: tab.all("[data-testid=stRadio] input"))
    tab.driver.execute_script("document.querySelector('[data-testid=stRadio] input').click()")
    tab.settle()
    walk.look("wall test")
    tab.go("method")
    tab.wait(lambda: page_texts()["method"]["sources_title"] in tab.text())
    walk.look("method")


@pytest.fixture
def kept(server: Server) -> Iterator[None]:
    """Two sessions of a person, for as long as the test lasts."""
    with History(server.log.parent / "data" / "posture" / "history.sqlite3") as history:
        for day in (1, 2):
            when = datetime(2026, 3, day, 12, tzinfo=UTC)
            history.save("Ann", session_of([measured_result()], when, load_norms()), {})
        yield
        history.delete_person("Ann")


def test_a_study(
    programs: tuple[str, str],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = new_study(tmp_path_factory.mktemp("study") / "s")
    monkeypatch.setenv(STUDY, str(folder))
    with running_page(tmp_path_factory.mktemp("home")) as page:
        tab = Tab(programs, page.url, tmp_path_factory.mktemp("tab"))
        try:
            walk = Walk(tab)
            tab.go()
            walk.look("nothing taken")
            for photos, shown in (
                ([REFUSABLE[0].path], "cannot be measured."),
                ([sample.path for sample in MEASURABLE[:4]], "All 4 stances"),
            ):
                tab.upload(*photos)
                tab.wait(lambda shown=shown: shown in tab.text())  # type: ignore[misc]
                unfold(tab)
                walk.look(shown)
        finally:
            tab.close()
    assert not walk.noted, "\n".join(f"{what}\n    {where}" for what, where in walk.noted.items())


def test_progress_without_and_with_sessions(walk: Walk, request: pytest.FixtureRequest) -> None:
    tab = walk.tab
    tab.go("progress")
    unfold(tab)
    walk.look("no session")
    request.getfixturevalue("kept")
    tab.go("progress")
    tab.wait(lambda: tab.all("[data-testid=stVegaLiteChart] canvas, .vega-embed svg"))
    unfold(tab)
    walk.look("progress")
    tab.click_text("button", PROGRESS["delete_one"])
    tab.wait(lambda: PROGRESS["sure"] in tab.text())
    walk.look("before deleting")


def tabbed(tab: Tab) -> Iterator[dict[str, object]]:
    """What gets the focus, one after the other, until it leaves the page."""
    tab.driver.execute_script("document.querySelector('[data-testid=stSkipToContent]').focus()")
    for _ in range(120):
        ActionChains(tab.driver).send_keys(Keys.TAB).perform()
        focused = tab.driver.execute_script(FOCUSED)
        if focused["tag"] == "BODY":
            return
        yield focused
    pytest.fail("the focus never leaves the page")


def test_the_keyboard_goes_down_the_page_and_shows_where_it_is(_one_tab: Tab) -> None:
    """On a phone everything stands below each other, so the focus goes downwards, too."""
    tab = _one_tab
    tab.resize(*PHONE)
    read(tab, MEASURABLE[2].path)
    tab.click_text("label", CHECK["correct"])
    tab.point("lumbar")
    unfold(tab)
    prefer(tab, {})
    places = list(tabbed(tab))
    names = [str(place["name"]) for place in places]
    for expected in (EDITOR["lumbar"], EDITOR["undo"], CHECK["save_pdf"]):
        assert any(expected in name for name in names), expected
    assert [place["name"] for place in places if not place["ringed"]] == []
    first = next(k for k, place in enumerate(places) if place["tag"] == "MAIN") + 1
    inside = places[first:]
    up = [
        (before["name"], after["name"])
        for before, after in pairwise(inside)
        if float(str(after["top"])) < float(str(before["top"])) - 60
    ]
    assert up == []
    # The navigation of a phone is gone through only when it is unfolded.
    live = page_texts()["frame"]["pages"]["live"]
    assert live not in names
    tab.all("[data-testid=stExpandSidebarButton]")[0].click()
    tab.wait(lambda: any(link.is_displayed() for link in tab.all("[data-testid=stSidebarNavLink]")))
    tab.click_text("[data-testid=stSidebarNavLink]", live)
    assert tab.wait(lambda: LIVE["title"] in tab.text())
    tab.resize(*COMPUTER)


def test_nothing_moves_for_whoever_wants_no_motion(_one_tab: Tab) -> None:
    tab = _one_tab
    for path in ("", "live", "exercises"):
        tab.go(path)
        prefer(tab, STILL)
        assert tab.driver.execute_script(MOVING) == []
