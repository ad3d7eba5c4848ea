"""Bands, verdicts and wall-test words, against the table of docs/method.md."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posture.result import Measured
from posture.subject import Subject
from posture.verdict.bands import (
    BAND_NAMES,
    VERDICTS,
    band_of,
    bands_for,
    covered,
    hollow_in_hands,
    verdict_of,
    wall_test_sentence,
)
from posture.verdict.norms import load_norms

CUTS = (33.0, 49.0, 54.0)
NORMS = load_norms()


@pytest.mark.parametrize(
    ("value", "ci95", "band"),
    [
        (20, 5, "flat"),
        (31, 5, "flat/typical"),
        (35, 5, "flat/typical"),
        (40, 5, "typical"),
        (47, 5, "typical/borderline"),
        (51, 1, "borderline"),
        (53, 5, "typical/deep"),
        (70, 5, "deep"),
        (51, 10, "typical/deep"),
        (49, 64, "flat/deep"),
        (44, 5, "typical"),
        (49, 0, "borderline"),
    ],
)
def test_band_of(value: float, ci95: float, band: str) -> None:
    assert band_of(Measured(value, ci95), CUTS) == band


@given(value=st.floats(-50, 150), ci95=st.floats(0, 40))
def test_every_band_that_the_interval_reaches_into_is_named(value: float, ci95: float) -> None:
    named = covered(band_of(Measured(value, ci95), CUTS))
    edges = (-math.inf, *CUTS, math.inf)
    low, high = value - ci95, value + ci95
    reached = [
        name
        for name, (start, stop) in zip(BAND_NAMES, pairwise(edges), strict=True)
        if start < high and low < stop
    ]
    assert set(named) >= set(reached)
    assert band_of(Measured(value, 0.0), CUTS) in named
    assert len(named) <= max(1, len(reached))


@pytest.mark.parametrize(
    ("slca", "depth", "verdict"),
    [
        ("typical", "typical", "typical"),
        ("typical", "typical/borderline", "typical/borderline"),
        ("typical", "borderline", "typical/borderline"),
        ("typical", "deep", "typical/deep"),
        ("flat", "deep", "flat/deep"),
        ("flat/typical", "typical", "flat/typical"),
        ("deep", "borderline/deep", "borderline/deep"),
        ("flat", "typical/borderline", "flat/borderline"),
        ("typical", "flat/deep", "flat/deep"),
    ],
)
def test_the_verdict_names_all_that_either_may_be(slca: str, depth: str, verdict: str) -> None:
    assert verdict_of(slca, depth) == verdict
    assert verdict_of(depth, slca) == verdict


def test_several_bands_are_the_first_and_the_last_of_them() -> None:
    assert covered("typical") == ("typical",)
    assert covered("flat/borderline") == ("flat", "typical", "borderline")
    assert len(VERDICTS) == 10
    for verdict in VERDICTS:
        bands = covered(verdict)
        assert verdict == (bands[0] if len(bands) == 1 else f"{bands[0]}/{bands[-1]}")


def test_the_same_back_reads_differently_for_men_and_women() -> None:
    angle, depth, ratio = Measured(57.5, 1), Measured(68, 1), Measured(0.16, 0.001)
    man = bands_for(angle, depth, ratio, Subject(sex="m"), NORMS)
    woman = bands_for(angle, depth, ratio, Subject(sex="f"), NORMS)
    assert (man.verdict, woman.verdict) == ("deep", "borderline")


def test_without_a_stature_the_ratio_takes_the_place_of_the_depth() -> None:
    # A typical man's 41 mm over his bridge of .235 x 1756 mm.
    ratio = Measured(41 / (0.235 * 1756), 0.002)
    bands = bands_for(Measured(41, 1), None, ratio, Subject(sex="m"), NORMS)
    assert bands.depth == "typical"


def test_hands_use_the_persons_own_hand_and_its_certainty() -> None:
    depth, ratio = Measured(60.0, 3.0), Measured(0.14, 0.01)
    own = hollow_in_hands(depth, ratio, Subject(hand_thickness_mm=30), NORMS)
    average = hollow_in_hands(depth, ratio, Subject(), NORMS)
    assert own.value == average.value == pytest.approx(2.0)
    assert own.ci95 == pytest.approx(0.1)
    assert average.ci95 > own.ci95


@pytest.mark.parametrize(
    ("hands", "words"),
    [(0.3, "hardly room"), (0.9, "about one hand"), (1.5, "more than one"), (2.4, "two hands")],
)
def test_wall_test_words(hands: float, words: str) -> None:
    sentence = wall_test_sentence(Measured(hands, 0.1), NORMS)
    assert words in sentence
    assert ("unvalidated" in sentence) == (hands > 1.2)
