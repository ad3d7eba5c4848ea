"""Checklists of reporting guidelines, filled in as far as the program knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Literal, NamedTuple, get_args

from posture._support.tables import data_table

ChecklistName = Literal["grras", "stard_ai"]
CHECKLISTS: tuple[ChecklistName, ...] = get_args(ChecklistName)


class Item(NamedTuple):
    """An item as the data file has it: what is asked, what is known, what is left to others."""

    item: str
    asks: str
    known: str = ""
    yours: str = ""


class Checklist(NamedTuple):
    """A guideline: its source, its items in order."""

    source: str
    item: tuple[Item, ...]


class _Checklists(NamedTuple):
    grras: Checklist
    stard_ai: Checklist


@dataclass(frozen=True)
class Answer:
    """An item, filled in.

    Attributes:
        item: its number in the guideline.
        asks: what it asks.
        known: what the program knows of it; empty when nothing.
        yours: what is left to the authors beside it; empty when nothing but `known` is asked.
    """

    item: str
    asks: str
    known: str
    yours: str

    @property
    def is_open(self) -> bool:
        """Whether something is left to the authors."""
        return bool(self.yours) or not self.known


def checklist(name: ChecklistName) -> Checklist:
    """The guideline of that name."""
    found: Checklist = getattr(data_table("study_checklists", _Checklists), name)
    return found


def answers(name: ChecklistName, facts: Mapping[str, str]) -> tuple[Answer, ...]:
    """The items of a guideline, filled in.

    Args:
        name: of the guideline.
        facts: of the study, as :func:`posture.study.facts.facts_of`; where one that an item needs
            is empty, nothing is known of it.
    """
    return tuple(_answer(item, facts) for item in checklist(name).item)


def _answer(item: Item, facts: Mapping[str, str]) -> Answer:
    needed = [name for _, name, _, _ in Formatter().parse(item.known) if name]
    known = item.known.format_map(facts) if all(facts[name] for name in needed) else ""
    return Answer(item.item, item.asks, known, item.yours)
