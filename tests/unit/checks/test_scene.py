"""Where in the photo a finding is marked, and when a criterion is violated; no photo needed."""

from __future__ import annotations

import numpy as np
import pytest

from posture.checks.scene import (
    OutlineScene,
    PersonScene,
    at_least,
    at_most,
    first_violated,
    run_checks,
    worst_violated,
)
from posture.findings import Finding, finding
from posture.outline.trace import trace_mask
from posture.view.see import see
from tests.support.stick_person import HEIGHT, WIDTH, standing_pose

VIEW = see((standing_pose(),), yaw_bias_deg=0.0)


def person(px_ratio: float = 1.0) -> PersonScene:
    return PersonScene((VIEW.pose,), VIEW, WIDTH, HEIGHT, px_ratio, level=None)


def traced(px_ratio: float = 1.0) -> OutlineScene:
    outline = trace_mask(VIEW, "right")
    return OutlineScene(**vars(person(px_ratio)), outline=outline, reading=None, edge_width_px=0.0)


@pytest.mark.parametrize(
    ("value", "limit", "most", "least"),
    [(2.0, 1.0, True, False), (1.0, 1.0, False, False), (0.5, 1.0, False, True)],
)
def test_a_limit_itself_is_allowed(value: float, limit: float, most: bool, least: bool) -> None:
    assert at_most(value, limit) == (most, value, limit)
    assert at_least(value, limit) == (least, value, limit)


def test_a_region_lies_in_the_photo_and_in_its_pixels() -> None:
    points = np.array([(-50.0, 100.0), (300.0, 700.0)])
    assert person().region(points) == (0.0, 100.0, 300.0, 600.0)
    assert person(px_ratio=2.5).region(points, margin_px=20.0) == (0.0, 200.0, 800.0, 1500.0)


def test_the_region_of_the_trunk_is_a_tenth_larger_than_it() -> None:
    # Shoulders at row 150, hips at row 300, both in column 200; a tenth of 150 px around them.
    assert person().trunk_region == pytest.approx((185.0, 135.0, 215.0, 315.0))
    assert person(px_ratio=2.0).trunk_region == pytest.approx((370.0, 270.0, 430.0, 630.0))


def test_a_strip_is_as_wide_as_the_photo() -> None:
    assert person(px_ratio=2.0).strip(0.9, 1.0) == pytest.approx((0.0, 1080.0, 800.0, 1200.0))


def test_the_hollow_lies_between_the_hips_and_three_quarters_of_the_trunk() -> None:
    scene = traced()
    assert scene.shoulder_up_mm == pytest.approx(493.0)
    rows = scene.outline.mask.up_mm[scene.hollow_rows]
    assert (rows.min(), rows.max()) == (2.0, 368.0)


def test_the_region_of_rows_follows_the_outline() -> None:
    scene = traced()
    left, top, right, bottom = scene.outline_region(scene.hollow_rows)
    px_per_mm = 150 / 493
    margin_px = 20 * px_per_mm
    # The outline is the mask's edge at column 160.
    assert (left, right) == pytest.approx((160 - margin_px, 160 + margin_px), abs=0.3)
    assert (top, bottom) == pytest.approx(
        (300 - 368 * px_per_mm - margin_px, 300 - 2 * px_per_mm + margin_px)
    )


def test_the_first_violated_criterion_is_told() -> None:
    scene = traced()
    rows = scene.hollow_rows
    criteria = (at_most(1.0, 2.0), at_most(5.0, 3.0), at_least(0.0, 9.0))
    found = first_violated(scene, "outline-faint", rows, criteria)
    assert found is not None
    assert (found.code, found.value, found.limit) == ("outline-faint", 5.0, 3.0)
    assert found.region_px == scene.outline_region(rows)
    assert first_violated(scene, "outline-faint", rows, criteria[:1]) is None


def test_of_graded_criteria_the_first_gives_its_own_code() -> None:
    scene = traced()
    graded = (("blurred", at_most(1.0, 2.0)), ("blurred-slightly", at_most(1.0, 0.5)))
    found = worst_violated(scene, scene.hollow_rows, graded)
    assert found is not None and found.code == "blurred-slightly"


def test_checks_are_run_in_their_order() -> None:
    def quiet(*_: object) -> Finding | None:
        return None

    def cropped(*_: object) -> Finding | None:
        return finding("head-cropped")

    def footless(*_: object) -> Finding | None:
        return finding("feet-not-seen")

    found = run_checks((footless, quiet, cropped), person())
    assert [item.code for item in found] == ["feet-not-seen", "head-cropped"]
