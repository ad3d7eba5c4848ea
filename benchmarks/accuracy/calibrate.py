"""Fit the constants of ``posture/data/calibration.toml`` on the rows of development seeds.

    python -m benchmarks.accuracy.calibrate ROWS.jsonl [MORE_ROWS.jsonl ...]

Prints the file's numbers; nothing is written, a person copies what they believe.  Only pictures
that the protocol allows (and turned or poorly lit ones) take part; refused ones have no row.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from posture.curve.correction import (
    USUAL_APEX_SHARE,
    USUAL_BUTTOCKS_MM,
    USUAL_INFLECTIONS_MM,
    USUAL_SHANKS_MM,
)
from posture.curve.uncertainty import LOOSE
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


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=Path, nargs="+")
    files = parser.parse_args().rows
    rows = [json.loads(line) for file in files for line in file.read_text().splitlines()]
    used = [row for row in rows if row["truth"]["stratum"] in STRATA and is_measured(row)]
    print(f"{len(used)} pictures")
    for name, terms, truth, scale_mm in (
        ("angle", angle_terms(used), true_angle(used), np.zeros(len(used))),
        ("depth", depth_terms(used), true_depth(used), scale_error(used)),
    ):
        constants = robust_least_squares(np.stack(list(terms.values()), axis=1), truth)
        told = dict(zip(terms, np.round(constants, 5).tolist(), strict=True))
        print(f"{name}: {told}")
        left = truth - np.stack(list(terms.values()), axis=1) @ constants
        print(f"   mean error {left.mean():+.2f}, mean absolute {np.abs(left).mean():.2f}")
        error_terms = {
            "floor": np.ones(len(used)),
            "rival": rivalry(used, name),
            "turn": raw(used, "turn"),
            "doubt": raw(used, "doubt_mm"),
            "head_cut": found(used, "head-cropped"),
            "loose": found(used, *LOOSE),
        }
        features = np.stack(list(error_terms.values()))
        weights = fit_spread(left, features, scale_mm)
        told = dict(zip(error_terms, np.round(weights, 2).tolist(), strict=True))
        print(f"   half-width: {told}")
        width = half_width(weights, features, scale_mm)
        for stratum in STRATA:
            there = np.array([row["truth"]["stratum"] == stratum for row in used])
            print(
                f"   {stratum}: covers {np.mean((np.abs(left) <= width)[there]):.3f}, "
                f"median half-width {np.median(width[there]):.2f}"
            )


def is_measured(row: dict[str, Any]) -> bool:
    """Whether the picture can be measured and was."""
    return row["truth"]["tags"]["measurable"] and row["result"]["status"] == "measured"


def raw(rows: list[dict[str, Any]], name: str) -> Array:
    """One raw quantity of all rows."""
    return np.array([row["raw"][name] for row in rows])


def angle_terms(rows: list[dict[str, Any]]) -> dict[str, Array]:
    """What the angle of the body is the sum of, by the names of ``calibration.toml``."""
    return {
        "tangents": raw(rows, "slca_deg"),
        "chord": raw(rows, "chord_angle_deg"),
        "constant": np.ones(len(rows)),
        "turn_deg": -raw(rows, "turn") * raw(rows, "width_factor"),
        "front": front(rows) * raw(rows, "slca_deg"),
        "apex": -raw(rows, "slca_deg") * (raw(rows, "apex_share") - USUAL_APEX_SHARE),
        "inflections_deg_per_mm": USUAL_INFLECTIONS_MM - raw(rows, "inflections_mm"),
        "elevation_deg": -(np.sin(np.radians(raw(rows, "elevation_deg"))) ** 2),
        "buttocks_deg_per_mm": USUAL_BUTTOCKS_MM - raw(rows, "buttocks_mm"),
        "doubt_deg_per_mm": raw(rows, "doubt_mm"),
    }


def depth_terms(rows: list[dict[str, Any]]) -> dict[str, Array]:
    """The same for the depth, nominal mm."""
    return {
        "bridge": raw(rows, "depth"),
        "tangents_mm_per_deg": raw(rows, "slca_deg"),
        "turn_mm": -raw(rows, "turn") * raw(rows, "width_factor"),
        "front": -front(rows) * raw(rows, "depth"),
        "bend_mm2": raw(rows, "thoracic_bend"),
        "shanks_per_mm": raw(rows, "depth") * (raw(rows, "shanks_mm") - USUAL_SHANKS_MM),
        "buttocks": USUAL_BUTTOCKS_MM - raw(rows, "buttocks_mm"),
        "doubt": raw(rows, "doubt_mm"),
    }


def front(rows: list[dict[str, Any]]) -> Array:
    """How far (-1 to 1) the front is turned to the camera."""
    return np.asarray(np.sin(np.radians(raw(rows, "yaw_deg"))))


def true_angle(rows: list[dict[str, Any]]) -> Array:
    """Degrees."""
    return np.array([row["truth"]["metrics"]["envelope"]["lumbar_angle_deg"] for row in rows])


def true_depth(rows: list[dict[str, Any]]) -> Array:
    """Nominal mm of the picture."""
    true_mm = [row["truth"]["metrics"]["envelope"]["bitangent_gap_mm"] for row in rows]
    return np.array(true_mm) / raw(rows, "stature_mm_per_nominal")


def rivalry(rows: list[dict[str, Any]], name: str) -> Array:
    """How far the rival outline's angle or depth is off."""
    return np.array([row["raw"]["rivalry"][("angle", "depth").index(name)] for row in rows])


