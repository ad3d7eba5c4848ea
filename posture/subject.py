"""The person in the photo, as far as they choose to say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Literal, NamedTuple, get_args

from posture._support.described import Allowed
from posture._support.tables import Span, data_table
from posture.errors import InvalidInput

Sex = Literal["m", "f", "unspecified"]


# Nominal millimetres are those of a person of this stature; true ones need the person's own.
NOMINAL_STATURE_MM = 1700.0


class Ranges(NamedTuple):
    """Lowest and highest of what people say; see ``data/subject.toml``."""

    stature_mm: Span
    asked_stature_mm: Span
    age_years: Span
    hand_thickness_mm: Span


class BareNumbers(NamedTuple):
    """What a number without a unit means; see ``data/subject.toml``."""

    metres_below: float
    feet_below: float
    inches_below: float
    centimetres_below: float


class SubjectSettings(NamedTuple):
    """All of ``data/subject.toml``."""

    range: Ranges
    bare: BareNumbers


def subject_settings() -> SubjectSettings:
    """The built-in settings."""
    return data_table("subject", SubjectSettings)


_RANGE = subject_settings().range
STATURE_RANGE_MM, ASKED_STATURE_RANGE_MM = _RANGE.stature_mm, _RANGE.asked_stature_mm
AGE_RANGE_YEARS, HAND_THICKNESS_RANGE_MM = _RANGE.age_years, _RANGE.hand_thickness_mm

_NUMBER = r"(\d+(?:[.,]\d+)?)"
# Straight and curly quotes, primes and accents, as keyboards and word processors give them.
_ONE_STROKE, _TWO_STROKES = r"['\u2019\u2018\u2032\u00b4`]", r"[\"\u201d\u201c\u2033]"
_FOOT_MARK = rf"(?:ft\.?|feet|foot|{_ONE_STROKE})"
_INCH_MARK = rf"(?:inch(?:es)?|in\.?|{_TWO_STROKES}|{_ONE_STROKE}{{2}})"
_METRIC = re.compile(
    rf"{_NUMBER}\s*(mm|cm|m|millimet(?:er|re)s?|centimet(?:er|re)s?|met(?:er|re)s?)"
)
_METRES_AND_CM = re.compile(r"(\d)\s*m\s*(\d\d)\s*(?:cm)?")
_FEET = re.compile(rf"{_NUMBER}\s*{_FOOT_MARK}\s*(?:{_NUMBER}\s*(½)?\s*{_INCH_MARK}?)?")
_INCHES = re.compile(rf"{_NUMBER}\s*(½)?\s*{_INCH_MARK}")
_BARE = re.compile(_NUMBER)
_MM_PER = {"mm": 1.0, "cm": 10.0, "m": 1000.0, "mi": 1.0, "ce": 10.0, "me": 1000.0}
_MM_PER_INCH = 25.4
_HAND = re.compile(rf"{_NUMBER}\s*(mm|cm|in)?")


@dataclass(frozen=True)
class Subject:
    """What the person said about themselves.

    Raises:
        InvalidInput: when a value lies outside what a human body can have.
    """

    stature_mm: Annotated[
        float | None, "Barefoot standing height in mm.", Allowed(*STATURE_RANGE_MM)
    ] = None
    sex: Annotated[Sex, "Chooses the reference values."] = "unspecified"
    age: Annotated[float | None, "In years.", Allowed(*AGE_RANGE_YEARS)] = None
    hand_thickness_mm: Annotated[
        float | None,
        "Of the person's own flat hand at the knuckles, in mm.",
        Allowed(*HAND_THICKNESS_RANGE_MM),
    ] = None

    def __post_init__(self) -> None:
        if self.sex not in get_args(Sex):
            raise InvalidInput(f"Sex {self.sex!r} is unknown.", "Use m, f or unspecified.")
        _require_range("Height", self.stature_mm, STATURE_RANGE_MM, "mm")
        _require_range("Age", self.age, AGE_RANGE_YEARS, "years")
        _require_range("Hand thickness", self.hand_thickness_mm, HAND_THICKNESS_RANGE_MM, "mm")


def _require_range(name: str, value: float | None, limits: tuple[float, float], unit: str) -> None:
    low, high = limits
    if value is not None and not low <= value <= high:
        raise InvalidInput(
            f"{name} {value:g} {unit} is out of range.", f"Give {low:g} to {high:g} {unit}."
        )


def parse_stature_mm(text: str) -> float:
    """Stature in mm from what people type: ``176cm``, ``1.76 m``, ``1m76``, ``5ft9``, ``69in``.

    A bare number is taken where it has one meaning only: metres below 3, centimetres from 100,
    millimetres from 300.

    Raises:
        InvalidInput: when the text is none of these, can be read in two ways, or is no human
            stature.

    Examples:
        >>> parse_stature_mm("1m76"), round(parse_stature_mm("5ft9"))
        (1760.0, 1753)
    """
    cleaned = text.strip().lower()
    if match := _METRIC.fullmatch(cleaned):
        unit = match[2] if match[2] in _MM_PER else match[2][:2]
        stature_mm = _number(match[1]) * _MM_PER[unit]
    elif match := _METRES_AND_CM.fullmatch(cleaned):
        stature_mm = 1000.0 * int(match[1]) + 10.0 * int(match[2])
    elif match := _FEET.fullmatch(cleaned):
        stature_mm = _feet_mm(*match.groups())
    elif match := _INCHES.fullmatch(cleaned):
        stature_mm = (_number(match[1]) + (0.5 if match[2] else 0.0)) * _MM_PER_INCH
    elif _BARE.fullmatch(cleaned):
        stature_mm = _bare_mm(cleaned)
    else:
        raise InvalidInput(f"Height {text!r} is not understood.", "Write 176cm, 1.76m or 5ft9.")
    _require_range("Height", stature_mm, ASKED_STATURE_RANGE_MM, "mm")
    return stature_mm


def parse_hand_mm(text: str) -> float:
    """Thickness of a flat hand in mm from ``28mm``, ``2.8 cm``, ``1.1in`` or a bare number of mm.

    Raises:
        InvalidInput: when the text is none of these or no human hand.
    """
    match = _HAND.fullmatch(text.strip().lower())
    if match is None:
        raise InvalidInput(
            f"Hand thickness {text!r} is not understood.", "Write 28mm, 2.8cm or 1.1in."
        )
    unit = match[2] or "mm"
    hand_mm = _number(match[1]) * (_MM_PER_INCH if unit == "in" else _MM_PER[unit])
    _require_range("Hand thickness", hand_mm, HAND_THICKNESS_RANGE_MM, "mm")
    return hand_mm


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _feet_mm(feet: str, inches: str | None, half: str | None) -> float:
    whole, _, part = feet.replace(",", ".").partition(".")
    if part in ("10", "11") and inches is None:
        raise InvalidInput(
            f"{feet} feet can be {whole} ft {part} in, or {feet} ft in decimals.",
            f"Write {whole}ft{part}, or centimetres.",
        )
    more = (_number(inches) if inches else 0.0) + (0.5 if half else 0.0)
    if inches and (part or more >= 12):
        raise InvalidInput(
            f"Height {feet} ft {inches} in is not understood.",
            "Write whole feet and less than 12 inches, as in 5ft9.",
        )
    return (12 * _number(feet) + more) * _MM_PER_INCH


def _bare_mm(number: str) -> float:
    value, meaning = _number(number), subject_settings().bare
    if value < meaning.metres_below:
        return 1000.0 * value
    if value < meaning.feet_below:
        whole, _, part = number.replace(",", ".").partition(".")
        inches = f"{whole}ft{part}, " if part and int(part) < 12 else ""
        raise InvalidInput(
            f"Height {number} can be feet and inches, or feet in decimals.",
            f"Write {inches}{number}ft, or centimetres as in 176cm.",
        )
    if value < meaning.inches_below:
        raise InvalidInput(
            f"Height {number} can be inches or centimetres.",
            f"Write {number}in, or centimetres as in 176cm.",
        )
    return value * (10.0 if value < meaning.centimetres_below else 1.0)
