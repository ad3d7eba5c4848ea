"""Standing again: how a session goes, what of it counts, and how much narrower that makes it.

The first stance of a session differs most from the others (Clin Biomech 2019;70:123, PMID
31484098), so it is thrown away as soon as there are enough of them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from posture._support.tables import data_table

Item = TypeVar("Item")


@dataclass(frozen=True)
class SessionPlan:
    """How a session goes.

    Attributes:
        stances: how many it has, the first one included.
    """

    stances: int


@dataclass(frozen=True)
class StanceSpread:
    """How much the stances of a person differ; see ``data/stances.toml`` for sources.

    Attributes:
        freedom: degrees of freedom by which people's variances are distributed (scaled inverse
            chi-square).
        later: spread of the stances after the first over that of any stance.
    """

    freedom: float
    later: float


@dataclass(frozen=True)
class MedianLoss:
    """Standard error of a median over that of one value; see ``data/stances.toml``."""

    of_few: tuple[float, ...]
    of_many: float


@dataclass(frozen=True)
class Stances:
    """All of ``data/stances.toml``."""

    session: SessionPlan
    spread: StanceSpread
    median: MedianLoss


def load_stances() -> Stances:
    """The built-in numbers."""
    return data_table("stances", Stances)


def that_count(stances: Sequence[Item]) -> tuple[Item, ...]:
    """Those of a session's stances, in order, that make its reading."""
    whole = len(stances) >= load_stances().session.stances
    return tuple(stances[1:] if whole else stances)


def error_of_median(count: int) -> float:
    """Standard error of the median of `count` values over that of one; falls with every value."""
    loss = load_stances().median
    return loss.of_few[count - 1] if count <= len(loss.of_few) else loss.of_many / math.sqrt(count)


def standing_again(stances: int) -> float:
    """What a session of so many stances moves by over what one stance does."""
    counting = len(that_count(range(stances)))
    later = load_stances().spread.later if counting < stances else 1.0
    return later * error_of_median(counting)
