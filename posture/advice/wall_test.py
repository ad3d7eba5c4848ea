"""The wall test at home: its steps and answers, and how an answer fits the photo's reading."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

from posture.result import Measured
from posture.verdict.norms import Norms

Room = Literal["little", "one", "more"]
Agreement = Literal["same", "photo_more", "photo_less"]


@dataclass(frozen=True)
class Step:
    """One step; `key` is also the name of its drawing."""

    key: str
    title: str
    text: str
    alt: str


@dataclass(frozen=True)
class Answer:
    """One possible outcome; `key` is also the name of its drawing."""

    key: str
    label: str
    room: Room
    means: str
    alt: str


@dataclass(frozen=True)
class HomeTest:
    """Everything in the data file.

    Attributes:
        differ: why published rules differ, with a table of them.
        compare: sentences of the comparison with the photo.
        texts: the remaining sentences of the page.
    """

    title: str
    lead: str
    steps: tuple[Step, ...]
    answers: tuple[Answer, ...]
    differ: Mapping[str, Any]
    compare: Mapping[str, str]
    texts: Mapping[str, str]


@cache
def home_test() -> HomeTest:
    """The data file, read once."""
    text = resources.files("posture").joinpath("data/wall_test.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return HomeTest(
        title=table["title"],
        lead=table["lead"],
        steps=tuple(Step(**item) for item in table["step"]),
        answers=tuple(_answer(item) for item in table["answer"]),
        differ=table["differ"],
        compare=table["compare"],
        texts=table["texts"],
    )


def agreement(room: Room, hands: Measured, norms: Norms) -> Agreement:
    """How the photo's reading in hands lies to the answer at the wall.

    They are the same when the 95 % interval of the photo reaches into the range of the answer.
    """
    little, one, _ = norms.wall_test_cuts_hands
    low, high = {"little": (0.0, little), "one": (little, one), "more": (one, math.inf)}[room]
    if hands.value - hands.ci95 > high:
        return "photo_more"
    if hands.value + hands.ci95 < low:
        return "photo_less"
    return "same"


def _answer(table: Mapping[str, Any]) -> Answer:
    answer = Answer(**table)
    if answer.room not in get_args(Room):
        raise ValueError(f"{answer.room!r} is not one of {get_args(Room)}")
    return answer
