"""Numbers that no person has are used nowhere, and the page says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from posture._support.texts import page_texts
from posture.app import memory
from posture.app.memory import PersonalDetails
from posture.errors import InvalidInput
from posture.subject import Subject, parse_stature_mm
from tests.support.samples import MEASURABLE

FIELD, CHECK = page_texts()["person"], page_texts()["check"]
PHOTO = MEASURABLE[0].path
NO_HEIGHTS_CM = [2.0, 60.96, 79.9, 252.1, 271.8, 1e6, 0.0, -170.0]
NO_HEIGHTS_FT = [(2, 0.0), (8, 11.0), (8, 4.0), (5, 12.0), (5, -1.0), (0, 0.0), (None, 69.0)]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "posture" / "person.json"
    monkeypatch.setattr(memory, "memory_path", lambda: path)
    return path


def check_page() -> None:
    import streamlit as st

    from posture.app.navigation import all_pages
    from posture.app.views import check

    st.navigation(all_pages(), position="hidden")
    check.page()


def form_page() -> None:
    import streamlit as st

    from posture.app.parts.person_form import person_form

    st.session_state["test.subject"] = person_form()


@pytest.fixture
def form() -> AppTest:
    """The fields alone."""
    return AppTest.from_function(form_page, default_timeout=60).run()


def give(app: AppTest, label: str, value: float | None) -> AppTest:
    next(field for field in app.number_input if field.label == label).set_value(value)
    return app.run()


def used(app: AppTest) -> Subject:
    subject: Subject = app.session_state["test.subject"]
    return subject


def warned(app: AppTest) -> list[str]:
    return [str(element.value) for element in app.warning]


@pytest.mark.parametrize("height", NO_HEIGHTS_CM)
def test_no_height_in_centimetres(form: AppTest, height: float) -> None:
    assert used(give(form, FIELD["stature_cm"], 170.0)).stature_mm == 1700
    assert used(give(form, FIELD["stature_cm"], height)).stature_mm is None
    assert warned(form) == [
        FIELD["refused"]["stature"].format(given=f"{height:g} cm", low="80 cm", high="252 cm")
    ]
    assert used(give(form, FIELD["stature_cm"], 176.0)).stature_mm == 1760
    assert not warned(form)


@pytest.mark.parametrize(("feet", "inches"), NO_HEIGHTS_FT)
def test_no_height_in_feet(form: AppTest, feet: int | None, inches: float) -> None:
    form.segmented_control(key="person.units").set_value("ft")
    form.run()
    give(form, FIELD["feet"], feet)
    assert used(give(form, FIELD["inches"], inches)).stature_mm is None
    (sentence,) = warned(form)
    assert f"{inches:g} in is not used: give 2 ft 7 in to 8 ft 3 in" in sentence


@pytest.mark.parametrize(
    ("label", "wrong", "name"),
    [("age", 0, "age"), ("age", 150, "age"), ("hand_mm", 3.0, "hand"), ("hand_mm", 200.0, "hand")],
)
def test_no_age_and_no_hand(form: AppTest, label: str, wrong: float, name: str) -> None:
    subject = used(give(form, FIELD[label], wrong))
    assert subject.age is None and subject.hand_thickness_mm is None
    (sentence,) = warned(form)
    assert sentence.startswith(FIELD["refused"][name].split("{")[0])


def test_nothing_given_is_no_mistake(form: AppTest) -> None:
    assert used(form) == Subject() and not warned(form)
    form.segmented_control(key="person.units").set_value("ft")
    assert used(form.run()) == Subject() and not warned(form)


@pytest.mark.model
def test_the_reading_forgets_the_height_before_and_says_so() -> None:
    app = AppTest.from_function(check_page, default_timeout=60).run()
    app.file_uploader[0].set_value([(PHOTO.name, PHOTO.read_bytes(), "image/jpeg")])
    app.run()
    give(app, FIELD["stature_cm"], 170.0)
    shown = "\n".join(str(element.value) for element in app.html)
    assert " mm</small>" in shown and not warned(app)
    give(app, FIELD["stature_cm"], 20.0)
    shown = "\n".join(str(element.value) for element in app.html)
    assert "% of bridge" in shown and " mm</small>" not in shown
    # Once at the field, once with the reading.
    assert len(warned(app)) == 2 and len(set(warned(app))) == 1


def test_a_refused_height_is_not_remembered(form: AppTest) -> None:
    form.toggle(key="person.remember").set_value(True)
    give(form, FIELD["stature_cm"], 170.0)
    give(form, FIELD["stature_cm"], 17.0)
    recalled = memory.recall()
    assert recalled is not None and recalled.subject.stature_mm is None


def test_a_height_that_was_remembered_before_is_held_against_the_same_limits() -> None:
    assert memory.remember(PersonalDetails(Subject(610.0, "f", 40.0), "ft"))
    assert memory.recall() == PersonalDetails(Subject(None, "f", 40.0), "ft")


@pytest.mark.parametrize("text", ["2ft", "8ft11", "60cm", "2.6m", "79cm"])
def test_the_command_holds_to_the_same_limits(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_stature_mm(text)
