"""Evaluated pictures as `benchmarks.accuracy.evaluate` writes them, from numbers that are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from posture._support.plain import to_plain
from posture.curve.uncertainty import ErrorSources
from tests.support.curves import USUAL

STATURE_MM = 1700.0
# Nothing that makes a curve less sure.
SURE = ErrorSources(
    yaw_deg=0.0,
    rival_deg=0.0,
    rival_mm=0.0,
    doubt_mm=0.0,
    refined=True,
    head_cut=False,
    warned=False,
    worn=False,
    stretch=0.0,
    arm_mm=0.0,
)


def row(
    name: str,
    true: tuple[float, float],
    measured: tuple[float, float] | None,
    *,
    sources: ErrorSources = SURE,
    told: Sequence[str] = (),
    scale_ci95: float = 0.03,
    **truth: Any,
) -> dict[str, Any]:
    """A row of a person of 1,700 mm, so that nominal mm are true ones.

    Args:
        name: of the picture.
        true, measured: angle and depth; None for a refused picture.
        sources: what makes the curve less sure.
        told: codes of its warnings.
        scale_ci95: relative half-width of the scale.
        truth: what else is known; tags of the data set, stratum, sex, reason.
    """
    slca_deg, depth_mm = true
    outside = {"stratum": "in_protocol", "sex": "f", "reason": "", "stature_mm": STATURE_MM}
    tags = {
        "family": "made-up",
        "measurable": not truth.get("reason"),
        "yaw_deg": 0.0,
        "height_px": 1200,
        "arms": "crossed",
        "outfit": "swim",
        "background": "plain",
        "hidden_by_arms_mm": 0.0,
        "seen_slca_deg": slca_deg + 2,
        "seen_hollow_depth_mm": depth_mm + 3,
    }
    skin = {"slca_deg": slca_deg, "hollow_depth_mm": depth_mm, "bridge_length_mm": 400.0}
    midline = {"slca_deg": slca_deg - 7, "hollow_depth_mm": depth_mm - 14}
    return {
        "picture": name,
        "truth": {key: truth.get(key, value) for key, value in outside.items()}
        | {
            "metrics": {"envelope": skin, "midsagittal": midline},
            "tags": tags | {key: truth[key] for key in truth if key not in outside},
        },
        "result": {"findings": [[code, "warning", None] for code in told]},
        "raw": None if measured is None else _raw(measured, sources, scale_ci95),
    }


def _raw(measured: tuple[float, float], sources: ErrorSources, scale_ci95: float) -> dict[str, Any]:
    return {
        "curve": to_plain(replace(USUAL, slca_deg=measured[0], depth=measured[1])),
        "rival": None,
        "sources": to_plain(sources),
        "yaw_seen_deg": sources.yaw_deg,
        "elevation_deg": 0.0,
        "scale_source": "crown to sole",
        "scale_ci95": scale_ci95,
        "statures_per_mm": 1 / STATURE_MM,
    }
