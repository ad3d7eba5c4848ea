"""Findings: what the program noticed about a photo, in words a lay person can act on.

The sentences live in ``data/findings.toml``; code names a finding by its code and gives the
numbers that its sentence needs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from posture._support.tables import data_table
from posture._support.texts import filled

Severity = Literal["info", "warning", "refusal"]
# What a finding may do to a reading; see data/findings.toml.
Touches = Literal["curve", "spread", "scale", "stance"]
_SEVEREST: tuple[Severity, ...] = ("refusal", "warning", "info")
_TOUCHED: tuple[Touches, ...] = get_args(Touches)
Region = tuple[float, float, float, float]


@dataclass(frozen=True)
class Finding:
    """One thing that was noticed about the photo."""

    # A key of data/findings.toml.
    code: Annotated[str, "Stable name of the finding."]
    severity: Annotated[Severity, "A refusal means that nothing was measured because of it."]
    message: Annotated[str, "What was seen."]
    fix: Annotated[str, "What to do about it; empty when there is nothing to do."]
    value: Annotated[
        float | None,
        "The measured quantity that led to it, in the unit that docs/checks.md names; null if "
        "none.",
    ] = None
    limit: Annotated[
        float | None, "The threshold that the value was held against; null if none."
    ] = None
    region_px: Annotated[Region | None, "Left, top, right and bottom of where it was seen."] = None


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
        value, limit: what was measured and the threshold; also placeholders of the sentences, as
            they are and, for shares, as value_percent and limit_percent.
        region_px: where in the upright photo.
        numbers: values for further placeholders of the sentences.
    """
    for name, number in (("value", value), ("limit", limit)):
        numbers[name] = number
        numbers[f"{name}_percent"] = None if number is None else 100 * number
    entry = _catalogue()[code]
    return Finding(
        code=code,
        severity=entry.severity,
        message=filled(entry.message, **numbers),
        fix=filled(entry.fix, **numbers),
        # Numbers come out of arrays; they are printed and kept as plain ones.
        value=None if value is None else float(value),
        limit=None if limit is None else float(limit),
        region_px=None if region_px is None else _plain_region(region_px),
    )


def _plain_region(region_px: Region) -> Region:
    left, top, right, bottom = (float(edge) for edge in region_px)
    return (left, top, right, bottom)


def refuses(findings: Iterable[Finding]) -> bool:
    """Whether nothing is measured because of one of them."""
    return any(item.severity == "refusal" for item in findings)


def is_input_error(item: Finding) -> bool:
    """Whether the finding is about the file itself (unreadable), not about the person in it."""
    return is_input_error_code(item.code)


def is_input_error_code(code: str) -> bool:
    """As :func:`is_input_error`, for the code of a finding."""
    return _catalogue()[code].input_error


def ranked(findings: Iterable[Finding], *, in_mm: bool) -> tuple[Finding, ...]:
    """The findings, those that matter most for a reading first.

    Severity comes first; then what may bend the curve before what only widens its ±; then how
    many times its limit the measured quantity is.

    Args:
        in_mm: whether the reading has lengths in mm, so that a doubt about their scale matters.
    """
    order = _TOUCHED if in_mm else tuple(sorted(_TOUCHED, key="scale".__eq__))

    def rank(item: Finding) -> tuple[int, int, float]:
        severity = _SEVEREST.index(item.severity)
        return (severity, order.index(_touched_by(item)), -_times_limit(item))

    return tuple(sorted(findings, key=rank))


def concerns_numbers(item: Finding) -> bool:
    """Whether the finding touches angle or depth, not only their scale or the stance."""
    return _touched_by(item) in ("curve", "spread")


def _touched_by(item: Finding) -> Touches:
    """What a finding may do to a reading: the worst where a kept one has another version's code."""
    entry = _catalogue().get(item.code)
    return "curve" if entry is None else entry.touches


def known_codes() -> frozenset[str]:
    """Every finding code the program can give."""
    return frozenset(_catalogue())


@dataclass(frozen=True)
class _Entry:
    """What the data file says of one code; `input_error` when it is about the file itself."""

    severity: Severity
    message: str
    fix: str
    touches: Touches = "curve"
    input_error: bool = False


def _times_limit(item: Finding) -> float:
    """How many times its limit the value is, or the limit the value; 1 where there is none."""
    if not item.value or not item.limit:
        return 1.0
    times = abs(item.value / item.limit)
    return max(times, 1 / times)


def _catalogue() -> dict[str, _Entry]:
    return data_table("findings", dict[str, _Entry])
