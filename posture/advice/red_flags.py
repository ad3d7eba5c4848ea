"""Questions before any exercise, advice for runners and the mirror check, from ``advice.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from posture.advice.sources import Source, named, parse_sources


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
    flags: tuple[Flag, ...]


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
    tips: tuple[Tip, ...]


@dataclass(frozen=True)
class MirrorCheck:
    """How to look at one's own profile."""

    title: str
    text: tuple[str, ...]
    alt: str


@dataclass(frozen=True)
class Advice:
    """Everything in the data file."""

    questions: Questions
    runners: RunnersAdvice
    mirror: MirrorCheck
    sources: Mapping[str, Source]


@cache
def advice() -> Advice:
    """The data file, read once."""
    text = resources.files("posture").joinpath("data/advice.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    sources = parse_sources(table["source"])
    mirror = table["mirror"]
    return Advice(
        questions=_questions(table["flags"], sources),
        runners=_runners(table["runners"], sources),
        mirror=MirrorCheck(mirror["title"], tuple(mirror["text"]), mirror["alt"]),
        sources=sources,
    )


def _questions(table: Mapping[str, Any], sources: Mapping[str, Source]) -> Questions:
    return Questions(
        title=table["title"],
        lead=table["lead"],
        none=table["none"],
        waiting=table["waiting"],
        held_back=table["held_back"],
        emergency=_group(table["emergency"]),
        soon=_group(table["soon"]),
        sources=named(table["sources"], sources),
    )


def _group(table: Mapping[str, Any]) -> FlagGroup:
    flags = tuple(Flag(item["key"], item["label"]) for item in table["item"])
    return FlagGroup(table["title"], table["message"], flags)


def _runners(table: Mapping[str, Any], sources: Mapping[str, Source]) -> RunnersAdvice:
    tips = tuple(
        Tip(item["key"], item["title"], item["text"], named(item["sources"], sources))
        for item in table["item"]
    )
    return RunnersAdvice(table["title"], table["lead"], tips)
