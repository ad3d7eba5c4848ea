"""The thresholds of the checks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

Limits = Mapping[str, Mapping[str, float]]


@cache
def load_limits() -> Limits:
    """The thresholds of ``data/checks.toml``, by section and name."""
    text = resources.files("posture").joinpath("data/checks.toml").read_text(encoding="utf-8")
    limits: Limits = tomllib.loads(text)
    return limits
