"""What counts as a change, and what is said of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest

from posture.history.change import change_between, trend_of
from posture.history.story import ANGLE, change_of, depth_quantity, moment, quiet_band
from posture.history.words import history_texts
from posture.result import Measured
from tests.support.histories import WHEN, at, standing_by, stood
from tests.support.histories import story_of as story
from tests.support.history_writer import NUMBERS, session
from tests.support.present import known

WORDS = history_texts()["change"]
NUMBERS_MM = known(NUMBERS.hollow_depth_mm).value


def test_both_intervals_make_the_detectable_change() -> None:
    before, after = Measured(40.0, 3.0), Measured(46.0, 4.0)
    change = change_between(before, after)
    assert change.difference == 6.0
    assert change.detectable == pytest.approx(5.0)
    assert change.counts
    assert not change_between(before, replace(after, value=44.9)).counts


def at_weeks(values: Sequence[float], ci95: float = 1.0) -> list[tuple[datetime, Measured]]:
    return [(WHEN + timedelta(weeks=k), Measured(value, ci95)) for k, value in enumerate(values)]


def test_two_sessions_show_no_trend_and_three_do() -> None:
    line = at_weeks((40, 41, 42))
    assert trend_of(line[:2]) is None
    trend = trend_of(line)
    assert trend is not None
    assert (trend.start, trend.change, trend.weeks) == pytest.approx((40.0, 2.0, 2.0))
    # Equal errors at -1, 0, 1 week: a fitted slope's error is that of one reading over sqrt(2).
    assert trend.ci95 == pytest.approx(2 / math.sqrt(2) * math.sqrt(math.pi / 3))
    assert trend_of([(WHEN, Measured(40.0, 1.0))] * 3) is None


def test_two_sessions_of_one_moment_are_no_slope() -> None:
    line = at_weeks((40, 41, 42))
    trend = trend_of([*line, (line[0][0], Measured(50.0, 1.0))])
    assert trend is not None and math.isfinite(trend.change)


def test_scatter_beyond_the_intervals_widens_the_trend() -> None:
    wide, narrow = trend_of(at_weeks((40, 50, 42, 52), 0.5)), trend_of(at_weeks(range(40, 44), 0.5))
    assert wide is not None and narrow is not None
    assert wide.ci95 > 3 * narrow.ci95
    assert not wide.counts and narrow.counts


@pytest.mark.parametrize("odd", range(6))
def test_one_odd_session_turns_no_trend(odd: int) -> None:
    values = [40.0 + k for k in range(6)]
    straight = trend_of(at_weeks(values))
    values[odd] += 15
    bent = trend_of(at_weeks(values))
    assert straight is not None and bent is not None
    assert bent.change == pytest.approx(straight.change, abs=1e-9)
    assert bent.ci95 == pytest.approx(straight.ci95)


@pytest.mark.parametrize("count", [3, 5, 10])
def test_the_interval_of_a_trend_holds_the_truth_as_often_as_it_says(count: int) -> None:
    random = np.random.default_rng(count)
    held = []
    for _ in range(1500):
        weeks, errors = np.sort(random.uniform(0, 12, count)), random.uniform(1, 3, count)
        values = 40 + 0.3 * weeks + random.normal(0, errors)
        trend = trend_of(
            [
                (WHEN + timedelta(weeks=float(t)), Measured(float(v), 1.96 * float(e)))
                for t, v, e in zip(weeks, values, errors, strict=True)
            ]
        )
        assert trend is not None
        held.append(abs(trend.change - 0.3 * trend.weeks) <= trend.ci95)
    assert 0.92 < np.mean(held) < 0.98


def test_a_trend_of_a_month_and_more_tells_its_pace() -> None:
    long = [stood(day, [40 + day / 3] * 4) for day in (1, 11, 21, 31)]
    far = [replace(one, taken_at=f"2026-0{k}-01") for k, one in enumerate(long, start=1)]
    short = [stood(day, [40 + day / 3] * 4) for day in (1, 8, 15)]
    assert " a month" in " ".join(story(far)) and " a month" not in " ".join(story(short))


def test_within_the_quiet_band_nothing_is_told() -> None:
    sessions = [stood(day, [angle] * 4) for day, angle in ((1, 40), (8, 42), (15, 60))]
    standing = standing_by(sessions)
    band = quiet_band(sessions, ANGLE, standing)
    assert [item.session for item in band] == sessions
    for item in band:
        change = change_of(sessions[0], item.session, ANGLE, standing)
        assert change is not None
        assert change.counts != (item.low <= item.session.reading.slca_deg.value <= item.high)
        assert (item.low + item.high) / 2 == pytest.approx(40)
    assert quiet_band(sessions[:1], ANGLE, standing) == ()
    assert quiet_band([at(1, 40, method_version="0"), sessions[0]], ANGLE, standing) == ()


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
    assert change_of(old, new, ANGLE, standing_by([old, new])) is None
    sentences = story([old, old, new])
    assert sentences[0].startswith("These sessions were measured by different versions")
    assert "(1 and 2)" in sentences[0] and "not measured again" in sentences[0]
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
