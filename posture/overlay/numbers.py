"""Measured values as they are printed: never a number without its ± and its unit."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from posture._support.language import number_text, printed
from posture._support.texts import filled, texts
from posture.result import Measured, Result
from posture.verdict.norms import load_norms

LengthUnit = Literal["mm", "in"]
MM_PER: dict[LengthUnit, float] = {"mm": 1.0, "in": 25.4}
# A tenth of an inch is as fine as an outline is told.
DECIMALS_OF: dict[LengthUnit, int] = {"mm": 0, "in": 1}


@dataclass(frozen=True)
class NumberText:
    """A printed measurement, in the parts that are set in different sizes.

    Attributes:
        value: with its unit where the unit clings to it, as in "41°".
        spread: "± 5°", or "± 6 mm" with the unit of both.
    """

    value: str
    spread: str

    def __str__(self) -> str:
        return f"{self.value} {self.spread}"


def degrees(measured: Measured) -> NumberText:
    """An angle: 41° ± 5°."""
    return NumberText(f"{signed(measured.value)}°", f"± {_spread(measured.ci95)}°")


def length(measured: Measured, unit: LengthUnit = "mm") -> NumberText:
    """A length in mm, printed in `unit`: 48 ± 6 mm, or 1.9 ± 0.2 in."""
    per_unit, decimals = MM_PER[unit], DECIMALS_OF[unit]
    spread = _spread(measured.ci95 / per_unit, decimals)
    return NumberText(signed(measured.value / per_unit, decimals), f"± {spread} {unit}")


def hands(measured: Measured, *, unit: bool = True) -> NumberText:
    """A depth in hand thicknesses: 1.5 ± 0.3 hands; `unit` False leaves the word out."""
    word = texts()["overlay"]["hands_unit"] if unit else ""
    return NumberText(signed(measured.value, 1), f"± {_spread(measured.ci95, 1)} {word}".rstrip())


def percent(measured: Measured, of_what: str = "") -> NumberText:
    """A ratio: 11.4 ± 1.2 % of bridge."""
    spread = _spread(100 * measured.ci95, 1)
    return NumberText(signed(100 * measured.value, 1), f"± {spread} % {of_what}".rstrip())


def depth(depth_mm: Measured | None, depth_ratio: Measured, unit: LengthUnit = "mm") -> NumberText:
    """The hollow depth in `unit`, or as a share of the bridge where the stature is unknown."""
    if depth_mm is not None:
        return length(depth_mm, unit)
    return percent(depth_ratio, texts()["overlay"]["of_bridge"])


def percentiles(result: Result) -> str | None:
    """Where the numbers stand among other adults, in a sentence; None where nothing stands.

    Nobody is told to be the first or the last: 543 people do not tell that.
    """
    if result.percentiles is None:
        return None
    words = texts()["overlay"]
    values = {
        name: f"{min(max(round(value), 1), 99)}"
        for name, value in dataclasses.asdict(result.percentiles).items()
    }
    people = words["people"][result.subject.sex]
    return filled(words["percentiles"], people=people, **values)


def signed(value: float, decimals: int = 0) -> str:
    """A number with a true minus sign, and no minus before a zero."""
    text = f"{value:.{decimals}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return printed(text.replace("-", "−"))


def _spread(ci95: float, decimals: int = 0) -> str:
    # An interval never prints as ± 0: the last printed place is the least that is claimed.
    return number_text(max(ci95, 10.0**-decimals), decimals)


def own_norms(versions: Iterable[str]) -> str:
    """By which norms was judged, in a sentence; empty where only by the built-in ones."""
    told = sorted(set(versions))
    if told in ([], [load_norms().version]):
        return ""
    return filled(texts()["overlay"]["by_norms"], norms=", ".join(told))
