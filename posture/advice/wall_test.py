"""The wall test at home: its steps and answers, and how an answer fits the photo's reading."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from posture._support.plain import stored_as
from posture._support.tables import data_table
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
class RulesDiffer:
    """Why published rules differ: paragraphs, and a table of them."""

    title: str
    text: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class HomeTest:
    """Everything in the data file.

    Attributes:
        differ: why published rules differ.
        compare: sentences of the comparison with the photo.
        texts: the remaining sentences of the page.
    """

    title: str
    lead: str
    steps: tuple[Step, ...] = field(metadata=stored_as("step"))
    answers: tuple[Answer, ...] = field(metadata=stored_as("answer"))
    differ: RulesDiffer
    compare: Mapping[str, str]
    texts: Mapping[str, str]


def home_test() -> HomeTest:
    """The data file."""
    return data_table("wall_test", HomeTest)


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
