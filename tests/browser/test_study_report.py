"""The report of a study in a browser: everybody can read it, and it asks nothing of anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from posture.study.folder import read_study
from posture.study.report import PAGE, report_files, report_of
from tests.support.axe import obstacles
from tests.support.browser import Tab
from tests.support.simulated_studies import simulated_study


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    report = report_of(read_study(simulated_study(folder / "study", 5)))
    (folder / PAGE).write_bytes(report_files(report)[PAGE])
    return folder / PAGE


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (320, 780)])
def test_nothing_is_in_the_way_of_a_report(
    page: Path, programs: tuple[str, str], tmp_path: Path, width: int, height: int
) -> None:
    tab = Tab(programs, page.as_uri(), tmp_path, width=width, height=height)
    try:
        tab.driver.get(page.as_uri())
        assert not obstacles(tab)
        assert not tab.foreign_requests()
        # Tables scroll by themselves; the page does not.
        across = tab.driver.execute_script("return document.documentElement.scrollWidth")
        assert across <= width
    finally:
        tab.close()
