"""A gauge's numbers read the same in the annotated photo, the PDF, the page and the terminal."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from rich.console import Console

from posture.cli.outcomes import PhotoOutcome
from posture.cli.printed import print_report
from posture.findings import finding
from posture.overlay import DEFAULT_LAYERS, draw_overlay
from posture.overlay.readings import figures, readings
from posture.overlay.shapes import Text
from posture.overlay.sheet import plan_sheet
from posture.overlay.shown import annotated, around_person
from posture.photo.decode import Photo
from posture.refusal import refused
from posture.result import Bands, CurvePoints, Landmark2D, Measured, Result
from posture.settings import Settings
from posture.subject import Subject
from posture.verdict.norms import load_norms
from tests.support.example_results import measured_result

NORMS = load_norms()
NOBODY = refused(Settings(), None, None, Subject(sex="f"), (finding("no-person"),))
IN_SHARES = replace(
    NOBODY,
    status="measured",
    findings=(),
    facing="left",
    slca_deg=Measured(42.3, 3.2),
    hollow_depth_ratio=Measured(0.11, 0.01),
    hollow_hands=Measured(1.4, 0.3),
    bands=Bands("typical", "typical/borderline", "typical/borderline"),
    wall_test="Room for a hand.",
    points_px=CurvePoints(*[(300.0, 800.0)] * 8),
)
IN_MM = replace(IN_SHARES, hollow_depth_mm=Measured(51.2, 5.8))


def panel_words(result: Result) -> set[str]:
    sheet = plan_sheet(result, 600, 1600, DEFAULT_LAYERS, NORMS)
    return {shape.text for shape in sheet.panel if isinstance(shape, Text)}


@pytest.mark.parametrize(
    ("result", "depth", "labels"),
    [
        (IN_MM, "51 ± 6 mm", ("35 mm", "65 mm", "72 mm")),
        (IN_SHARES, "11.0 ± 1.0 % of bridge", ("8.6 %", "15.7 %", "17.4 %")),
    ],
    ids=["mm", "share"],
)
def test_angle_and_depth_between_their_cuts(
    result: Result, depth: str, labels: tuple[str, str, str]
) -> None:
    angle, hollow = readings(result, NORMS)
    assert (str(angle.figure), angle.cut_labels) == ("42° ± 3°", ("32°", "55°", "59°"))
    assert (str(hollow.figure), hollow.cut_labels) == (depth, labels)
    assert (angle.band, hollow.band) == ("typical", "typical/borderline")
    assert [(name, str(figure)) for name, figure in figures(result)] == [
        (reading.name, str(reading.figure)) for reading in (angle, hollow)
    ]


def test_the_depth_in_inches_lies_where_it_does_in_mm() -> None:
    in_mm, in_inches = readings(IN_MM, NORMS)[1], readings(IN_MM, NORMS, "in")[1]
    assert str(in_inches.figure) == "2.0 ± 0.2 in"
    assert in_inches.cut_labels == ("1.4 in", "2.6 in", "2.8 in")
    assert (in_inches.measured, in_inches.cuts) == (in_mm.measured, in_mm.cuts)


@pytest.mark.parametrize("result", [IN_MM, IN_SHARES], ids=["mm", "share"])
def test_the_panel_prints_these_very_labels(result: Result) -> None:
    words = panel_words(result)
    for reading in readings(result, NORMS):
        assert {reading.name, reading.figure.value, *reading.cut_labels} <= words


@pytest.mark.parametrize("result", [IN_MM, IN_SHARES], ids=["mm", "share"])
def test_the_terminal_prints_these_very_figures(result: Result) -> None:
    printed = io.StringIO()
    print_report(Console(file=printed, width=200), [PhotoOutcome("side.jpg", result)], "mm")
    angle, depth = readings(result, NORMS)
    # A share stands on two lines.
    for part in (str(angle.figure), *str(depth.figure).split(" of ")):
        assert part in printed.getvalue()


def test_a_refused_result_has_no_reading() -> None:
    assert readings(NOBODY, NORMS) == ()
    assert figures(NOBODY) == ()


# ---------------------------------------------------------------- the photo as it is shown


@pytest.mark.parametrize("quick", [False, True])
def test_a_photo_is_shown_without_panel_and_no_larger_than_asked(quick: bool) -> None:
    rgb = np.full((1200, 900, 3), 127, np.uint8)
    photo = Photo(rgb, None, None, False)
    picture = annotated(photo, NOBODY, limit_px=400, quick=quick)
    assert picture.shape == (400, 300, 3)
    whole = annotated(photo, NOBODY)
    assert whole.shape == rgb.shape
    assert draw_overlay(photo, NOBODY).shape != rgb.shape


def standing(*places: tuple[float, float]) -> Result:
    marks = {f"mark_{k}": Landmark2D(*place, 0.9) for k, place in enumerate(places)}
    return replace(measured_result(), landmarks_px=marks, contour_px=(), findings=())


def test_of_a_wide_photo_what_is_round_the_person_is_shown() -> None:
    rgb = np.arange(600 * 1600 * 3).astype(np.uint8).reshape(600, 1600, 3)
    result = standing((700.0, 80.0), (690.0, 540.0))
    near, there = around_person(Photo(rgb, None, None, False), result)
    assert 440 < near.width_px < near.height_px < 600
    for name, mark in result.landmarks_px.items():
        at = there.landmarks_px[name]
        assert (near.rgb[int(at.y_px), int(at.x_px)] == rgb[int(mark.y_px), int(mark.x_px)]).all()


def test_what_was_found_beside_the_person_stays_in_the_picture() -> None:
    photo = Photo(np.zeros((600, 1600, 3), np.uint8), None, None, False)
    result = standing((700.0, 80.0), (690.0, 540.0))
    spot = finding("photo-animated", region_px=(1000.0, 100.0, 1100.0, 200.0))
    near, _ = around_person(photo, replace(result, findings=(spot,)))
    assert near.width_px >= 1100 - 690


@pytest.mark.parametrize(
    "result", [NOBODY, standing((350.0, 60.0), (300.0, 560.0))], ids=["refused", "filled"]
)
def test_a_photo_that_is_filled_or_refused_is_shown_whole(result: Result) -> None:
    photo = Photo(np.zeros((600, 640, 3), np.uint8), None, None, False)
    assert around_person(photo, result) == (photo, result)
