"""The person in the photo, as far as they choose to say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from posture._support.described import Allowed
from posture.errors import InvalidInput

Sex = Literal["m", "f", "unspecified"]

# What a result may hold.
STATURE_RANGE_MM = (500.0, 2600.0)
# What people are asked for: from a child of two, who can stand for a photo, to the tallest living
# person (2,515 mm).  2 ft and 8 ft 11 in are slips of the finger.
ASKED_STATURE_RANGE_MM = (800.0, 2520.0)
AGE_RANGE_YEARS = (2.0, 120.0)
HAND_THICKNESS_RANGE_MM = (10.0, 60.0)

_METRES = re.compile(r"(\d+(?:[.,]\d+)?)\s*(mm|cm|m)?")
_FEET = re.compile(r"""(\d+)\s*(?:ft|feet|'|′)\s*(?:(\d+(?:\.\d+)?)\s*(?:in|inches|"|″|'')?)?""")
_MM_PER = {"mm": 1.0, "cm": 10.0, "m": 1000.0}
_MM_PER_INCH = 25.4
_HAND = re.compile(r"(\d+(?:[.,]\d+)?)\s*(mm|cm|in)?")


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
        _require_range("Stature", self.stature_mm, STATURE_RANGE_MM, "mm")
        _require_range("Age", self.age, AGE_RANGE_YEARS, "years")
        _require_range("Hand thickness", self.hand_thickness_mm, HAND_THICKNESS_RANGE_MM, "mm")


def _require_range(name: str, value: float | None, limits: tuple[float, float], unit: str) -> None:
    low, high = limits
    if value is not None and not low <= value <= high:
        raise InvalidInput(
            f"{name} {value:g} {unit} is out of range.", f"Give {low:g} to {high:g} {unit}."
        )


def parse_stature_mm(text: str) -> float:
    """Stature in mm from what people type: ``176cm``, ``1.76 m``, ``1760mm``, ``5ft9``, ``5'9"``.

    A bare number is metres below 3, centimetres below 300, else millimetres.

    Raises:
        InvalidInput: when the text is none of these or no human stature.
    """
    cleaned = text.strip().lower()
    if match := _FEET.fullmatch(cleaned):
        stature_mm = (12 * float(match[1]) + float(match[2] or 0)) * _MM_PER_INCH
    elif match := _METRES.fullmatch(cleaned):
        number = float(match[1].replace(",", "."))
        unit = match[2] or ("m" if number < 3 else "cm" if number < 300 else "mm")
        stature_mm = number * _MM_PER[unit]
    else:
        raise InvalidInput(f"Stature {text!r} is not understood.", "Write 176cm, 1.76m or 5ft9.")
    _require_range("Stature", stature_mm, ASKED_STATURE_RANGE_MM, "mm")
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
    hand_mm = float(match[1].replace(",", ".")) * (_MM_PER_INCH if unit == "in" else _MM_PER[unit])
    _require_range("Hand thickness", hand_mm, HAND_THICKNESS_RANGE_MM, "mm")
    return hand_mm
