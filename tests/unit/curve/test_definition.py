"""One operator for truth and measurement."""

from __future__ import annotations

import numpy as np
import pytest

from posture.curve.definition import curve_of_smooth_line, nominal_rows, surface_curve
from posture.curve.geometry import LumbarCurve
from posture.outline.outline_settings import outline_settings
from posture.outline.smoothing import STEP_MM, smooth_back_line

ROWS_MM = np.arange(-260.0, 560.0, STEP_MM)


def wave(depth_mm: float, length_mm: float = 400.0) -> np.ndarray:
    """A back that waves like a cosine all along, its hollow `depth_mm` deep under the bridge."""
    return -depth_mm / 2 * (1 - np.cos(2 * np.pi * ROWS_MM / length_mm))


def curve_of(back_mm: np.ndarray) -> LumbarCurve:
    curve = surface_curve(ROWS_MM, back_mm)
    assert curve is not None
    return curve


def test_a_smooth_back_keeps_its_curve() -> None:
    # Of a wave of 400 mm the smoother keeps 1 / (1 + (130 / 400) ** 6), all but a thousandth.
    curve = curve_of(wave(40.0))
    assert curve.depth == pytest.approx(40.0, abs=0.15)
    assert curve.slca_deg == pytest.approx(2 * np.degrees(np.arctan(np.pi * 0.1)), abs=0.2)


def test_half_of_a_wave_at_the_scale_remains() -> None:
    scale_mm = outline_settings().definition.half_wavelength_mm
    ripple = np.cos(2 * np.pi * ROWS_MM / scale_mm)
    middle = (ROWS_MM > 0) & (ROWS_MM < 300)
    assert np.ptp(smooth_back_line(ripple)[middle]) == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize("at_mm", [90.0, 150.0, 210.0, 270.0])
def test_what_lies_on_a_back_hardly_moves_its_angle(at_mm: float) -> None:
    fold = -4.0 * np.exp(-(((ROWS_MM - at_mm) / 8.0) ** 2))
    change = curve_of(wave(40.0) + fold).slca_deg - curve_of(wave(40.0)).slca_deg
    assert abs(change) < 2.5


def test_a_line_without_a_hollow_has_no_curve() -> None:
    assert surface_curve(ROWS_MM, np.zeros_like(ROWS_MM)) is None


def test_measurement_and_truth_are_the_same_function() -> None:
    back_mm = wave(35.0)
    assert curve_of_smooth_line(ROWS_MM, smooth_back_line(back_mm)) == curve_of(back_mm)


def test_heights_become_nominal_millimetres_above_mid_hip() -> None:
    rows = nominal_rows(np.array([901.0, 1000.0]), 1700.0)
    assert rows == pytest.approx([0.0, 99.0])
    # Twice as tall a person has twice as long millimetres.
    assert nominal_rows(np.array([1802.0, 2000.0]), 3400.0) == pytest.approx([0.0, 99.0])
