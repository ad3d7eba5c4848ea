"""Reference values (bands, hand thickness, wall-test words) read from one data file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from posture.errors import InvalidInput
from posture.subject import Sex

BySex = Mapping[Sex, float]
CutsBySex = Mapping[Sex, tuple[float, float, float]]


@dataclass(frozen=True)
class Norms:
    """Cut-offs and population values; see ``data/norms.toml`` for sources.

    Attributes:
        slca_cuts_deg, depth_cuts_mm: per sex, the three cuts flat|typical|borderline|deep.
        bridge_per_stature: length of the bridge over the hollow as a fraction of stature.
        reference_stature_mm: stature that the depth cuts were set at.
        hand_thickness_mm: flat hand at the knuckles, and its standard deviation.
        wall_test_cuts_hands: little room | one hand | more than one | two or more.
        repeatability_fraction: 95 % half-width of re-standing, as a fraction of the value.
    """

    version: str
    slca_cuts_deg: CutsBySex
    depth_cuts_mm: CutsBySex
    bridge_per_stature: BySex
    reference_stature_mm: BySex
    hand_thickness_mm: BySex
    hand_thickness_sd_mm: float
    wall_test_cuts_hands: tuple[float, float, float]
    repeatability_fraction: float

    def ratio_cuts(self, sex: Sex) -> tuple[float, float, float]:
        """The depth cuts as depth / bridge length, for photos without a stature."""
        bridge_mm = self.bridge_per_stature[sex] * self.reference_stature_mm[sex]
        low, middle, high = self.depth_cuts_mm[sex]
        return (low / bridge_mm, middle / bridge_mm, high / bridge_mm)


def load_norms(path: Path | None = None) -> Norms:
    """Norms from `path`, or the built-in ones.

    Raises:
        InvalidInput: when the file cannot be read, is not TOML or misses a value.
    """
    if path is None:
        return _builtin_norms()
    try:
        return _parse(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidInput(f"The norms file {path} cannot be read: {error}.", _FIX) from error
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidInput(f"The norms file {path} lacks or garbles {error}.", _FIX) from error


_FIX = "Start from a copy of posture/data/norms.toml."


@cache
def _builtin_norms() -> Norms:
    text = resources.files("posture").joinpath("data/norms.toml").read_text(encoding="utf-8")
    return _parse(tomllib.loads(text))


def _parse(table: Mapping[str, Any]) -> Norms:
    wall = table["wall_test"]
    return Norms(
        version=str(table["version"]),
        slca_cuts_deg=_cuts(table["bands"]["slca_deg"]),
        depth_cuts_mm=_cuts(table["bands"]["hollow_depth_mm"]),
        bridge_per_stature=_by_sex(table["bridge_length_per_stature"]),
        reference_stature_mm=_by_sex(table["reference_stature_mm"]),
        hand_thickness_mm=_by_sex(table["hand_thickness_mm"]),
        hand_thickness_sd_mm=float(table["hand_thickness_mm"]["sd"]),
        wall_test_cuts_hands=(
            float(wall["little_room_below"]),
            float(wall["one_hand_below"]),
            float(wall["more_than_one_below"]),
        ),
        repeatability_fraction=float(table["repeatability"]["fraction_ci95"]),
    )


def _by_sex(table: Mapping[str, Any]) -> BySex:
    return {
        "m": float(table["m"]),
        "f": float(table["f"]),
        "unspecified": float(table["unspecified"]),
    }


def _cuts(table: Mapping[str, Any]) -> CutsBySex:
    def ascending(values: list[float]) -> tuple[float, float, float]:
        low, middle, high = (float(value) for value in values)
        if not low < middle < high:
            raise ValueError(f"ascending cuts in {values}")
        return (low, middle, high)

    return {
        "m": ascending(table["m"]),
        "f": ascending(table["f"]),
        "unspecified": ascending(table["unspecified"]),
    }
