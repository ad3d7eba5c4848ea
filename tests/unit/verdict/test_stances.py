"""How a session goes, and how much narrower its stances make it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from posture.verdict.stances import error_of_median, load_stances, standing_again, that_count


def test_the_first_of_a_whole_session_is_thrown_away() -> None:
    assert load_stances().session.stances == 4
    assert that_count("abc") == ("a", "b", "c")
    assert that_count("abcd") == ("b", "c", "d")
    assert that_count("abcde") == ("b", "c", "d", "e")


def test_the_error_of_a_median_is_that_of_a_normal_distribution() -> None:
    random = np.random.default_rng(1)
    for count in (1, 2, 3, 4, 5):
        found = np.median(random.normal(size=(200_000, count)), axis=1).std()
        assert error_of_median(count) == pytest.approx(found, rel=0.01)
    assert error_of_median(1000) == pytest.approx(1.2533 / np.sqrt(1000), rel=0.001)


def test_more_stances_never_widen() -> None:
    for narrower in (error_of_median, standing_again):
        values = [narrower(count) for count in range(1, 40)]
        assert values[0] == 1
        assert all(later <= before for before, later in pairwise(values))
