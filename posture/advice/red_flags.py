"""Questions before any exercise, advice for runners and the mirror check, from ``advice.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from posture._support.plain import stored_as
from posture._support.tables import data_table
from posture.advice.sources import Source, with_sources

Urgency = Literal["emergency", "soon"]


@dataclass(frozen=True)
class FlagGroup:
    """Signs that share one answer: how soon to see a clinician.

    Attributes:
        answer: what to say when one of them applies.
    """

    title: str
    answer: str
    message: str
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Questions:
    """What is asked before any exercise is shown.

    Attributes:
        none: the answer of whom none of the signs apply to; `said_no` says so afterwards.
        again: brings the signs back.
    """

    title: str
    lead: str
    none: str
    said_no: str
    again: str
    waiting: str
    held_back: str
    emergency: FlagGroup
    soon: FlagGroup
    sources: tuple[Source, ...]

    @property
    def groups(self) -> Mapping[Urgency, FlagGroup]:
        """The signs by urgency, the most pressing first."""
        return {"emergency": self.emergency, "soon": self.soon}

    def message_for(self, urgency: Urgency) -> str:
        """What to do when one of these signs applies."""
        return f"{self.groups[urgency].message} {self.held_back}"


@dataclass(frozen=True)
class Tip:
    """One piece of advice with its sources."""

    key: str
    title: str
    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class RunnersAdvice:
    """Advice for people who run."""

    title: str
    lead: str
    tips: tuple[Tip, ...] = field(metadata=stored_as("item"))


@dataclass(frozen=True)
class MirrorCheck:
    """How to look at one's own profile."""

    title: str
    text: tuple[str, ...]
    alt: str


@dataclass(frozen=True)
class Advice:
    """Everything in the data file."""

    questions: Questions = field(metadata=stored_as("flags"))
    runners: RunnersAdvice
    mirror: MirrorCheck
    sources: Mapping[str, Source] = field(metadata=stored_as("source"))


def advice() -> Advice:
    """The data file."""
    return data_table("advice", Advice, with_sources)
