"""Fit the constants of ``posture/data/calibration.toml`` on the rows of development seeds.

    python -m benchmarks.accuracy.calibrate ROWS.jsonl [MORE_ROWS.jsonl ...]

Prints the file's numbers; nothing is written, a person copies what they believe.  Only pictures
that the protocol allows (and turned or poorly lit ones) take part; refused ones have no row.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from posture.curve.correction import (
    USUAL_APEX_SHARE,
    USUAL_BUTTOCKS_MM,
    USUAL_INFLECTIONS_MM,
    USUAL_SHANKS_MM,
)
from scipy.optimize import minimize

from benchmarks.accuracy.rows import EvaluatedPicture, RawQuantities, TrueCurve, read_rows
from posture.result import Z95
from posture.view.scale import CROWN_TO_SOLE, SHOULDER_TO_SOLE, TRUNK

STRATA = (
    "in_protocol", "yaw", "poor_light", "loose_top", "long_hair", "head_cropped", "arms_hanging",
)  # fmt: skip
# Wrong outlines (camouflage) must not bend the constants: residuals beyond this count linearly.
HUBER_DEG_OR_MM = 4.0
COVERAGE = 0.965
# Heavy tails: Student's t with few degrees of freedom.
TAIL = 4.0

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Measurement:
    """A picture that can be measured and was: its truth and the raw quantities."""

    stratum: str
    skin: TrueCurve
    raw: RawQuantities


@dataclass(frozen=True)
class Fit:
    """One number to fit: the terms of its sum, its truth, and what is known of its spread.

    Attributes:
        name: angle or depth.
        terms: (n,) each, by the names of ``calibration.toml``.
        truth: (n,), degrees or nominal mm.
        rival: (n,) how far the rival outline is off, degrees or nominal mm.
        scale_ci95: (n,) what the scale alone adds to the half-width; known, not fitted.
    """

    name: str
    terms: dict[str, Array]
    truth: Array
    rival: Array
    scale_ci95: Array


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=Path, nargs="+")
    used = measurements(read_rows(parser.parse_args().rows))
    print(f"{len(used)} pictures")
    for fit in (angle_fit(used), depth_fit(used)):
        design = np.stack(list(fit.terms.values()), axis=1)
        constants = robust_least_squares(design, fit.truth)
        print(f"{fit.name}: {_by_name(fit.terms, np.round(constants, 5))}")
        error = fit.truth - design @ constants
        print(f"   mean error {error.mean():+.2f}, mean absolute {np.abs(error).mean():.2f}")
        terms = error_terms(used, fit.rival)
        features = np.stack(list(terms.values()))
        weights = fit_spread(error, features, fit.scale_ci95)
        print(f"   half-width: {_by_name(terms, np.round(weights, 2))}")
        width = half_width(weights, features, fit.scale_ci95)
        for stratum in STRATA:
            there = np.array([one.stratum == stratum for one in used])
            print(
                f"   {stratum}: covers {np.mean((np.abs(error) <= width)[there]):.3f}, "
                f"median half-width {np.median(width[there]):.2f}"
            )


def _by_name(terms: Mapping[str, Array], values: Array) -> dict[str, float]:
    return dict(zip(terms, values.tolist(), strict=True))


def measurements(pictures: Iterable[EvaluatedPicture]) -> list[Measurement]:
    """Those of the strata that take part which can be measured and were."""
    return [
        Measurement(picture.truth.stratum, picture.truth.skin, picture.raw)
        for picture in pictures
        if picture.truth.stratum in STRATA and picture.truth.measurable
        if picture.reading is not None and picture.raw is not None
    ]


def raw(used: Sequence[Measurement], quantity: Callable[[RawQuantities], float]) -> Array:
    """One raw quantity of all."""
    return np.array([quantity(one.raw) for one in used], float)


def angle_fit(used: Sequence[Measurement]) -> Fit:
    """The angle of the body, degrees."""
    slca_deg = raw(used, lambda q: q.slca_deg)
    elevation = np.radians(raw(used, lambda q: q.elevation_deg))
    return Fit(
        name="angle",
        terms={
            "tangents": slca_deg,
            "chord": raw(used, lambda q: q.chord_angle_deg),
            "constant": np.ones(len(used)),
            "turn_deg": -raw(used, lambda q: q.turn * q.width_factor),
            "front": front(used) * slca_deg,
            "apex": -slca_deg * (raw(used, lambda q: q.apex_share) - USUAL_APEX_SHARE),
            "inflections_deg_per_mm": (
                USUAL_INFLECTIONS_MM - raw(used, lambda q: q.inflections_mm)
            ),
            "elevation_deg": -(np.sin(elevation) ** 2),
            "buttocks_deg_per_mm": USUAL_BUTTOCKS_MM - raw(used, lambda q: q.buttocks_mm),
            "doubt_deg_per_mm": raw(used, lambda q: q.doubt_mm),
        },
        truth=np.array([one.skin.slca_deg for one in used]),
        rival=raw(used, lambda q: q.rival_deg),
        scale_ci95=np.zeros(len(used)),
    )


def depth_fit(used: Sequence[Measurement]) -> Fit:
    """The depth, nominal mm of the picture."""
    depth = raw(used, lambda q: q.depth)
    true_mm = np.array([one.skin.hollow_depth_mm for one in used])
    scale_sd = {y.source: y.relative_sd for y in (CROWN_TO_SOLE, SHOULDER_TO_SOLE, TRUNK)}
    return Fit(
        name="depth",
        terms={
            "bridge": depth,
            "tangents_mm_per_deg": raw(used, lambda q: q.slca_deg),
            "turn_mm": -raw(used, lambda q: q.turn * q.width_factor),
            "front": -front(used) * depth,
            "bend_mm2": raw(used, lambda q: q.thoracic_bend),
            "shanks_per_mm": depth * (raw(used, lambda q: q.shanks_mm) - USUAL_SHANKS_MM),
            "buttocks": USUAL_BUTTOCKS_MM - raw(used, lambda q: q.buttocks_mm),
            "doubt": raw(used, lambda q: q.doubt_mm),
        },
        truth=true_mm / raw(used, lambda q: q.stature_mm_per_nominal),
        rival=raw(used, lambda q: q.rival_mm),
        scale_ci95=Z95 * depth * raw(used, lambda q: scale_sd[q.scale_source]),
    )


def front(used: Sequence[Measurement]) -> Array:
    """How far (-1 to 1) the front is turned to the camera."""
    return np.asarray(np.sin(np.radians(raw(used, lambda q: q.yaw_deg))))


def error_terms(used: Sequence[Measurement], rival: Array) -> dict[str, Array]:
    """What the half-width is made of, by the names of ``calibration.toml``."""
    return {
        "floor": np.ones(len(used)),
        "rival": rival,
        "turn": raw(used, lambda q: q.turn),
        "doubt": raw(used, lambda q: q.doubt_mm),
        "head_cut": raw(used, lambda q: q.head_cut),
        "loose": raw(used, lambda q: q.cloth_hangs),
    }


def robust_least_squares(design: Array, truth: Array) -> Array:
    """Factors of the columns of `design` by Huber's iteratively reweighted least squares."""
    weight = np.ones(len(truth))
    for _ in range(30):
        root = np.sqrt(weight)
        solution = np.linalg.lstsq(design * root[:, None], truth * root, rcond=None)[0]
        residual = np.abs(truth - design @ solution)
        weight = np.minimum(1, HUBER_DEG_OR_MM / np.maximum(residual, 1e-9))
    return np.asarray(solution)


def half_width(weights: Array, features: Array, known: Array) -> Array:
    """Terms added in quadrature."""
    return np.asarray(np.sqrt(((weights[:, None] * features) ** 2).sum(axis=0) + known**2))


def fit_spread(error: Array, features: Array, known: Array) -> Array:
    """Weights (k,) of the half-width's terms: most likely under heavy tails, then to coverage."""

    def surprise(log_weights: Array) -> float:
        # A standard deviation here; `known` is a half-width.
        width = half_width(np.exp(log_weights), features, known / Z95)
        scaled = (error / width) ** 2
        return float((np.log(width) + (TAIL + 1) / 2 * np.log1p(scaled / TAIL)).sum())

    bounds = [(np.log(0.01), np.log(30.0))] * len(features)
    found = minimize(surprise, np.zeros(len(features)), method="L-BFGS-B", bounds=bounds)
    weights = np.exp(found.x)
    # Grow or shrink the fitted terms until the stated share is covered.
    factors = np.geomspace(0.2, 5, 400)
    covered = [np.mean(np.abs(error) <= half_width(f * weights, features, known)) for f in factors]
    return np.asarray(weights * factors[int(np.searchsorted(covered, COVERAGE))])


if __name__ == "__main__":
    main()
