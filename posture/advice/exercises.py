"""Exercises by what the photo showed, read from ``data/exercises.toml``.

verdict, age, conditions ──> choose() ──> Plan (offered, held back, cautions)
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

from posture.advice.sources import Source, named, parse_sources

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

    key: str
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
class Group:
    """A heading for exercises with the same aim."""

    focus: Focus
    title: str
    why: str


@dataclass(frozen=True)
class Statement:
    """A sentence and where it comes from."""

    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Programme:
    """What holds for all exercises."""

    frequency: str
    weeks: str
    effort: str
    honest: Statement
    both_ways: Statement
    guideline: Statement


@dataclass(frozen=True)
class Library:
    """Everything in the data file; `page` and `timer` hold the words round the exercises."""

    programme: Programme
    groups: Mapping[Focus, Group]
    focus_of_verdict: Mapping[str, Focus]
    between: Mapping[str, str]
    conditions: Mapping[str, Condition]
    exercises: tuple[Exercise, ...]
    sources: Mapping[str, Source]
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

    group: Group
    between: str
    offered: tuple[Exercise, ...]
    general: tuple[Exercise, ...]
    held_back: tuple[tuple[Exercise, tuple[Condition, ...]], ...]
    cautions: tuple[Condition, ...]


def choose(verdict: str, *, age: float | None = None, conditions: Collection[str] = ()) -> Plan:
    """Exercises for a verdict of ``Bands.verdict``, a band or a pair such as "flat/typical".

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


@cache
def library() -> Library:
    """The data file, read once."""
    text = resources.files("posture").joinpath("data/exercises.toml").read_text(encoding="utf-8")
    return _parse(tomllib.loads(text))


def _conditions(shelf: Library, keys: Collection[str]) -> tuple[Condition, ...]:
    return tuple(item for key, item in shelf.conditions.items() if key in keys)


def _parse(table: Mapping[str, Any]) -> Library:
    sources = parse_sources(table["source"])
    return Library(
        programme=_programme(table["programme"], sources),
        groups={
            _focus(key): Group(_focus(key), item["title"], item["why"])
            for key, item in table["focus"].items()
        },
        focus_of_verdict={
            verdict: _focus(focus) for verdict, focus in table["focus_of_verdict"].items()
        },
        between=table["focus_between"],
        conditions={
            key: Condition(key, item["label"], item["note"])
            for key, item in table["condition"].items()
        },
        exercises=tuple(_exercise(item, sources) for item in table["exercise"]),
        sources=sources,
        page=table["page"],
        timer=table["timer"],
    )


def _programme(table: Mapping[str, Any], sources: Mapping[str, Source]) -> Programme:
    def statement(key: str) -> Statement:
        return Statement(table[key], named(table[f"{key}_sources"], sources))

    return Programme(
        frequency=table["frequency"],
        weeks=table["weeks"],
        effort=table["effort"],
        honest=statement("honest"),
        both_ways=statement("both_ways"),
        guideline=statement("guideline"),
    )


def _exercise(table: Mapping[str, Any], sources: Mapping[str, Source]) -> Exercise:
    return Exercise(
        key=table["key"],
        name=table["name"],
        focus=tuple(_focus(name) for name in table["focus"]),
        steps=tuple(table["steps"]),
        dose=table["dose"],
        alt=table["alt"],
        evidence=table["evidence"],
        sources=named(table["sources"], sources),
        ask_first=tuple(table["ask_first"]),
        timer=Timer(**table["timer"]),
    )


def _focus(name: str) -> Focus:
    for known in get_args(Focus):
        if name == known:
            return known  # type: ignore[no-any-return]
    raise ValueError(f"{name!r} is not one of {get_args(Focus)}")
