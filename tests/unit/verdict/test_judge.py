"""What reference values say of a curve: every part of the verdict, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from posture.result import Bands, Measured
from posture.subject import Subject
from posture.verdict.judge import judged
from posture.verdict.norms import Norms, load_norms

# Round numbers: hands of 30 mm that differ by 5 mm (95 %: 9.8 mm), a bridge of 1,600 mm / 4.
NORMS = replace(
    load_norms(),
    slca_cuts_deg=dict.fromkeys(("m", "f", "unspecified"), (30.0, 50.0, 60.0)),
    depth_cuts_mm=dict.fromkeys(("m", "f", "unspecified"), (30.0, 60.0, 70.0)),
    ratio_cuts=dict.fromkeys(("m", "f", "unspecified"), (0.075, 0.15, 0.175)),
    bridge_per_stature=dict.fromkeys(("m", "f", "unspecified"), 0.25),
    reference_stature_mm=dict.fromkeys(("m", "f", "unspecified"), 1600.0),
    hand_thickness_mm={"m": 40.0, "f": 25.0, "unspecified": 30.0},
    hand_thickness_sd_mm=5.0,
    wall_test_cuts_hands=(0.5, 1.0, 2.0),
    repeatability_fraction=0.1,
)


def test_a_typical_curve() -> None:
    verdict = judged(
        Measured(40.0, 4.0), Measured(45.0, 6.0), Measured(0.11, 0.01), Subject(), NORMS
    )
    assert verdict.bands == Bands(slca="typical", depth="typical", verdict="typical")
    assert verdict.hollow_hands.value == pytest.approx(1.5)
    # 6 / 30 = .2 of the depth, and 1.5 hands of 9.8 / 30 each: .49.
    assert verdict.hollow_hands.ci95 == pytest.approx((0.2**2 + 0.49**2) ** 0.5)
    assert verdict.repeatability.slca_deg == pytest.approx(4.0)
    assert verdict.repeatability.hollow_depth_mm == pytest.approx(4.5)
    assert "1.5" in verdict.wall_test


def test_an_own_hand_has_no_spread() -> None:
    subject = Subject(hand_thickness_mm=25.0)
    verdict = judged(Measured(40.0, 4.0), Measured(50.0, 5.0), Measured(0.11, 0.01), subject, NORMS)
    assert verdict.hollow_hands.value == pytest.approx(2.0)
    assert verdict.hollow_hands.ci95 == pytest.approx(0.2)


def test_without_a_stature_the_share_is_judged() -> None:
    verdict = judged(Measured(55.0, 2.0), None, Measured(0.16, 0.001), Subject(sex="m"), NORMS)
    assert verdict.bands == Bands(slca="borderline", depth="borderline", verdict="borderline")
    # .16 of 400 mm are 64 mm: 1.6 hands of 40 mm.
    assert verdict.hollow_hands.value == pytest.approx(1.6)
    assert verdict.repeatability.hollow_depth_mm is None
    assert verdict.repeatability.slca_deg == pytest.approx(5.5)


def test_angle_and_depth_that_disagree_are_both_in_the_verdict() -> None:
    verdict = judged(
        Measured(65.0, 2.0), Measured(45.0, 6.0), Measured(0.11, 0.01), Subject(), NORMS
    )
    assert verdict.bands == Bands(slca="deep", depth="typical", verdict="typical/deep")


def test_the_norms_are_those_that_are_given() -> None:
    numbers = (Measured(40.0, 1.0), Measured(45.0, 1.0), Measured(0.11, 0.01), Subject())
    strict: Norms = replace(
        NORMS, slca_cuts_deg=dict.fromkeys(NORMS.slca_cuts_deg, (10.0, 20.0, 30.0))
    )
    assert judged(*numbers, NORMS).bands.slca == "typical"
    assert judged(*numbers, strict).bands.slca == "deep"
