"""The page of a study: photos are captured, and it holds no number of any back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from posture.app import memory
from posture.app.environment import STUDY
from posture.app.navigation import page_names
from posture.app.phone import address
from posture.app.views import study as view
from posture.study.folder import PARTICIPANTS, Sitting, read_study, session_values
from posture.study.study_settings import study_settings
from tests.integration.app.test_pages import press, shown, upload
from tests.integration.app.test_phone_intake import HOME, choose, open_phone, send_all, server_of
from tests.integration.test_study_command import numbers, told
from tests.support.samples import MEASURABLE, REFUSABLE
from tests.support.studies import new_study, taken

pytestmark = pytest.mark.model

MAIN = Path(memory.__file__).with_name("main.py")
WORDS = study_settings().page
FOUR = [sample.path for sample in MEASURABLE[:4]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = new_study(tmp_path / "s")
    monkeypatch.setenv(STUDY, str(path))
    return path


def study_page() -> None:
    from posture.app.views import study

    study.page()


@pytest.fixture
def app(folder: Path) -> AppTest:
    page = AppTest.from_function(study_page, default_timeout=60).run()
    assert not page.exception
    return page


def everything(app: AppTest) -> str:
    """All that the page holds: what is drawn, and what the tab keeps."""
    alerts = [element.value for kind in (app.success, app.warning) for element in kind]
    return f"{app!r}{app.session_state!r}{alerts}{shown(app)}"


def chosen(app: AppTest) -> tuple[str, ...]:
    return tuple(str(box.value) for box in app.selectbox)


def test_the_next_of_the_order_is_chosen_and_the_study_is_all_there_is(folder: Path) -> None:
    app = AppTest.from_file(str(MAIN), default_timeout=60).run()
    assert not app.exception
    assert app.title[0].value == read_study(folder).design.title
    assert chosen(app) == ("P03", "B", "1")
    assert WORDS["nothing"] in shown(app)
    assert page_names() == ("study",)


def test_a_sitting_is_captured_and_no_number_is_on_the_page(app: AppTest, folder: Path) -> None:
    upload(app, FOUR[0])
    assert app.success[0].value == "C0001: stance 1 of 4 is measured."
    held = everything(app)
    upload(app, REFUSABLE[0].path)
    assert "cannot be measured. " in app.warning[0].value
    assert app.header[0].value == "Stance 2 of 4"
    held += everything(app)
    upload(app, *FOUR[1:])
    assert not app.exception
    held += everything(app)
    study = read_study(folder)
    assert session_values(study, "slca_deg")[0].stances == 4
    assert numbers(study) and not told(held) & numbers(study)
    assert not {"±", "po-gauge", "po-verdict", "po-number"} & set(held.split())
    assert "±" not in held and "gauge" not in held
    assert not app.get("imgs") and not app.get("download_button") and not app.toggle


def test_when_all_stances_are_there_the_next_comes(app: AppTest, folder: Path) -> None:
    upload(app, *FOUR)
    assert "All 4 stances of P03, rater B, session 1 are there." in app.success[-1].value
    assert not app.file_uploader
    press(app, "Next: P03, rater A, session 1")
    assert chosen(app) == ("P03", "A", "1")
    assert WORDS["nothing"] in shown(app) and not app.success
    assert app.header[0].value == "Stance 1 of 4"
    assert len(read_study(folder).captures) == 4


def test_a_photo_of_another_sitting_is_told(app: AppTest, folder: Path) -> None:
    upload(app, FOUR[0])
    app.selectbox(key=view._RATER).set_value("A")
    app.run()
    upload(app, FOUR[0])
    assert "is C0001 already, of P03, rater B, session 1" in app.warning[0].value
    assert len(read_study(folder).captures) == 1


def test_what_is_there_already_is_told(folder: Path) -> None:
    taken(folder, ["40", "refused"], Sitting("P03", "B", 1))
    app = AppTest.from_function(study_page, default_timeout=60).run()
    page = shown(app)
    assert "Stance 1: measured (C0001)" in page and "Stance 2: not measured (C0002)" in page
    assert app.header[0].value == "Stance 2 of 4"


def test_a_mistake_is_made_void_with_its_reason(app: AppTest, folder: Path) -> None:
    upload(app, *FOUR)
    press(app, WORDS["void"])
    assert "no line of text" in app.warning[-1].value
    app.selectbox(key="study.void.4.which").set_value("C0002")
    app.text_input(key="study.void.4.why").set_value("sat down before")
    press(app, WORDS["void"])
    assert not app.exception and "Stance 2: void (C0002)" in shown(app)
    assert read_study(folder).captures[1].void == "sat down before"
    assert app.header[0].value == "Stance 4 of 4" and app.file_uploader


def test_photos_come_from_a_phone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "home_addresses", lambda: (HOME,))
    app = AppTest.from_function(study_page, default_timeout=60).run()
    choose(app, "phone")
    send_all(open_phone(app), *(path.read_bytes() for path in FOUR))
    app.run()
    assert not app.exception
    assert "All 4 stances" in app.success[-1].value
    assert len(read_study(folder).captures) == 4 and server_of(app) is None


def test_somebody_without_a_height_is_told(folder: Path) -> None:
    path = folder / PARTICIPANTS
    path.write_text(path.read_text().replace("1720", ""))
    app = AppTest.from_function(study_page, default_timeout=60).run()
    assert "P03 has no height" in app.warning[0].value and not app.file_uploader


def spoiled(folder: Path) -> None:
    (folder / PARTICIPANTS).write_text("id\n")


def removed(folder: Path) -> None:
    (folder / "study.toml").unlink()


@pytest.mark.parametrize("harm", [spoiled, removed])
def test_a_study_that_cannot_be_read_is_told(folder: Path, harm: Callable[[Path], None]) -> None:
    harm(folder)
    app = AppTest.from_function(study_page, default_timeout=60).run()
    assert len(app.error) == 1 and not app.exception
