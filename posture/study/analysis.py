"""From a study to its answers: which readings are compared with which, and what comes out.

A reading is that of a whole sitting: the median of its stances after the first.  Each comparison
uses the participants who have all readings that it needs, and tells how many were left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from posture.study.agreement import (
    DemingLine,
    Limits,
    Slope,
    deming,
    limits_of_agreement,
    proportional_bias,
)
from posture.study.design import Instrument, Quantity
from posture.study.folder import Capture, SessionValue, Sitting, Study, session_values
from posture.study.reliability import Reliability, reliability
from posture.verdict.stances import that_count

# Through two points there is a line, but nothing tells how sure it is.
LEAST_PARTICIPANTS = 3

Between = Literal["raters", "sessions", "stances"]
# Readings of a participant on several occasions.
Readings = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Repeats:
    """How well readings of one quantity repeat between conditions.

    Attributes:
        quantity: what was read.
        between: what the conditions are.
        rater, session: within which the rest stays the same; None where it is what changes.
        complete: participants with a reading under each condition.
        left_out: those without.
        found: None where there are too few.
    """

    quantity: Quantity
    between: Between
    rater: str | None
    session: int | None
    complete: int
    left_out: int
    found: Reliability | None


@dataclass(frozen=True)
class Pairs:
    """Readings two by two.

    Attributes:
        first, second: of each participant one or more, as many of both.
        limits: None where there are too few participants.
        slope: as `limits`.
        left_out: participants without a pair.
    """

    first: Readings
    second: Readings
    limits: Limits | None
    slope: Slope | None
    left_out: int


@dataclass(frozen=True)
class Difference:
    """How far two raters, or two sessions, lie apart.

    Attributes:
        quantity: what was read.
        between: raters or sessions.
        names: of the two; the difference is first minus second.
        rater, session: within which; None where the pairs are of all of them.
        pairs: the readings.
    """

    quantity: Quantity
    between: Between
    names: tuple[str, str]
    rater: str | None
    session: int | None
    pairs: Pairs


@dataclass(frozen=True)
class Comparison:
    """The photos beside another instrument.

    Attributes:
        instrument: which.
        pairs: photos minus instrument, a pair a session in which both were read.
        line: the instrument's readings by those of the photos; None where there are too few.
    """

    instrument: Instrument
    pairs: Pairs
    line: DemingLine | None


@dataclass(frozen=True)
class Analysis:
    """All answers of a study.

    Attributes:
        readings: of whole sittings, by quantity.
        repeats, differences, comparisons: in the order in which they are told.
    """

    readings: Mapping[Quantity, tuple[SessionValue, ...]]
    repeats: tuple[Repeats, ...]
    differences: tuple[Difference, ...]
    comparisons: tuple[Comparison, ...]


def analysed(study: Study) -> Analysis:
    """The answers of a study that was read with its results.

    Raises:
        InvalidInput: as :func:`posture.study.folder.session_values`.
    """
    readings = {
        quantity: tuple(
            value
            for value in session_values(study, quantity)
            if value.stances >= study.design.stances
        )
        for quantity in study.design.quantities
    }
    tables = {quantity: _Table(study, readings[quantity]) for quantity in readings}
    used = used_captures(study)
    return Analysis(
        readings=readings,
        repeats=tuple(
            item
            for quantity, table in tables.items()
            for item in (*_between(quantity, table), *_within(study, used, quantity))
        ),
        differences=tuple(
            item for quantity, table in tables.items() for item in _differences(quantity, table)
        ),
        comparisons=tuple(
            _comparison(study, instrument, readings.get(instrument.quantity, ()))
            for instrument in study.design.instruments
        ),
    )


def used_captures(study: Study) -> Mapping[Sitting, tuple[Capture, ...]]:
    """Of each whole sitting the captures that make its reading: all that count but the first."""
    return {sitting: that_count(captures) for sitting, captures in study.whole().items()}


class _Table:
    """Readings of one quantity by participant, rater and session."""

    def __init__(self, study: Study, readings: Sequence[SessionValue]) -> None:
        self.people = [one.id for one in study.participants]
        self.raters = study.design.raters
        self.sessions = range(1, study.design.sessions + 1)
        self._at = {(one.participant, one.rater, one.session): one.value for one in readings}

    def rows(self, at: Sequence[tuple[str, int]]) -> dict[str, list[float]]:
        """Readings at these raters and sessions, of participants who have them all."""
        rows = {
            id: [self._at.get((id, rater, session)) for rater, session in at] for id in self.people
        }
        return {
            id: [value for value in row if value is not None]
            for id, row in rows.items()
            if None not in row
        }

    def repeats(
        self,
        quantity: Quantity,
        between: Between,
        at: Sequence[tuple[str, int]],
        *,
        rater: str | None = None,
        session: int | None = None,
    ) -> Repeats:
        """Of readings at these raters and sessions."""
        return _repeats(quantity, between, self.rows(at).values(), len(self.people), rater, session)


def _between(quantity: Quantity, table: _Table) -> Iterator[Repeats]:
    for session in table.sessions:
        at = [(rater, session) for rater in table.raters]
        yield table.repeats(quantity, "raters", at, session=session)
    for rater in table.raters:
        at = [(rater, session) for session in table.sessions]
        yield table.repeats(quantity, "sessions", at, rater=rater)


def _within(
    study: Study, used: Mapping[Sitting, Sequence[Capture]], quantity: Quantity
) -> Iterator[Repeats]:
    for rater in study.design.raters:
        for session in range(1, study.design.sessions + 1):
            rows = [
                _values(used.get(Sitting(one.id, rater, session), ()), quantity)
                for one in study.participants
            ]
            whole = [row for row in rows if len(row) == study.design.stances - 1]
            yield _repeats(quantity, "stances", whole, len(rows), rater, session)


def _values(captures: Iterable[Capture], quantity: Quantity) -> list[float]:
    found = [getattr(one.result, quantity) for one in captures]
    return [one.value for one in found if one is not None]


def _repeats(
    quantity: Quantity,
    between: Between,
    rows: Iterable[Sequence[float]],
    people: int,
    rater: str | None,
    session: int | None,
) -> Repeats:
    table = list(rows)
    found = reliability(np.array(table)) if len(table) >= LEAST_PARTICIPANTS else None
    return Repeats(quantity, between, rater, session, len(table), people - len(table), found)


def _differences(quantity: Quantity, table: _Table) -> Iterator[Difference]:
    for one, other in combinations(table.raters, 2):
        for session in table.sessions:
            pairs = _paired(table, [(one, session)], [(other, session)])
            yield Difference(quantity, "raters", (one, other), None, session, pairs)
        ones, others = ([(who, at) for at in table.sessions] for who in (one, other))
        pairs = _paired(table, ones, others)
        yield Difference(quantity, "raters", (one, other), None, None, pairs)
    for first, second in combinations(table.sessions, 2):
        names = (f"{first}", f"{second}")
        for rater in table.raters:
            pairs = _paired(table, [(rater, first)], [(rater, second)])
            yield Difference(quantity, "sessions", names, rater, None, pairs)
        ones, others = ([(who, at) for who in table.raters] for at in (first, second))
        pairs = _paired(table, ones, others)
        yield Difference(quantity, "sessions", names, None, None, pairs)


def _paired(
    table: _Table, first: Sequence[tuple[str, int]], second: Sequence[tuple[str, int]]
) -> Pairs:
    rows = table.rows([*first, *second])
    count = len(first)
    return _pairs(
        {id: row[:count] for id, row in rows.items()},
        {id: row[count:] for id, row in rows.items()},
        len(table.people),
    )


def _pairs(first: Readings, second: Readings, people: int) -> Pairs:
    left_out = people - len(first)
    if len(first) < LEAST_PARTICIPANTS:
        return Pairs(first, second, None, None, left_out)
    ones, others = first.values(), second.values()
    differences = [np.subtract(one, other) for one, other in zip(ones, others, strict=True)]
    limits, slope = limits_of_agreement(differences), proportional_bias(ones, others)
    return Pairs(first, second, limits, slope, left_out)


def _comparison(
    study: Study, instrument: Instrument, readings: Sequence[SessionValue]
) -> Comparison:
    """By participant and session; by rater, too, where each rater read the instrument."""
    photos: dict[tuple[str, int], list[SessionValue]] = defaultdict(list)
    for one in readings:
        photos[one.participant, one.session].append(one)
    others: dict[tuple[str, int], list[tuple[str, float]]] = defaultdict(list)
    for reading in study.readings:
        if reading.instrument == instrument.name:
            at = reading.sitting
            others[at.participant, at.session].append((at.rater, reading.value))
    first: dict[str, list[float]] = defaultdict(list)
    second: dict[str, list[float]] = defaultdict(list)
    for participant, session in sorted(photos.keys() & others.keys()):
        both = _of_one_session(photos[participant, session], others[participant, session])
        if both is not None:
            first[participant].append(both[0])
            second[participant].append(both[1])
    pairs = _pairs(first, second, len(study.participants))
    enough = len(first) >= LEAST_PARTICIPANTS
    line = deming(first.values(), second.values()) if enough else None
    return Comparison(instrument, pairs, line)


def _of_one_session(
    photos: Sequence[SessionValue], others: Sequence[tuple[str, float]]
) -> tuple[float, float] | None:
    """The means of both, over the raters who have both; over all where nobody is named."""
    named = {rater for rater, _ in others if rater}
    common = [one.value for one in photos if not named or one.rater in named]
    raters = {one.rater for one in photos}
    values = [value for rater, value in others if not rater or rater in raters]
    if not common or not values:
        return None
    return float(np.mean(common)), float(np.mean(values))
