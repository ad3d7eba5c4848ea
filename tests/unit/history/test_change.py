"""What counts as a change, and what is said of it."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta

import pytest

from posture.history.change import change_between, trend_of, with_standing_again
from posture.history.story import ANGLE, change_of, story
from posture.result import Measured
from tests.support.histories import WHEN, at


def test_both_intervals_and_standing_again_make_the_detectable_change() -> None:
    before = with_standing_again(Measured(40.0, 3.0), 0.1)
    after = with_standing_again(Measured(50.0, 4.0), 0.1)
    assert before.ci95 == pytest.approx(5.0)
    change = change_between(before, after)
    assert change.difference == 10.0
    assert change.detectable == pytest.approx(math.sqrt(3**2 + 4**2 + 4**2 + 5**2))
    assert change.counts
    assert not change_between(before, replace(after, value=48.0)).counts


def test_two_sessions_show_no_trend_and_three_do() -> None:
    line = [(WHEN + timedelta(weeks=week), Measured(40 + week, 1.0)) for week in range(3)]
    assert trend_of(line[:2]) is None
    trend = trend_of(line)
    assert trend is not None
    assert (trend.change, trend.weeks) == pytest.approx((2.0, 2.0))
    # Equal errors at -1, 0, 1 week: the slope's error is that of one reading over sqrt(2).
    assert trend.ci95 == pytest.approx(2 / math.sqrt(2))
    assert trend_of([(WHEN, Measured(40.0, 1.0))] * 3) is None


def test_scatter_beyond_the_intervals_widens_the_trend() -> None:
    values = (40.0, 50.0, 42.0, 52.0)
    wild = [(WHEN + timedelta(weeks=k), Measured(v, 0.5)) for k, v in enumerate(values)]
    calm = [(when, Measured(40.0 + k, 0.5)) for k, (when, _) in enumerate(wild)]
    wide, narrow = trend_of(wild), trend_of(calm)
    assert wide is not None and narrow is not None
    assert wide.ci95 > 3 * narrow.ci95
    assert not wide.counts and narrow.counts


def test_the_sentences_are_honest() -> None:
    assert story([]) == ()
    assert "One session" in story([at(1, 40)])[0]
    two = story([at(1, 40), at(8, 43)])
    assert "That is no change" in two[0] and "+3°" in two[0]
    assert "Fewer than 3 sessions show no trend." in two
    assert "changed by +20°" in story([at(1, 40), at(8, 60)])[0]
    three = " ".join(story([at(1, 40), at(8, 41), at(15, 42)]))
    assert "shows no trend" in three and "Fewer than" not in three


def test_other_methods_are_not_compared() -> None:
    old, new = at(1, 40), at(8, 60, method_version="2")
    assert change_of(old, new, ANGLE) is None
    sentences = story([old, old, new])
    assert sentences[0].startswith("These sessions were measured by different versions")
    assert "Fewer than 3 sessions show no trend." in sentences
