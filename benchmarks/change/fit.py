"""Which share of a ± does not cancel between two sessions of one body.

    python -m benchmarks.change.fit TABLE.csv

Prints what goes into posture/data/change.toml, with standard errors over bodies, and the components
of the errors.  A share is as large as it takes that the stated part of true changes lies within
what the program says, standing again included.  Families weigh alike, and so do the bodies of each.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from itertools import combinations
from pathlib import Path
from statistics import NormalDist

import numpy as np

from benchmarks.accuracy.spread import growth
from benchmarks.change.judge import (
    FULLY,
    NAMES,
    Name,
    Pair,
    pairs_of,
    true_value,
    visits_by_body,
)
from benchmarks.change.readings import Array, Visit, visits_of
from benchmarks.change.sessions import STANCES
from benchmarks.change.table import read_table
from posture.history.between import NotCancelled
from posture.verdict.stances import error_of_median

# Of true changes this share is to be held; of a family that was not seen it is a few in a hundred
# less, for some families are read more evenly than others.
HELD = 0.97
DRAWS = 20


@dataclass(frozen=True)
class SessionError:
    """How far the photos of a session are off, degrees or nominal mm.

    Attributes:
        middle: the median of the photos' errors, as a reading is the median of its photos.
        apart: differences between the photos' errors, without sign.
    """

    middle: float
    apart: tuple[float, ...]


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
    apart = tuple(float(abs(one - other)) for one, other in combinations(errors, 2))
    return SessionError(float(np.median(errors)), apart)


def weights(bodies: Sequence[tuple[str, str]]) -> Array:
    """How much each of some family and body counts: families alike, bodies alike; 1 in the mean."""
    times = Counter(bodies)
    of_family = Counter(family for family, _ in times)
    weight = np.array([1 / (of_family[body[0]] * times[body]) for body in bodies])
    return np.asarray(weight / weight.mean())


def fitted(visits: Sequence[Visit]) -> NotCancelled:
    """The shares that these sessions ask for."""
    return NotCancelled(*(_share(pairs_of(visits, name, FULLY)) for name in NAMES))


def _share(pairs: Sequence[Pair]) -> float:
    """Of the ± of both readings, so that the stated part of true changes is held."""
    error = np.array([pair.change.difference - pair.true for pair in pairs])
    again = np.array([pair.again for pair in pairs])
    whole = np.array([pair.change.detectable for pair in pairs])
    weight = weights([(pair.family, pair.body) for pair in pairs])
    return growth(error, np.sqrt(whole**2 - again**2), again, weight, HELD)


def left_out(visits: Sequence[Visit]) -> dict[str, NotCancelled]:
    """For each family the shares that the others ask for."""
    return {
        family: fitted([visit for visit in visits if visit.family != family])
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
    photo = _of_photos([one for of in errors.values() for one in of])
    of_median = error_of_median(STANCES) * photo
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


def _of_photos(errors: Sequence[SessionError]) -> float:
    """Standard deviation of photos of one session, from the middle difference of two of them.

    Now and then one photo of three is far off; the reading, their median, hardly is.
    """
    apart = [one for error in errors for one in error.apart]
    return float(np.median(apart)) / (math.sqrt(2) * NormalDist().inv_cdf(0.75))


def _sway(visit: Visit, name: Name) -> float:
    stood = float(np.median([true_value(curve, name) for curve in visit.stances]))
    unit = 1.0 if name == "slca_deg" else visit.nominal
    return unit * (stood - true_value(visit.bare, name))


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", type=Path)
    visits = visits_of(read_table(parser.parse_args().table))
    rng = np.random.default_rng(1)
    draws = [fitted(resampled(visits, rng)) for _ in range(DRAWS)]
    print(fitted(visits), "±", *np.std([astuple(draw) for draw in draws], axis=0, ddof=1))
    for name in NAMES:
        print(name, components(visits, name))


if __name__ == "__main__":
    main()
