"""The numbers of ``data/study.toml``, which says what each is."""

from __future__ import annotations

from typing import NamedTuple

from posture._support.tables import data_table


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


class StudySettings(NamedTuple):
    """All of ``data/study.toml``."""

    least: Least
    most: Most


def study_settings() -> StudySettings:
    """The built-in settings."""
    return data_table("study", StudySettings)
