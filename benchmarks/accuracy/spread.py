"""How wide error bars have to be: the terms of half-widths, fitted on families of bodies.

Families weigh alike, however many pictures each has.  Terms are the most likely ones where errors
have heavy tails; then all grow or shrink until the stated share of errors is inside.  What a
half-width is made of is asked of `posture.curve.uncertainty` itself, so the fit cannot differ from
what is measured with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, fields, replace
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.accuracy.rows import EvaluatedPicture, RawQuantities, Truth
from posture.curve.calibration import Calibration, CurveErrorTerms, ErrorTerms, load_calibration
from posture.curve.uncertainty import curve_error
from posture.result import Z95

Array = NDArray[np.float64]
Quantity = Literal["slca_deg", "depth_mm"]
QUANTITIES: tuple[Quantity, Quantity] = ("slca_deg", "depth_mm")
TERM_NAMES = tuple(item.name for item in fields(ErrorTerms))
NO_TERMS = ErrorTerms(**dict.fromkeys(TERM_NAMES, 0.0))

# Share of errors that half-widths are to hold; a family that was not seen has a little less.
COVERAGE = 0.96
# Heavy tails: Student's t with few degrees of freedom.
TAIL = 4.0
# A term is fitted where it counts in this many pictures or more, else it is kept as it is.
FEWEST_PICTURES = 12
LEAST_TERM, LARGEST_TERM = 0.01, 60.0
# Degrees or mm: no outline is surer, for nobody sees how thick the cloth is.  Flat backs that other
# families do not have would else be taken for surely flat.
LEAST_FLOOR = 1.5


@dataclass(frozen=True)
class Errors:
    """The errors of one quantity, degrees or nominal mm, and what may explain them.

    Attributes:
        family, body: (n,) of each picture.
        value: (n,) measured.
        error: (n,) measured minus true.
        parts: (k, n) of each term of `ErrorTerms`, what it is multiplied by.
        known: (n,) half-width of what is not fitted: the scale, a stretched picture.
    """

    family: NDArray[np.str_]
    body: NDArray[np.str_]
    value: Array
    error: Array
    parts: Array
    known: Array

    def among(self, pictures: NDArray[np.bool_] | NDArray[np.intp]) -> Errors:
        """Those of some pictures."""
        return Errors(
            self.family[pictures],
            self.body[pictures],
            self.value[pictures],
            self.error[pictures],
            self.parts[:, pictures],
            self.known[pictures],
        )

    @property
    def families(self) -> list[str]:
        """Names, in order."""
        return sorted(set(self.family.tolist()))

    @property
    def occurs(self) -> NDArray[np.bool_]:
        """Of each term (k,) whether it counts in enough pictures to be fitted."""
        return np.asarray((self.parts > 0).sum(axis=1) >= FEWEST_PICTURES)

    @property
    def weight(self) -> Array:
        """How much (n,) each picture counts so that families count alike; 1 in the mean."""
        names, which, counts = np.unique(self.family, return_inverse=True, return_counts=True)
        return np.asarray(len(self.family) / (len(names) * counts[which]))


def takes_part(picture: EvaluatedPicture) -> bool:
    """Whether half-widths are fitted on a picture: measured, and rightly so.

    Of those that cannot be measured an arm over the back takes part, for an error bar has to know
    that it hides the hollow.
    """
    truth = picture.truth
    rightly = truth.measurable or truth.reason == "arm-over-back"
    return picture.raw is not None and rightly


def errors_of(pictures: Sequence[EvaluatedPicture], quantity: Quantity) -> Errors:
    """Of the measured ones; at least one."""
    measured = [(one.truth, one.raw) for one in pictures if one.raw is not None]
    read = _angle if quantity == "slca_deg" else _depth
    rows = [read(truth, raw) for truth, raw in measured]
    parts = [parts_of(raw, quantity) for _, raw in measured]
    return Errors(
        family=np.array([truth.family for truth, _ in measured]),
        body=np.array([truth.body for truth, _ in measured]),
        value=np.array([row[0] for row in rows]),
        error=np.array([row[1] for row in rows]),
        parts=np.array(parts).T,
        known=np.array([row[2] for row in rows]),
    )


def _angle(truth: Truth, raw: RawQuantities) -> tuple[float, float, float]:
    value = raw.curve.slca_deg
    return value, value - truth.skin.slca_deg, raw.sources.stretch * value


def _depth(truth: Truth, raw: RawQuantities) -> tuple[float, float, float]:
    value = raw.curve.depth
    true = truth.skin.hollow_depth_mm / (raw.statures_per_mm * truth.stature_mm)
    return value, value - true, float(np.hypot(raw.sources.stretch, raw.scale_ci95)) * value


def parts_of(raw: RawQuantities, quantity: Quantity) -> list[float]:
    """What each term of the half-width is multiplied by."""
    sources = replace(raw.sources, stretch=0.0)
    errors = [curve_error(raw.curve, sources, one) for one in _single_terms()]
    return [getattr(error, quantity) for error in errors]


@lru_cache(maxsize=1)
def _single_terms() -> tuple[Calibration, ...]:
    """The constants with one term of the half-widths at a time, 1."""
    shipped = load_calibration()
    singles = [replace(NO_TERMS, **{name: 1.0}) for name in TERM_NAMES]
    return tuple(replace(shipped, error=CurveErrorTerms(one, one)) for one in singles)


def half_widths(errors: Errors, terms: ErrorTerms) -> Array:
    """95 % half-widths (n,) by these terms."""
    return _width(np.array(astuple(terms)), errors.parts, errors.known)


def _width(terms: Array, parts: Array, known: Array) -> Array:
    return np.asarray(np.sqrt(((terms[:, None] * parts) ** 2).sum(axis=0) + known**2))


def fitted_terms(errors: Errors, kept: ErrorTerms) -> ErrorTerms:
    """The terms that these errors ask for; those that hardly occur are as in `kept`."""
    terms = np.array(astuple(kept))
    occurs = errors.occurs
    known = _width(terms[~occurs], errors.parts[~occurs], errors.known)
    parts, weight = errors.parts[occurs], errors.weight
    least = np.where(np.array(TERM_NAMES) == "floor", LEAST_FLOOR, LEAST_TERM)[occurs]
    found = _most_likely(errors.error, parts, known, weight, least)
    terms[occurs] = found * growth(errors.error, _width(found, parts, 0 * known), known, weight)
    fitted = ErrorTerms(**dict(zip(TERM_NAMES, terms.tolist(), strict=True)))
    return replace(fitted, floor=max(fitted.floor, LEAST_FLOOR))


def _most_likely(error: Array, parts: Array, known: Array, weight: Array, least: Array) -> Array:
    """Terms (k,) that are most likely under heavy tails, none below `least`."""

    def surprise(log_terms: Array) -> tuple[float, Array]:
        squares = (np.exp(log_terms)[:, None] * parts) ** 2
        # A variance here; `known` is a half-width.
        variance = squares.sum(axis=0) + (known / Z95) ** 2
        scaled = error**2 / (TAIL * variance)
        value = weight * (np.log(variance) / 2 + (TAIL + 1) / 2 * np.log1p(scaled))
        slope = weight * (1 - (TAIL + 1) * scaled / (1 + scaled)) / variance
        return float(value.sum()), np.asarray((squares * slope).sum(axis=1))

    # The parameters are standard deviations; terms are half-widths.
    bounds = [(np.log(low / Z95), np.log(LARGEST_TERM / Z95)) for low in least]
    start = np.log(np.maximum(least, 1.0))
    found = Z95 * np.exp(minimize(surprise, start, jac=True, method="L-BFGS-B", bounds=bounds).x)
    # What has come down to almost nothing is not asked for.
    return np.where(found > 1.01 * LEAST_TERM, found, 0.0)


def growth(
    error: Array, width: Array, known: Array, weight: Array, share: float = COVERAGE
) -> float:
    """What `width` has to be multiplied by to hold this share of errors beside `known`."""
    needed = np.sqrt(np.maximum(error**2 - known**2, 0)) / width
    order = np.argsort(needed)
    held = np.cumsum(weight[order]) / weight.sum()
    return float(needed[order][int(np.searchsorted(held, share))])


def fitted_without(
    errors: Errors, kept: ErrorTerms, families: Iterable[str]
) -> dict[str, ErrorTerms]:
    """For each of these families the terms that the others ask for."""
    return {
        family: fitted_terms(errors.among(errors.family != family), kept) for family in families
    }


def resampled(errors: Errors, rng: np.random.Generator) -> Errors:
    """As many bodies drawn anew, with replacement, in each family."""
    drawn: list[NDArray[np.intp]] = []
    for family in errors.families:
        of_family = errors.family == family
        bodies = np.unique(errors.body[of_family])
        for body in rng.choice(bodies, len(bodies)):
            drawn.append(np.flatnonzero(of_family & (errors.body == body)))
    return errors.among(np.concatenate(drawn))


def standard_errors(
    errors: Errors, estimate: Callable[[Errors], Array], draws: int, seed: int = 1
) -> Array:
    """Bootstrap standard errors over bodies of what is estimated."""
    rng = np.random.default_rng(seed)
    estimates = [estimate(resampled(errors, rng)) for _ in range(draws)]
    return np.asarray(np.std(estimates, axis=0, ddof=1))
