"""Fit the constants of ``posture/data/calibration.toml`` on the rows of the development seed.

    python -m benchmarks.accuracy.calibrate ROWS.jsonl

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

from posture.frame import TRUNK_MM
from posture.result import Z95
from posture.scale import CROWN_TO_SOLE, SHOULDER_TO_HEEL, TRUNK
from posture.uncertainty import USUAL_HESITATION_MM

STRATA = ("in_protocol", "yaw", "poor_light", "loose_top", "head_cropped", "arms_hanging")
# Wrong outlines (camouflage) must not bend the constants: residuals beyond this count linearly.
HUBER_DEG_OR_MM = 4.0
COVERAGE = 0.955
# Heavy tails: Student's t with few degrees of freedom.
TAIL = 4.0

Array = NDArray[np.float64]


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=Path)
    rows = [json.loads(line) for line in parser.parse_args().rows.read_text().splitlines()]
    used = [row for row in rows if row["truth"]["stratum"] in STRATA and is_measured(row)]
    turned = np.sin(np.radians([row["raw"]["yaw_deg"] for row in used]))
    print(f"{len(used)} pictures")
    for quantity in ("slca", "depth"):
        seen, truth, spread = columns(used, quantity)
        gain, front, rear = robust_least_squares(seen, truth, turned)
        print(f"{quantity}: gain {gain:.3f} front {front:.1f} rear {rear:.1f}")
        left = truth - (gain * seen - front * np.maximum(turned, 0) - rear * np.maximum(-turned, 0))
        print(f"   mean error {left.mean():+.2f}, mean absolute {np.abs(left).mean():.2f}")
        features = np.stack(
            [np.ones_like(seen), spread, np.abs(turned), coarseness(used), hesitation(used)]
        )
        scale_mm = scale_error(used, seen) if quantity == "depth" else np.zeros_like(seen)
        weights = fit_spread(left, features, scale_mm)
        print(f"   half-width: {np.round(weights, 3)} of 1, spread, turn, mm per px, hesitation")
        width = half_width(weights, features, scale_mm)
        easy = np.array([row["truth"]["stratum"] == "in_protocol" for row in used])
        print(
            f"   covers {np.mean(np.abs(left) <= width):.3f}, in protocol "
            f"{np.mean((np.abs(left) <= width)[easy]):.3f} with a median half-width of "
            f"{np.median(width[easy]):.2f}"
        )


def is_measured(row: dict[str, Any]) -> bool:
    """Whether the picture was measured and its curve was seen."""
    return row["result"]["status"] == "measured" and "slca_deg" in row["raw"]


def columns(rows: list[dict[str, Any]], quantity: str) -> tuple[Array, Array, Array]:
    """Seen and true value, and disagreement of the passes; depth in nominal mm."""
    index = ("slca", "depth").index(quantity)
    seen = np.array([row["raw"]["slca_deg" if index == 0 else "depth"] for row in rows])
    envelope = [row["truth"]["metrics"]["envelope"] for row in rows]
    if index == 0:
        truth = np.array([line["lumbar_angle_deg"] for line in envelope])
    else:
        nominal = np.array([row["raw"]["stature_mm_per_nominal"] for row in rows])
        truth = np.array([line["bitangent_gap_mm"] for line in envelope]) / nominal
    corrected = np.array(
        [
            row["result"]["slca_deg"]["value"]
            if index == 0
            else row["result"]["hollow_depth_mm"]["value"] / row["raw"]["stature_mm_per_nominal"]
            for row in rows
        ]
    )
    spread = [
        max((abs(other[index] - own) for other in row["raw"]["others"] if other), default=0.0)
        for row, own in zip(rows, corrected, strict=True)
    ]
    return seen, truth, np.array(spread)


def coarseness(rows: list[dict[str, Any]]) -> Array:
    """Nominal mm per pixel of the photo."""
    return np.array([TRUNK_MM / row["raw"]["trunk_px"] for row in rows])


def hesitation(rows: list[dict[str, Any]]) -> Array:
    """How much wider than usual the mask hesitates at its worst, mm."""
    return np.maximum(
        np.array([row["raw"]["hesitation_worst"] for row in rows]) - USUAL_HESITATION_MM, 0
    )


def scale_error(rows: list[dict[str, Any]], depth: Array) -> Array:
    """What the scale alone adds to the half-width of the depth; known, not fitted."""
    sd = {y.source: y.relative_sd for y in (CROWN_TO_SOLE, SHOULDER_TO_HEEL, TRUNK)}
    return Z95 * depth * np.array([sd[row["raw"]["scale_source"]] for row in rows])


def robust_least_squares(seen: Array, truth: Array, turned: Array) -> Array:
    """Gain, front and rear terms (3,) by Huber's iteratively reweighted least squares."""
    design = np.stack([seen, -np.maximum(turned, 0), -np.maximum(-turned, 0)], axis=1)
    weight = np.ones_like(seen)
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
        width = half_width(np.exp(log_weights), features, known)
        scaled = (left / width) ** 2
        return float((np.log(width) + (TAIL + 1) / 2 * np.log1p(scaled / TAIL)).sum())

    start = np.log(np.full(len(features), 0.3))
    found = minimize(surprise, start, method="Nelder-Mead", options={"maxiter": 20000})
    weights = np.exp(found.x)
    # Grow or shrink the fitted terms until the stated share is covered.
    factors = np.geomspace(0.2, 5, 400)
    covered = [np.mean(np.abs(left) <= half_width(f * weights, features, known)) for f in factors]
    return np.asarray(weights * factors[int(np.searchsorted(covered, COVERAGE))])


if __name__ == "__main__":
    main()
