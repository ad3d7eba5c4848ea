"""The wall-test page, without a reading and with one."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from posture.advice.wall_test import home_test
from posture.verdict.norms import load_norms


def _script(kind: str, hands: float) -> None:
    from dataclasses import replace

    from posture.app.views import wall_test
    from posture.result import Measured
    from tests.support.example_results import measured_result, refused_result

    measured = replace(measured_result(), hollow_hands=Measured(hands, 0.15))
    wall_test.show({"none": None, "refused": refused_result(), "measured": measured}[kind])


def _page(kind: str = "none", hands: float = 1.4) -> AppTest:
    page = AppTest.from_function(_script, args=(kind, hands), default_timeout=30).run()
    assert not page.exception
    return page


def _said(page: AppTest) -> str:
    return "\n".join(str(item.value) for item in (*page.markdown, *page.caption))


def _html(page: AppTest) -> str:
    return "\n".join(item.proto.body for item in page.get("html"))


def _answer(page: AppTest, key: str) -> AppTest:
    chosen = next(item for item in home_test().answers if item.key == key)
    page.radio(key="wall_test.answer").set_value(chosen).run()
    assert not page.exception
    return page


def test_all_steps_and_answers_are_there() -> None:
    page = _page()
    said = _html(page)
    for step in home_test().steps:
        assert step.title in said
        assert step.text in said
    for step in home_test().steps:
        assert f'alt="{step.alt}" src="data:image/svg+xml' in said


def test_the_answers_are_on_their_pictures() -> None:
    choice = _page().radio(key="wall_test.answer")
    assert choice.value is None
    for answer, option in zip(home_test().answers, choice.options, strict=True):
        assert option.startswith(f"![{answer.alt}](data:image/svg+xml;base64,")
        assert option.endswith(f") {answer.label}")


def test_without_a_photo_it_says_where_to_get_one() -> None:
    assert home_test().compare["no_photo"] in _said(_page())


def test_a_refused_photo_is_not_compared() -> None:
    said = _said(_page("refused"))
    assert home_test().compare["refused"] in said
    assert "hands." not in said


@pytest.mark.parametrize("answer", home_test().answers, ids=lambda item: item.key)
def test_an_answer_is_explained(answer: object) -> None:
    page = _answer(_page(), answer.key)  # type: ignore[attr-defined]
    html = _html(page)
    assert "Most people outside the range are healthy." in html
    assert answer.means.split(".")[0] in html  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("answer", "hands", "sentence"),
    [
        ("answer-one-hand", 0.9, "same"),
        ("answer-none", 1.4, "photo_more"),
        ("answer-more", 0.8, "photo_less"),
    ],
)
def test_the_photo_is_compared(answer: str, hands: float, sentence: str) -> None:
    page = _answer(_page("measured", hands), answer)
    said = _said(page)
    assert f"{hands:.1f} ± 0.1 hands" in said or f"{hands:.1f} ± 0.2 hands" in said
    assert home_test().compare[sentence] in said
    assert "the curve is typical" in said


def test_with_a_photo_but_no_answer() -> None:
    assert home_test().compare["no_answer"] in _said(_page("measured"))


def test_why_rules_differ() -> None:
    html = _html(_page())
    for words in ("a whole hand", "a whole arm", "more than one flat hand"):
        assert words in html
    assert "no study was found" in _said(_page())


def test_the_reference_hands_are_those_of_the_norms() -> None:
    norms = load_norms()
    said = _said(_page())
    assert f"{norms.hand_thickness_mm['m']:.0f} mm for men" in said
    assert f"{norms.hand_thickness_mm['f']:.0f} mm for women" in said
