"""What of a session's ± counts against another session of the same person."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posture.history.between import NotCancelled, ci95_of_photos, load_not_cancelled
from posture.history.records import Session
from posture.history.repeatability import standing_of
from posture.history.story import ANGLE, SHARE, change_of, depth_in, whole_interval
from posture.result import Measured
from posture.verdict.norms import load_norms
from tests.support.histories import at, standing_by, stood
from tests.support.present import known

MM = depth_in("mm")


def with_ci95s(*ci95s: float) -> Session:
    """A session whose photos have these half-widths; the reading's is that of a median."""
    session = stood(1, [40] * len(ci95s))
    photos = [
        replace(kept, numbers=replace(kept.numbers, slca_deg=Measured(40.0, ci95)))
        for kept, ci95 in zip(session.photos, ci95s, strict=True)
    ]
    return replace(session, kept=(*photos, session.kept[-1]))


def test_the_photos_that_count_make_the_width() -> None:
    # The first stance of a whole session is thrown away; of fewer none is.
    assert ci95_of_photos(with_ci95s(50, 3, 4, 5), ANGLE.of) == pytest.approx(math.sqrt(50 / 3))
    assert ci95_of_photos(with_ci95s(3, 4), ANGLE.of) == pytest.approx(math.sqrt(25 / 2))
    one_stance = replace(with_ci95s(6, 6, 6, 2), stances=1)
    assert ci95_of_photos(one_stance, ANGLE.of) == pytest.approx(math.sqrt(112 / 4))


def test_a_share_of_it_and_standing_again_make_the_interval() -> None:
    session = with_ci95s(4, 4, 4, 4)
    standing = standing_of([], load_norms(), not_cancelled=NotCancelled(0.5, 0.25))
    whole = known(whole_interval(session, ANGLE, standing))
    assert whole.value == 40
    again = standing.ci95_of(session, ANGLE.name) * 40
    assert whole.ci95 == pytest.approx(math.hypot(0.5 * 4, again))
    ratio = session.reading.hollow_depth_ratio
    of_photo = session.photos[0].numbers.hollow_depth_ratio.ci95
    again = standing.ci95_of(session, SHARE.name) * ratio.value
    depth = known(whole_interval(session, SHARE, standing))
    assert depth.ci95 == pytest.approx(math.hypot(0.25 * of_photo, again))


def test_more_photos_of_one_set_up_do_not_narrow_what_they_share() -> None:
    few, many = (ci95_of_photos(with_ci95s(*[5] * count), ANGLE.of) for count in (2, 6))
    assert few == many == 5


def test_a_number_that_only_the_reading_has_is_as_unsure_as_that() -> None:
    session = stood(1, [40] * 4)
    photos = [
        replace(kept, numbers=replace(kept.numbers, hollow_depth_mm=None))
        for kept in session.photos
    ]
    odd = replace(session, kept=(*photos, session.kept[-1]))
    assert ci95_of_photos(odd, MM.of) == known(session.reading.hollow_depth_mm).ci95
    without = at(1, 40, hollow_depth_mm=None)
    assert ci95_of_photos(without, MM.of) is None
    assert whole_interval(without, MM, standing_by([])) is None


def detectable(*ci95s: float) -> float:
    pair = [with_ci95s(*[ci95] * 4) for ci95 in ci95s]
    return known(change_of(pair[0], pair[1], ANGLE, standing_by([]))).detectable


def test_a_warning_in_one_of_both_readings_is_in_the_change() -> None:
    warned = math.hypot(4.4, 2.5)
    once, share = detectable(4.4, warned), load_not_cancelled().slca_deg
    assert once**2 - detectable(4.4, 4.4) ** 2 == pytest.approx((share * 2.5) ** 2)
    assert detectable(warned, 4.4) == pytest.approx(once)
    assert detectable(warned, warned) > once


def test_what_the_body_does_to_every_reading_is_not_in_the_change() -> None:
    shares = load_not_cancelled()
    assert 0 < shares.slca_deg < 1 and 0 < shares.depth < 1
    nothing_cancels = standing_of([], load_norms(), not_cancelled=NotCancelled(1.0, 1.0))
    pair = [with_ci95s(5, 5, 5, 5), with_ci95s(5, 5, 5, 5)]
    fully = known(change_of(pair[0], pair[1], ANGLE, nothing_cancels))
    assert detectable(5, 5) < fully.detectable


@settings(deadline=None)
@given(
    st.lists(st.floats(10, 80), min_size=1, max_size=6),
    st.lists(st.floats(10, 80), min_size=1, max_size=6),
    st.floats(0.5, 20),
)
def test_what_is_detectable_is_never_below_standing_again(
    before: list[float], after: list[float], ci95: float
) -> None:
    pair = [stood(1, before, ci95), stood(8, after, ci95)]
    standing = standing_by(pair)
    for quantity in (ANGLE, SHARE):
        again = [
            standing.ci95_of(session, quantity.name) * known(quantity.of(session.reading)).value
            for session in pair
        ]
        change = known(change_of(pair[0], pair[1], quantity, standing))
        assert change.detectable > math.hypot(*again)
