"""Statures per pixel, by the best yardstick that the photo shows."""

from __future__ import annotations

import pytest

from posture.view.scale import body_extent, body_scale
from tests.support.stick_person import standing_pose


def test_scale_uses_the_whole_body_when_it_is_there():
    pose = standing_pose()
    extent = body_extent(pose)
    assert extent.crown_to_sole_px == pytest.approx(520, abs=3)
    assert not extent.crown_cut
    assert not extent.soles_cut
    assert body_scale(pose, extent).source == "crown to sole"


def test_a_cut_head_or_feet_change_the_yardstick_and_widen_the_error():
    pose = standing_pose()
    pose.mask[:60, 180:220] = 1
    no_head = body_scale(pose, body_extent(pose))
    pose.mask[500:, 180:220] = 1
    trunk_only = body_scale(pose, body_extent(pose))
    whole = body_scale(standing_pose(), body_extent(standing_pose()))
    assert (no_head.source, trunk_only.source) == ("shoulder to sole", "trunk")
    assert whole.relative_ci95 < no_head.relative_ci95 < trunk_only.relative_ci95


def test_feet_that_the_mask_has_lost_are_no_yardstick():
    pose = standing_pose()
    whole = body_scale(pose, body_extent(pose))
    pose.mask[530:] = 0
    footless = body_scale(pose, body_extent(pose))
    assert footless.source == "trunk"
    assert footless.stature_per_px < 1.1 * whole.stature_per_px
