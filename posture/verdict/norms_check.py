"""What is odd in a file of own reference values: it can be used, and somebody should look again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from posture._support.tables import Span, data_table
from posture._support.texts import filled, texts
from posture.subject import Sex
from posture.verdict.norms import Norms, load_norms
from posture.verdict.percentiles import percentile

_SEXES: tuple[Sex, ...] = ("m", "f", "unspecified")


class Plausible(NamedTuple):
    """Lowest and highest of what can be meant; see ``data/norms_check.toml``."""

    slca_deg: Span
    hollow_depth_mm: Span
    hollow_depth_ratio: Span
    bridge_length_per_stature: Span
    reference_stature_mm: Span
    hand_thickness_mm: Span
    repeatability: Span


class NormsCheck(NamedTuple):
    """All of ``data/norms_check.toml``, which says what each is."""

    least_people: int
    least_typical_percent: float
    depth_off_percent: float
    plausible: Plausible


def norms_check() -> NormsCheck:
    """The built-in limits."""
    return data_table("norms_check", NormsCheck)


def odd_in(norms: Norms) -> tuple[str, ...]:
    """What is odd in reference values, a sentence each; empty where nothing is."""
    return (
        *_name(norms),
        *_people(norms),
        *_beyond(norms),
        *_not_typical(norms),
        *_depths_apart(norms),
        *_wall_test(norms),
    )


def _words() -> Mapping[str, str]:
    words: Mapping[str, str] = texts()["norms_check"]
    return words


def _name(norms: Norms) -> Iterator[str]:
    """Values of somebody else under the name of the built-in ones."""
    version = load_norms().version
    if norms.version != version and norms.version.partition("+")[0] == version:
        yield filled(_words()["name"], version=version, marked=norms.version)


def _people(norms: Norms) -> Iterator[str]:
    least = norms_check().least_people
    for sex, count in norms.distributions["slca_deg"].people.items():
        if count < least:
            who = texts()["norms_check"]["few_of"][sex]
            yield filled(_words()["few"], who=who, count=count, least=least)


def _beyond(norms: Norms) -> Iterator[str]:
    for name, at, value in _values(norms):
        low, high = getattr(norms_check().plausible, name)
        if not low <= value <= high:
            yield filled(_words()["beyond"], at=at, value=value, low=low, high=high)


def _values(norms: Norms) -> Iterator[tuple[str, str, float]]:
    """What each value is, where it stands in the file, and the value; of a row the two ends."""
    for quantity, cuts in norms.cuts.items():
        for sex, three in cuts.items():
            at = f"bands.{quantity}.{sex}"
            yield from ((quantity, at, value) for value in (three[0], three[-1]))
        for sex, row in norms.distributions[quantity].values.items():
            at = f"distribution.{quantity}.{sex}"
            yield from ((quantity, at, value) for value in (row[0], row[-1]))
    by_sex = {
        "bridge_length_per_stature": norms.bridge_per_stature,
        "reference_stature_mm": norms.reference_stature_mm,
        "hand_thickness_mm": norms.hand_thickness_mm,
    }
    for name, values in by_sex.items():
        yield from ((name, f"{name}.{sex}", value) for sex, value in values.items())
    yield "repeatability", "repeatability.fraction_ci95", norms.repeatability_fraction


def _not_typical(norms: Norms) -> Iterator[str]:
    """Bands that call few of the very people typical by whom they were set."""
    least = norms_check().least_typical_percent
    for quantity, cuts in norms.cuts.items():
        for sex in _SEXES:
            low, high = (
                percentile(cut, norms.distributions[quantity], sex) for cut in cuts[sex][:2]
            )
            if high - low < least:
                at = f"bands.{quantity}.{sex}"
                yield filled(_words()["not_typical"], at=at, share=high - low)


def _depths_apart(norms: Norms) -> Iterator[str]:
    """Depths in mm that are others than the shares of the bridge stand for."""
    off = norms_check().depth_off_percent / 100
    for sex in _SEXES:
        bridge_mm = norms.bridge_per_stature[sex] * norms.reference_stature_mm[sex]
        pairs = zip(norms.depth_cuts_mm[sex], norms.ratio_cuts[sex], strict=True)
        wrong = [(mm, ratio) for mm, ratio in pairs if abs(mm - ratio * bridge_mm) > off * mm]
        if wrong:
            mm, ratio = wrong[0]
            yield filled(
                _words()["apart"], sex=sex, mm=mm, ratio=ratio, stands_for=ratio * bridge_mm
            )


def _wall_test(norms: Norms) -> Iterator[str]:
    if not all(low < high for low, high in pairwise(norms.wall_test_cuts_hands)):
        yield _words()["wall_test"]
