"""Choosing among things that are called alike."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from posture._support.texts import page_texts
from posture.advice.exercises import library
from posture.advice.wall_test import home_test
from posture.app.parts.choice import distinct_labels
from posture.app.parts.intake import samples


def test_labels_that_are_alike_are_numbered() -> None:
    assert distinct_labels(["b", "a", "b"]) == ("b (1 of 2)", "a", "b (2 of 2)")
    assert distinct_labels(["a", "b"]) == ("a", "b")
    assert distinct_labels([]) == ()


def test_a_label_that_looks_numbered_is_told_apart_too() -> None:
    labels = distinct_labels(["a", "a", "a (1 of 2)"])
    assert len(set(labels)) == 3


def test_things_are_chosen_by_their_id() -> None:
    def page() -> None:
        import streamlit as st

        from posture.app.parts.choice import choose

        things = {"first": "40°", "second": "40°", "third": "41°"}
        st.session_state["chosen"] = choose("Session", things, "choice", start=1)

    app = AppTest.from_function(page).run()
    assert app.session_state["chosen"] == "second"
    assert app.selectbox(key="choice").options == ["40° (1 of 2)", "40° (2 of 2)", "41°"]
    for one in ("first", "second", "third"):
        app.selectbox(key="choice").set_value(one)
        app.run()
        assert app.session_state["chosen"] == one


def test_fixed_choices_have_labels_of_their_own() -> None:
    """Where Streamlit's own lists are used, no two of their labels may be alike."""
    check, person, shelf = page_texts()["check"], page_texts()["person"], library()
    for labels in (
        list(check["sources"].values()),
        list(check["layer"].values()),
        list(person["sexes"].values()),
        [answer.label for answer in home_test().answers],
        [item.label for item in shelf.conditions.values()],
        [path.stem for path in samples()],
    ):
        assert len(set(labels)) == len(labels)
