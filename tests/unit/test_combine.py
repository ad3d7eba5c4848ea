"""Several photos of one stance."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from posture.combine import combined, median_of
from posture.errors import InvalidInput
from posture.result import Measured, Result
from tests.support.example_results import measured_result, refused_result


def with_angle(value: float, ci95: float = 5.0) -> Result:
    return replace(measured_result(), slca_deg=Measured(value, ci95))


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
    edited = replace(
        measured_result(), provenance=replace(measured_result().provenance, edited_by_hand=True)
    )
    found = combined([measured_result(), edited])
    assert found.edited_by_hand
    assert found.on(measured_result()).provenance.edited_by_hand


def test_depth_is_kept_in_millimetres() -> None:
    found = combined([measured_result(), measured_result()])
    assert found.hollow_depth_mm is not None
    assert found.hollow_depth_mm.value == pytest.approx(41.5)


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
