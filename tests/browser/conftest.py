"""A running page and a real browser for the tests that need them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.running import Server, browser_programs, running_page

if TYPE_CHECKING:
    from tests.support.browser import Tab


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_page(tmp_path_factory.mktemp("home")) as found:
        yield found


@pytest.fixture(scope="session")
def _tabs() -> list[Tab]:
    return []


@pytest.fixture(autouse=True)
def _resting(_tabs: list[Tab]) -> Iterator[None]:
    """No page keeps a camera, and the machine, busy after its test."""
    yield
    for tab in _tabs:
        tab.driver.get("about:blank")


@pytest.fixture(scope="session")
def programs() -> tuple[str, str]:
    """Paths of chromium and chromedriver."""
    found = browser_programs()
    if found is None:
        message = "needs chromium and chromedriver (Debian: tools/test-browser installs them)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="session")
def open_tab(
    server: Server,
    programs: tuple[str, str],
    tmp_path_factory: pytest.TempPathFactory,
    _tabs: list[Tab],
) -> Iterator[Callable[..., Tab]]:
    """Opens a fresh browser on the page; each call one of its own."""
    from tests.support.browser import Tab

    def open_one(path: str = "", **options: Any) -> Tab:
        folder = tmp_path_factory.mktemp("tab")
        _tabs.append(Tab(programs, server.url, folder, **options))
        _tabs[-1].go(path)
        return _tabs[-1]

    yield open_one
    for tab in _tabs:
        tab.close()


@pytest.fixture(scope="session")
def _one_browser(open_tab: Callable[..., Tab]) -> Tab:
    return open_tab()


@pytest.fixture
def tab(_one_browser: Tab) -> Tab:
    """One browser for many tests; loading the page anew starts a new session."""
    _one_browser.go()
    _one_browser.foreign_requests()
    _one_browser.complaints()
    return _one_browser
