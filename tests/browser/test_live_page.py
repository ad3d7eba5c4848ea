"""The live page in a real browser whose camera shows a rendered person."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

import pytest

from posture._support.texts import page_texts
from posture.live.live_settings import live_settings
from tests.support.browser import Tab
from tests.support.present import known
from tests.support.running import browser_programs, running_page
from tests.support.samples import MEASURABLE
from tests.support.scenes import ARRIVAL, SESSION, Shot, write_camera

OpenTab = Callable[..., Tab]
LIVE = page_texts()["live"]
CAMERA, PROBLEM = LIVE["camera"], LIVE["camera"]["problem"]
INSTRUCTIONS = {item.key: item for item in live_settings().instructions}
BIG = {key: item.big for key, item in INSTRUCTIONS.items()}
CONNECTION = page_texts()["connection"]
SAID = """
    for (const node of document.querySelectorAll("*")) {
      const found = node.shadowRoot?.querySelector(".connection");
      if (found) return found.textContent;
    }"""
# Words of Streamlit's own that a person can see.
STRANGER = """
    const kinds = ["stDialog", "stConnectionStatus"].map((kind) => `[data-testid=${kind}]`);
    return [...document.querySelectorAll(kinds.join())].some((one) => one.checkVisibility());"""
# Names of those parts of the live view that are shown and do not lie in its box, in the window.
MISPLACED = """(() => {
    const box = live.parts.root.getBoundingClientRect();
    const room = { top: Math.max(box.top, 0), bottom: Math.min(box.bottom, innerHeight) };
    return Object.entries(live.parts).filter(([, part]) => {
      const { top, bottom, left, right, height } = part.getBoundingClientRect();
      const inside = top >= room.top - 1 && bottom <= room.bottom + 1
        && left >= box.left - 1 && right <= box.right + 1;
      return part.checkVisibility() && part.textContent + part.tagName !== "DIV" && !inside;
    }).map(([name]) => name);
  })()"""
# Keeps every track that the page is given, so that a test can see whether it was stopped.
KEEP_TRACKS = """
    window.tracks = [];
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wish) => {
      if (window.noCamera) throw new DOMException("", window.noCamera);
      const stream = await open(wish);
      window.tracks.push(...stream.getTracks());
      return stream;
    };"""


@pytest.fixture(scope="module")
def person(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A camera before which somebody arrives and stands still four times, again and again."""
    path = tmp_path_factory.mktemp("camera") / "person.mjpeg"
    return write_camera(path, (*ARRIVAL, *SESSION))


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A camera before which somebody stands who never turns to the side."""
    path = tmp_path_factory.mktemp("camera") / "front.mjpeg"
    return write_camera(path, (Shot("turn-85", 2),))


@pytest.fixture(scope="module")
def _live_tab(open_tab: OpenTab, front: Path) -> Tab:
    tab = open_tab("live", camera=front)
    tab.command("Page.addScriptToEvaluateOnNewDocument", {"source": KEEP_TRACKS})
    return tab


@pytest.fixture
def tab(_live_tab: Tab) -> Tab:
    """The live page, loaded anew, its camera still off."""
    _live_tab.go("live")
    _live_tab.wait(lambda: _live_tab.live("true"))
    _live_tab.complaints()
    _live_tab.foreign_requests()
    assert tracks(_live_tab) == [], "the camera is off until somebody presses start"
    return _live_tab


def press(tab: Tab, button: str = "main") -> None:
    tab.wait(lambda: tab.live("true"))
    tab.live(f"live.parts.{button}.click()")


def word(tab: Tab) -> str:
    return str(tab.live("live.parts.word.textContent"))


def problem(tab: Tab) -> str:
    return str(tab.live("live.parts.problem.textContent"))


def running(tab: Tab) -> bool:
    """Whether frames are being answered."""
    before = tab.live("live.frames")
    tab.wait(lambda: tab.live("live.frames") > before + 1)
    return True


def said_of_connection(tab: Tab) -> str:
    return str(tab.driver.execute_script(SAID))


def tracks(tab: Tab) -> list[str]:
    return list(tab.driver.execute_script("return window.tracks.map((one) => one.readyState)"))


def test_from_arriving_to_the_result(open_tab: OpenTab, person: Path) -> None:
    """The person is guided, four pictures are taken by themselves, and their median is shown."""
    tab = open_tab("live", camera=person)
    tab.wait(lambda: tab.live("true"))
    # The clip runs from when the camera is switched on; the model is to be loaded by then.
    tab.live("(window.ready = false, live.beginAgain().then(() => (window.ready = true)))")
    tab.wait(lambda: tab.driver.execute_script("return window.ready"), seconds=60)
    press(tab)
    seen: list[str] = []

    def finished() -> bool:
        shown = tab.live("live.parts.word.textContent")
        if shown and shown not in seen:
            seen.append(shown)
        return bool(tab.all(".po-verdict h1"))

    tab.wait(finished, seconds=150)
    order = [BIG[key] for key in ("step-back", "turn", "arms", "hold", "step-away", "done")]
    assert seen == [shown for shown in order if shown in seen]
    assert {BIG["turn"], BIG["arms"], BIG["hold"], BIG["step-away"]} <= set(seen)
    assert "The low-back curve in these photos is" in tab.verdict()
    check = page_texts()["check"]
    assert tab.wait(lambda: check["reading_without_first"].format(count=4, counted=3) in tab.text())
    assert 45 < float(tab.values()[0].split("°")[0]) < 59
    size = """const i = document.querySelector("[data-testid=stImage] img");
        return i?.naturalWidth && [i.naturalWidth, i.naturalHeight]"""
    width, height = known(tab.wait(lambda: tab.driver.execute_script(size)))
    assert width < height <= 720, "of the room only what is round the person is shown"
    assert not tab.foreign_requests()
    assert not tab.complaints()


def test_lines_and_words_are_drawn_and_the_picture_is_mirrored(tab: Tab) -> None:
    press(tab)
    assert tab.wait(lambda: word(tab) == BIG["turn"])
    assert tab.wait(lambda: tab.live("live.parts.said.textContent")) == (INSTRUCTIONS["turn"].say)
    inked = """(() => { const c = live.parts.lines;
        const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        return d.some((value, k) => k % 4 === 3 && value > 0); })()"""
    assert tab.wait(lambda: tab.live(inked))
    assert tab.live("live.parts.picture.classList.contains('mirrored')")
    assert not tab.foreign_requests() and not tab.complaints()


def test_stop_and_leaving_switch_the_camera_off_at_once(tab: Tab) -> None:
    press(tab)
    running(tab)
    press(tab)
    assert tracks(tab) == ["ended"]
    assert tab.live("live.parts.state.textContent") == CAMERA["ready"]
    press(tab)
    running(tab)
    assert tracks(tab) == ["ended", "live"]
    tab.click_text("a", page_texts()["frame"]["pages"]["method"])
    tab.wait(lambda: page_texts()["method"]["title"] in tab.text())
    tab.wait(lambda: tracks(tab) == ["ended", "ended"])
    tab.click_text("a", page_texts()["frame"]["pages"]["live"])
    tab.wait(lambda: tab.live("!live.wanted"))
    assert tracks(tab) == ["ended", "ended"]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("NotFoundError", "missing"),
        ("NotReadableError", "busy"),
        ("NotAllowedError", "refused"),
    ],
)
def test_a_camera_that_does_not_start_is_told_and_started_when_it_can(
    tab: Tab, error: str, told: str
) -> None:
    tab.driver.execute_script(f"window.noCamera = '{error}'")
    press(tab)
    assert tab.wait(lambda: problem(tab) == PROBLEM[told])
    tab.driver.execute_script("window.noCamera = null")
    if told == "refused":
        press(tab)
    elif told == "missing":
        tab.driver.execute_script("navigator.mediaDevices.dispatchEvent(new Event('devicechange'))")
    assert running(tab)
    assert problem(tab) == ""


def test_a_camera_that_vanishes_is_told_and_comes_back_by_itself(tab: Tab) -> None:
    press(tab)
    running(tab)
    tab.driver.execute_script(
        "window.noCamera = 'NotFoundError'; window.tracks.at(-1).dispatchEvent(new Event('ended'))"
    )
    assert tab.wait(lambda: problem(tab) == PROBLEM["vanished"])
    tab.driver.execute_script(
        "window.noCamera = null; navigator.mediaDevices.dispatchEvent(new Event('devicechange'))"
    )
    assert running(tab)
    assert problem(tab) == ""


def test_a_tab_that_slept_goes_on(tab: Tab) -> None:
    press(tab)
    running(tab)
    hide = """
        Object.defineProperty(document, 'hidden', {{ value: {hidden}, configurable: true }});
        document.dispatchEvent(new Event('visibilitychange'));"""
    tab.driver.execute_script(hide.format(hidden="true"))

    def asleep() -> bool:
        before = tab.live("live.frames")
        time.sleep(0.7)
        return bool(tab.live("live.frames") == before)

    assert tab.wait(asleep)
    tab.driver.execute_script(hide.format(hidden="false"))
    assert tab.wait(lambda: problem(tab) == PROBLEM["asleep"])
    assert running(tab)
    assert tab.wait(lambda: problem(tab) == "")


def test_a_lost_connection_is_told_and_found_again(tab: Tab) -> None:
    press(tab)
    running(tab)
    offline = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    tab.command("Network.enable", {})
    tab.command("Network.emulateNetworkConditions", {**offline, "offline": True})
    assert tab.wait(lambda: problem(tab) == PROBLEM["lost"])
    tab.command("Network.emulateNetworkConditions", {**offline, "offline": False})
    assert running(tab)
    assert problem(tab) == ""


def test_all_of_the_live_view_lies_in_the_window_whatever_it_tells(tab: Tab) -> None:
    assert misplaced(tab) == []
    tab.driver.execute_script("window.noCamera = 'NotReadableError'")
    press(tab)
    assert tab.wait(lambda: problem(tab) == PROBLEM["busy"])
    assert misplaced(tab) == []
    press(tab)
    tab.driver.execute_script("window.noCamera = null")
    press(tab)
    tab.wait(lambda: tab.live("live.device.on"))
    assert tab.wait(lambda: CAMERA["starting"] not in tab.live("live.parts.root.innerText"))
    assert tab.wait(lambda: word(tab) == BIG["turn"])
    tab.live("live.page.tellPassing(live.data.words.problem.insecure)")
    assert misplaced(tab) == []
    above = "live.parts.picture.getBoundingClientRect().top"
    assert tab.live(f"live.parts.word.getBoundingClientRect().bottom <= {above}"), (
        "no head is hidden"
    )


def test_other_units_leave_the_camera_on(tab: Tab) -> None:
    press(tab)
    tab.wait(lambda: running(tab))
    tab.live("live.seen = true")
    tab.click_text("summary", page_texts()["live"]["about"])
    units = page_texts()["person"]["unit"]
    for unit, name in (("in", units["ft"]), ("mm", units["cm"])):
        tab.click_text("[data-testid=stButtonGroup] button", name)
        tab.wait(partial(tab.live, f"live.page.words.length.unit === '{unit}'"))
        assert tab.live("live.seen") and running(tab)


def misplaced(tab: Tab) -> list[str]:
    """What is shown of the live view and does not lie in its box, in the window."""
    found = []
    for width, height in ((1280, 900), (1280, 620), (390, 780), (320, 568)):
        tab.resize(width, height)
        # A moment passes until the box knows of the window.
        for _ in range(20):
            names = tab.live(MISPLACED)
            if not names:
                break
            time.sleep(0.1)
        found += [f"{name} at {width}" for name in names]
    tab.resize(1280, 1000)
    return found


def test_a_browser_that_refuses_the_camera_is_told_what_to_do(open_tab: OpenTab) -> None:
    tab = open_tab("live", refuse_camera=True)
    press(tab)
    assert tab.wait(lambda: problem(tab) == PROBLEM["refused"])
    assert tab.live("live.parts.main.textContent") == CAMERA["start"]


def test_the_level_shows_how_the_phone_is_held(tab: Tab) -> None:
    press(tab)
    running(tab)
    hold = "live.tilt({{ beta: {beta}, gamma: {gamma} }})"
    tab.live(hold.format(beta=90, gamma=0))
    assert tab.live("live.parts.levelText.textContent") == CAMERA["level_good"]
    tab.live(hold.format(beta=78, gamma=0))
    assert tab.live("live.parts.levelText.textContent") == CAMERA["pitch"].format(deg=12)
    tab.live(hold.format(beta=0, gamma=-83))
    assert CAMERA["roll"].format(deg=90) in tab.live("live.parts.levelText.textContent")


def test_a_phone_shows_everything_without_scrolling_sideways(
    open_tab: OpenTab, front: Path
) -> None:
    tab = open_tab("live", camera=front, width=360, height=780)
    press(tab)
    assert tab.wait(lambda: word(tab) == BIG["turn"])
    wide = "return document.scrollingElement.scrollWidth - innerWidth"
    assert tab.driver.execute_script(wide) <= 0
    tab.click_text("label", LIVE["simple"])
    assert tab.wait(lambda: tab.all("[data-testid=stCameraInput]"))


def test_pages_come_back_after_the_program_was_started_anew(
    tmp_path: Path, front: Path, open_tab: OpenTab
) -> None:
    """The live view goes on; a reading that the new program does not know is shown no more."""
    del open_tab  # skips or fails where there is no browser
    programs = browser_programs()
    assert programs is not None
    for name in ("live", "photo"):
        (tmp_path / name).mkdir()
    with ExitStack() as open_tabs, running_page(tmp_path) as server:
        live = open_tabs.enter_context(
            closing(Tab(programs, server.url, tmp_path / "live", camera=front))
        )
        live.go("live")
        press(live)
        running(live)
        photo = open_tabs.enter_context(closing(Tab(programs, server.url, tmp_path / "photo")))
        photo.go()
        photo.upload(MEASURABLE[0].path)
        photo.verdict()
        photo.settle()
        server.stop()
        assert live.wait(lambda: problem(live) == PROBLEM["lost"])
        assert photo.wait(lambda: said_of_connection(photo) == CONNECTION["lost"])
        assert said_of_connection(live) == "", "the live view tells it in its own place"
        streamlit = "Is Streamlit still running"
        assert photo.wait(lambda: any(streamlit in told for told in photo.complaints()), 40)
        assert not photo.driver.execute_script(STRANGER)
        before = live.live("live.frames")
        with running_page(tmp_path, port=server.port):
            assert photo.wait(
                lambda: said_of_connection(photo) == CONNECTION["renewed"], seconds=90
            )
            assert photo.wait(lambda: page_texts()["check"]["title"] in photo.text())
            assert not photo.all(".po-verdict")
            assert live.wait(lambda: live.live("live.frames") > before + 1, seconds=90)
            assert live.wait(lambda: word(live) == BIG["turn"])
            assert live.wait(lambda: problem(live) == "")
