"""How much standing again moves the numbers of one person, as far as their own stances tell.

The spread of a person's stances is drawn towards what is known of other people (empirical Bayes):
people's variances are distributed as a scaled inverse chi-square, and the stances of all kept
sessions, each about the middle of its own session, say where in it this person lies.  What the
photos themselves are off by is taken out.  With few stances it is other people's spread that
counts, with many the person's own; the half-width of 95 % holds what is not known of it.

The first stance of every session is left out, for it differs more.  Sessions kept by a program that
did not ask for a step away are left out, too: their photos may be of one stance.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from statistics import fmean

from posture.combine import own_part, shared_error
from posture.curve.calibration import Calibration, load_calibration
from posture.history.between import (
    NotCancelled,
    ci95_of_photos,
    load_not_cancelled,
    photos_that_count,
)
from posture.history.records import Kept, Numbers, Session
from posture.result import Z95, Measured
from posture.verdict.norms import Norms
from posture.verdict.stances import error_of_median, load_stances, standing_again

# The grid of spreads that are looked at, over other people's: far beyond anybody's.
_STEPS, _FURTHEST = 120, 3.5
_HALVINGS = 40

Stand = Sequence[Measured]


@dataclass(frozen=True)
class OwnSpread:
    """How much one number of a person differs from stance to stance, the first left out.

    Attributes:
        ci95: half-width of 95 %, as a share of the number; with what is not known of it.
        low, high: between these it surely (95 %) lies.
        stances, sessions: of the person, that tell it; 0 where only other people do.
    """

    ci95: float
    low: float
    high: float
    stances: int
    sessions: int


@dataclass(frozen=True)
class Standing:
    """A person's repeatability.

    Attributes:
        angle, depth: of the curve angle and of the depth.
        norms, calibration, not_cancelled: what it is reckoned with.
    """

    angle: OwnSpread
    depth: OwnSpread
    norms: Norms
    calibration: Calibration
    not_cancelled: NotCancelled

    def against_others(
        self, session: Session, of: Callable[[Numbers], Measured | None], quantity: str
    ) -> Measured | None:
        """A number of a session with the ± that counts against other sessions of this person.

        None where the session has no such number.

        Args:
            session: of this person.
            of: which of its numbers.
            quantity: "angle", or any word for the depth, as a length or as a share of the bridge.
        """
        reading, measuring = of(session.reading), ci95_of_photos(session, of)
        if reading is None or measuring is None:
            return None
        share = self.not_cancelled.slca_deg if quantity == "angle" else self.not_cancelled.depth
        again = self.ci95_of(session, quantity) * reading.value
        return Measured(reading.value, math.hypot(share * measuring, again))

    def ci95_of(self, session: Session, quantity: str) -> float:
        """What standing again moves a session's reading by, half-width as a share of the number.

        Where its stances lie further apart than their photos and the person's repeatability
        explain, it is as much as that; never both.

        Args:
            session: of this person.
            quantity: as for `against_others`.
        """
        is_angle = quantity == "angle"
        stances = session.stances or 1
        standing = any_stance(self.angle if is_angle else self.depth) * standing_again(stances)
        apart = self._apart(session, is_angle)
        # Photos of one stance show nothing of standing again.
        return math.hypot(standing, apart) if stances == 1 else max(standing, apart)

    def _apart(self, session: Session, is_angle: bool) -> float:
        """How much more than their photos explain the middle of the stances is unsure."""
        stand = _stand(photos_that_count(session), is_angle, self.norms, self.calibration)
        if len(stand) < 2:
            return 0.0
        mean = fmean(item.value for item in stand)
        seen = Z95**2 * sum((item.value - mean) ** 2 for item in stand) / (len(stand) - 1)
        claimed = fmean(item.ci95**2 for item in stand)
        return error_of_median(len(stand)) * math.sqrt(max(seen - claimed, 0.0))


def any_stance(spread: OwnSpread) -> float:
    """Half-width of 95 % of any stance, the first one included, as a share of the number."""
    return spread.ci95 / load_stances().spread.later


def standing_of(
    sessions: Sequence[Session],
    norms: Norms,
    calibration: Calibration | None = None,
    not_cancelled: NotCancelled | None = None,
) -> Standing:
    """The repeatability of a person from all their sessions; built-in constants where None."""
    calibration = calibration or load_calibration()
    not_cancelled = not_cancelled or load_not_cancelled()

    def of(is_angle: bool) -> OwnSpread:
        stands = [
            _stand(session.photos[1:], is_angle, norms, calibration)
            for session in sessions
            if (session.stances or 1) > 1
        ]
        return own_spread(stands, _known_ci95(norms))

    return Standing(of(True), of(False), norms, calibration, not_cancelled)


def known_spread(norms: Norms) -> float:
    """About which standard deviation people's are distributed, as a share of the number.

    Of the stances after the first; the variances of people as a scaled inverse chi-square.
    """
    return _scale(_known_ci95(norms))


def own_spread(stands: Sequence[Stand], known_ci95: float) -> OwnSpread:
    """The spread of somebody's stances.

    Args:
        stands: of each session its stances, each as a share of their mean, with what the photo is
            off by; sessions of fewer than two tell nothing.
        known_ci95: half-width, 95 %, of the stances of somebody of whom nothing is known.
    """
    telling = [stand for stand in stands if len(stand) > 1]
    freedom = load_stances().spread.freedom
    scale = _scale(known_ci95)
    grid = _grid(scale)
    weights = _weights(grid, _log_prior(freedom, scale), telling)
    return OwnSpread(
        ci95=_ci95(grid, weights),
        low=Z95 * _quantile(grid, weights, 0.025),
        high=Z95 * _quantile(grid, weights, 0.975),
        stances=sum(map(len, telling)),
        sessions=len(telling),
    )


def _known_ci95(norms: Norms) -> float:
    """Half-width of 95 % of the stances after the first of somebody of whom nothing is known."""
    return norms.repeatability_fraction * load_stances().spread.later


def _scale(known_ci95: float) -> float:
    return known_ci95 / _unit_ci95(load_stances().spread.freedom)


def _stand(
    photos: Sequence[Kept], is_angle: bool, norms: Norms, calibration: Calibration
) -> tuple[Measured, ...]:
    """Angle or depth / bridge of each photo as shares of their mean; ± without what they share.

    Empty where the mean is no measure: the depth of a back that is hardly hollow.
    """
    numbers = [kept.numbers for kept in photos]
    values = [number.slca_deg if is_angle else number.hollow_depth_ratio for number in numbers]
    mean = fmean(value.value for value in values) if values else 0.0
    if mean <= 0:
        return ()
    shared = [
        shared_error(
            number.slca_deg.value, number.hollow_depth_ratio.value, number.sex, norms, calibration
        )
        for number in numbers
    ]
    return tuple(
        Measured(
            value.value / mean,
            own_part(value.ci95, part.slca_deg if is_angle else part.ratio) / mean,
        )
        for value, part in zip(values, shared, strict=True)
    )


# ---------------------------------------------------------------- on a grid of standard deviations


def _grid(scale: float) -> tuple[float, ...]:
    """Standard deviations, evenly on a logarithmic scale."""
    return tuple(scale * math.exp(_FURTHEST * step / _STEPS) for step in range(-_STEPS, _STEPS + 1))


def _log_prior(freedom: float, scale: float) -> Callable[[float], float]:
    """Density of the logarithm of a standard deviation, its variance scaled inverse chi-square."""
    return lambda sd: -freedom * (math.log(sd / scale) + (scale / sd) ** 2 / 2)


def _weights(
    grid: Sequence[float], log_prior: Callable[[float], float], stands: Sequence[Stand]
) -> tuple[float, ...]:
    logs = [log_prior(sd) + sum(_log_likelihood(sd, stand) for stand in stands) for sd in grid]
    highest = max(logs)
    weights = [math.exp(one - highest) for one in logs]
    total = sum(weights)
    return tuple(weight / total for weight in weights)


def _log_likelihood(sd: float, stand: Stand) -> float:
    """Of the stances of one session about their own, unknown middle."""
    variances = [sd**2 + (item.ci95 / Z95) ** 2 for item in stand]
    precision = sum(1 / variance for variance in variances)
    middle = sum(item.value / v for item, v in zip(stand, variances, strict=True)) / precision
    misfit = sum((item.value - middle) ** 2 / v for item, v in zip(stand, variances, strict=True))
    return -(sum(map(math.log, variances)) + math.log(precision) + misfit) / 2


def _ci95(grid: Sequence[float], weights: Sequence[float]) -> float:
    """Within how much of its middle a stance lies 95 times of 100, over all spreads that may be."""

    def within(half_width: float) -> float:
        return sum(
            weight * math.erf(half_width / (sd * math.sqrt(2)))
            for sd, weight in zip(grid, weights, strict=True)
        )

    low, high = 0.0, 2 * Z95 * grid[-1]
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if within(middle) < 0.95 else (low, middle)
    return high


def _quantile(grid: Sequence[float], weights: Sequence[float], share: float) -> float:
    return next(
        (sd for sd, below in zip(grid, accumulate(weights), strict=True) if below >= share),
        grid[-1],
    )


@cache
def _unit_ci95(freedom: float) -> float:
    """Half-width of 95 % of the stances of people whose variances are distributed about 1."""
    grid = _grid(1.0)
    return _ci95(grid, _weights(grid, _log_prior(freedom, 1.0), ()))
