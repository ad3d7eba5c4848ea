"""A photo of a turned camera gives the same numbers."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from posture.analyzer import Analyzer
from posture.subject import Subject
from tests.support.samples import MEASURABLE


def test_a_turned_camera_changes_neither_the_curve_nor_the_stance(analyzer: Analyzer) -> None:
    sample = MEASURABLE[0]
    subject = Subject(stature_mm=sample.stature_mm)
    image = Image.open(sample.path).convert("RGB")
    wall = image.getpixel((20, 100))
    straight = analyzer.analyze(np.asarray(image), subject)
    # The picture of a camera that was turned clockwise is turned the other way.
    tilted = analyzer.analyze(
        np.asarray(image.rotate(7, Image.Resampling.BICUBIC, fillcolor=wall)), subject
    )
    told = {item.code: item for item in tilted.findings}["camera-tilted"]
    assert told.value == pytest.approx(7, abs=1) and "7° counterclockwise" in told.fix
    assert straight.slca_deg and tilted.slca_deg and straight.alignment and tilted.alignment
    assert abs(tilted.slca_deg.value - straight.slca_deg.value) < 2
    before, after = straight.alignment.trunk_lean_deg, tilted.alignment.trunk_lean_deg
    assert before and after and abs(after.value - before.value) < 1.5
