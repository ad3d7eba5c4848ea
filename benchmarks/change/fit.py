"""How wide the ± of a change has to be: what does not cancel between sessions, fitted.

    python -m benchmarks.change.fit TABLE.csv

Prints what goes into posture/data/change.toml, with standard errors over bodies.  The error of a
session is the median of its photos'; between two sessions of one body what is off alike cancels, so
the body is taken out whatever it is.  Families weigh alike, and so do the bodies of each.
Terms are the most likely ones where errors have heavy tails; then all of them grow until the
stated share of true changes lies within what the program says, standing again included.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields, replace
from itertools import combinations
from pathlib import Path
from statistics import NormalDist

import numpy as np

from benchmarks.accuracy.spread import LEAST_FLOOR, LEAST_TERM, growth, most_likely
from benchmarks.change.judge import NAMES, Name, Pair, pairs_of, true_value, visits_by_body
from benchmarks.change.readings import Array, Visit, visits_of
from benchmarks.change.table import read_table
from posture.curve.calibration import load_calibration
from posture.history.between import (
    BetweenTerms,
    ChangeTerms,
    Seen,
    angle_seen,
    depth_seen,
    load_change_terms,
)
from posture.result import Z95
from posture.verdict.norms import load_norms
from posture.verdict.stances import error_of_median

DRAWS = 20
FITTED = ("set_up", "relative", "noticed")


@dataclass(frozen=True)
class SessionError:
    """How far the photos of a session are off, degrees or nominal mm.

    Attributes:
        middle: the median of the photos' errors, as a reading is the median of its photos.
        apart: differences between the photos' errors, without sign.
        seen: what its half-width follows from.
    """

    middle: float
    apart: tuple[float, ...]
    seen: Seen


def error_of(visit: Visit, name: Name) -> SessionError:
    """Measured less true, at each stance."""
    angle = name == "slca_deg"
    errors = np.array(
        [
            (photo.slca_deg if angle else photo.hollow_depth_mm).value - true_value(curve, name)
            for photo, curve in zip(visit.photos, visit.stances, strict=True)
        ]
    )
    errors = errors if angle else visit.nominal * errors
    look = angle_seen if angle else depth_seen
    seen = look(visit.kept, load_norms(), load_calibration())
    apart = tuple(float(abs(one - other)) for one, other in combinations(errors, 2))
    return SessionError(float(np.median(errors)), apart, seen)


@dataclass(frozen=True)
class Differences:
    """Of all pairs of sessions of one body: how differently they are off, and what may explain it.

    Attributes:
        error: (n,) of one session less that of the other.
        parts: (k, n) what each of `FITTED` is multiplied by.
        photo: (n,) half-width of what differs from photo to photo.
        weight: (n,) so that families count alike, and bodies in them; 1 in the mean.
    """

    error: Array
    parts: Array
    photo: Array
    weight: Array


def differences(visits: Sequence[Visit], name: Name, photo: float) -> Differences:
    """Of the errors of sessions; `photo` is the half-width of one photo about its session's."""
    pairs = [
        (of[0].family, body, error_of(one, name), error_of(other, name))
        for body, of in visits_by_body(visits).items()
        for one, other in combinations(of, 2)
    ]
    parts = [
        [
            math.sqrt(2),
            math.hypot(one.seen.value, other.seen.value),
            math.hypot(one.seen.own, other.seen.own),
        ]
        for _, _, one, other in pairs
    ]
    return Differences(
        error=np.array([one.middle - other.middle for _, _, one, other in pairs]),
        parts=np.array(parts).T,
        photo=photo * np.array([_of_medians(one, other) for _, _, one, other in pairs]),
        weight=weights([(family, body) for family, body, *_ in pairs]),
    )


def _of_medians(one: SessionError, other: SessionError) -> float:
    """Standard error of the difference of two medians over that of one photo."""
    return math.hypot(*(error_of_median(of.seen.photos) for of in (one, other)))


def weights(bodies: Sequence[tuple[str, str]]) -> Array:
    """How much each of some family and body counts: families alike, bodies alike; 1 in the mean."""
    times = Counter(bodies)
    of_family = Counter(family for family, _ in times)
    weight = np.array([1 / (of_family[body[0]] * times[body]) for body in bodies])
    return np.asarray(weight / weight.mean())


def photo_term(visits: Sequence[Visit], name: Name) -> float:
    """Half-width of one photo about its session's, from the middle difference of two of them.

    Now and then one photo of three is far off; the reading, their median, hardly is.
    """
    errors = [error_of(visit, name) for visit in visits]
    weight = weights([(visit.family, visit.body) for visit in visits])
    apart = np.concatenate([error.apart for error in errors])
    order, each = np.argsort(apart), np.repeat(weight, [len(error.apart) for error in errors])
    held = np.cumsum(each[order]) / each.sum()
    middle = float(apart[order][int(np.searchsorted(held, 0.5))])
    return Z95 * middle / (math.sqrt(2) * NormalDist().inv_cdf(0.75))


