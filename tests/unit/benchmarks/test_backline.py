"""The true curve of back lines whose angle and depth are known from geometry."""

from __future__ import annotations

import math
from dataclasses import fields

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.bodies.backline import STEP_MM, curve_metrics
from posture.result import Result

LENGTH_MM, DEPTH_MM, APEX_MM = 400.0, 40.0, 1060.0
STATURE_MM = 1700.0


def raised_cosine(slant: float = 0.0) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A straight line with one hollow of known depth; `slant` is its rise per millimetre."""
    z_mm = np.arange(640.0, 1460.0, STEP_MM)
    hollow = np.abs(z_mm - APEX_MM) <= LENGTH_MM / 2
    dent = DEPTH_MM / 2 * (1 + np.cos(2 * math.pi * (z_mm - APEX_MM) / LENGTH_MM))
    return z_mm, slant * z_mm - np.where(hollow, dent, 0.0)


def test_a_hollow_of_known_depth_and_angle() -> None:
    metrics = curve_metrics(*raised_cosine(), STATURE_MM)
    steepest = math.degrees(math.atan(math.pi * DEPTH_MM / LENGTH_MM))
    assert metrics["hollow_depth_mm"] == pytest.approx(DEPTH_MM, abs=1.5)
    assert metrics["slca_deg"] == pytest.approx(2 * steepest, abs=1.0)


def test_leaning_leaves_the_angle_alone() -> None:
    upright = curve_metrics(*raised_cosine(), STATURE_MM)
    leaning = curve_metrics(*raised_cosine(slant=math.tan(math.radians(5))), STATURE_MM)
    assert leaning["bridge_slant_deg"] == pytest.approx(5.0, abs=0.2)
    assert leaning["slca_deg"] == pytest.approx(upright["slca_deg"], abs=1.0)


def test_a_straight_back_has_no_hollow() -> None:
    z_mm = np.arange(640.0, 1460.0, STEP_MM)
    metrics = curve_metrics(z_mm, np.zeros_like(z_mm), STATURE_MM)
    assert (metrics["slca_deg"], metrics["hollow_depth_mm"]) == (0.0, 0.0)


def test_a_truth_has_the_names_of_a_result() -> None:
    names = {field.name for field in fields(Result)}
    assert {"slca_deg", "hollow_depth_mm", "bridge_length_mm"} <= names & set(
        curve_metrics(*raised_cosine(), STATURE_MM)
    )
