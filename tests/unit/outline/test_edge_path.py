"""All paths of an edge through a band: their mean and spread, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from posture.outline.edge_path import edge_places
from posture.outline.outline_settings import outline_settings

# Evidence counts whole, every row is a step of its own, and a step aside by one column halves the
# likelihood: exp(-ln 2).
SETTINGS = replace(
    outline_settings().edge,
    temperature=1.0,
    path_rows=1,
    step_mm=1.0,
    smoothness=np.log(2.0),
    max_slope=9.0,
)


def evidence(*rows: tuple[float, ...]) -> NDArray[np.float32]:
    """Log-likelihoods whose exponentials are these shares."""
    return np.asarray(np.log(rows), np.float32)


def test_a_single_row_is_the_mean_of_its_own_evidence() -> None:
    means, deviations = edge_places([evidence((1, 3))], 1.0, SETTINGS)
    # Column 0 with 1/4, column 1 with 3/4.
    assert means == pytest.approx(np.array([[0.75]]))
    assert deviations == pytest.approx(np.array([[np.sqrt(3) / 4]]))


def test_a_row_without_evidence_follows_its_neighbour() -> None:
    means, deviations = edge_places([evidence((1, 3), (1, 1))], 1.0, SETTINGS)
    # Paths 00, 01, 10, 11 have 1, 1/2, 3/2 and 3 of 6 parts.
    assert means == pytest.approx(np.array([[4.5 / 6, 3.5 / 6]]))
    assert deviations[0] == pytest.approx([np.sqrt(27) / 12, np.sqrt(35) / 12], abs=1e-6)


def test_rows_below_and_above_count_alike() -> None:
    rows = ((1, 3), (1, 1), (2, 1))
    forwards, _ = edge_places([evidence(*rows)], 1.0, SETTINGS)
    backwards, _ = edge_places([evidence(*rows[::-1])], 1.0, SETTINGS)
    assert forwards == pytest.approx(backwards[:, ::-1])


def test_the_temper_makes_rows_count_for_less() -> None:
    # Two rows alike count for one.
    calm = replace(SETTINGS, temperature=2.0)
    means, _ = edge_places([evidence((1, 9))], 1.0, calm)
    assert means == pytest.approx(np.array([[0.75]]))


def test_no_path_is_steeper_than_allowed() -> None:
    straight = replace(SETTINGS, max_slope=0.0)
    means, _ = edge_places([evidence((1, 3), (1, 1))], 1.0, straight)
    assert means == pytest.approx(np.array([[0.75, 0.75]]))
    # Surely in column 0 here and surely in column 2 there: a step of one column lies between.
    sloped = replace(SETTINGS, max_slope=1.0, smoothness=0.0)
    far = evidence((1, 1e-30, 1e-30), (1, 1, 1), (1e-30, 1e-30, 1))
    means, _ = edge_places([far], 1.0, sloped)
    assert means == pytest.approx(np.array([[0.0, 1.0, 2.0]]))


def test_bands_are_followed_apart() -> None:
    one, other = evidence((1, 3), (1, 1)), evidence((1, 1), (5, 1))
    together, _ = edge_places([one, other], 1.0, SETTINGS)
    for alone, both in zip((one, other), together, strict=True):
        assert edge_places([alone], 1.0, SETTINGS)[0][0] == pytest.approx(both)


def test_rows_of_one_step_share_its_place() -> None:
    # Two steps of two rows: places of the steps' middles, a straight line between and flat ends.
    coarse = replace(SETTINGS, path_rows=2, max_slope=9.0, smoothness=50.0)
    means, _ = edge_places([evidence((1, 3), (1, 1), (1, 1), (1, 1))], 1.0, coarse)
    assert means == pytest.approx(np.array([[0.75, 0.75, 0.75, 0.75]]), abs=1e-6)
    free = replace(coarse, smoothness=0.0)
    means, _ = edge_places([evidence((1, 3), (1, 1), (3, 1), (1, 1))], 1.0, free)
    # .75 at row .5, .25 at row 2.5.
    assert means == pytest.approx(np.array([[0.75, 0.625, 0.375, 0.25]]))


def test_huge_evidence_neither_overflows_nor_vanishes() -> None:
    sure = np.full((40, 5), -3e4, np.float32)
    sure[:, 3] = 3e4
    means, deviations = edge_places([sure], 1.0, SETTINGS)
    assert means == pytest.approx(3.0)
    assert deviations == pytest.approx(0.0)
