"""Exercises by what the photo showed, read from ``data/exercises.toml``.

verdict, age, conditions ──> choose() ──> Plan (offered, held back, cautions)
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from posture._support.plain import stored_as
from posture._support.tables import data_table
from posture.advice.sources import Source, with_sources

Focus = Literal["deep", "flat", "middle", "general"]

ADULT_AGE_YEARS = 18
UNDER_AGE = "under-18"


@dataclass(frozen=True)
class Timer:
    """What the timer counts.  `work_seconds` 0 means repetitions at one's own pace."""

    sets: int
    work_seconds: int
    rest_seconds: int
    sides: int


@dataclass(frozen=True)
class Condition:
    """Something to ask a professional about first."""

    label: str
    note: str


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Attributes:
        key: its name, also that of its drawing.
        focus: for which curves it is offered.
        steps: what to do, one sentence or two each.
        dose: how much, in words.
        alt: the drawing in words.
        evidence: what is known about it.
        ask_first: conditions for which it is held back until a professional agrees.
    """

    key: str
    name: str
    focus: tuple[Focus, ...]
    steps: tuple[str, ...]
    dose: str
    alt: str
    evidence: str
    sources: tuple[Source, ...]
    ask_first: tuple[str, ...]
    timer: Timer


@dataclass(frozen=True)
class ExerciseGroup:
    """A heading for exercises with the same aim."""

    title: str
    why: str


@dataclass(frozen=True)
class Statement:
    """A sentence and where it comes from."""

    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Programme:
    """What holds for all exercises.

    Attributes:
        evidence: what is known about exercises and the curve, the plainest words first.
    """

    frequency: str
    weeks: str
    effort: str
    evidence: tuple[Statement, ...]


@dataclass(frozen=True)
class Library:
    """Everything in the data file; `page` and `timer` hold the words round the exercises."""

    programme: Programme
    groups: Mapping[Focus, ExerciseGroup] = field(metadata=stored_as("focus"))
    focus_of_verdict: Mapping[str, Focus]
    between: Mapping[str, str] = field(metadata=stored_as("focus_between"))
    conditions: Mapping[str, Condition] = field(metadata=stored_as("condition"))
    exercises: tuple[Exercise, ...] = field(metadata=stored_as("exercise"))
    sources: Mapping[str, Source] = field(metadata=stored_as("source"))
    page: Mapping[str, str]
    timer: Mapping[str, str]


@dataclass(frozen=True)
class Plan:
    """What is offered to one person.

    Attributes:
        group: the aim that the verdict leads to.
        between: a sentence on lying between two bands; empty otherwise.
        offered: the exercises for that aim.
        general: general mobility, for everyone.
        held_back: exercises to start only after asking, with the conditions that say so.
        cautions: every condition that applies.
    """

    group: ExerciseGroup
    between: str
    offered: tuple[Exercise, ...]
    general: tuple[Exercise, ...]
    held_back: tuple[tuple[Exercise, tuple[Condition, ...]], ...]
    cautions: tuple[Condition, ...]


def choose(verdict: str, *, age: float | None = None, conditions: Collection[str] = ()) -> Plan:
    """Exercises for a verdict of ``Bands.verdict``, a band or several, as in "flat/typical".

    An age below 18 counts as a condition.

    Raises:
        KeyError: when the verdict or a condition is unknown.
    """
    shelf = library()
    applying = set(conditions)
    if age is not None and age < ADULT_AGE_YEARS:
        applying.add(UNDER_AGE)
    if unknown := applying - set(shelf.conditions):
        raise KeyError(f"unknown conditions: {sorted(unknown)}")
    focus = shelf.focus_of_verdict[verdict]
    free = tuple(item for item in shelf.exercises if not applying & set(item.ask_first))
    held = tuple(
        (item, _conditions(shelf, applying & set(item.ask_first)))
        for item in shelf.exercises
        if applying & set(item.ask_first) and {focus, "general"} & set(item.focus)
    )
    return Plan(
        group=shelf.groups[focus],
        between=shelf.between.get(verdict, ""),
        offered=tuple(item for item in free if focus in item.focus),
        general=tuple(item for item in free if "general" in item.focus),
        held_back=held,
        cautions=_conditions(shelf, applying),
    )


def library() -> Library:
    """The data file."""
    return data_table("exercises", Library, with_sources)


def _conditions(shelf: Library, keys: Collection[str]) -> tuple[Condition, ...]:
    return tuple(item for key, item in shelf.conditions.items() if key in keys)
