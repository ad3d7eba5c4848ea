"""What the program says of two sessions of a known body, beside what is true."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from typing import Literal

import numpy as np

from benchmarks.accuracy.rows import TrueCurve
from benchmarks.change.readings import Visit
from posture.history.between import NotCancelled
from posture.history.change import Change
from posture.history.records import Session
from posture.history.repeatability import Standing, standing_of
from posture.history.story import ANGLE, Quantity, change_of, depth_in
from posture.verdict.norms import load_norms

Name = Literal["slca_deg", "depth_mm"]
NAMES: tuple[Name, Name] = ("slca_deg", "depth_mm")
QUANTITY: dict[Name, Quantity] = {"slca_deg": ANGLE, "depth_mm": depth_in("mm")}
# As if nothing cancelled.
FULLY = NotCancelled(1.0, 1.0)
# A true change is one of those that sessions are planned with if it is this near, degrees.
NEAR_DEG = 0.5


@dataclass(frozen=True)
class Pair:
    """Two sessions of one body, and what is told of them.

    Attributes:
        family, body: whose.
        in_protocol: whether both sessions are as the protocol asks.
        true_deg: change of the bare skin's angle, degrees.
        true: change of the quantity.
        change: what the program makes of it.
        again: 95 % half-width of standing again alone, of both sessions.
    """

    family: str
    body: str
    in_protocol: bool
    true_deg: float
    true: float
    change: Change
    again: float

    @property
    def inside(self) -> bool:
        """Whether the true change lies within what is told of it."""
        return abs(self.change.difference - self.true) <= self.change.detectable

    @property
    def rightly(self) -> bool:
        """Whether a change is told, and in the right direction."""
        return self.change.counts and self.change.difference * self.true > 0


def visits_by_body(visits: Iterable[Visit]) -> dict[str, list[Visit]]:
    """The sessions of each body, in order."""
    bodies: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        bodies[visit.body].append(visit)
    return {body: sorted(of, key=lambda one: one.number) for body, of in bodies.items()}


def pairs_of(visits: Iterable[Visit], name: Name, shares: NotCancelled) -> list[Pair]:
    """All pairs of sessions of one body, judged by these shares as if there were no others."""
    return [
        _pair(before, after, name, shares)
        for of in visits_by_body(visits).values()
        for before, after in combinations(of, 2)
    ]


def _pair(before: Visit, after: Visit, name: Name, shares: NotCancelled) -> Pair:
    quantity, both = QUANTITY[name], (before.kept, after.kept)
    standing = replace(_standing(*both), not_cancelled=shares)
    change = change_of(*both, quantity, standing)
    assert change is not None, "both are of one method and have a height"
    again = [
        standing.ci95_of(session, quantity.name) * value.value
        for session in both
        if (value := quantity.of(session.reading)) is not None
    ]
    return Pair(
        family=before.family,
        body=before.body,
        in_protocol=before.kind == after.kind == "in_protocol",
        true_deg=after.bare.slca_deg - before.bare.slca_deg,
        true=true_value(after.bare, name) - true_value(before.bare, name),
        change=change,
        again=math.hypot(*again),
    )


@cache
def _standing(before: Session, after: Session) -> Standing:
    """Of somebody of whom no other session is known; it takes longer than all the rest."""
    return standing_of((before, after), load_norms())


def true_value(curve: TrueCurve, name: Name) -> float:
    """Angle or depth of a known curve."""
    return curve.slca_deg if name == "slca_deg" else curve.hollow_depth_mm


def with_change_of(pairs: Iterable[Pair], degrees: float) -> list[Pair]:
    """Those whose true change of the angle is this, in either direction."""
    return [pair for pair in pairs if abs(abs(pair.true_deg) - degrees) <= NEAR_DEG]


def share(of: Sequence[bool]) -> float:
    """Of how many it is so, 0 to 1; NaN of none."""
    return float(np.mean(of)) if of else float("nan")
