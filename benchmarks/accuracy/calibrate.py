"""Fit what is fitted of ``posture/data/calibration.toml`` on the rows of several families.

    python -m benchmarks.accuracy.calibrate ROWS.jsonl [MORE_ROWS.jsonl ...] [--terms] [--all]

Prints the file's numbers with their standard errors, and how they do on each family when they are
fitted on the others; nothing is written, a person copies what they believe.  With --terms it tells
instead what corrections of the line's own numbers would gain on a family left out.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, replace
from pathlib import Path

import numpy as np

from benchmarks.accuracy.gains import gains
from benchmarks.accuracy.rows import EvaluatedPicture, read_rows
from benchmarks.accuracy.spread import (
    QUANTITIES,
    TERM_NAMES,
    Array,
    Errors,
    errors_of,
    fitted_terms,
    fitted_without,
    half_widths,
    standard_errors,
    takes_part,
)
from posture.curve.calibration import Calibration, ErrorTerms, load_calibration

# From here on the yaw estimate has other faults than its bias.
MOST_YAW_DEG = 20.0
UNITS = {"slca_deg": "°", "depth_mm": "mm"}


def fit_report(pictures: Sequence[EvaluatedPicture], shipped: Calibration, draws: int) -> list[str]:
    """The terms of the half-widths with standard errors, as lines for ``calibration.toml``."""
    lines: list[str] = []
    for quantity in QUANTITIES:
        kept: ErrorTerms = getattr(shipped.error, quantity)
        errors = errors_of(pictures, quantity)
        terms = fitted_terms(errors, kept)

        def again(drawn: Errors, kept: ErrorTerms = kept) -> Array:
            return np.array(astuple(fitted_terms(drawn, kept)))

        spreads = standard_errors(errors, again, draws)
        lines += ["", f"[error.{quantity}]"]
        lines += [
            f"{name} = {_short(value, name)}  # "
            + (f"fitted: ± {_short(spread, name)}" if fitted else "chosen: kept, too seldom")
            for name, value, spread, fitted in zip(
                TERM_NAMES, astuple(terms), spreads, errors.occurs, strict=True
            )
        ]
    return lines


def _short(value: float, name: str) -> str:
    return f"{value:.3f}" if name == "relative" else f"{value:.1f}"


def yaw_bias(pictures: Sequence[EvaluatedPicture], draws: int) -> tuple[float, float]:
    """What the yaw estimate is too high by, families alike, and its standard error; degrees."""
    near = [one for one in pictures if abs(one.truth.yaw_deg) <= MOST_YAW_DEG]
    errors = errors_of(near, "slca_deg")
    too_high = np.array([one.raw.yaw_seen_deg - one.truth.yaw_deg for one in near if one.raw])
    found = Errors(errors.family, errors.body, errors.value, too_high, errors.parts, errors.known)

    def mean(drawn: Errors) -> Array:
        return np.array([np.average(drawn.error, weights=drawn.weight)])

    return float(mean(found)[0]), float(standard_errors(found, mean, draws)[0])


def judgement(pictures: Sequence[EvaluatedPicture], shipped: Calibration) -> list[str]:
    """How half-widths do on each family, by terms fitted without it and by those in use."""
    lines = []
    for quantity in QUANTITIES:
        kept: ErrorTerms = getattr(shipped.error, quantity)
        errors, unit = errors_of(pictures, quantity), UNITS[quantity]
        for family, terms in fitted_without(errors, kept, errors.families).items():
            here = errors.among(errors.family == family)
            lines.append(
                f"{quantity} {family} ({len(here.error)}): "
                f"without it {_coverage(here, terms, unit)}; in use {_coverage(here, kept, unit)}"
            )
    return lines


def _coverage(errors: Errors, terms: ErrorTerms, unit: str) -> str:
    width, size = half_widths(errors, terms), np.abs(errors.error)
    return (
        f"{np.mean(size <= width):.0%} inside, median ± {np.median(width):.1f} {unit}, "
        f"largest error {(size / width).max():.1f} ×"
    )


def gain_report(pictures: Sequence[EvaluatedPicture]) -> list[str]:
    """What corrections would gain on a family left out."""
    lines = []
    for quantity in QUANTITIES:
        for gain in gains(errors_of(pictures, quantity)):
            families = ", ".join(f"{name} {value:+.2f}" for name, value in gain.of_family.items())
            lines.append(
                f"{quantity}, {gain.correction}: {gain.mean:+.2f} ± {gain.standard_error:.2f} "
                f"{UNITS[quantity]} ({families})"
            )
    return lines


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=Path, nargs="+")
    parser.add_argument("--terms", action="store_true", help="gains of corrections")
    parser.add_argument("--all", action="store_true", help="also what ought to be refused")
    parser.add_argument("--draws", type=int, default=100, help="of the bootstrap")
    options = parser.parse_args()
    shipped, pictures = load_calibration(), read_rows(options.rows)
    if options.terms:
        print("\n".join(gain_report([one for one in pictures if one.in_protocol])))
        return
    bias_deg, spread_deg = yaw_bias([one for one in pictures if takes_part(one)], options.draws)
    yaw = replace(shipped.yaw, bias_deg=round(bias_deg, 1))
    # With the turn as it is then.
    constants = replace(shipped, yaw=yaw)
    taken = [
        one
        for one in read_rows(options.rows, constants)
        if takes_part(one) or (options.all and one.raw is not None)
    ]
    print(fitted_on(taken))
    print(f"[yaw]\nbias_deg = {yaw.bias_deg}  # fitted: ± {spread_deg:.1f}")
    print(f"perspective_deg = {yaw.perspective_deg}  # physical: geometry, not fitted")
    print("\n".join(fit_report(taken, constants, options.draws)))
    print()
    print("\n".join(judgement(taken, constants)))


def fitted_on(pictures: Sequence[EvaluatedPicture]) -> str:
    """How many pictures, bodies and families they are."""
    bodies = {(one.truth.family, one.truth.body) for one in pictures}
    families = Counter(one.truth.family for one in pictures)
    names = ", ".join(f"{name} {count}" for name, count in sorted(families.items()))
    return f"# {len(pictures)} pictures of {len(bodies)} bodies; by family: {names}."


if __name__ == "__main__":
    main()
