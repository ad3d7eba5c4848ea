"""Findings: what the program noticed about a photo, in words a lay person can act on.

The sentences live in ``data/findings.toml``; code names a finding by its code and gives the
numbers that its sentence needs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

Severity = Literal["info", "warning", "refusal"]
Region = tuple[float, float, float, float]


@dataclass(frozen=True)
class Finding:
    """One observation about the photo.

    Attributes:
        code: stable name, a key of ``data/findings.toml``.
        severity: "refusal" means that nothing was measured because of it.
        message: one sentence that says what was seen.
        fix: one sentence that says what to do; empty when there is nothing to do.
        value: the measured quantity that led to it, in the unit its check names; None if none.
        limit: the threshold that `value` was held against.
        region_px: (left, top, right, bottom) where it was seen, in pixels of the upright photo.
    """

    code: str
    severity: Severity
    message: str
    fix: str
    value: float | None = None
    limit: float | None = None
    region_px: Region | None = None


def finding(
    code: str,
    *,
    value: float | None = None,
    limit: float | None = None,
    region_px: Region | None = None,
    **numbers: Any,
) -> Finding:
    """The finding `code` with its sentences filled in.

    Args:
        code: a key of ``data/findings.toml``.
        value, limit: what was measured and the threshold; also placeholders of the sentences.
        region_px: where in the upright photo.
        numbers: values for further placeholders of the sentences.
    """
    numbers |= {"value": value, "limit": limit}
    entry = _catalogue()[code]
    return Finding(
        code=code,
        severity=entry["severity"],
        message=entry["message"].format(**numbers),
        fix=entry["fix"].format(**numbers),
        value=value,
        limit=limit,
        region_px=region_px,
    )


def refuses(findings: Iterable[Finding]) -> bool:
    """Whether nothing is measured because of one of them."""
    return any(item.severity == "refusal" for item in findings)


def is_input_error(item: Finding) -> bool:
    """Whether the finding is about the file itself (unreadable), not about the person in it."""
    return is_input_error_code(item.code)


def is_input_error_code(code: str) -> bool:
    """As :func:`is_input_error`, for the code of a finding."""
    return bool(_catalogue()[code].get("input_error", False))


def known_codes() -> frozenset[str]:
    """Every finding code the program can give."""
    return frozenset(_catalogue())


@cache
def _catalogue() -> dict[str, dict[str, Any]]:
    text = resources.files("posture").joinpath("data/findings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
