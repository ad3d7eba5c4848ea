"""Exercises: complete, chosen by the verdict, held back by conditions."""

from __future__ import annotations

import pytest

from posture.advice.exercises import Exercise, Focus, choose, library
from posture.verdict.bands import VERDICTS

ARTICLE_FOUR = ("chair-squat", "shoulder-rolls", "arm-circles", "side-bend")

every_exercise = pytest.mark.parametrize("exercise", library().exercises, ids=lambda item: item.key)


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
        ("flat/borderline", "middle"),
        ("flat/deep", "middle"),
        ("typical/deep", "middle"),
        ("typical", "middle"),
        ("typical/borderline", "middle"),
        ("borderline", "deep"),
        ("borderline/deep", "deep"),
        ("deep", "deep"),
    ],
)
def test_the_verdict_chooses(verdict: str, focus: Focus) -> None:
    plan = choose(verdict)
    assert plan.group is library().groups[focus]
    assert all(focus in item.focus for item in plan.offered)
    assert bool(plan.between) == ("/" in verdict and focus == "middle")


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
    assert "evidence on single exercises is weak" in programme.evidence[0].text
    assert all(statement.sources for statement in programme.evidence)
    assert programme.frequency == "3 times a week"


def test_reviews_that_disagree_are_both_named() -> None:
    (open_question,) = (
        item for item in library().programme.evidence if "changes the curve" in item.text
    )
    assert [source.short for source in open_question.sources] == [
        "González-Gálvez 2019",
        "Dimitrijević 2022",
    ]


def test_the_stretch_taught_is_the_one_that_was_tested() -> None:
    """Hold–relax: ten seconds of pressing, a rest, twenty of stretch."""
    (stretch,) = (item for item in library().exercises if item.key == "hip-flexor-stretch")
    press, hold = stretch.steps[2:]
    assert "10 seconds, without moving" in press and "rest for 10 seconds" in press
    assert "20 seconds" in hold
    assert stretch.timer.work_seconds == 10 + 10 + 20
