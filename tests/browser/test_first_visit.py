"""The first visit after a start may go straight to any page."""

from __future__ import annotations

import os

import pytest

from tests.support.running import browser_programs, running_page


def test_a_link_to_the_exercises_works_on_a_fresh_server(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    programs = browser_programs()
    if programs is None:
        if os.environ.get("CI") == "true":
            pytest.fail("needs chromium and chromedriver")
        pytest.skip("needs chromium and chromedriver (Debian: tools/test-browser installs them)")
    from tests.support.browser import Tab

    with running_page(tmp_path_factory.mktemp("home")) as server:
        tab = Tab(programs, server.url, tmp_path_factory.mktemp("tab"))
        try:
            tab.go("exercises")
            tab.wait(lambda: "None of these apply" in tab.text())
        finally:
            tab.close()
