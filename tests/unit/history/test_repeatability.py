"""How much a person's own stances differ, and what that makes of a reading."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from posture.history.between import load_not_cancelled
from posture.history.repeatability import OwnSpread, any_stance, own_spread
from posture.history.story import ANGLE, SHARE, change_of, standing_sentence, whole_interval
from posture.history.words import history_texts
from posture.result import Measured
from posture.verdict.norms import load_norms
from posture.verdict.stances import error_of_median, load_stances, standing_again
from tests.support.histories import standing_by, stood, story_of
from tests.support.present import known

FREEDOM = load_stances().spread.freedom
KNOWN = load_norms().repeatability_fraction * load_stances().spread.later
SCALE = KNOWN / stats.t.ppf(0.975, FREEDOM)


def stands(random: np.random.Generator, sd: float, sessions: int) -> list[list[Measured]]:
    return [[Measured(float(v), 0.0) for v in random.normal(1, sd, 3)] for _ in range(sessions)]


def test_without_stances_of_ones_own_other_peoples_count() -> None:
    nothing = own_spread([], KNOWN)
    assert nothing.ci95 == pytest.approx(KNOWN, rel=1e-3)
    assert (nothing.stances, nothing.sessions) == (0, 0)
    # A single stance differs from nothing.
    assert own_spread([[Measured(1.0, 0.1)]] * 5, KNOWN) == nothing


def test_exact_photos_give_the_conjugate_posterior() -> None:
    """Scaled inverse chi-square: a stance lies about its middle as Student's t."""
    stand = [Measured(value, 0.0) for value in (0.97, 1.0, 1.06)]
    squares = sum((item.value - 1.01) ** 2 for item in stand)
    found = own_spread([stand, stand], KNOWN)
    freedom = FREEDOM + 4
    scale = math.sqrt((FREEDOM * SCALE**2 + 2 * squares) / freedom)
    assert found.ci95 == pytest.approx(stats.t.ppf(0.975, freedom) * scale, rel=2e-3)
    low, high = 1.96 * scale * np.sqrt(freedom / stats.chi2.ppf([0.975, 0.025], freedom))
    assert (found.low, found.high) == pytest.approx((low, high), rel=0.04)
    assert (found.stances, found.sessions) == (6, 2)


def test_with_many_stances_it_is_the_persons_own_and_surer() -> None:
    random = np.random.default_rng(2)
    for sd in (0.012, 0.1):
        few, many = (own_spread(stands(random, sd, count), KNOWN) for count in (2, 80))
        assert many.ci95 == pytest.approx(1.96 * sd, rel=0.15)
        assert abs(few.ci95 - KNOWN) < abs(many.ci95 - KNOWN)
        assert many.high / many.low < 0.5 * few.high / few.low


def test_what_the_photos_are_off_by_is_not_the_persons() -> None:
    random = np.random.default_rng(4)
    exact = stands(random, 0.06, 40)
    rough = [[replace(item, ci95=1.96 * 0.055) for item in stand] for stand in exact]
    assert own_spread(rough, KNOWN).ci95 < 0.7 * own_spread(exact, KNOWN).ci95


def test_the_first_stance_and_unasked_photos_tell_nothing() -> None:
    wild_first = standing_by([stood(day, (70, 40, 40.5, 41)) for day in range(1, 9)])
    assert wild_first.angle.ci95 < KNOWN
    assert (wild_first.angle.stances, wild_first.angle.sessions) == (24, 8)
    burst = [replace(stood(day, (40, 40, 40)), stances=None) for day in range(1, 9)]
    assert standing_by(burst).angle.ci95 == pytest.approx(KNOWN, rel=1e-3)


def half_width(*angles: float, stances: int | None = None) -> float:
    session = stood(1, angles, stances=stances)
    return standing_by([]).ci95_of(session, ANGLE.name)


def test_what_one_photo_costs() -> None:
    one, whole = half_width(40), half_width(*[40] * 4)
    assert one == pytest.approx(load_norms().repeatability_fraction, rel=1e-3)
    assert whole == pytest.approx(one * standing_again(4), rel=1e-3)
    assert whole < one / 2
    # Three pictures of one stance are one stance.
    assert half_width(40, 40, 40, stances=1) == one


def test_more_stances_never_widen_a_reading() -> None:
    widths = []
    for count in range(1, 9):
        session = stood(1, [41.0] * count)
        whole = whole_interval(session, ANGLE, standing_by([]))
        widths.append(known(whole).ci95)
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < widths[0]


def test_stances_further_apart_than_explained_are_as_unsure_as_that() -> None:
    calm, wild = half_width(40, 40, 40, 40), half_width(40, 34, 40, 46)
    assert wild > calm
    # Three photos of exactly what they share: all their spread is standing again, counted once.
    assert wild == pytest.approx(error_of_median(3) * 1.96 * 6 / 40, rel=2e-3)
    # Frames of one stance tell nothing of standing again, so it comes on top.
    burst = half_width(34, 40, 46, stances=1)
    assert burst == pytest.approx(math.hypot(half_width(40), wild), rel=2e-3)


def test_a_back_without_a_hollow_has_no_share_of_its_depth() -> None:
    flat = stood(1, (40, 40, 40, 40), hollow_depth_ratio=Measured(-0.001, 0.01))
    standing = standing_by([flat])
    assert standing.depth.stances == 0
    assert standing.ci95_of(flat, SHARE.name) == pytest.approx(
        any_stance(standing.depth) * standing_again(4)
    )


def test_of_pairs_without_a_change_about_19_in_20_are_called_that() -> None:
    """People whose stances differ as people's do, seen by photos that are off as they say."""
    random, off = np.random.default_rng(11), 4.4 / 1.96
    not_cancelled = load_not_cancelled().slca_deg
    called = []
    for _ in range(400):
        sd = 41 * SCALE * math.sqrt(FREEDOM / random.chisquare(FREEDOM))
        body = random.normal(0, math.sqrt(1 - not_cancelled**2) * off)
        pair = [
            stood(day, [41 + body + away + float(v) for v in random.normal(0, sd, 4)], ci95=4.4)
            for day, away in zip((1, 8), random.normal(0, not_cancelled * off, 2), strict=True)
        ]
        change = known(change_of(pair[0], pair[1], ANGLE, standing_by(pair)))
        called.append(not change.counts)
    assert 0.93 <= np.mean(called) <= 0.985


def test_the_persons_own_repeatability_is_told_in_words() -> None:
    words = history_texts()["repeatability"]
    others = story_of([stood(1, (40,))])[-1]
    assert others.startswith(words["others"].split("{")[0])
    assert "± 6°" in others
    own = [stood(day, (41, 40, 40.4, 40.8)) for day in range(1, 7)]
    told = standing_sentence(own, standing_by(own))
    assert "18 stances of your own (sessions: 6)" in told and told in story_of(own)
    assert isinstance(standing_by(own).angle, OwnSpread)
