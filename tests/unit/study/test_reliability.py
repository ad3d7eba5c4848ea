"""ICC, SEM and MDC95: known answers, another package's numbers, and what cannot be told."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from posture.study.estimates import Estimate
from posture.study.reliability import mean_squares, reliability

# Six subjects by four judges: Shrout & Fleiss 1979, table 2.
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]],
    np.float64,
)


def drawn(seed: int, people: int = 30, raters: int = 3) -> NDArray[np.float64]:
    """Readings of people who differ by 6, raters by 1, with errors of 2."""
    chance = np.random.default_rng(seed)
    person, rater = chance.standard_normal((people, 1)), chance.standard_normal((1, raters))
    return 42 + 6 * person + rater + 2 * chance.standard_normal((people, raters))


def other_package(table: NDArray[np.float64]) -> dict[str, tuple[float, Any]]:
    """ICC and interval by pingouin, by its names of the kinds."""
    # Its own use of pandas is outdated, which is nothing to us.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pandas
        import pingouin

        pingouin.options["round.column.CI95"] = None
        rows = [(i, j, value) for i, row in enumerate(table) for j, value in enumerate(row)]
        frame = pandas.DataFrame(rows, columns=["person", "rater", "value"])
        found = pingouin.intraclass_corr(frame, "person", "rater", "value")
    return {row["Type"]: (row["ICC"], row["CI95"]) for _, row in found.iterrows()}


def test_shrout_and_fleiss_have_their_own_answers() -> None:
    found = reliability(SHROUT_FLEISS)
    assert found.icc_agreement.value == pytest.approx(0.29, abs=0.005)
    assert found.icc_consistency.value == pytest.approx(0.71, abs=0.005)
    squares = mean_squares(SHROUT_FLEISS)
    assert squares.between_participants == pytest.approx(11.24, abs=0.005)
    assert squares.between_conditions == pytest.approx(32.49, abs=0.005)
    assert squares.error == pytest.approx(1.02, abs=0.005)
    # Their intervals, as R's psych prints them: .02 to .76 and .34 to .95.
    assert (found.icc_agreement_1996.low, found.icc_agreement_1996.high) == pytest.approx(
        (0.019, 0.761), abs=0.0005
    )
    assert (found.icc_consistency.low, found.icc_consistency.high) == pytest.approx(
        (0.342, 0.946), abs=0.0005
    )


@pytest.mark.parametrize("table", [SHROUT_FLEISS, drawn(1), drawn(2, 12, 2)], ids=str)
def test_another_package_has_the_same_numbers(table: NDArray[np.float64]) -> None:
    found, other = reliability(table), other_package(table)
    for kind, ours in (("ICC(A,1)", found.icc_agreement_1996), ("ICC(C,1)", found.icc_consistency)):
        value, (low, high) = other[kind]
        assert (ours.value, ours.low, ours.high) == pytest.approx((value, low, high), abs=1e-6)
    assert found.icc_agreement.value == found.icc_agreement_1996.value


def test_both_ways_to_the_sem_give_one_number() -> None:
    table = drawn(5)
    found, squares = reliability(table), mean_squares(table)
    error = squares.error
    people = (squares.between_participants - error) / squares.conditions
    raters = (squares.between_conditions - error) / squares.participants
    for sem, icc, variance in (
        (found.sem_consistency, found.icc_consistency, people + error),
        (found.sem_agreement, found.icc_agreement, people + raters + error),
    ):
        assert sem.value == pytest.approx(math.sqrt(variance * (1 - icc.value)))
    assert found.mdc95_consistency.value == pytest.approx(
        1.96 * math.sqrt(2) * found.sem_consistency.value, rel=1e-4
    )


def test_intervals_hold_their_numbers_and_are_the_same_every_time() -> None:
    found = reliability(drawn(7))
    for name in ("icc_agreement", "icc_consistency", "sem_agreement", "mdc95_consistency"):
        estimate: Estimate = getattr(found, name)
        assert estimate.low < estimate.value < estimate.high
    assert reliability(drawn(7)) == found


def test_two_raters_tell_little_of_all_raters() -> None:
    chance = np.random.default_rng(4)
    table = 42 + 6 * chance.standard_normal((30, 1)) + chance.standard_normal((30, 2))
    found = reliability(table - table.mean(axis=0) + np.array([0.0, 0.7]))
    ours, usual = found.icc_agreement, found.icc_agreement_1996
    assert ours.low < usual.low - 0.1
    assert found.icc_consistency.low > 0.9


def test_readings_that_are_all_alike_have_no_icc() -> None:
    found = reliability(np.full((4, 2), 40.0))
    assert math.isnan(found.icc_agreement.value)
    assert math.isnan(found.icc_consistency.value)
    assert found.sem_consistency.value == 0


def test_readings_without_error_have_one_of_one() -> None:
    found = reliability([[30.0, 30.0], [40.0, 40.0], [50.0, 50.0]])
    assert found.icc_agreement.value == found.icc_consistency.value == 1


@pytest.mark.parametrize("table", [np.ones(4), np.ones((1, 4)), np.full((3, 2), np.nan)], ids=str)
def test_what_is_no_table_is_refused(table: NDArray[np.float64]) -> None:
    with pytest.raises(ValueError, match="2 × 2"):
        reliability(table)
