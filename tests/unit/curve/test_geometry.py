"""Known-answer geometry: shapes whose angle, depth and bridge can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posture.curve.geometry import chord_angle_deg, lumbar_curve
from tests.support.present import known
from tests.support.shapes import raised_cosine

WAIST = (0.0, 400.0)


def test_raised_cosine_has_the_angle_and_depth_of_its_formula() -> None:
    # method.md: SLCA = 2 atan(pi D / wavelength) for a raised-cosine back.
    up, back = raised_cosine(depth=40, wavelength=410)
    curve = known(lumbar_curve(up, back, WAIST))
    assert curve.depth == pytest.approx(40, abs=0.05)
    assert curve.bridge_length == pytest.approx(410, abs=2)
    assert curve.slca_deg == pytest.approx(2 * np.degrees(np.arctan(np.pi * 40 / 410)), abs=0.1)
    assert curve.lumbar[0] == pytest.approx(205, abs=1)
    assert curve.lower_inflection[0] == pytest.approx(410 / 4, abs=2)
    assert curve.upper_inflection[0] == pytest.approx(3 * 410 / 4, abs=2)


def test_circular_arc_agrees_with_its_chord_angle() -> None:
    radius, half = 300.0, np.radians(25)
    half_chord = radius * np.sin(half)
    up = np.arange(-60.0, 2 * half_chord + 60.0, 0.5)
    within = np.clip(up - half_chord, -half_chord, half_chord)
    back = radius - np.sqrt(radius**2 - within**2)
    back -= np.maximum(np.abs(up - half_chord) - half_chord, 0) * 2
    curve = known(lumbar_curve(up, back, WAIST))
    assert curve.chord_angle_deg == pytest.approx(50, abs=1)
    assert curve.slca_deg == pytest.approx(50, abs=1)


@pytest.mark.parametrize("slant", [-0.3, -0.1, 0.1, 0.3])
def test_a_leaning_back_keeps_its_angle_and_nearly_its_depth(slant: float) -> None:
    upright = known(lumbar_curve(*raised_cosine(40, 410), WAIST))
    leaning = known(lumbar_curve(*raised_cosine(40, 410, slant), WAIST))
    # A shear is not quite a rotation, so lengths change by its cosine.
    assert leaning.depth == pytest.approx(upright.depth * np.cos(np.arctan(slant)), rel=0.05)
    assert leaning.slca_deg == pytest.approx(upright.slca_deg, rel=0.15)


def test_a_bulging_back_has_no_hollow() -> None:
    up = np.arange(-150.0, 500.0)
    assert lumbar_curve(up, -((up - 200) ** 2) / 1000, WAIST) is None


def test_a_hollow_outside_the_waist_does_not_count() -> None:
    up, back = raised_cosine(40, 410)
    assert lumbar_curve(up, back, (300.0, 400.0)) is None


def test_a_short_fold_is_not_the_lumbar_hollow() -> None:
    up = np.arange(-150.0, 500.0)
    back = -((up - 200) ** 2) / 5000 - 5 * np.exp(-(((up - 200) / 8) ** 2))
    assert lumbar_curve(up, back, WAIST) is None


@settings(deadline=None)
@given(
    depth=st.floats(5, 90),
    wavelength=st.floats(250, 450),
    factor=st.floats(0.3, 3),
)
def test_depth_scales_with_the_person_and_the_angle_does_not(
    depth: float, wavelength: float, factor: float
) -> None:
    up, back = raised_cosine(depth, wavelength)
    small = known(lumbar_curve(up, back, (0, wavelength)))
    # Resampled on a scaled grid, so that only the size differs.
    large = known(lumbar_curve(up * factor, back * factor, (0, wavelength * factor)))
    if small.bridge_length * factor < 60 or small.bridge_length < 60:
        return
    assert large.depth == pytest.approx(small.depth * factor, rel=1e-6)
    assert large.slca_deg == pytest.approx(small.slca_deg, abs=1e-6)


@settings(deadline=None)
@given(depth=st.floats(8, 60), extra=st.floats(2, 25))
def test_a_deeper_hollow_never_measures_flatter(depth: float, extra: float) -> None:
    shallow = known(lumbar_curve(*raised_cosine(depth, 400), WAIST))
    deep = known(lumbar_curve(*raised_cosine(depth + extra, 400), WAIST))
    assert deep.depth > shallow.depth
    assert deep.slca_deg > shallow.slca_deg


def test_chord_angle_of_a_quarter_circle() -> None:
    radius = 100.0
    sagitta = radius * (1 - np.cos(np.pi / 4))
    chord = 2 * radius * np.sin(np.pi / 4)
    assert chord_angle_deg(sagitta, chord) == pytest.approx(90)
