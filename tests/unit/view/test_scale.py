"""Statures per pixel, by the best yardstick that the photo shows."""

from __future__ import annotations

import numpy as np
import pytest

from posture.view.scale import Extent, Lengths, Scale, body_extent, body_scale
from tests.support.stick_person import HEIGHT, TRUNK_PX, WIDTH, standing_pose


def test_scale_uses_the_whole_body_when_it_is_there() -> None:
    pose = standing_pose()
    extent = body_extent(pose)
    assert extent.crown_to_sole_px == pytest.approx(520, abs=3)
    assert not extent.crown_cut
    assert not extent.soles_cut
    assert body_scale(pose, extent).source == "crown to sole"


def test_a_cut_head_or_feet_change_the_yardstick_and_widen_the_error() -> None:
    pose = standing_pose()
    pose.mask[:60, 180:220] = 1
    no_head = body_scale(pose, body_extent(pose))
    pose.mask[500:, 180:220] = 1
    trunk_only = body_scale(pose, body_extent(pose))
    whole = body_scale(standing_pose(), body_extent(standing_pose()))
    assert (no_head.source, trunk_only.source) == ("shoulder to sole", "trunk")
    assert whole.relative_ci95 < no_head.relative_ci95 < trunk_only.relative_ci95


def test_feet_that_the_mask_has_lost_are_no_yardstick() -> None:
    pose = standing_pose()
    whole = body_scale(pose, body_extent(pose))
    pose.mask[530:] = 0
    footless = body_scale(pose, body_extent(pose))
    assert footless.source == "trunk"
    assert footless.stature_per_px < 1.1 * whole.stature_per_px


def test_each_yardstick_has_its_share_of_the_stature() -> None:
    pose = standing_pose()
    # 520 px of mask between crown and sole, the last of them counted whole.
    whole = body_scale(pose, Extent(520.0, 410.0, crown_cut=False, soles_cut=False))
    assert whole.stature_per_px == pytest.approx(1.043 / 520)
    assert whole.relative_ci95 == pytest.approx(1.96 * 0.017, rel=1e-3)
    headless = body_scale(pose, Extent(520.0, 410.0, crown_cut=True, soles_cut=False))
    assert headless.stature_per_px == pytest.approx(0.832 / 410)
    assert headless.relative_ci95 == pytest.approx(1.96 * 0.027, rel=1e-3)
    trunk = body_scale(pose, Extent(520.0, 410.0, crown_cut=False, soles_cut=True))
    assert trunk.stature_per_px == pytest.approx(0.288 / TRUNK_PX)
    assert trunk.relative_ci95 == pytest.approx(1.96 * 0.040, rel=1e-3)


def test_the_extent_is_that_of_the_mask_along_the_body() -> None:
    extent = body_extent(standing_pose())
    # The mask runs from row 40 to row 560, the shoulders stand at 150.
    assert extent.crown_to_sole_px == pytest.approx(520, abs=2)
    assert extent.shoulder_to_sole_px == pytest.approx(410, abs=2)


def test_nobody_has_no_extent() -> None:
    extent = body_extent(standing_pose(np.zeros((HEIGHT, WIDTH), np.float32)))
    assert extent == Extent(0.0, 0.0, crown_cut=True, soles_cut=True)


def test_nominal_millimetres_become_statures_and_true_millimetres() -> None:
    # One nominal mm is 1/1,700 of a stature of 1,870 mm: 1.1 true mm.
    lengths = Lengths(stature_per_mm=1 / 1700, scale_ci95=0.05, stature_mm=1870.0)
    share = lengths.in_statures(85.0, 6.8)
    assert share.value == pytest.approx(0.05)
    # 6.8 / 1,700 = .004 of its own and 5 % of .05 = .0025 of the scale, in quadrature.
    assert share.ci95 == pytest.approx(np.hypot(0.004, 0.0025))
    true = lengths.in_mm(85.0, 6.8)
    assert true is not None
    assert true.value == pytest.approx(93.5)
    assert true.ci95 == pytest.approx(1870 * np.hypot(0.004, 0.0025))


def test_millimetres_per_pixel_of_the_photo() -> None:
    lengths = Lengths(stature_per_mm=1 / 1700, scale_ci95=0.05, stature_mm=1600.0)
    scale = Scale(stature_per_px=0.002, relative_ci95=0.05, source="crown to sole")
    # 3.2 mm an analysed pixel, which spans 4 of the photo's.
    found = lengths.mm_per_px(scale, 4.0)
    assert found is not None
    assert (found.value, found.ci95) == pytest.approx((0.8, 0.04))


def test_without_a_stature_there_are_no_millimetres() -> None:
    lengths = Lengths(stature_per_mm=1 / 1700, scale_ci95=0.05, stature_mm=None)
    assert lengths.in_mm(85.0, 6.8) is None
    assert lengths.mm_per_px(Scale(0.002, 0.05, "trunk"), 1.0) is None
    assert lengths.in_statures(85.0, 6.8).value == pytest.approx(0.05)
