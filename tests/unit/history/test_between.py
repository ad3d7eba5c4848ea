"""What of a reading's ± counts between two sessions of one person."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posture.curve.calibration import load_calibration
from posture.history.between import (
    BetweenTerms,
    ChangeTerms,
    Seen,
    angle_seen,
    depth_seen,
    load_change_terms,
)
from posture.history.records import Session
from posture.history.repeatability import standing_of
from posture.history.story import ANGLE, SHARE, change_of, depth_in, whole_interval
from posture.result import Measured
from posture.verdict.norms import load_norms
from posture.verdict.stances import error_of_median
from tests.support.histories import standing_by, stood
from tests.support.present import known

FLOOR_DEG = load_calibration().error.slca_deg.floor
TERMS = BetweenTerms(set_up=3.0, photo=2.0, relative=0.1, noticed=0.5)


def test_the_terms_add_in_quadrature_and_photos_narrow_only_their_own() -> None:
    one = Seen(value=40.0, own=8.0, photos=1)
    assert one.ci95(TERMS) == pytest.approx(math.sqrt(3**2 + 2**2 + 4**2 + 4**2))
    three = replace(one, photos=3)
    narrower = 2.0 * error_of_median(3)
    assert three.ci95(TERMS) == pytest.approx(math.sqrt(3**2 + narrower**2 + 4**2 + 4**2))


def seen(session: Session) -> Seen:
    return angle_seen(session, load_norms(), load_calibration())


def test_what_all_photos_share_cancels() -> None:
    plain = seen(stood(1, [40] * 4, ci95=FLOOR_DEG))
    assert (plain.value, plain.own, plain.photos) == pytest.approx((40.0, 0.0, 3))
    more = seen(stood(1, [40] * 4, ci95=math.hypot(FLOOR_DEG, 2.5)))
    assert more.own == pytest.approx(2.5)
    # Photos that say of themselves that they are surer than that are taken at no less.
    assert seen(stood(1, [40] * 4, ci95=FLOOR_DEG - 1)).own == 0.0


def test_the_first_stance_of_a_whole_session_is_left_out_and_of_one_stance_nothing_is() -> None:
    assert seen(stood(1, [40] * 3)).photos == 3
    assert seen(stood(1, [40] * 4)).photos == 3
    assert seen(stood(1, [40] * 4, stances=1)).photos == 4


def detectable(*ci95s: float) -> float:
    pair = [stood(day, [40] * 4, ci95=ci95) for day, ci95 in zip((1, 8), ci95s, strict=True)]
    return known(change_of(pair[0], pair[1], ANGLE, standing_by([]))).detectable


def test_a_warning_in_one_of_both_readings_is_in_the_change() -> None:
    warned = math.hypot(FLOOR_DEG, 2.5)
    once = detectable(FLOOR_DEG, warned)
    noticed = load_change_terms().slca_deg.noticed
    assert noticed > 0
    assert once**2 - detectable(FLOOR_DEG, FLOOR_DEG) ** 2 == pytest.approx((noticed * 2.5) ** 2)
    assert detectable(warned, FLOOR_DEG) == pytest.approx(once)
    assert detectable(warned, warned) > once


def test_the_depth_says_the_same_as_a_length_and_as_a_share() -> None:
    ratio, depth_mm = Measured(0.12, 0.016), Measured(54.0, 7.2)
    session = stood(1, [40] * 4, hollow_depth_ratio=ratio, hollow_depth_mm=depth_mm)
    reading = session.reading
    standing = standing_by([])
    share, length = (known(whole_interval(session, q, standing)) for q in (SHARE, depth_in("mm")))
    assert length.value == 54.0 and share.value == 0.12
    bridge_mm = known(reading.hollow_depth_mm).ci95 / reading.hollow_depth_ratio.ci95
    measuring = math.sqrt(share.ci95**2 - (standing.ci95_of(session, "share") * 0.12) ** 2)
    again = standing.ci95_of(session, "depth") * 54.0
    assert length.ci95 == pytest.approx(math.hypot(measuring * bridge_mm, again))


def test_the_depth_is_seen_in_millimetres_of_a_nominal_person() -> None:
    session = stood(1, [40] * 4, hollow_depth_ratio=Measured(0.1, 0.05))
    bridge_mm = 1700 * load_norms().bridge_per_stature[session.reading.sex]
    found = depth_seen(session, load_norms(), load_calibration())
    assert found.value == pytest.approx(0.1 * bridge_mm)
    shared = load_calibration().error.depth_mm.shared(0.1 * bridge_mm)
    assert found.own == pytest.approx(math.sqrt((0.05 * bridge_mm) ** 2 - shared**2))


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


def test_other_terms_may_be_reckoned_with() -> None:
    session = stood(1, [40] * 4, ci95=FLOOR_DEG)
    nothing = BetweenTerms(0.0, 0.0, 0.0, 0.0)
    standing = standing_of([], load_norms(), terms=ChangeTerms(nothing, nothing))
    whole = standing.against_others(session, session.reading.slca_deg, "angle")
    assert whole.ci95 == pytest.approx(standing.ci95_of(session, "angle") * 40)
