"""Curves and constants in round numbers, for sums that can be done by hand."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posture.curve.calibration import Calibration, CurveErrorTerms, ErrorTerms, YawTerms
from posture.curve.geometry import LumbarCurve
from posture.outline.edge import RefinedEdge
from posture.outline.mask_outline import PosteriorContour

# Nothing is unsure; no term of its own for anything.
PLAIN = Calibration(
    source="round numbers",
    yaw=YawTerms(bias_deg=0.0, perspective_deg=0.0),
    error=CurveErrorTerms(
        slca_deg=ErrorTerms(**{item.name: 0.0 for item in fields(ErrorTerms)}),
        depth_mm=ErrorTerms(**{item.name: 0.0 for item in fields(ErrorTerms)}),
    ),
)

# Bridge of 400 mm from 0 to 400 at the usual distance behind the hips, deepest at 40 % of it, 30 mm
# under it; inflection points 190 mm apart: as usual in everything.
USUAL = LumbarCurve(
    slca_deg=40.0,
    chord_angle_deg=34.1,
    depth=30.0,
    bridge_length=400.0,
    gluteal=(0.0, 135.0),
    thoracic=(400.0, 135.0),
    lumbar=(160.0, 105.0),
    bridge_foot=(160.0, 135.0),
    lower_inflection=(80.0, 120.0),
    upper_inflection=(270.0, 120.0),
    lower_tangent=(1.0, 0.0),
    upper_tangent=(1.0, 0.0),
)


def sure_edge(up_mm: NDArray[np.float64], **changes: Any) -> RefinedEdge:
    """An edge 100 mm behind the hips on these rows, sure on each but for the `changes`."""
    flat, grey = np.full_like(up_mm, 100.0), np.zeros((len(up_mm), 3))
    edge = RefinedEdge(
        contour=PosteriorContour(up_mm, flat, np.ones_like(up_mm)),
        rival_mm=flat,
        off_straight_edge=False,
        contrast=np.full_like(up_mm, 5.0),
        doubt_mm=np.zeros_like(up_mm),
        hesitation_mm=np.full_like(up_mm, 5.0),
        softness_mm=np.full_like(up_mm, 2.0),
        body_lab=grey,
        background_lab=grey,
    )
    return replace(edge, **changes)
