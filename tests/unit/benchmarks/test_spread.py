"""Half-widths are fitted across families, and judged on the one left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from benchmarks.accuracy import calibrate, gains, spread
from benchmarks.accuracy.rows import EvaluatedPicture, evaluated_picture
from posture.curve.calibration import ErrorTerms, YawTerms, load_calibration
from posture.curve.uncertainty import curve_error
from tests.support.curves import USUAL
from tests.support.evaluated import SURE, row

# The turn that is seen is the turn.
SHIPPED = replace(load_calibration(), yaw=YawTerms(bias_deg=0.0, perspective_deg=2.0))
KEPT = SHIPPED.error.slca_deg


def picture(name: str, error: tuple[float, float], **known: Any) -> EvaluatedPicture:
    """A body of 40 degrees and 30 mm, measured with these errors."""
    measured = (40.0 + error[0], 30.0 + error[1])
    return evaluated_picture(
        row(name, (40.0, 30.0), measured, **{"family": "a", "body": name} | known), SHIPPED
    )


def family(
    name: str, count: int, sd: float, bias: float = 0.0, seed: int = 0, **known: Any
) -> list[EvaluatedPicture]:
    errors = np.random.default_rng(seed).normal(bias, sd, (count, 2))
    return [
        picture(f"{name}-{k}", (float(a), float(d)), family=name, **known)
        for k, (a, d) in enumerate(errors)
    ]


def term(terms: ErrorTerms, name: str) -> float:
    value: float = getattr(terms, name)
    return value


def test_what_a_term_is_multiplied_by_is_what_the_measurement_multiplies_it_by() -> None:
    sources = replace(
        SURE, yaw_deg=9.0, rival_deg=2.0, rival_mm=1.0, doubt_mm=0.5, warned=True, arm_mm=80.0,
        head_cut=True, worn=True, refined=False, stretch=0.1,
    )  # fmt: skip
    errors = spread.errors_of([picture("one", (0.0, 0.0), sources=sources)], "slca_deg")
    expected = curve_error(replace(USUAL, slca_deg=40.0, depth=30.0), sources, SHIPPED)
    assert spread.half_widths(errors, KEPT)[0] == pytest.approx(expected.slca_deg)


def test_the_depth_knows_the_scale_too() -> None:
    one = picture("one", (0.0, 0.0), scale_ci95=0.05)
    errors = spread.errors_of([one], "depth_mm")
    assert spread.half_widths(errors, spread.NO_TERMS)[0] == pytest.approx(1.5)
    assert one.reading is not None
    width = spread.half_widths(errors, SHIPPED.error.depth_mm)[0]
    assert width == pytest.approx(one.reading.hollow_depth_mm.ci95)


def test_the_stated_share_of_errors_is_held_families_alike() -> None:
    errors = spread.errors_of(family("a", 300, 1.0) + family("b", 30, 1.0, seed=1), "slca_deg")
    width = spread.half_widths(errors, spread.fitted_terms(errors, KEPT))
    held = np.abs(errors.error) <= width + 1e-9
    assert np.average(held, weights=errors.weight) == pytest.approx(spread.COVERAGE, abs=0.01)
    assert errors.weight[errors.family == "a"].sum() == pytest.approx(
        errors.weight[errors.family == "b"].sum()
    )


def test_a_term_is_found_and_one_that_hardly_occurs_is_kept() -> None:
    turned = replace(SURE, yaw_deg=28.0)
    pictures = family("a", 150, 1.0) + family("a", 150, 4.0, seed=2, sources=turned)
    terms = spread.fitted_terms(spread.errors_of(pictures, "slca_deg"), KEPT)
    # Half-widths of about 2 and 8, the sine of 28 + 2 degrees being one half.
    assert term(terms, "turn") == pytest.approx(15.0, abs=4.0)
    assert np.hypot(term(terms, "floor"), 40 * term(terms, "relative")) < 3.0
    for name in ("head_cut", "unrefined", "warned", "worn", "arm"):
        assert term(terms, name) == term(KEPT, name)


def test_a_family_is_judged_by_the_others() -> None:
    narrow, wide = family("narrow", 60, 1.0), family("wide", 60, 3.0, seed=3)
    errors = spread.errors_of(narrow + wide, "slca_deg")
    without = spread.fitted_without(errors, KEPT, errors.families)
    here = {name: errors.among(errors.family == name) for name in errors.families}
    medians = {
        name: float(np.median(spread.half_widths(here[name], without[name]))) for name in here
    }
    assert medians["narrow"] > 2 * medians["wide"]


def test_an_arm_over_the_back_takes_part_but_not_what_else_hides_it() -> None:
    assert spread.takes_part(picture("arm", (0.0, 0.0), reason="arm-over-back"))
    assert not spread.takes_part(picture("hair", (0.0, 0.0), reason="hair-over-back"))
    refused = evaluated_picture(row("no", (40.0, 30.0), None), SHIPPED)
    assert not spread.takes_part(refused)


def test_bodies_are_drawn_anew_not_pictures() -> None:
    pictures = [picture(f"{body}-{k}", (0.0, 0.0), body=body) for body in "xyz" for k in range(4)]
    errors = spread.errors_of(pictures, "slca_deg")
    drawn = spread.resampled(errors, np.random.default_rng(5))
    counts = [int((drawn.body == body).sum()) for body in "xyz"]
    assert sum(counts) == 12 and all(count % 4 == 0 for count in counts)


def test_a_bias_that_all_families_share_is_a_gain_and_one_of_its_own_is_none() -> None:
    shared = [one for k in range(4) for one in family(f"f{k}", 30, 0.5, bias=3.0, seed=k)]
    constant = gains.gains(spread.errors_of(shared, "slca_deg"))[0]
    assert constant.mean == pytest.approx(2.6, abs=0.3) and constant.wins
    own = [
        one
        for k, bias in enumerate((-3.0, 3.0, -3.0, 3.0))
        for one in family(f"f{k}", 30, 0.5, bias=bias, seed=k)
    ]
    constant = gains.gains(spread.errors_of(own, "slca_deg"))[0]
    assert constant.mean < 0 and not constant.wins


def test_the_bias_of_the_turn_is_found() -> None:
    pictures = [
        picture(f"{k}", (0.0, 0.0), yaw_deg=5.0, sources=replace(SURE, yaw_deg=8.5))
        for k in range(6)
    ]
    bias, error = calibrate.yaw_bias(pictures, draws=5)
    assert bias == pytest.approx(3.5) and error == pytest.approx(0.0)


def test_the_printed_lines_are_the_file_with_its_standard_errors() -> None:
    pictures = family("a", 30, 1.0) + family("b", 30, 1.5, seed=1)
    lines = calibrate.fit_report(pictures, SHIPPED, draws=4)
    names = [line.split(" = ")[0] for line in lines if " = " in line]
    assert names == [*spread.TERM_NAMES, *spread.TERM_NAMES]
    # Each with the mark that every number of the file has.
    marked = ("# fitted: ±", "# chosen: kept")
    assert all(any(mark in line for mark in marked) for line in lines if "=" in line)
    assert len(calibrate.judgement(pictures, SHIPPED)) == 4


def test_half_widths_know_the_turn_less_its_bias() -> None:
    # Constants that are changed count for rows that were evaluated before.
    seen = row("one", (40.0, 30.0), (40.0, 30.0), sources=replace(SURE, yaw_deg=9.5))
    biased = replace(SHIPPED, yaw=replace(SHIPPED.yaw, bias_deg=3.5))
    picture_of = evaluated_picture(seen, biased)
    assert picture_of.raw is not None and picture_of.reading is not None
    assert picture_of.raw.sources.yaw_deg == pytest.approx(6.0)
    turned = curve_error(picture_of.raw.curve, replace(SURE, yaw_deg=6.0), biased)
    assert picture_of.reading.slca_deg.ci95 == pytest.approx(turned.slca_deg)


def test_a_flat_back_is_never_sure_beyond_what_cloth_hides() -> None:
    pictures = family("a", 60, 0.01) + family("b", 60, 0.01, seed=1)
    errors = spread.errors_of(pictures, "depth_mm")
    assert np.abs(errors.error).max() < 0.1
    assert spread.fitted_terms(errors, KEPT).floor == spread.LEAST_FLOOR
