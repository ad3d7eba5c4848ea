"""What counts as a change, and what is said of it."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta

import pytest

from posture.history.change import change_between, trend_of, with_standing_again
from posture.history.story import (
    ANGLE,
    change_of,
    depth_quantity,
    history_texts,
    moment,
    story,
)
from posture.result import Measured
from tests.support.histories import WHEN, at
from tests.support.history_writer import NUMBERS, session
from tests.support.present import known

WORDS = history_texts()["change"]
NUMBERS_MM = known(NUMBERS.hollow_depth_mm).value


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


def test_one_session_without_a_height_leaves_the_others_in_millimetres() -> None:
    sessions = [at(1, 40), at(8, 41, hollow_depth_mm=None), at(15, 42)]
    assert depth_quantity(sessions).unit == " mm"
    told = story(sessions)
    assert any("hollow depth differs by" in item and " mm." in item for item in told)
    assert not any("%" in item.replace("(95 %)", "") for item in told)
    assert WORDS["without_height"].format(count=1, total=3) in told
    assert WORDS["without_height"].split("{", maxsplit=1)[0] not in " ".join(story(sessions[::2]))


def test_two_sessions_are_compared_by_what_both_have() -> None:
    before, after = at(1, 40), at(8, 41, hollow_depth_mm=None)
    assert depth_quantity((before, after)).unit == " % of bridge"
    assert "% of bridge" in " ".join(story([before, after]))


def test_mostly_without_a_height_the_depth_is_a_share() -> None:
    without = [at(day, 40, hollow_depth_mm=None) for day in (1, 8)]
    assert depth_quantity([*without, at(15, 40)]).unit == " % of bridge"


def test_changes_in_inches_are_those_in_millimetres() -> None:
    sessions = [at(1, 40), at(8, 40, hollow_depth_mm=Measured(NUMBERS_MM + 25.4, 3.0))]
    assert "changed by +1.0 in" in story(sessions, "in")[1]
    assert " mm" not in " ".join(story(sessions, "in"))


def test_two_sessions_of_one_day_are_told_apart_by_their_time() -> None:
    morning = session("2026-01-03T08:05:00", NUMBERS)
    evening = session("2026-01-03T20:10:00", NUMBERS)
    assert "From 2026-01-03 08:05 to 2026-01-03 20:10" in story([morning, evening])[0]
    assert moment(morning) == "2026-01-03 08:05"
    assert moment(session("2026-01-03", NUMBERS)) == "2026-01-03"
