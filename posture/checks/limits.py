"""The thresholds of the checks."""

from __future__ import annotations

from collections.abc import Mapping

from posture._support.tables import data_table

Limits = Mapping[str, Mapping[str, float]]


def load_limits() -> Limits:
    """The thresholds of ``data/checks.toml``, by section and name."""
    return data_table("checks", dict[str, dict[str, float]])
