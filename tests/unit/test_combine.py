"""The photos of a session."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from posture.combine import combined, median_of
from posture.errors import InvalidInput
from posture.result import Measured, Result
from posture.verdict.norms import load_norms
from tests.support.example_results import measured_result, refused_result


def photo(name: str, **changes: Any) -> Result:
    """A measured photo of its own."""
    base = measured_result()
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    return replace(base, provenance=replace(base.provenance, image_sha256=sha256), **changes)


def with_angle(value: float, ci95: float = 5.0) -> Result:
    return photo(f"{value}", slca_deg=Measured(value, ci95))


def test_the_value_is_the_median() -> None:
    found = combined([with_angle(40), with_angle(46), with_angle(41)])
    assert found.slca_deg.value == 41
    assert found.count == 3


def test_agreeing_photos_narrow_the_interval_but_never_below_what_they_share() -> None:
    three = median_of([Measured(41, 5.0)] * 3, shared=3.6)
    assert 3.6 < three.ci95 < 5.0
    assert median_of([Measured(41, 5.0)] * 100, shared=3.6).ci95 == pytest.approx(3.6, abs=0.1)


def test_disagreeing_photos_widen_it() -> None:
    apart = median_of([Measured(value, 4.0) for value in (30.0, 41.0, 52.0)], shared=3.6)
    assert apart.ci95 > 10


def test_it_covers_the_truth_about_as_often_as_it_says() -> None:
    random = np.random.default_rng(3)
    hits = []
    for _ in range(2000):
        bias = random.normal(0, 3.6 / 1.96)
        photos = 41 + bias + random.normal(0, 3.0 / 1.96, 3)
        found = median_of(
            [Measured(float(v), float(np.hypot(3.6, 3.0))) for v in photos], shared=3.6
        )
        hits.append(abs(found.value - 41) <= found.ci95)
    assert 0.93 < np.mean(hits) < 0.99


def test_an_edit_in_one_photo_marks_the_whole() -> None:
    edited = photo("edited")
    edited = replace(edited, provenance=replace(edited.provenance, edited_by_hand=True))
    found = combined([measured_result(), edited])
    assert found.edited_by_hand
    assert found.on(measured_result()).provenance.edited_by_hand


def test_the_first_of_four_stances_is_thrown_away() -> None:
    found = combined([with_angle(angle) for angle in (70, 40, 46, 41)])
    assert (found.count, found.counted, found.slca_deg.value) == (4, 3, 41)
    frames = combined([with_angle(angle) for angle in (70, 40, 46, 41)], one_stance=True)
    assert (frames.counted, frames.slca_deg.value) == (4, 43.5)
    # Of fewer every one is needed.
    assert combined([with_angle(angle) for angle in (70, 40, 41)]).counted == 3


def test_a_hand_in_the_stance_that_is_thrown_away_marks_nothing() -> None:
    photos = [with_angle(angle) for angle in (44, 40, 46, 41)]
    first = photos[0]
    edited = replace(first, provenance=replace(first.provenance, edited_by_hand=True))
    assert not combined([edited, *photos[1:]]).edited_by_hand


def test_standing_again_moves_more_stances_less() -> None:
    angles = (41.0, 41.1, 41.2, 41.3, 41.4)
    moves = [
        combined([with_angle(angle) for angle in angles[:count]]).repeatability.slca_deg
        for count in (2, 3, 4, 5)
    ]
    assert moves == sorted(moves, reverse=True)
    one = load_norms().repeatability_fraction * 41
    assert moves[2] < one / 2 and moves[0] < one
    frames = combined([with_angle(angle) for angle in angles], one_stance=True)
    assert frames.repeatability.slca_deg == pytest.approx(one, rel=0.01)


def test_bridge_turn_and_repeatability_are_of_all_photos() -> None:
    seen = [
        photo(f"{number}", bridge_length_mm=Measured(length, 9.0), yaw_deg=Measured(turn, 6.5))
        for number, (length, turn) in enumerate([(410, -3), (430, 5), (420, 1)])
    ]
    both = combined(seen)
    shown = both.on(seen[0])
    assert shown.bridge_length_mm is not None and shown.yaw_deg is not None
    assert (shown.bridge_length_mm.value, shown.yaw_deg.value) == (420, 1)
    # Scale and turn are off alike in all of them: more photos make neither surer.
    assert shown.bridge_length_mm.ci95 >= 9.0 and shown.yaw_deg.ci95 >= 6.5
    assert shown.repeatability == both.repeatability != seen[0].repeatability
    unknown = [replace(result, bridge_length_mm=None, yaw_deg=None) for result in seen]
    assert combined(unknown).on(unknown[0]).bridge_length_mm is None


def test_depth_is_kept_in_millimetres() -> None:
    found = combined([measured_result(), photo("other")])
    assert found.hollow_depth_mm is not None
    assert found.hollow_depth_mm.value == pytest.approx(41.5)


def codes(*results: Result) -> list[str]:
    return [item.code for item in combined(results).findings]


def test_photos_of_several_people_are_told() -> None:
    assert codes(with_angle(45), with_angle(59), with_angle(76)) == ["photos-differ-in-angle"]
    assert codes(with_angle(55), with_angle(59), with_angle(62)) == []
    deeper = photo("deeper", hollow_depth_ratio=Measured(0.18, 0.01))
    assert codes(measured_result(), deeper) == ["photos-differ-in-depth"]
    on_photo = combined([with_angle(45), with_angle(76)]).on(with_angle(45))
    assert [item.code for item in on_photo.findings] == ["photo-animated", "photos-differ-in-angle"]


def test_uncertain_photos_may_differ_more() -> None:
    assert codes(with_angle(45, 4.0), with_angle(66, 4.0)) == ["photos-differ-in-angle"]
    assert codes(with_angle(45, 20.0), with_angle(66, 20.0)) == []


def test_stances_of_one_person_are_told_about_as_seldom_as_it_says() -> None:
    random = np.random.default_rng(5)
    told = 0
    for _ in range(400):
        # Own error beside the shared part, and standing again by 15 % (95 %).
        spread = np.hypot(3.0, 0.15 * 45) / 1.96
        values = random.normal(45, spread, 4)
        told += bool(codes(*(with_angle(float(v), float(np.hypot(3.6, 3.0))) for v in values)))
    assert 0.01 < told / 400 < 0.10


def test_the_same_file_counts_once_and_it_is_said() -> None:
    twice = combined([with_angle(40), with_angle(40), with_angle(46)])
    assert (twice.count, twice.slca_deg.value) == (2, 43)
    assert [item.code for item in twice.findings] == ["photo-given-twice"]
    alone = combined([measured_result(), measured_result()])
    single = measured_result()
    assert alone.count == 1
    assert alone.slca_deg == single.slca_deg and alone.hollow_depth_mm == single.hollow_depth_mm
    # Arrays have no file.
    array = replace(single, provenance=replace(single.provenance, image_sha256=None))
    assert combined([array, replace(array)]).count == 2


def test_the_verdict_names_every_band_that_the_error_covers() -> None:
    found = combined([with_angle(20, 5), with_angle(49, 5), with_angle(100, 5)])
    low, high = (found.slca_deg.value + side * found.slca_deg.ci95 for side in (-1, 1))
    assert low < 33 and high > 62
    assert found.bands.slca == "flat/deep" and found.bands.verdict == "flat/deep"


@pytest.mark.parametrize(
    "results",
    [
        [measured_result()],
        [measured_result(), refused_result()],
        [measured_result(), replace(measured_result(), subject=refused_result().subject)],
    ],
)
def test_what_does_not_belong_together_is_refused(results: list[Result]) -> None:
    with pytest.raises(InvalidInput):
        combined(results)
