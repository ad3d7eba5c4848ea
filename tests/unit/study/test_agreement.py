"""Limits of agreement, proportional bias and Deming's line: known answers, and other packages'."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from posture.study.agreement import deming, limits_of_agreement, proportional_bias

# Peak flow in l/min, first readings of both meters: Bland & Altman, Lancet 1986;1:307-310, table 1.
WRIGHT = [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427]
MINI = [512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451]
# Deming regression, example 1 of NCSS's manual (chapter 303), error ratio 4 to 1.
NCSS_X = [7, 8.3, 10.5, 9, 5.1, 8.2, 10.2, 10.3, 7.1, 5.9]
NCSS_Y = [7.9, 8.2, 9.6, 9, 6.5, 7.3, 10.2, 10.6, 6.3, 5.2]
# The t of 8 degrees of freedom.
T8 = 2.306004


def test_bland_and_altman_have_their_own_answers() -> None:
    found = limits_of_agreement(np.subtract(WRIGHT, MINI))
    assert found.bias.value == pytest.approx(-2.1, abs=0.05)
    assert found.sd == pytest.approx(38.8, abs=0.05)
    # -22.0 to 17.8 l/min in the paper; its limits are 2 standard deviations away.
    assert (found.bias.low, found.bias.high) == pytest.approx((-22.0, 17.8), abs=0.1)
    assert found.lower.value == pytest.approx(-2.1 - 1.96 * 38.8, abs=0.1)
    assert found.upper.value == pytest.approx(-2.1 + 1.96 * 38.8, abs=0.1)


def test_of_many_pairs_exact_bounds_are_those_of_the_usual_approximation() -> None:
    differences = np.random.default_rng(1).standard_normal(3000)
    found = limits_of_agreement(differences)
    about = 1.96 * found.sd * np.sqrt((1 + 1.96**2 / 2) / 3000)
    assert found.upper.high - found.upper.value == pytest.approx(about, rel=0.05)
    assert found.upper.value - found.upper.low == pytest.approx(about, rel=0.05)


def test_few_pairs_are_less_sure_outwards() -> None:
    found = limits_of_agreement(np.subtract(WRIGHT, MINI))
    assert found.upper.high - found.upper.value > found.upper.value - found.upper.low
    assert found.lower.value - found.lower.low == pytest.approx(
        found.upper.high - found.upper.value
    )


def test_a_pair_read_twice_is_no_second_participant() -> None:
    differences = np.subtract(WRIGHT, MINI)
    once = limits_of_agreement(differences)
    twice = limits_of_agreement([[one, one] for one in differences])
    assert twice.pairs == 2 * once.pairs
    for name in ("lower", "upper"):
        one, two = getattr(once, name), getattr(twice, name)
        assert (two.value, two.low, two.high) == pytest.approx(
            (one.value, one.low, one.high), rel=0.02
        )


def test_limits_are_of_single_differences_where_participants_have_several() -> None:
    chance = np.random.default_rng(2)
    between, within = chance.standard_normal((400, 1)), 2 * chance.standard_normal((400, 3))
    found = limits_of_agreement(list(between + within))
    assert found.sd == pytest.approx(np.sqrt(5), rel=0.05)
    assert found.lower.low < found.lower.value < found.lower.high


def test_a_slope_of_the_difference_is_that_of_another_package() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from statsmodels.api import OLS, add_constant

        mean = np.add(WRIGHT, MINI) / 2
        other = OLS(np.subtract(WRIGHT, MINI), add_constant(mean)).fit()
        low, high = other.conf_int()[1]
    found = proportional_bias(WRIGHT, MINI)
    ours = (found.slope.value, found.slope.low, found.slope.high, found.p)
    assert ours == pytest.approx((other.params[1], low, high, other.pvalues[1]), abs=1e-6)


def test_a_second_instrument_that_reads_less_of_more_is_told() -> None:
    true = np.linspace(30, 60, 20)
    chance = np.random.default_rng(3)
    found = proportional_bias(true, 0.7 * true + chance.standard_normal(20))
    assert found.p < 0.001
    assert found.slope.low > 0.2


def test_deming_has_the_answer_of_the_manual() -> None:
    found = deming(NCSS_X, NCSS_Y, ratio=0.25)
    assert found.slope.value == pytest.approx(1.0012, abs=5e-5)
    assert found.intercept.value == pytest.approx(-0.0897, abs=5e-5)
    # Standard errors .1872 and 1.7220, by the jackknife.
    assert found.slope.high - found.slope.value == pytest.approx(T8 * 0.1872, abs=2e-4)
    assert found.intercept.high - found.intercept.value == pytest.approx(T8 * 1.7220, abs=2e-4)


def test_of_equal_errors_the_line_is_the_first_principal_axis() -> None:
    found = deming(NCSS_X, NCSS_Y, ratio=1.0)
    points = np.array([NCSS_X, NCSS_Y])
    axis = np.linalg.svd(points - points.mean(axis=1, keepdims=True))[0][:, 0]
    assert found.slope.value == pytest.approx(axis[1] / axis[0], abs=1e-6)


def test_repeated_readings_tell_how_far_each_errs() -> None:
    chance = np.random.default_rng(6)
    true = 42 + 6 * chance.standard_normal((300, 1))
    first = true + chance.standard_normal((300, 2))
    second = 3 + 0.9 * true + 2 * chance.standard_normal((300, 2))
    found = deming(list(first), list(second))
    assert found.ratio_known
    assert found.error_ratio == pytest.approx(4, rel=0.3)
    assert found.slope.low < 0.9 < found.slope.high
    assert found.intercept.low < 3 < found.intercept.high


def test_single_readings_are_taken_to_err_alike() -> None:
    found = deming(WRIGHT, MINI)
    assert not found.ratio_known
    assert found.error_ratio == 1


@pytest.mark.parametrize("differences", [[[1.0]], [[1.0], []]])
def test_too_few_differences_are_refused(differences: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="two participants"):
        limits_of_agreement(differences)


def test_too_few_points_span_no_line() -> None:
    with pytest.raises(ValueError, match="three participants"):
        deming([1.0, 2.0], [1.0, 2.0])


def test_an_instrument_that_always_reads_the_same_has_no_line() -> None:
    found = deming([30.0, 40.0, 50.0], [20.0, 20.0, 20.0])
    assert np.isnan([found.slope.value, found.slope.low, found.intercept.value]).all()
    assert np.isnan(proportional_bias([40.0, 40.0, 40.0], [40.0, 40.0, 40.0]).p)
