"""What colours say for an edge, on bands of a few pixels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from posture.outline.colour_evidence import (
    ColourModels,
    colour_change,
    colour_evidence,
    colour_models,
    foreign_inside,
    softness_mm,
)
from posture.outline.outline_settings import outline_settings

SETTINGS = replace(
    outline_settings().edge,
    step_mm=1.0,
    colour_mm=2.0,
    colour_clip=5.0,
    change_mm=2.0,
    sample_mm=3.0,
    min_noise=1.0,
)
ROWS, COLUMNS = 20, 16
# The body in the first eight columns, the room in the others.
EDGE = 8


def band(body_l: float, room_l: float) -> NDArray[np.float32]:
    """Lab planes (3, n, m) of a grey body before a grey room."""
    lab = np.zeros((3, ROWS, COLUMNS), np.float32)
    lab[0] = np.where(np.arange(COLUMNS) < EDGE, body_l, room_l)
    return lab


def models(body: float, room: float, body_var: float, room_var: float) -> ColourModels:
    """Both differ in lightness only; the other channels vary by 1."""

    def rows(lightness: float, others: float) -> NDArray[np.float64]:
        return np.tile([lightness, others, others], (ROWS, 1))

    return ColourModels(rows(body, 0), rows(body_var, 1), rows(room, 0), rows(room_var, 1))


def test_log_odds_of_a_colour() -> None:
    lab = np.zeros((3, ROWS, 3), np.float32)
    lab[0] = (20.0, 50.0, 80.0)
    odds = models(20, 80, 100, 100).log_odds(lab)
    # (60² - 0²) / (2 x 100) = 18, half-way 0.
    assert odds[0] == pytest.approx([18.0, 0.0, -18.0], abs=1e-4)


def test_the_wider_of_two_colours_explains_what_is_far_from_both() -> None:
    lab = np.zeros((3, ROWS, 2), np.float32)
    lab[0] = (50.0, 90.0)
    odds = models(50, 50, 100, 400).log_odds(lab)
    # At the mean the narrow one is twice as dense; 40 off, 40² (1/800 - 1/200) = -6 on top.
    assert odds[0] == pytest.approx([np.log(2), np.log(2) - 6.0], abs=1e-4)


def test_contrast_is_in_standard_deviations() -> None:
    assert models(20, 80, 18, 18).contrast() == pytest.approx(np.full(ROWS, 10.0))


def test_colours_are_learnt_next_to_the_unsure_zone() -> None:
    lab = band(30.0, 70.0)
    # What lies further off than 3 px is not learnt.
    lab[0, :, : EDGE - 5] = 0.0
    lab[0, :, EDGE + 5 :] = 100.0
    columns = np.arange(COLUMNS)
    body = np.tile(columns < EDGE - 2, (ROWS, 1))
    room = np.tile(columns >= EDGE + 2, (ROWS, 1))
    learnt = colour_models(lab, body, room, 2.0, SETTINGS)
    assert learnt.body_mean[:, 0] == pytest.approx(np.full(ROWS, 30.0), abs=1e-3)
    assert learnt.background_mean[:, 0] == pytest.approx(np.full(ROWS, 70.0), abs=1e-3)
    # Colours that do not vary at all have the variance of noise.
    assert learnt.body_var == pytest.approx(np.ones((ROWS, 3)), abs=0.01)


def test_an_edge_has_body_inside_and_room_outside() -> None:
    lab, core = band(30.0, 70.0), slice(3, COLUMNS - 3)
    evidence = colour_evidence(models(30, 70, 100, 100), lab, core, SETTINGS)
    assert evidence.shape == (ROWS, COLUMNS - 6)
    # Log-odds of 8 either side, clipped to 5: two pixels inside less two outside.
    at_edge = EDGE - 1 - core.start
    assert evidence[:, at_edge] == pytest.approx(20.0)
    # A pixel further in, one of the outside ones is body as well.
    assert evidence[:, at_edge - 1] == pytest.approx(10.0)
    assert evidence[:, at_edge - 3] == pytest.approx(0.0, abs=1e-4)
    assert (evidence.argmax(axis=1) == at_edge).all()


def test_foreign_colour_adds_up_from_inside_out() -> None:
    odds = np.array([0.0, 2.0], np.float32)
    bins = np.array([[0, 1, 1, 0]], np.intp)
    assert foreign_inside(odds, bins, SETTINGS).tolist() == [[0.0, 2.0, 4.0, 4.0]]
    fine = replace(SETTINGS, step_mm=0.5)
    assert foreign_inside(odds, bins, fine).tolist() == [[0.0, 1.0, 2.0, 2.0]]


def test_a_change_of_colour_is_largest_at_the_edge() -> None:
    change = colour_change(band(30.0, 70.0), slice(3, COLUMNS - 3), 1.0, SETTINGS)
    at_edge = EDGE - 1 - 3
    assert change[:, at_edge] == pytest.approx(np.log1p(40.0), abs=1e-3)
    # Half of the pixels compared are alike.
    assert change[:, at_edge - 1] == pytest.approx(np.log1p(20.0), abs=1e-3)
    assert change[:, at_edge - 2] == pytest.approx(0.0, abs=1e-3)


def test_softness_is_the_step_over_the_steepest_change() -> None:
    lab = np.zeros((3, ROWS, COLUMNS), np.float32)
    # From 30 to 70 over 5 px of 1 mm.
    lab[0] = np.interp(np.arange(COLUMNS), (5, 10), (30.0, 70.0))
    column = np.full(ROWS, 7, np.intp)
    found = softness_mm(lab, column, models(30, 70, 1, 1), SETTINGS)
    assert found == pytest.approx(np.full(ROWS, 5.0))
    sharp = softness_mm(band(30.0, 70.0), column, models(30, 70, 1, 1), SETTINGS)
    assert sharp == pytest.approx(np.full(ROWS, 1.0))
