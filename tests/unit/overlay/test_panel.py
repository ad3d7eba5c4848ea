"""What the panel beside the photo says, and where."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from posture._support.texts import texts
from posture.findings import Finding, finding
from posture.overlay import ALL_LAYERS, Layer, draw_overlay
from posture.overlay.geometry import photo_scale
from posture.overlay.labels import place_labels
from posture.overlay.shapes import Box, Text
from posture.overlay.sheet import plan_sheet
from posture.result import Result
from tests.support.drawn_people import (
    NORMS,
    SIZES,
    VERDICTS,
    panel_texts,
    person,
    photo,
    refused,
    words_of,
)
from tests.support.present import known


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("stature", [True, False])
def test_panel_text_stays_inside_and_apart(
    width: int, height: int, verdict: str, stature: bool
) -> None:
    result = replace(
        person(width, height, "right", verdict, stature),
        findings=(finding("head-cropped"), finding("arm-near-back"), finding("photo-animated")),
    )
    sheet = plan_sheet(result, width, height, ALL_LAYERS, NORMS)
    boxes = [shape.box for shape in sheet.panel if isinstance(shape, Text)]
    whole = Box(0, 0, sheet.width, sheet.height)
    on_photo = Box(
        sheet.photo_left, sheet.photo_top, sheet.photo_left + width, sheet.photo_top + height
    )
    for box in boxes:
        assert whole.contains(box)
        assert not box.overlaps(on_photo)
    for first, second in itertools.combinations(boxes, 2):
        assert not first.overlaps(second)


def test_a_measured_panel_says_it_all() -> None:
    words = words_of(panel_texts(person(verdict="typical/borderline")))
    for part in (
        "typical to borderline deep.",
        "42° ± 3°",
        "51 ± 6 mm",
        "1.4 ± 0.3 hands",
        "Wall test",
        "women",
        "Most people outside the range are healthy.",
        "Not a diagnosis.",
        "model heavy",
    ):
        assert part in words


@pytest.mark.parametrize(("width", "height"), [*SIZES, (17, 17), (4000, 40)])
@pytest.mark.parametrize("result", [person(), refused()], ids=["measured", "refused"])
def test_the_disclaimer_is_always_on_the_panel(result: Result, width: int, height: int) -> None:
    assert "Not a diagnosis." in words_of(panel_texts(result, width, height))


def test_without_a_stature_the_depth_is_a_share_of_the_bridge() -> None:
    result = person(stature=False)
    words = words_of(panel_texts(result))
    assert "11.0 ± 1.0 % of bridge" in words
    assert " mm" not in words
    scale = photo_scale(result, 600, 800)
    depth = place_labels(result, scale, ALL_LAYERS)[0].label
    assert [line[0] for line in depth.lines] == ["1.4 ± 0.3 hands", "hollow depth"]


def test_a_refused_panel_gives_reason_and_fix() -> None:
    result = refused()
    words = words_of(panel_texts(result))
    assert texts()["overlay"]["cannot_measure"] in words
    assert known(result.refusal).message in words
    assert known(result.refusal).fix in words
    assert texts()["overlay"]["angle"] not in words


def test_foreign_norms_print_no_cuts_that_were_not_used() -> None:
    result = person()
    result = replace(result, provenance=replace(result.provenance, norms_version="clinic"))
    source = photo()
    with_builtin = draw_overlay(source, person())
    assert with_builtin.shape == draw_overlay(source, result).shape
    assert "55°" in words_of(panel_texts(person()))
    assert "55°" not in words_of(panel_texts(result, norms=None))


def test_the_legend_names_just_the_layers_that_are_drawn() -> None:
    words = words_of(panel_texts(person(), layers=frozenset({Layer.PANEL, Layer.CONTOUR})))
    assert texts()["legend"]["contour"] in words
    assert texts()["legend"]["plumb"] not in words


def test_a_finding_without_a_fix_is_printed_without_one() -> None:
    lone = Finding("x", "info", "Only this is said.", "")
    assert "Only this is said." in words_of(panel_texts(replace(person(), findings=(lone,))))
