"""Sample sizes by their papers' own answers."""

from __future__ import annotations

import pytest
from scipy.stats import f as f_distribution

from posture.errors import InvalidInput
from posture.study.sample_size import (
    expected_width,
    to_know_limits,
    to_know_within,
    to_show_above,
    with_dropout,
)

ONE_SIDED, TWO_SIDED = 0.05, 0.025


@pytest.mark.parametrize(
    ("icc", "least", "raters", "alpha", "expected"),
    [
        # What is told of Walter, Eliasziw & Donner 1998 with its formula.
        (0.8, 0.6, 2, ONE_SIDED, 39),
        (0.8, 0.6, 2, TWO_SIDED, 49),
        # By the same formula by hand: ln C = -0.8602, 1 + 37.096 / 1.4798.
        (0.8, 0.6, 3, ONE_SIDED, 27),
    ],
)
def test_an_icc_above_a_least_one(
    icc: float, least: float, raters: int, alpha: float, expected: int
) -> None:
    assert to_show_above(icc, least, raters, alpha=alpha, power=0.8) == expected


@pytest.mark.parametrize("raters", [2, 3, 4])
@pytest.mark.parametrize(("icc", "least"), [(0.8, 0.6), (0.9, 0.75), (0.95, 0.8)])
def test_the_exact_test_has_that_power(icc: float, least: float, raters: int) -> None:
    """The F test of Donner & Eliasziw 1987, which the formula approximates."""
    count = to_show_above(icc, least, raters, alpha=ONE_SIDED, power=0.8)
    freedom = (count - 1, count * (raters - 1))
    ratio = (1 + raters * least / (1 - least)) / (1 + raters * icc / (1 - icc))
    power = f_distribution.sf(ratio * f_distribution.isf(ONE_SIDED, *freedom), *freedom)
    # Where it is off, it asks for a participant or two more than the test needs.
    assert 0.79 < power < 0.85


def test_an_icc_within_a_width() -> None:
    # Bonett 2002: four raters, an ICC of .85, an interval .2 wide: 19.2 participants.
    assert to_know_within(0.85, 0.2, 4, sure=0.95) == 20
    # Two raters and .7 or more: 5 ICC more.
    assert to_know_within(0.9, 0.1, 2, sure=0.95) == 61


def test_the_width_that_so_many_give() -> None:
    # As R's presize computes it for an ICC of .5, three raters and 50 participants.
    assert expected_width(0.5, 50, 3, sure=0.95) == pytest.approx(0.3233102, abs=1e-5)
    assert expected_width(0.9, 3, 2, sure=0.95) is None
    width = expected_width(0.9, 30, 2, sure=0.95)
    assert width is not None and to_know_within(0.9, width + 1e-9, 2, sure=0.95) == 30


def test_limits_of_agreement() -> None:
    # Bland & Altman: with 100 participants a limit is known to about ± 0.34 s.
    assert to_know_limits(0.34, sure=0.95) == 100
    assert to_know_limits(0.5, sure=0.99) > to_know_limits(0.5, sure=0.95)


def test_some_do_not_come_back() -> None:
    assert with_dropout(45, 0.1) == 50
    assert with_dropout(45, 0.0) == 45


def test_what_cannot_be_is_told() -> None:
    with pytest.raises(InvalidInput, match="not below the expected one"):
        to_show_above(0.8, 0.8, 2, alpha=0.05, power=0.8)
    with pytest.raises(InvalidInput, match="The ICC of 1"):
        to_know_within(1.0, 0.1, 2, sure=0.95)
    with pytest.raises(InvalidInput, match="cannot be compared"):
        to_know_within(0.9, 0.1, 1, sure=0.95)
    with pytest.raises(InvalidInput, match="half-width of 0"):
        to_know_limits(0.0, sure=0.95)
    with pytest.raises(InvalidInput, match="share of 1"):
        with_dropout(10, 1.0)
