"""The day that a reading is kept under is the photo's own, and the page says so."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from posture.app import memory
from posture.history import History, Session
from posture.history.story import day
from posture.history.words import history_texts
from tests.support.samples import MEASURABLE

pytestmark = pytest.mark.model
KEEP = history_texts()["keep"]
DATE_TAKEN, ZONE, EXIF_FOLDER = 0x9003, 0x9011, 0x8769


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "history.sqlite3"
    for module in (
        "posture.history.store",
        "posture.app.parts.keep",
        "posture.app.views.progress",
    ):
        monkeypatch.setattr(f"{module}.history_path", lambda: place)
    monkeypatch.setattr(memory, "memory_path", lambda: tmp_path / "person.json")
    return place


def check_page() -> None:
    import streamlit as st

    from posture.app.navigation import all_pages
    from posture.app.views import check

    st.navigation(all_pages(), position="hidden")
    check.page()


def progress_page() -> None:
    import streamlit as st

    from posture.app.navigation import all_pages
    from posture.app.views import progress

    st.navigation(all_pages(), position="hidden")
    progress.page()


def taken(moment: str | None, zone: str | None = None, sample: int = 0) -> bytes:
    """A sample photo with a camera's note of when it was taken."""
    notes = Image.Exif()
    if moment is not None:
        notes.get_ifd(EXIF_FOLDER)[DATE_TAKEN] = moment
    if zone is not None:
        notes.get_ifd(EXIF_FOLDER)[ZONE] = zone
    file = io.BytesIO()
    with Image.open(MEASURABLE[sample].path) as picture:
        picture.save(file, "jpeg", quality=95, exif=notes)
    return file.getvalue()


def run(page: Callable[[], None]) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    return app


def measured(*photos: bytes) -> AppTest:
    app = run(check_page)
    files = [(f"{number}.jpg", data, "image/jpeg") for number, data in enumerate(photos)]
    app.file_uploader[0].set_value(files)
    return app.run()


def keep(app: AppTest) -> AppTest:
    next(field for field in app.text_input if field.label == KEEP["name"]).set_value("Ann")
    app.run()
    app.button(key="keep.button").click()
    app.run()
    assert not app.exception
    return app


def kept(path: Path) -> tuple[Session, ...]:
    with History(path) as history:
        return history.sessions("Ann")


def drawn(app: AppTest) -> set[str]:
    """The times of the first chart's points."""
    tables = [
        pyarrow.ipc.open_stream(dataset.data.data).read_all().to_pylist()
        for dataset in app.get("vega_lite_chart")[0].proto.datasets
    ]
    return {row["when"] for table in tables for row in table if "when" in row}


def said(app: AppTest) -> list[str]:
    return [str(element.value) for element in app.caption]


def test_an_old_photo_is_kept_under_its_own_day(path: Path) -> None:
    app = measured(taken("2024:03:21 23:30:00"))
    assert app.date_input[0].value == date(2024, 3, 21)
    assert KEEP["day_known"].format(day="2024-03-21") in said(app)
    keep(app)
    assert [day(session) for session in kept(path)] == ["2024-03-21"]


@pytest.mark.parametrize("there", ["+13:00", "-11:00", None])
@pytest.mark.parametrize("here", ["Pacific/Auckland", "America/Los_Angeles", "Europe/Berlin"])
def test_its_day_is_that_day_in_any_zone(
    path: Path, monkeypatch: pytest.MonkeyPatch, there: str | None, here: str
) -> None:
    keep(measured(taken("2024:03:21 00:30:00", there)))
    monkeypatch.setenv("TZ", here)
    time.tzset()
    try:
        (session,) = kept(path)
        assert day(session) == "2024-03-21"
        app = run(progress_page)
        assert "2024-03-21" in "".join(str(element.value) for element in app.html)
        # Without a zone, a browser takes it for its own clock's.
        assert drawn(app) == {"2024-03-21T00:30:00"}
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_photo_without_a_date_is_of_today_and_that_is_said(path: Path) -> None:
    app = measured(taken(None))
    assert app.date_input[0].value == date.today()
    assert KEEP["day_unknown"] in said(app)
    keep(app)
    assert [day(session) for session in kept(path)] == [date.today().isoformat()]


def test_the_person_knows_better(path: Path) -> None:
    app = measured(taken("2024:03:21 23:30:00"))
    app.date_input[0].set_value(date(2024, 5, 2))
    app.run()
    keep(app)
    assert [session.taken_at for session in kept(path)] == ["2024-05-02"]


def test_the_next_photo_brings_its_own_day() -> None:
    app = measured(taken("2024:03:21 23:30:00"))
    app.button(key="check.new_reading").click()
    app.run()
    app.file_uploader[0].set_value([("b.jpg", taken("2025:07:01 08:00:00"), "image/jpeg")])
    app.run()
    assert app.date_input[0].value == date(2025, 7, 1)


def test_photos_of_several_days_say_so() -> None:
    app = measured(taken("2024:03:21 23:30:00"), taken("2024:03:23 07:00:00", sample=1))
    assert app.date_input[0].value == date(2024, 3, 23)
    assert KEEP["days_known"].format(first="2024-03-21", last="2024-03-23") in said(app)


def test_a_date_of_the_future_is_none() -> None:
    """A clock that was never set, or set wrong."""
    ahead = datetime.now() + timedelta(days=40)
    app = measured(taken(f"{ahead:%Y:%m:%d %H:%M:%S}"))
    assert app.date_input[0].value == date.today()


def test_a_reading_is_kept_again_under_another_day(path: Path) -> None:
    app = keep(measured(taken("2024:03:21 23:30:00")))
    assert KEEP["done"] in [str(element.value) for element in app.success]
    app.date_input[0].set_value(date(2024, 5, 2))
    app.run()
    assert not app.success
    app.button(key="keep.button").click()
    app.run()
    assert [day(session) for session in kept(path)] == ["2024-03-21", "2024-05-02"]
