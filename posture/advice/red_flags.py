"""Questions before any exercise, advice for runners and the mirror check, from ``advice.toml``."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from posture._support.plain import stored_as
from posture._support.tables import data_table
from posture.advice.sources import Source, with_sources


@dataclass(frozen=True)
class Flag:
    """One question; a yes leads to a clinician."""

    key: str
    label: str


@dataclass(frozen=True)
class FlagGroup:
    """Questions that share one answer: how soon to see a clinician."""

    title: str
    message: str
    flags: tuple[Flag, ...] = field(metadata=stored_as("item"))


@dataclass(frozen=True)
class Questions:
    """What is asked before any exercise is shown."""

    title: str
    lead: str
    none: str
    waiting: str
    held_back: str
    emergency: FlagGroup
    soon: FlagGroup
    sources: tuple[Source, ...]

    def message_for(self, ticked: Collection[str]) -> str:
        """What to do about the ticked questions, the most pressing first; empty if none is."""
        for group in (self.emergency, self.soon):
            if any(flag.key in ticked for flag in group.flags):
                return f"{group.message} {self.held_back}"
        return ""


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
