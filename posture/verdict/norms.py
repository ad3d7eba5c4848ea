"""Reference values (bands, hand thickness, wall-test words) read from one data file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from posture._support.plain import NotTheKind, from_plain, to_plain
from posture._support.tables import data_table, data_text, read_toml
from posture.errors import InvalidInput
from posture.subject import Sex

BySex = Mapping[Sex, float]
CutsBySex = Mapping[Sex, tuple[float, float, float]]
Quantity = Literal["slca_deg", "hollow_depth_mm", "hollow_depth_ratio"]

_FIX = "Start from a copy: posture norms > norms.toml."
_HASH_LENGTH = 8


@dataclass(frozen=True)
class Distribution:
    """How one quantity is distributed among adults.

    Attributes:
        percentiles: ascending, 0 to 100.
        values: per sex, the values at those percentiles, ascending.
        people: how many of each sex were measured.
    """

    percentiles: tuple[float, ...]
    values: Mapping[Sex, tuple[float, ...]]
    people: Mapping[Sex, int]


@dataclass(frozen=True)
class Norms:
    """Cut-offs and population values; see ``data/norms.toml`` for sources.

    Attributes:
        slca_cuts_deg, depth_cuts_mm, ratio_cuts: per sex, the three cuts flat | typical |
            borderline | deep; the ratio is depth / bridge length, for photos without a stature.
        distributions: how each quantity is distributed among adults.
        bridge_per_stature: length of the bridge over the hollow as a fraction of stature.
        reference_stature_mm: mean stature, for hands without the person's own.
        hand_thickness_mm: flat hand at the knuckles, and its standard deviation.
        wall_test_cuts_hands: little room | one hand | more than one | two or more.
        repeatability_fraction: 95 % half-width of re-standing, as a fraction of the value.
    """

    version: str
    slca_cuts_deg: CutsBySex
    depth_cuts_mm: CutsBySex
    ratio_cuts: CutsBySex
    distributions: Mapping[Quantity, Distribution]
    bridge_per_stature: BySex
    reference_stature_mm: BySex
    hand_thickness_mm: BySex
    hand_thickness_sd_mm: float
    wall_test_cuts_hands: tuple[float, float, float]
    repeatability_fraction: float

    @property
    def cuts(self) -> Mapping[Quantity, CutsBySex]:
        """The cuts of each quantity, by its name."""
        return {
            "slca_deg": self.slca_cuts_deg,
            "hollow_depth_mm": self.depth_cuts_mm,
            "hollow_depth_ratio": self.ratio_cuts,
        }


def load_norms(path: Path | None = None) -> Norms:
    """Norms from `path`, or the built-in ones.

    Values that differ from the built-in ones show in the version, whatever the file calls it.

    Raises:
        InvalidInput: when the file cannot be read, is not TOML, misses a value or has an
            unknown one.

    Examples:
        >>> load_norms().slca_cuts_deg["f"]
        (32.0, 55.0, 59.0)
    """
    if path is None:
        return _builtin_norms()
    try:
        table = read_toml(path)
    except (OSError, ValueError) as error:
        raise InvalidInput(f"The norms file {path} cannot be read: {error}.", _FIX) from error
    try:
        return _marked(_norms(from_plain(_NormsFile, table, by_hand=True)))
    except NotTheKind as error:
        raise InvalidInput(f"The norms file {path} cannot be used: {error}.", _FIX) from error


def norms_text() -> str:
    """The built-in file, to start an own one from."""
    return data_text("norms.toml")


def _marked(norms: Norms) -> Norms:
    """These norms, with a mark of their values in the version unless they are the built-in ones."""
    builtin = _builtin_norms()
    if norms == replace(builtin, version=norms.version):
        return norms
    values = json.dumps(to_plain(replace(norms, version="")), sort_keys=True)
    mark = hashlib.sha256(values.encode()).hexdigest()[:_HASH_LENGTH]
    return replace(norms, version=f"{norms.version}+{mark}")


@cache
def _builtin_norms() -> Norms:
    return _norms(data_table("norms", _NormsFile))


# ---------------------------------------------------------------- the file, table by table


@dataclass(frozen=True, kw_only=True)
class _ValueBySex:
    m: float
    f: float
    unspecified: float
    source: str = ""

    def by_sex(self) -> BySex:
        return {"m": self.m, "f": self.f, "unspecified": self.unspecified}


@dataclass(frozen=True, kw_only=True)
class _HandThickness(_ValueBySex):
    sd: float


@dataclass(frozen=True, kw_only=True)
class _CutsBySex:
    m: tuple[float, float, float]
    f: tuple[float, float, float]
    unspecified: tuple[float, float, float]
    source: str = ""

    def __post_init__(self) -> None:
        for cuts in self.by_sex().values():
            if not all(low < high for low, high in pairwise(cuts)):
                raise ValueError(f"the cuts {list(cuts)} do not ascend")

    def by_sex(self) -> CutsBySex:
        return {"m": self.m, "f": self.f, "unspecified": self.unspecified}


@dataclass(frozen=True)
class _Bands:
    slca_deg: _CutsBySex
    hollow_depth_mm: _CutsBySex
    hollow_depth_ratio: _CutsBySex


@dataclass(frozen=True)
class _People:
    m: int
    f: int


@dataclass(frozen=True)
class _Values:
    m: tuple[float, ...]
    f: tuple[float, ...]


@dataclass(frozen=True)
class _Distribution:
    percentiles: tuple[float, ...]
    people: _People
    slca_deg: _Values
    hollow_depth_mm: _Values
    hollow_depth_ratio: _Values

    def __post_init__(self) -> None:
        for name in ("slca_deg", "hollow_depth_mm", "hollow_depth_ratio"):
            values: _Values = getattr(self, name)
            for row in (self.percentiles, values.m, values.f):
                if len(row) != len(self.percentiles) or len(row) < 2:
                    raise ValueError(f"{name} has another number of values than of percentiles")
                if not all(low < high for low, high in pairwise(row)):
                    raise ValueError(f"the values {list(row)} do not ascend")
        if not (self.percentiles[0] > 0 and self.percentiles[-1] < 100):
            raise ValueError("percentiles lie between 0 and 100")

    def of(self, values: _Values) -> Distribution:
        return Distribution(
            percentiles=self.percentiles,
            values={"m": values.m, "f": values.f},
            people={"m": self.people.m, "f": self.people.f},
        )


@dataclass(frozen=True)
class _WallTest:
    little_room_below: float
    one_hand_below: float
    more_than_one_below: float
    source: str = ""


@dataclass(frozen=True)
class _Repeatability:
    fraction_ci95: float
    source: str = ""


@dataclass(frozen=True)
class _NormsFile:
    """``data/norms.toml``, or a user's own; the version may be a text, a number or a date."""

    version: object
    bands: _Bands
    distribution: _Distribution
    bridge_length_per_stature: _ValueBySex
    reference_stature_mm: _ValueBySex
    hand_thickness_mm: _HandThickness
    wall_test: _WallTest
    repeatability: _Repeatability
    source: str = ""


def _norms(file: _NormsFile) -> Norms:
    wall = file.wall_test
    return Norms(
        version=str(file.version),
        slca_cuts_deg=file.bands.slca_deg.by_sex(),
        depth_cuts_mm=file.bands.hollow_depth_mm.by_sex(),
        ratio_cuts=file.bands.hollow_depth_ratio.by_sex(),
        distributions={
            "slca_deg": file.distribution.of(file.distribution.slca_deg),
            "hollow_depth_mm": file.distribution.of(file.distribution.hollow_depth_mm),
            "hollow_depth_ratio": file.distribution.of(file.distribution.hollow_depth_ratio),
        },
        bridge_per_stature=file.bridge_length_per_stature.by_sex(),
        reference_stature_mm=file.reference_stature_mm.by_sex(),
        hand_thickness_mm=file.hand_thickness_mm.by_sex(),
        hand_thickness_sd_mm=file.hand_thickness_mm.sd,
        wall_test_cuts_hands=(
            wall.little_room_below,
            wall.one_hand_below,
            wall.more_than_one_below,
        ),
        repeatability_fraction=file.repeatability.fraction_ci95,
    )
