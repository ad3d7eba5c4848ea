"""The numbers and sentences of ``data/study.toml``, which says what each is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from posture._support.tables import Span, data_table
from posture._support.texts import filled


class Least(NamedTuple):
    """What a design needs at least."""

    raters: int
    sessions: int
    participants: int


class Most(NamedTuple):
    """Beyond which a number is a slip of the pen."""

    raters: int
    sessions: int
    stances: int
    participants: int


class SizeSettings(NamedTuple):
    """What sample sizes are told for, when nothing else is said."""

    sure: float
    power: float
    icc: float
    least_icc: float
    icc_width: float
    limit_width: float
    dropout: float


class UnitRanges(NamedTuple):
    """Lowest and highest plausible reading by unit; None where an instrument does not read it."""

    deg: Span | None = None
    mm: Span | None = None


class StudySettings(NamedTuple):
    """All of ``data/study.toml``."""

    least: Least
    most: Most
    size: SizeSettings
    ranges: Mapping[str, UnitRanges]
    words: Mapping[str, str]
    status: Mapping[str, str]
    size_words: Mapping[str, str]
    page: Mapping[str, str]


def study_settings() -> StudySettings:
    """The built-in settings."""
    return data_table("study", StudySettings)


def said(name: str, /, **values: object) -> str:
    """The sentence of that name in ``[words]``, filled in."""
    return filled(study_settings().words[name], **values)
