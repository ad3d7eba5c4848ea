"""Exercises, advice, wall-test guide and their drawings: complete, sourced, calm."""

from __future__ import annotations

import re
import tomllib
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from importlib import resources
from itertools import pairwise
from typing import Any

import pytest

from posture.advice.drawings import drawing
from posture.advice.exercises import Exercise, choose, library
from posture.advice.red_flags import advice
from posture.advice.wall_test import agreement, home_test
from posture.result import Measured
from posture.verdict.bands import BAND_NAMES
from posture.verdict.norms import load_norms
from tools.drawings.gallery import drawn

DATA_FILES = ("exercises.toml", "advice.toml", "wall_test.toml")
SVG = "{http://www.w3.org/2000/svg}"
# What a calm text does not say (docs/method.md, "Words"), and the words of advertisements.
NOT_SAID = re.compile(
    r"diagnos|abnormal|detects?\b|correct|\bfix|prevents? (back )?pain|dangerous|alarm|warning!"
    r"|\bbuy\b|discount|brand|®|™|best-selling|\bshop\b|cures?\b|guarantee",
    re.IGNORECASE,
)
VERDICTS = (*BAND_NAMES, *(f"{a}/{b}" for a, b in pairwise(BAND_NAMES)))
ARTICLE_FOUR = ("chair-squat", "shoulder-rolls", "arm-circles", "side-bend")

every_exercise = pytest.mark.parametrize("exercise", library().exercises, ids=lambda item: item.key)


def _pictures() -> dict[str, str]:
    """Every drawing that is shown, with its text for those who cannot see it."""
    guide = home_test()
    items: list[Any] = [*library().exercises, *guide.steps, *guide.answers]
    return {item.key: item.alt for item in items} | {"mirror-check": advice().mirror.alt}


