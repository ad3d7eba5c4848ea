"""Where a value stands among other adults."""

from __future__ import annotations

from itertools import pairwise

import pytest

from posture.result import Measured
from posture.subject import Sex
from posture.verdict.norms import CutsBySex, Distribution, Quantity, load_norms
from posture.verdict.percentiles import percentile, percentiles_of

# A normal distribution of mean 40 and standard deviation 10, given by two of its points.
NORMAL = Distribution(
    percentiles=(15.8655254, 84.1344746),
    values={"m": (30.0, 50.0), "f": (40.0, 60.0)},
    people={"m": 100, "f": 300},
)


@pytest.mark.parametrize(
    ("value", "sex", "expected"),
    [
        (40.0, "m", 50.0),
        (30.0, "m", 15.87),
        (59.6, "m", 97.5),
        (20.4, "m", 2.5),
        (50.0, "f", 50.0),
        # A quarter men, of whom 84.13 % lie below 50, and three quarters women, 50 % of them.
        (50.0, "unspecified", 58.53),
    ],
)
def test_known_points_of_a_normal_distribution(value: float, sex: Sex, expected: float) -> None:
    assert percentile(value, NORMAL, sex) == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize("sex", ["m", "f"])
def test_the_cuts_of_the_bands_are_its_percentiles(sex: Sex) -> None:
    norms = load_norms()
    cuts_of: tuple[tuple[Quantity, CutsBySex], ...] = (
        ("slca_deg", norms.slca_cuts_deg),
        ("hollow_depth_mm", norms.depth_cuts_mm),
        ("hollow_depth_ratio", norms.ratio_cuts),
    )
    for quantity, cuts in cuts_of:
        distribution = norms.distributions[quantity]
        found = [percentile(cut, distribution, sex) for cut in cuts[sex]]
        assert found == pytest.approx([7, 90, 97.5], abs=1.6)


def test_a_higher_value_never_stands_lower() -> None:
    for distribution in load_norms().distributions.values():
        for sex in ("m", "f", "unspecified"):
            top = 2 * max(distribution.values["f"])
            found = [percentile(top * step / 200, distribution, sex) for step in range(201)]
            assert all(low <= high for low, high in pairwise(found))
            assert 0 <= found[0] <= found[-1] <= 100


def test_the_interval_is_carried_through() -> None:
    norms = load_norms()
    found = percentiles_of(
        Measured(40.7, 4.6), Measured(46.3, 7.2), Measured(0.126, 0.016), "m", norms
    )
    assert found.slca == pytest.approx(50.0)
    # 36.1 and 45.3 degrees: the quartiles of men.
    assert (found.slca_low, found.slca_high) == pytest.approx((25.0, 75.0), abs=0.6)
    assert (found.depth_low, found.depth) == pytest.approx((25.0, 50.0), abs=0.1)
    without = percentiles_of(Measured(40.7, 4.6), None, Measured(0.126, 0.016), "f", norms)
    assert (without.depth_low, without.depth) == pytest.approx((25.0, 50.0), abs=0.1)