def fitted(visits: Sequence[Visit], kept: ChangeTerms) -> ChangeTerms:
    """The terms that these sessions ask for."""
    return replace(kept, **{name: _fitted_of(visits, name, kept) for name in NAMES})


def _fitted_of(visits: Sequence[Visit], name: Name, kept: ChangeTerms) -> BetweenTerms:
    photo = photo_term(visits, name)
    found = differences(visits, name, photo)
    least = np.array([LEAST_FLOOR, LEAST_TERM, LEAST_TERM])
    likely = most_likely(found.error, found.parts, found.photo, found.weight, least)
    terms = BetweenTerms(photo=photo, **dict(zip(FITTED, likely.tolist(), strict=True)))
    return _grown(terms, pairs_of(visits, name, replace(kept, **{name: terms})))


def _grown(terms: BetweenTerms, pairs: Sequence[Pair]) -> BetweenTerms:
    """All terms alike, so that the stated share of true changes is held."""
    error = np.array([pair.change.difference - pair.true for pair in pairs])
    again = np.array([pair.again for pair in pairs])
    whole = np.array([pair.change.detectable for pair in pairs])
    measuring = np.sqrt(whole**2 - again**2)
    weight = weights([(pair.family, pair.body) for pair in pairs])
    factor = growth(error, measuring, again, weight)
    return BetweenTerms(*(factor * term for term in astuple(terms)))


def left_out(visits: Sequence[Visit], kept: ChangeTerms) -> dict[str, ChangeTerms]:
    """For each family the terms that the others ask for."""
    return {
        family: fitted([visit for visit in visits if visit.family != family], kept)
        for family in sorted({visit.family for visit in visits})
    }


def resampled(visits: Sequence[Visit], rng: np.random.Generator) -> list[Visit]:
    """As many bodies drawn anew, with replacement, in each family."""
    drawn = []
    bodies = visits_by_body(visits)
    for family in sorted({visit.family for visit in visits}):
        names = [body for body, of in bodies.items() if of[0].family == family]
        for number, body in enumerate(rng.choice(names, len(names))):
            drawn += [replace(visit, body=f"{body} {number}") for visit in bodies[str(body)]]
    return drawn


@dataclass(frozen=True)
class Components:
    """Standard deviations of what a reading is off by, degrees or nominal mm.

    Attributes:
        body: what all readings of a body share, and what cancels between two of them.
        session: what all photos of a session share besides.
        photo: from photo to photo of a session.
        sway: what standing again moves the middle of a session's stances by.
    """

    body: float
    session: float
    photo: float
    sway: float


def components(visits: Sequence[Visit], name: Name) -> Components:
    """By analysis of variance, bodies being a random effect; bodies of one session are left out."""
    errors = {
        body: [error_of(visit, name) for visit in of]
        for body, of in visits_by_body(visits).items()
        if len(of) > 1
    }
    photo = photo_term(visits, name) / Z95
    of_median = error_of_median(next(iter(errors.values()))[0].seen.photos) * photo
    means = [np.array([one.middle for one in of]) for of in errors.values()]
    within = sum(float(((of - of.mean()) ** 2).sum()) for of in means)
    within /= sum(len(of) - 1 for of in means)
    between = float(np.var([of.mean() for of in means], ddof=1))
    between -= within / float(np.mean([len(of) for of in means]))
    sway = [_sway(visit, name) for visit in visits]
    return Components(
        body=float(np.sqrt(max(between, 0.0))),
        session=float(np.sqrt(max(within - of_median**2, 0.0))),
        photo=photo,
        sway=float(np.sqrt(np.mean(np.square(sway)))),
    )


def _sway(visit: Visit, name: Name) -> float:
    stood = float(np.median([true_value(curve, name) for curve in visit.stances]))
    unit = 1.0 if name == "slca_deg" else visit.nominal
    return unit * (stood - true_value(visit.bare, name))


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", type=Path)
    visits = visits_of(read_table(parser.parse_args().table))
    kept, rng = load_change_terms(), np.random.default_rng(1)
    terms = fitted(visits, kept)
    draws = [fitted(resampled(visits, rng), kept) for _ in range(DRAWS)]
    for name in NAMES:
        print(f"[{name}]  # {components(visits, name)}")
        for field in fields(BetweenTerms):
            values = [getattr(getattr(draw, name), field.name) for draw in draws]
            value = getattr(getattr(terms, name), field.name)
            print(f"{field.name} = {value:.2f}  # fitted: ± {np.std(values, ddof=1):.2f}")


if __name__ == "__main__":
    main()
