"""The accuracy page: numbers of made-up rows, and the text that they are put into."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.accuracy import numbers, report
from benchmarks.accuracy.numbers import JudgedPicture
from benchmarks.accuracy.rows import MeasuredCurve, evaluated_picture
from posture.curve.calibration import CurveErrorTerms
from tests.support.curves import PLAIN
from tests.support.evaluated import SURE, row

BENCHMARK, DOCS = Path(report.__file__).parent, report.DOCS
# Constants of this test, so that a page of made-up rows does not change with the fitted ones.
TERMS = replace(PLAIN.error.slca_deg, floor=2.5, turn=4.0, doubt=1.0)
IN_USE = replace(PLAIN, error=CurveErrorTerms(TERMS, TERMS))
# Family, stratum, why it cannot be measured, how many; each tells its own story below.
DESIGN = (
    ("made-up", "in_protocol", "", 14),
    ("made-up", "yaw", "", 6),
    ("made-up", "poor_light", "", 2),
    ("made-up", "arms_hanging", "arm-over-back", 2),
    ("made-up", "steep_yaw", "not-side-on", 2),
    ("made-up", "several_people", "several-people", 3),
    ("made-up", "hair_over_hollow", "hair-over-back", 3),
    ("scans", "in_protocol", "", 12),
    ("scans", "yaw", "", 6),
    ("smooth", "in_protocol", "", 12),
)


def rows() -> list[dict[str, Any]]:
    """Rows as `evaluate` writes them, different in every number, the same each time."""
    kinds = [kind[:3] for kind in DESIGN for _ in range(kind[3])]
    return [one_row(k, *kind) for k, kind in enumerate(kinds)]


def one_row(k: int, family: str, stratum: str, reason: str) -> dict[str, Any]:
    slca_deg, depth_mm = 20 + 0.8 * k, 15 + 1.1 * k
    # Every seventh picture is refused; one of two that cannot be measured is read all the same.
    refused = k % 7 == 6 if not reason else k % 2 == 0
    measured = (slca_deg + 3 * math.sin(3 * k), depth_mm + 2 * math.cos(3 * k))
    yaw_deg = (12 + k % 9 if stratum == "yaw" else k * 0.7 % 10) * (-1) ** k
    return row(
        f"{3 + k % 2:02d}-{k:04d}.jpg" if family == "made-up" else f"{family}{k // 4}-{k % 4}.jpg",
        (slca_deg, depth_mm),
        None if refused else measured,
        told=["clothing-loose", "hair-over-back"][: k % 3],
        sources=replace(SURE, yaw_deg=yaw_deg + 2, doubt_mm=k % 3 / 2, warned=k % 3 > 0),
        family=family,
        body=f"{family}{k}" if family == "made-up" else f"{family}{k // 4}",
        renderer="another renderer" if family == "scans" and k % 2 else "this project's renderer",
        stratum=stratum,
        reason=reason,
        sex="mf"[k % 2],
        yaw_deg=yaw_deg,
        height_px=500 + 137 * k % 2000,
        arms=("crossed", "folded", "forward")[k % 3],
        outfit=("tee_shorts", "swim")[k % 2],
        background=("plain", "clutter", "home", "texture")[k % 4],
        seen_slca_deg=slca_deg + 2 + math.sin(2 * k),
        seen_hollow_depth_mm=depth_mm + 3 + math.cos(2 * k),
    )


@pytest.fixture(scope="module")
def pictures() -> list[JudgedPicture]:
    return numbers.judged([evaluated_picture(one, IN_USE) for one in rows()], IN_USE)


@pytest.fixture(scope="module")
def page(pictures: list[JudgedPicture]) -> str:
    return report.page(numbers.accuracy_numbers(pictures))


def test_the_page_tells_every_family_as_it_is_counted(page: str) -> None:
    summary = page[page.index("<!-- summary -->") : page.index("<!-- /summary -->")]
    lines = {line.split(" | ")[0]: line for line in summary.splitlines() if line.startswith("| ")}
    assert "| 3, 12, 10 |" in lines["| scans"]
    assert "| 7, 24, 21 |" in lines["| all from outside"]
    assert "| 14, 14, 12 | 1.9 / +0.1 / 2.3 |" in lines["| made-up"]
    # Half-widths left out, and as in use in brackets.
    assert lines["| made-up"].count("(") == 4


def test_every_table_of_the_page_is_whole(page: str) -> None:
    tables = [part.splitlines() for part in page.split("\n\n") if part.startswith("| ")]
    assert len(tables) > 12
    for rows_of_table in tables:
        assert len({line.count("|") for line in rows_of_table}) == 1, rows_of_table[0]
    assert "nan" not in page and "None" not in page.replace("None is used", "")


def test_of_pictures_that_cannot_be_measured_the_page_tells_what_became_of_them(page: str) -> None:
    assert "| several-people | 3 | 2 | 2 | 0 | 1 of 1 |" in page


def test_the_committed_page_has_the_wording_of_the_template() -> None:
    committed = (DOCS / "accuracy.md").read_text(encoding="utf-8")
    assert committed.endswith((BENCHMARK / "history.md").read_text(encoding="utf-8"))
    template = (BENCHMARK / report.TEMPLATE).read_text(encoding="utf-8")
    wording = [line for line in template.splitlines() if line and "{" not in line]
    assert len(wording) > 40
    assert [line for line in wording if line not in committed.splitlines()] == []


def test_errors_are_measured_minus_true(pictures: list[JudgedPicture]) -> None:
    errors = numbers.errors_of(pictures)
    assert errors.measured == sum(one["raw"] is not None for one in rows())
    assert errors.slca_deg.error[1] == pytest.approx(3 * math.sin(3))
    assert errors.depth_mm.error[1] == pytest.approx(2 * math.cos(3))
    assert errors.slca_deg.true[1] == pytest.approx(20.8)


def test_a_summary_of_known_errors() -> None:
    errors = numbers.QuantityErrors(
        error=np.array([-1.0, 2.0, 3.0]),
        ci95=np.array([2.0, 2.0, 2.0]),
        left_out_ci95=np.array([1.0, 4.0, 6.0]),
        true=np.zeros(3),
    )
    summary = numbers.summary(errors)
    assert summary.mae == pytest.approx(2.0)
    assert summary.bias == pytest.approx(4 / 3)
    assert summary.percentile_95 == pytest.approx(2.9)
    assert summary.sd == pytest.approx(np.std([-1, 2, 3], ddof=1))
    assert summary.in_use == numbers.HalfWidths(inside=2 / 3, median=2.0, worst=1.5)
    assert summary.left_out == numbers.HalfWidths(inside=1.0, median=4.0, worst=1.0)


def test_a_family_has_the_error_bars_that_the_others_ask_for(pictures: list[JudgedPicture]) -> None:
    rows_of = {
        family: [one for one in pictures if one.truth.family == family]
        for family in ("made-up", "scans", "smooth")
    }
    # The same pictures in a family of another name; of its own only the name counts.
    renamed = [
        replace(one, truth=replace(one.truth, family="scans-again")) for one in rows_of["scans"]
    ]
    again = numbers.judged([*rows_of["made-up"], *renamed, *rows_of["smooth"]], IN_USE)
    left_out = {one.name: one.left_out for one in again}
    for one in rows_of["scans"]:
        assert one.left_out == left_out[one.name]


def test_bodies_from_outside_stand_before_the_made_up_ones(pictures: list[JudgedPicture]) -> None:
    groups = numbers.families(numbers.in_stratum(pictures))
    assert [one.name for one in groups] == ["scans", "smooth", "all from outside", "made-up"]
    scans, smooth, outside, made_up = groups
    assert scans.pictures + smooth.pictures == outside.pictures == 24
    assert scans.bodies == 3 and made_up.bodies == made_up.pictures == 14


def test_warnings_have_groups_and_so_has_their_absence(pictures: list[JudgedPicture]) -> None:
    measurable = [one for one in pictures if one.truth.measurable and one.reading is not None]
    groups = {one.name: one.measured for one in numbers.groups_by_warning(measurable)}
    assert set(groups) == {"no warning", "clothing-loose", "hair-over-back"}
    assert groups["no warning"] + groups["clothing-loose"] == len(measurable)


def test_a_group_that_is_too_small_has_no_figures(pictures: list[JudgedPicture]) -> None:
    small = numbers.group("two", pictures[:2])
    assert (small.pictures, small.measured) == (2, 2)
    assert small.slca_deg is None and small.depth_mm is None
    assert numbers.group("three", pictures[:3]).slca_deg is not None


def test_groups_by_range_leave_nobody_out(pictures: list[JudgedPicture]) -> None:
    sides = numbers.in_stratum(pictures, "in_protocol", "yaw")
    groups = numbers.groups_by_range(
        sides, lambda truth: abs(truth.yaw_deg), numbers.YAW_RANGES_DEG
    )
    assert sum(group.pictures for group in groups) == len(sides)


def test_refusals_are_counted_by_their_reason(pictures: list[JudgedPicture]) -> None:
    by_reason = {one.reason: one for one in numbers.refusals(pictures)}
    assert by_reason["several-people"].pictures == 3
    assert "loose-clothing" not in by_reason, "a reason that no picture has makes no line"
    hair = by_reason["hair-over-back"]
    assert hair.rightly <= hair.noticed <= hair.pictures


def test_a_verdict_is_as_far_off_as_its_nearest_band(pictures: list[JudgedPicture]) -> None:
    typical = next(one for one in pictures if numbers.true_verdict(one.truth) == "typical")
    assert typical.reading is not None
    distances = {
        verdict: numbers.band_distance(typical.truth, _saying(typical, verdict))
        for verdict in ("typical", "flat/typical", "flat", "deep")
    }
    assert distances == {"typical": 0, "flat/typical": 0, "flat": 1, "deep": 2}


def _saying(picture: JudgedPicture, verdict: str) -> MeasuredCurve:
    assert picture.reading is not None
    return replace(picture.reading, verdict=verdict)


def test_no_page_without_bodies_from_outside(pictures: list[JudgedPicture]) -> None:
    with pytest.raises(ValueError, match="two of others"):
        numbers.judged([one for one in pictures if one.truth.family == "made-up"])
