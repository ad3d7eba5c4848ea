"""A picture that lies on its side or stands on its head is set upright by a button."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from posture._support.texts import page_texts
from posture.app import memory
from tests.support.samples import MEASURABLE

pytestmark = pytest.mark.model
CHECK = page_texts()["check"]
SAMPLE = MEASURABLE[0]
LABELS = [CHECK["turn"][f"quarter_{quarters}"] for quarters in (1, 2, 3)]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "memory_path", lambda: tmp_path / "person.json")


def check_page() -> None:
    import streamlit as st

    from posture.app.navigation import all_pages
    from posture.app.views import check

    st.navigation(all_pages(), position="hidden")
    check.page()


def lying(quarters: int) -> bytes:
    """A sample that has to be turned clockwise by so many quarters."""
    file = io.BytesIO()
    with Image.open(SAMPLE.path) as picture:
        picture.rotate(90 * quarters, expand=True).save(file, "png")
    return file.getvalue()


def measured(data: bytes) -> AppTest:
    app = AppTest.from_function(check_page, default_timeout=60).run()
    app.file_uploader[0].set_value([("photo.png", data, "image/png")])
    app.run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    return "\n".join(str(element.value) for element in app.html)


def offered(app: AppTest) -> list[str]:
    return [button.label for button in app.button if button.label in LABELS]


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_lying_picture_is_turned_and_measured(quarters: int) -> None:
    app = measured(lying(quarters))
    assert CHECK["cannot"] in shown(app) and "po-gauge" not in shown(app)
    assert offered(app) == [CHECK["turn"][f"quarter_{quarters}"]]
    next(button for button in app.button if button.label in LABELS).click()
    app.run()
    assert not app.exception
    upright = measured(lying(0))
    assert "po-gauge" in shown(app) and not offered(app)
    assert gauges(app) == gauges(upright)


def gauges(app: AppTest) -> str:
    return next(str(element.value) for element in app.html if "po-gauge" in str(element.value))


def test_an_upright_picture_is_not_offered_to_turn() -> None:
    assert not offered(measured(lying(0)))
