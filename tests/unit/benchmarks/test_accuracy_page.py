"""The accuracy page: numbers of made-up rows, and the text that they are put into."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.accuracy import numbers, report
from benchmarks.accuracy.rows import EvaluatedPicture, Reading, evaluated_picture

HERE = Path(__file__).parent
BENCHMARK, DOCS = Path(report.__file__).parent, report.DOCS
# Stratum, whether it can be measured, why not, how many; each tells its own story below.
DESIGN = (
    ("in_protocol", "", 14),
    ("yaw", "", 6),
    ("poor_light", "", 2),
    ("arms_hanging", "", 4),
    ("arms_hanging", "arm-over-back", 2),
    ("steep_yaw", "not-side-on", 2),
    ("several_people", "several-people", 3),
    ("hair_over_hollow", "hair-over-back", 3),
)


def rows() -> list[dict[str, Any]]:
    """Rows as `evaluate` writes them, different in every number, the same each time."""
    kinds = [(stratum, reason) for stratum, reason, count in DESIGN for _ in range(count)]
    return [row(k, stratum, reason) for k, (stratum, reason) in enumerate(kinds)]


def row(k: int, stratum: str, reason: str) -> dict[str, Any]:
    slca_deg, depth_mm = 20 + 1.7 * k, 15 + 2.1 * k
    # Every seventh picture is refused; one of two that cannot be measured is read all the same.
    refused = k % 7 == 6 if not reason else k % 2 == 0
    found = ["camera-level-unknown", "clothing-loose", "hair-over-back"][: 1 + k % 3]
    verdict = "flat/typical" if k % 5 else "typical"
    return {
        "picture": f"{3 + k % 2:02d}-{k:04d}.jpg",
        "truth": {
            "stratum": stratum,
            "sex": "mf"[k % 2],
            "reason": reason,
            "metrics": {
                "envelope": {"slca_deg": slca_deg, "hollow_depth_mm": depth_mm},
                "midsagittal": {
                    "slca_deg": slca_deg - 7 + math.sin(k),
                    "hollow_depth_mm": depth_mm - 14 + math.cos(k),
                },
            },
            "tags": {
                "measurable": not reason,
                "yaw_deg": (12 + k % 9 if stratum == "yaw" else k * 0.7 % 10) * (-1) ** k,
                "height_px": 500 + 137 * k % 2000,
                "arms": ("crossed", "folded", "forward")[k % 3],
                "outfit": ("tee_shorts", "swim")[k % 2],
                "background": ("plain", "clutter", "home", "texture")[k % 4],
                "hidden_by_arms_mm": 12.0 if reason == "arm-over-back" else 0,
                "seen_slca_deg": slca_deg + 2 + math.sin(2 * k),
                "seen_hollow_depth_mm": depth_mm + 3 + math.cos(2 * k),
            },
        },
        "result": {
            "status": "refused" if refused else "measured",
            "slca_deg": None
            if refused
            else {"value": slca_deg + 3 * math.sin(3 * k), "ci95": 2.0 + k % 3},
            "hollow_depth_mm": None
            if refused
            else {"value": depth_mm + 2 * math.cos(3 * k), "ci95": 1.2 + k % 2},
            "bands": {} if refused else {"verdict": verdict},
            "findings": [
                [code, "info" if code == "camera-level-unknown" else "warning", None]
                for code in found
            ],
        },
        "raw": None,
    }


@pytest.fixture(scope="module")
def pictures() -> list[EvaluatedPicture]:
    return [evaluated_picture(one) for one in rows()]


@pytest.fixture(scope="module")
def page(pictures: list[EvaluatedPicture]) -> str:
    return report.page(numbers.accuracy_numbers(pictures))


def test_the_page_says_what_it_said_before_it_had_a_template(page: str) -> None:
    history = (BENCHMARK / "history.md").read_text(encoding="utf-8")
    before = (HERE / "accuracy_page.md").read_text(encoding="utf-8")
    assert page == before + history


def test_the_committed_page_has_the_wording_of_the_template() -> None:
    committed = (DOCS / "accuracy.md").read_text(encoding="utf-8")
    assert committed.endswith((BENCHMARK / "history.md").read_text(encoding="utf-8"))
    template = (BENCHMARK / report.TEMPLATE).read_text(encoding="utf-8")
    wording = [line for line in template.splitlines() if line and "{" not in line]
    assert len(wording) > 40
    assert [line for line in wording if line not in committed.splitlines()] == []


def test_errors_are_measured_minus_true(pictures: list[EvaluatedPicture]) -> None:
    errors = numbers.errors_of(pictures)
    assert errors.measured == sum(one["result"]["status"] == "measured" for one in rows())
    assert errors.slca_deg.error[1] == pytest.approx(3 * math.sin(3))
    assert errors.depth_mm.error[1] == pytest.approx(2 * math.cos(3))
    assert errors.slca_deg.true[1] == pytest.approx(21.7)


def test_a_summary_of_known_errors() -> None:
    errors = numbers.QuantityErrors(
        error=np.array([-1.0, 2.0, 3.0]), ci95=np.array([2.0, 2.0, 2.0]), true=np.zeros(3)
    )
    summary = numbers.summary(errors)
    assert summary.mae == pytest.approx(2.0)
    assert summary.bias == pytest.approx(4 / 3)
    assert summary.percentile_95 == pytest.approx(2.9)
    assert summary.coverage == pytest.approx(2 / 3)


def test_a_group_that_is_too_small_has_no_figures(pictures: list[EvaluatedPicture]) -> None:
    small = numbers.group("two", pictures[:2])
    assert (small.pictures, small.measured) == (2, 2)
    assert small.slca_deg is None and small.depth_mm is None
    assert numbers.group("three", pictures[:3]).slca_deg is not None


def test_groups_by_range_leave_nobody_out(pictures: list[EvaluatedPicture]) -> None:
    sides = numbers.in_stratum(pictures, "in_protocol", "yaw")
    groups = numbers.groups_by_range(
        sides, lambda truth: abs(truth.yaw_deg), numbers.YAW_RANGES_DEG
    )
    assert sum(group.pictures for group in groups) == len(sides)


def test_refusals_are_counted_by_their_reason(pictures: list[EvaluatedPicture]) -> None:
    by_reason = {one.reason: one for one in numbers.refusals(pictures)}
    assert by_reason["several-people"].pictures == 3
    assert "loose-clothing" not in by_reason, "a reason that no picture has makes no line"
    hair = by_reason["hair-over-back"]
    assert hair.rightly <= hair.noticed <= hair.pictures


def test_a_verdict_is_as_far_off_as_its_nearest_band(pictures: list[EvaluatedPicture]) -> None:
    typical = next(one for one in pictures if numbers.true_verdict(one.truth) == "typical")
    assert typical.reading is not None
    distances = {
        verdict: numbers.band_distance(typical.truth, _saying(typical, verdict))
        for verdict in ("typical", "flat/typical", "flat", "deep")
    }
    assert distances == {"typical": 0, "flat/typical": 0, "flat": 1, "deep": 2}


def _saying(picture: EvaluatedPicture, verdict: str) -> Reading:
    assert picture.reading is not None
    return replace(picture.reading, verdict=verdict)


def test_no_page_without_measured_pictures(pictures: list[EvaluatedPicture]) -> None:
    with pytest.raises(ValueError, match="two measured pictures"):
        numbers.accuracy_numbers([one for one in pictures if one.reading is None])