def _sentences(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _sentences(item)
    elif isinstance(value, list):
        for item in value:
            yield from _sentences(item)
    elif isinstance(value, str):
        yield value


@every_exercise
def test_an_exercise_is_complete(exercise: Exercise) -> None:
    assert exercise.name and exercise.focus and exercise.dose and exercise.evidence
    assert 3 <= len(exercise.steps) <= 5
    assert exercise.sources
    assert set(exercise.ask_first) <= set(library().conditions)
    assert exercise.timer.sets >= 1
    assert exercise.timer.sides in (1, 2)
    assert str(exercise.timer.sets) in exercise.dose or exercise.timer.sets == 1


def test_keys_are_unique() -> None:
    keys = [item.key for item in library().exercises]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", sorted(_pictures()))
def test_a_drawing_parses_and_needs_nothing_from_outside(name: str) -> None:
    for dark in (False, True):
        text = drawing(name, dark=dark)
        root = ElementTree.fromstring(text)
        assert root.tag == f"{SVG}svg"
        assert root.findtext(f"{SVG}title")
        assert root.find(f".//{SVG}path") is not None
        assert not re.search(r"href|url\(|<script|<style|<image", text)
        assert "nan" not in text
    assert drawing(name) != drawing(name, dark=True)


def test_every_drawing_is_shown_and_described() -> None:
    assert set(drawn()) == set(_pictures())
    assert all(len(alt) > 20 for alt in _pictures().values())


@pytest.mark.parametrize("name", sorted(drawn()))
def test_the_drawings_are_those_of_today(name: str) -> None:
    assert drawing(name) == drawn()[name], "run python -m posture.drawings"


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_has_exercises(verdict: str) -> None:
    plan = choose(verdict)
    assert len(plan.offered) >= 5
    assert tuple(item.key for item in plan.general) == ARTICLE_FOUR
    assert not plan.held_back and not plan.cautions


@pytest.mark.parametrize(
    ("verdict", "focus"),
    [
        ("flat", "flat"),
        ("flat/typical", "middle"),
        ("typical", "middle"),
        ("typical/borderline", "middle"),
        ("borderline", "deep"),
        ("borderline/deep", "deep"),
        ("deep", "deep"),
    ],
)
def test_the_verdict_chooses(verdict: str, focus: str) -> None:
    plan = choose(verdict)
    assert plan.group is library().groups[focus]
    assert all(focus in item.focus for item in plan.offered)
    assert bool(plan.between) == (verdict in ("flat/typical", "typical/borderline"))


def test_the_first_stretch_is_for_a_deep_curve_only() -> None:
    assert "hip-flexor-stretch" in {item.key for item in choose("deep").offered}
    assert "hip-flexor-stretch" not in {item.key for item in choose("flat").offered}
    assert "press-up" in {item.key for item in choose("flat").offered}
    assert "press-up" not in {item.key for item in choose("deep").offered}


def test_an_unknown_verdict_is_misuse() -> None:
    with pytest.raises(KeyError):
        choose("deep/flat")


@pytest.mark.parametrize(
    ("condition", "held"),
    [("spondylolisthesis", "press-up"), ("osteoporosis", "cat-camel"), ("pregnancy", "press-up")],
)
def test_a_condition_holds_exercises_back(condition: str, held: str) -> None:
    plan = choose("flat", conditions=[condition])
    assert held in {item.key for item, _ in plan.held_back}
    assert held not in {item.key for item in plan.offered}
    assert plan.cautions == (library().conditions[condition],)


@pytest.mark.parametrize("condition", sorted(library().conditions))
def test_every_condition_is_cautioned(condition: str) -> None:
    (caution,) = choose("deep", conditions=[condition]).cautions
    assert caution is library().conditions[condition]
    assert caution.note.endswith(".")


@pytest.mark.parametrize(("age", "cautioned"), [(17.9, True), (18.0, False), (None, False)])
def test_under_18_asks_first(age: float | None, cautioned: bool) -> None:
    assert bool(choose("typical", age=age).cautions) == cautioned


def test_an_unknown_condition_is_misuse() -> None:
    with pytest.raises(KeyError, match="hiccups"):
        choose("deep", conditions=["hiccups"])


@pytest.mark.parametrize("key", ARTICLE_FOUR)
def test_the_articles_four_claim_nothing(key: str) -> None:
    exercise = next(item for item in library().exercises if item.key == key)
    assert exercise.focus == ("general",)
    assert "No trial of its effect on the low-back curve was found" in exercise.evidence


def test_the_evidence_is_said_plainly() -> None:
    programme = library().programme
    assert "evidence is weak" in programme.honest
    named = tuple(library().sources[key] for key in ("chun-2017", "sadler-2017"))
    assert programme.honest_sources == named
    assert programme.frequency == "3 times a week"


def test_emergency_comes_before_soon() -> None:
    questions = advice().questions
    assert questions.message_for([]) == ""
    assert "in the next days" in questions.message_for(["fever"])
    assert "today" in questions.message_for(["saddle"])
    assert questions.message_for(["fever", "saddle"]) == questions.message_for(["saddle"])


def test_every_flag_leads_to_a_clinician() -> None:
    questions = advice().questions
    for flag in (*questions.emergency.flags, *questions.soon.flags):
        assert "see a clinician" in questions.message_for([flag.key])


def test_runners_advice_is_sourced() -> None:
    tips = advice().runners.tips
    assert {tip.key for tip in tips} == {"load", "duration", "shoes", "weight", "pain-killers"}
    assert all(tip.sources for tip in tips)


def test_the_wall_test_has_five_steps_and_four_answers() -> None:
    guide = home_test()
    assert len(guide.steps) == 5
    assert [answer.room for answer in guide.answers] == ["little", "little", "one", "more"]


@pytest.mark.parametrize(
    ("room", "hands", "error", "expected"),
    [
        ("one", 0.9, 0.1, "same"),
        ("one", 1.5, 0.1, "photo_more"),
        ("one", 1.5, 0.4, "same"),
        ("more", 0.9, 0.1, "photo_less"),
        ("more", 2.5, 0.1, "same"),
        ("little", 0.2, 0.1, "same"),
        ("little", 1.0, 0.1, "photo_more"),
    ],
)
def test_agreement_of_wall_and_photo(room: Any, hands: float, error: float, expected: str) -> None:
    assert agreement(room, Measured(hands, error), load_norms()) == expected


@pytest.mark.parametrize("name", DATA_FILES)
def test_the_words_are_calm_and_sell_nothing(name: str) -> None:
    text = resources.files("posture").joinpath("data", name).read_text(encoding="utf-8")
    for sentence in _sentences(tomllib.loads(text)):
        assert not NOT_SAID.search(sentence), sentence


@pytest.mark.parametrize("name", ("exercises.toml", "advice.toml"))
def test_sources_have_an_address(name: str) -> None:
    text = resources.files("posture").joinpath("data", name).read_text(encoding="utf-8")
    for key, source in tomllib.loads(text)["source"].items():
        assert source["text"].endswith(".")
        assert source["link"].startswith("https://") or key == "source-article"
