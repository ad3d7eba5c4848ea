"""What a correction of the drawn line's own numbers would gain on a family it was not fitted on.

The rule by which corrections stay out: one comes in only when, fitted on the other families, it
lowers the error by more than the standard error of that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.spread import TERM_NAMES, Array, Errors

# What an error may go along with.
CORRECTIONS: Mapping[str, tuple[str, ...]] = {
    "a constant": ("floor",),
    "in proportion": ("relative",),
    "a constant and the turn": ("floor", "turn"),
}


@dataclass(frozen=True)
class Gain:
    """By how much the mean absolute error falls, families alike, and its standard error.

    Attributes:
        correction: by its name.
        of_family: the gain in each family, by a correction fitted on the others.
        mean, standard_error: of all families, over bodies.
    """

    correction: str
    of_family: Mapping[str, float]
    mean: float
    standard_error: float

    @property
    def wins(self) -> bool:
        """Whether it gains more than its standard error."""
        return self.mean > self.standard_error


def gains(errors: Errors) -> list[Gain]:
    """Of every correction; needs two families."""
    return [_gain(name, errors, _columns(errors, terms)) for name, terms in CORRECTIONS.items()]


def _columns(errors: Errors, terms: tuple[str, ...]) -> Array:
    return errors.parts[[TERM_NAMES.index(term) for term in terms]]


def _gain(name: str, errors: Errors, columns: Array) -> Gain:
    means, variances = {}, []
    for family in errors.families:
        here = errors.family == family
        others = errors.among(~here)
        constants = weighted_least_squares(columns[:, ~here], others.error, others.weight)
        left = np.abs(errors.error[here] - constants @ columns[:, here])
        of_picture = np.abs(errors.error[here]) - left
        bodies = errors.body[here]
        of_body = [of_picture[bodies == body].mean() for body in np.unique(bodies)]
        means[family] = float(np.mean(of_body))
        variances.append(np.var(of_body, ddof=1) / len(of_body) if len(of_body) > 1 else np.nan)
    # A family of a single body tells nothing of spread: it is taken to spread as the others do.
    spread = np.where(np.isnan(variances), np.nanmean(variances), variances)
    return Gain(
        correction=name,
        of_family=means,
        mean=float(np.mean(list(means.values()))),
        standard_error=float(np.sqrt(spread.sum()) / len(means)),
    )


def weighted_least_squares(columns: Array, error: Array, weight: Array) -> Array:
    """Factors (k,) of the columns (k, n) that come nearest to the errors."""
    root = np.sqrt(weight)
    return np.asarray(np.linalg.lstsq((columns * root).T, error * root, rcond=None)[0])
