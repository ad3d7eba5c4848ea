"""The exercises page: questions first, then what the reading leads to."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from posture.advice.exercises import choose, library
from posture.advice.red_flags import advice
from posture.advice.sheet import exercise_sheet

DEEP_ONLY, FLAT_ONLY = "Half-kneeling hip-flexor stretch", "Prone prop to press-up"
QUESTIONS = advice().questions


def _script(verdict: str | None, age: float | None) -> None:
    from dataclasses import replace

    from posture.app.views import exercises
    from posture.result import Bands
    from tests.support.example_results import measured_result, refused_result

    if verdict is None:
        exercises.show(None)
    elif verdict == "refused":
        exercises.show(refused_result())
    else:
        result = replace(measured_result(), bands=Bands(verdict, verdict, verdict))
        exercises.show(replace(result, subject=replace(result.subject, age=age)))


def _page(verdict: str | None = None, age: float | None = 40.0) -> AppTest:
    page = AppTest.from_function(_script, args=(verdict, age), default_timeout=30).run()
    assert not page.exception
    return page


def _started(verdict: str | None = None, age: float | None = 40.0) -> AppTest:
    return _run(_page(verdict, age).button(key="flags.none").click())


def _run(widget: Any) -> AppTest:
    page: AppTest = widget.run()
    assert not page.exception
    return page


def _names(page: AppTest) -> list[str]:
    return [item.value for item in page.subheader]


def _said(page: AppTest) -> str:
    items = (*page.markdown, *page.caption, *page.info, *page.header)
    return "\n".join(str(item.value) for item in items)


def test_questions_come_before_exercises() -> None:
    page = _page("deep")
    assert not _names(page)
    said = _said(page)
    assert QUESTIONS.title in said and QUESTIONS.waiting in said
    assert all(sign in said for group in QUESTIONS.groups.values() for sign in group.signs)
    assert DEEP_ONLY not in _names(page)


@pytest.mark.parametrize("urgency", QUESTIONS.groups)
def test_a_sign_leads_to_a_clinician_and_holds_the_exercises_back(urgency: str) -> None:
    page = _run(_page("deep").button(key=f"flags.{urgency}").click())
    (message,) = page.info
    assert "see a clinician" in message.value
    assert ("today" in message.value) == (urgency == "emergency")
    assert not page.error and not page.warning
    assert not _names(page)
    assert not page.get("download_button")
    assert not page.expander


def test_one_click_answers_and_folds_the_signs_away() -> None:
    page = _started("deep")
    assert DEEP_ONLY in _names(page)
    assert QUESTIONS.emergency.signs[0] not in _said(page)
    page = _run(page.button(key="flags.again").click())
    assert QUESTIONS.emergency.signs[0] in _said(page) and DEEP_ONLY not in _names(page)


def test_taking_the_sign_back_brings_the_exercises_back() -> None:
    page = _run(_page("deep").button(key="flags.soon").click())
    page = _run(page.button(key="flags.none").click())
    assert DEEP_ONLY in _names(page)


@pytest.mark.parametrize(
    ("verdict", "shown", "hidden"),
    [
        ("deep", DEEP_ONLY, FLAT_ONLY),
        ("borderline/deep", DEEP_ONLY, FLAT_ONLY),
        ("flat", FLAT_ONLY, DEEP_ONLY),
        ("typical", "Hip hinge", DEEP_ONLY),
        ("flat/typical", "Hip hinge", FLAT_ONLY),
    ],
)
def test_the_reading_chooses(verdict: str, shown: str, hidden: str) -> None:
    page = _started(verdict)
    assert shown in _names(page)
    assert hidden not in _names(page)
    assert "Standing side bend" in _names(page)
    assert "From your photo" in _said(page)


def test_a_pair_of_bands_is_explained() -> None:
    assert "lies between typical and borderline deep" in _said(_started("typical/borderline"))


@pytest.mark.parametrize("verdict", [None, "refused"])
def test_without_a_reading_one_chooses_oneself(verdict: str | None) -> None:
    page = _started(verdict)
    assert "Hip hinge" in _names(page)
    page = _run(page.segmented_control(key="exercises.choice").set_value("deep"))
    assert DEEP_ONLY in _names(page)
    assert "From your photo" not in _said(page)


def test_a_condition_holds_an_exercise_back() -> None:
    page = _started("flat")
    page = _run(page.pills(key="exercises.conditions").set_value(["spondylolisthesis"]))
    assert FLAT_ONLY not in _names(page)
    assert FLAT_ONLY in page.info[0].value
    assert "No arching to the end of the range" in page.info[0].value


def test_under_18_is_told_to_ask_first() -> None:
    assert "Ask a paediatrician" in _started("deep", age=15.0).info[0].value
    assert not _started("deep", age=30.0).info


def test_the_timer_opens() -> None:
    page = _run(_started("deep").toggle(key="timer.on.plank").set_value(True))
    assert page.toggle(key="timer.on.plank").value


def test_advice_is_there_with_or_without_exercises_and_folded() -> None:
    for page in (_page(), _started("deep")):
        said = _said(page)
        assert all(tip.title in said for tip in advice().runners.tips)
        assert library().programme.evidence[0].text in said
        folded = [item.label for item in page.expander]
        assert {advice().mirror.title, library().page["evidence"]} <= set(folded)


def test_every_card_has_its_picture_and_evidence() -> None:
    page = _started("deep")
    plan = choose("deep")
    exercises = (*plan.offered, *plan.general)
    assert len(page.get("image")) == len(exercises) + 1
    assert all(item.evidence in _said(page) for item in exercises)


@pytest.mark.parametrize("verdict", ["deep", "flat", "typical/borderline"])
def test_the_sheet_prints_by_itself(verdict: str) -> None:
    plan = choose(verdict, age=15, conditions=["osteoporosis"])
    sheet = exercise_sheet(plan, "A heading.")
    root = ElementTree.fromstring(
        sheet.removeprefix("<!doctype html>")
        .replace('<meta charset="utf-8">', "")
        .replace('<meta name="viewport" content="width=device-width, initial-scale=1">', "")
    )
    articles = root.findall(".//article")
    assert len(articles) == len(plan.offered) + len(plan.general)
    assert all(article.find("{http://www.w3.org/2000/svg}svg") is not None for article in articles)
    assert "Under 18" in sheet and "not a diagnosis" in sheet
    assert library().programme.evidence[0].text in sheet
    assert "<script" not in sheet and "href" not in sheet and "src=" not in sheet
