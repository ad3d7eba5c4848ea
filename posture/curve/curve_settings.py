"""Numbers of the curve, read from ``data/curve.toml``, which says what each one is.

Lengths are in nominal mm.
"""

from __future__ import annotations

from typing import NamedTuple

from posture._support.tables import Span, data_table


class DefinitionSettings(NamedTuple):
    """Where on a body the curve lies; see ``data/curve.toml``."""

    mid_hip_share: float
    waist_mm: Span
    touches_mm: Span
    min_bridge_mm: float
    least_apart_mm: float


class UncertaintySettings(NamedTuple):
    """How far what makes a curve less sure counts; see ``data/curve.toml``."""

    most_doubt_mm: float
    most_rivalry_deg: float
    most_rivalry_mm: float
    arm_unit_mm: float


class CurveSettings(NamedTuple):
    """All of ``data/curve.toml``."""

    definition: DefinitionSettings
    uncertainty: UncertaintySettings


def curve_settings() -> CurveSettings:
    """The built-in settings."""
    return data_table("curve", CurveSettings)
