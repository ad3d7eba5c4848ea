"""The hollow of a traced back line."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from posture.curve.curve_settings import curve_settings
from posture.curve.definition import curve_of_smooth_line
from posture.curve.geometry import lumbar_curve
from posture.curve.reading import error_sources, read_curve
from posture.outline.edge import RefinedEdge
from posture.outline.hair import NO_HAIR
from posture.outline.mask_outline import PosteriorContour
from posture.outline.trace import Outline
from posture.view.see import see
from posture.view.trunk_frame import trunk_frame
from tests.support.curves import sure_edge
from tests.support.present import known
from tests.support.shapes import raised_cosine
from tests.support.stick_person import standing_pose

WAIST_MM = curve_settings().definition.waist_mm


def test_the_bridge_does_not_reach_above_the_shoulders() -> None:
    up, back = raised_cosine(40, 410)
    with_shadow = np.where(up > 510, 5.0, back)
    assert known(lumbar_curve(up, with_shadow, WAIST_MM)).thoracic[0] > 500
    assert curve_of_smooth_line(up, with_shadow) == curve_of_smooth_line(up, back)


def test_the_bridge_rests_on_the_buttocks_of_a_person_who_sways_back() -> None:
    up, back = raised_cosine(40, 410, slant=0.2)
    upright = known(lumbar_curve(up, back, WAIST_MM))
    # Below the buttocks the thighs go straight down, while the bridge's line goes on forwards.
    above = up >= 0
    thighs = np.arange(-260.0, 0.0)
    back = np.r_[-45 * (1 - np.exp(-((thighs / 60) ** 2))), back[above]]
    up = np.r_[thighs, up[above]]
    assert known(lumbar_curve(up, back, WAIST_MM)).gluteal[0] < -200
    curve = known(curve_of_smooth_line(up, back))
    assert curve.gluteal[0] == pytest.approx(upright.gluteal[0], abs=10)
    assert curve.slca_deg == pytest.approx(upright.slca_deg, abs=0.5)


ROWS_MM = np.arange(-260.0, 562.0, 2.0)


def traced(
    depth_mm: float, rival_depth_mm: float | None, edge: RefinedEdge | None = None
) -> Outline:
    """A cosine hollow of 400 mm, and a rival of another depth."""

    def line(depth: float) -> NDArray[np.float64]:
        up, back = raised_cosine(depth, 400)
        return np.asarray(np.interp(ROWS_MM, up, back))

    return Outline(
        frame=trunk_frame(standing_pose(), "right"),
        mask=PosteriorContour(ROWS_MM, np.zeros_like(ROWS_MM), np.ones_like(ROWS_MM)),
        edge=edge,
        line=line(depth_mm),
        rival_line=None if rival_depth_mm is None else line(rival_depth_mm),
        hair=NO_HAIR,
        cloth_mm=0.0,
    )


VIEW = see((standing_pose(),), yaw_bias_deg=0.0)


def test_a_reading_has_the_depths_of_the_outline_and_of_its_rival() -> None:
    reading = read_curve(traced(40.0, 30.0))
    assert reading is not None and reading.rival is not None
    assert reading.curve.depth == pytest.approx(40.0, abs=0.1)
    assert reading.rival.depth == pytest.approx(30.0, abs=0.1)
    # The steepest slopes of a cosine: pi x depth / length on either side.
    expected = 2 * np.degrees(np.arctan(np.pi * 40 / 400))
    assert reading.curve.slca_deg == pytest.approx(expected, abs=0.1)


def test_a_line_without_a_hollow_has_no_reading_and_a_rival_without_one_no_curve() -> None:
    assert read_curve(traced(0.0, 30.0)) is None
    reading = read_curve(traced(40.0, 0.0))
    assert reading is not None and reading.rival is None


def test_what_makes_a_curve_less_sure_is_told() -> None:
    doubtful = sure_edge(ROWS_MM, doubt_mm=np.full_like(ROWS_MM, 2.2))
    outline = traced(40.0, 38.0, doubtful)
    view = replace(VIEW, yaw_deg=7.0, extent=replace(VIEW.extent, crown_cut=True))
    reading = read_curve(outline)
    assert reading is not None
    sources = error_sources(
        reading, outline, view, warned=True, worn=True, stretch=0.2, arm_mm=60.0
    )
    assert sources.rival_mm == pytest.approx(2.0, abs=0.05)
    assert sources.doubt_mm == pytest.approx(1.0)
    assert (sources.yaw_deg, sources.refined) == (7.0, True)
    assert sources.head_cut and sources.warned and sources.worn
    assert (sources.stretch, sources.arm_mm) == (0.2, 60.0)


def test_an_outline_that_was_not_refined_has_no_rival() -> None:
    outline = traced(40.0, None)
    reading = read_curve(outline)
    assert reading is not None
    sources = error_sources(
        reading, outline, VIEW, warned=False, worn=False, stretch=0.0, arm_mm=0.0
    )
    assert (sources.rival_deg, sources.rival_mm, sources.doubt_mm) == (0.0, 0.0, 0.0)
    assert not sources.refined