def found(rows: list[dict[str, Any]], *codes: str) -> Array:
    """1 for a row whose picture has one of these findings, else 0."""
    told = [{code for code, *_ in row["result"]["findings"]} for row in rows]
    return np.array([float(not these.isdisjoint(codes)) for these in told])


def scale_error(rows: list[dict[str, Any]]) -> Array:
    """What the scale alone adds to the half-width of the depth; known, not fitted."""
    sd = {y.source: y.relative_sd for y in (CROWN_TO_SOLE, SHOULDER_TO_SOLE, TRUNK)}
    return Z95 * raw(rows, "depth") * np.array([sd[row["raw"]["scale_source"]] for row in rows])


def robust_least_squares(design: Array, truth: Array) -> Array:
    """Factors of the columns of `design` by Huber's iteratively reweighted least squares."""
    weight = np.ones(len(truth))
    for _ in range(30):
        root = np.sqrt(weight)
        solution = np.linalg.lstsq(design * root[:, None], truth * root, rcond=None)[0]
        left = np.abs(truth - design @ solution)
        weight = np.minimum(1, HUBER_DEG_OR_MM / np.maximum(left, 1e-9))
    return np.asarray(solution)


def half_width(weights: Array, features: Array, known: Array) -> Array:
    """Terms added in quadrature."""
    return np.asarray(np.sqrt(((weights[:, None] * features) ** 2).sum(axis=0) + known**2))


def fit_spread(left: Array, features: Array, known: Array) -> Array:
    """Weights (k,) of the half-width's terms: most likely under heavy tails, then to coverage."""

    def surprise(log_weights: Array) -> float:
        # A standard deviation here; `known` is a half-width.
        width = half_width(np.exp(log_weights), features, known / Z95)
        scaled = (left / width) ** 2
        return float((np.log(width) + (TAIL + 1) / 2 * np.log1p(scaled / TAIL)).sum())

    bounds = [(np.log(0.01), np.log(30.0))] * len(features)
    found = minimize(surprise, np.zeros(len(features)), method="L-BFGS-B", bounds=bounds)
    weights = np.exp(found.x)
    # Grow or shrink the fitted terms until the stated share is covered.
    factors = np.geomspace(0.2, 5, 400)
    covered = [np.mean(np.abs(left) <= half_width(f * weights, features, known)) for f in factors]
    return np.asarray(weights * factors[int(np.searchsorted(covered, COVERAGE))])


if __name__ == "__main__":
    main()
