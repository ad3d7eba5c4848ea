"""Things worn on the back are told by their corners."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from posture.outline.mask_outline import PosteriorContour
from posture.outline.smoothing import STEP_MM
from posture.outline.worn import WornSigns, worn_signs
from tests.support.curves import sure_edge

ROWS_MM = np.arange(-260.0, 562.0, STEP_MM)
BACK_MM = 100.0 - 20.0 * (1 - np.cos(2 * np.pi * ROWS_MM / 400.0))


def thing(thick_mm: float, low_mm: float, high_mm: float, edge_mm: float) -> NDArray[np.float64]:
    """What a thing with sloping edges adds to the back."""
    inside = np.minimum(ROWS_MM - low_mm, high_mm - ROWS_MM) / edge_mm
    return np.asarray(thick_mm * np.clip(inside, 0, 1), np.float64)


def signs_of(added_mm: NDArray[np.float64] | float, **colours: object) -> WornSigns:
    contour = PosteriorContour(ROWS_MM, BACK_MM + added_mm, np.ones_like(ROWS_MM))
    signs = worn_signs(contour, sure_edge(ROWS_MM, **colours) if colours else None)
    assert signs is not None
    return signs


def test_a_bare_back_has_no_corners() -> None:
    # 16 mm of a cosine of that depth and length turn by some 5 degrees at the most, either way.
    assert signs_of(0.0).corners_deg == pytest.approx(2 * 4.5, abs=2.0)


@pytest.mark.parametrize(
    ("thick_mm", "low_mm", "high_mm", "least_deg"),
    [(45.0, 120.0, 230.0, 72.0), (10.0, 80.0, 260.0, 44.0), (10.0, -95.0, 50.0, 44.0)],
    ids=["pouch", "brace", "phone at the seat"],
)
def test_things_have_corners(
    thick_mm: float, low_mm: float, high_mm: float, least_deg: float
) -> None:
    assert signs_of(thing(thick_mm, low_mm, high_mm, 12.0)).corners_deg > least_deg


def test_a_soft_fold_is_no_thing() -> None:
    fold = 4.0 * np.exp(-(((ROWS_MM - 150.0) / 30.0) ** 2))
    assert signs_of(fold).corners_deg < 44.0


def test_a_known_bend() -> None:
    # A ridge whose sides rise and fall by one in one, on a straight back: 45 degrees either way.
    ridge = np.clip(40.0 - np.abs(ROWS_MM - 150.0), 0.0, None) + (100.0 - BACK_MM)
    assert signs_of(ridge).corners_deg == pytest.approx(90.0 + 45.0, abs=1.0)


def test_a_corner_counts_more_where_the_colour_changes() -> None:
    added = thing(10.0, 80.0, 260.0, 8.0)
    worn = (ROWS_MM > 80.0) & (ROWS_MM < 260.0)
    black = np.where(worn[:, None], [5.0, 0.0, 0.0], [70.0, 15.0, 20.0])
    same = np.full((len(ROWS_MM), 3), 50.0)
    assert signs_of(added, body_lab=black).coloured_corner_deg > 13.0
    assert signs_of(added, body_lab=same).coloured_corner_deg == 0.0
    # Where trousers begin the colour changes, too, but the back goes on.
    assert signs_of(0.0, body_lab=black).coloured_corner_deg < 13.0


def test_without_an_outline_there_is_nothing_to_tell() -> None:
    nowhere = PosteriorContour(ROWS_MM, np.full_like(ROWS_MM, np.nan), np.zeros_like(ROWS_MM))
    assert worn_signs(nowhere, None) is None
