"""What a person takes home, read back."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from posture._support.texts import page_texts, texts
from posture.analyzer import Analyzer
from posture.combine import combined
from posture.edit import hand_points, remeasured
from posture.findings import finding
from posture.photo.decode import Photo, load_photo
from posture.report import Export, as_csv, as_json, as_pdf, as_png
from posture.report.before_after import Occasion, before_and_after
from posture.result import Result
from posture.subject import Subject
from tests.support.samples import MEASURABLE, REFUSABLE


@pytest.fixture(scope="module")
def photo() -> Photo:
    found = load_photo(MEASURABLE[0].path)
    assert isinstance(found, Photo)
    return found


@pytest.fixture(scope="module")
def result(photo: Photo, analyzer: Analyzer) -> Result:
    return analyzer.analyze(photo, Subject(MEASURABLE[0].stature_mm, "m", 40, 30.0))


@pytest.fixture
def export(photo: Photo, result: Result) -> Export:
    return Export(photo, result, result, (result,), blur_face=True)


def pdf_text(data: bytes) -> str:
    (page,) = PdfReader(io.BytesIO(data)).pages
    return " ".join(page.extract_text().split())


def test_the_report_is_one_page_with_the_numbers_and_the_limits(
    export: Export, result: Result
) -> None:
    text = pdf_text(as_pdf(export))
    assert result.slca_deg and f"{result.slca_deg.value:.0f}°" in text
    assert result.hollow_depth_mm and f"± {result.hollow_depth_mm.ci95:.0f} mm" in text
    for expected in (texts()["disclaimer"], "Method and limits", "Exercises", "face was blurred"):
        assert expected in text


def test_what_matters_most_is_told_first(export: Export, result: Result) -> None:
    note, doubt = finding("camera-level-unknown"), finding("clothing-loose")
    told = replace(result, findings=(note, doubt))
    text = pdf_text(as_pdf(replace(export, result=told, summary=told, singles=(told,))))
    assert text.index(doubt.message) < text.index(note.message[:40])


def test_every_typeface_of_the_report_is_embedded(export: Export) -> None:
    (page,) = PdfReader(io.BytesIO(as_pdf(export))).pages
    resources: Any = page["/Resources"]
    fonts = [font.get_object() for font in resources["/Font"].values()]
    assert fonts
    for font in fonts:
        assert "Inter" in font["/BaseFont"]
        assert "/FontFile2" in font["/FontDescriptor"]


def test_the_report_of_a_refused_photo_says_what_to_change(analyzer: Analyzer) -> None:
    photo = load_photo(REFUSABLE[0].path)
    assert isinstance(photo, Photo)
    refused = analyzer.analyze(photo)
    assert refused.refusal is not None
    text = pdf_text(as_pdf(Export(photo, refused, refused, (refused,), blur_face=True)))
    assert "Cannot measure" in text and refused.refusal.fix in text


def test_the_longest_report_still_fits_one_page(export: Export) -> None:
    from posture.findings import finding

    long = finding("camera-close-or-high")
    many = replace(export.result, findings=(long,) * 14)
    text = pdf_text(as_pdf(replace(export, result=many, summary=many)))
    assert texts()["disclaimer"] in text


def test_an_edited_report_says_so_everywhere(export: Export, result: Result) -> None:
    x, y = hand_points(result).lumbar
    edited = remeasured(result, replace(hand_points(result), lumbar=(x + 3, y)))
    changed = replace(export, result=edited, summary=edited, singles=(edited,))
    assert "Edited by hand" in pdf_text(as_pdf(changed))
    assert json.loads(as_json(changed))["provenance"]["edited_by_hand"] is True
    assert next(csv.DictReader(io.StringIO(as_csv(changed).decode())))["edited_by_hand"] == "yes"
    assert as_png(changed) != as_png(export)


def test_the_annotated_photo_keeps_its_pixels_and_loses_its_notes(
    export: Export, photo: Photo
) -> None:
    picture = Image.open(io.BytesIO(as_png(export)))
    assert picture.height >= photo.height_px and picture.width >= photo.width_px
    assert not picture.getexif() and not picture.info


def test_blurring_is_a_choice(export: Export) -> None:
    blurred, sharp = (
        np.asarray(Image.open(io.BytesIO(as_png(replace(export, blur_face=choice)))))
        for choice in (True, False)
    )
    assert (blurred != sharp).any()


def test_json_is_the_published_result_without_a_name(export: Export, result: Result) -> None:
    named = replace(result, image="/home/someone/me.jpg")
    text = as_json(replace(export, result=named, summary=named, singles=(named,))).decode()
    assert "someone" not in text
    assert Result.from_json(text) == replace(result, image=None)


def test_several_photos_are_listed_with_their_median(export: Export, result: Result) -> None:
    summary = combined([result, result, result]).on(result)
    several = replace(export, summary=summary, singles=(result, result, result))
    rows = list(csv.DictReader(io.StringIO(as_csv(several).decode())))
    assert [row["photo"] for row in rows] == ["photo 1", "photo 2", "photo 3", "median of 3"]
    data = json.loads(as_json(several))
    assert len(data["photos"]) == 3
    assert Result.from_dict(data["median"]).slca_deg == summary.slca_deg
    assert "Median of 3 photos" in pdf_text(as_pdf(several))
    four = as_pdf(replace(several, singles=(result,) * 4))
    assert "Median of 3 photos" in pdf_text(four) and "is thrown away" in pdf_text(four)
    assert "is thrown away" not in pdf_text(as_pdf(several))
    assert "median of 3" in as_csv(replace(several, singles=(result,) * 4)).decode()


def test_the_table_leaves_blank_what_was_not_measured(export: Export) -> None:
    refused = replace(export.result, status="refused", slca_deg=None, alignment=None, bands=None)
    (row,) = csv.DictReader(io.StringIO(as_csv(replace(export, singles=(refused,))).decode()))
    assert row["slca_deg"] == row["trunk_lean_deg"] == ""


def test_the_report_tells_the_day_of_the_photo_and_a_name_only_when_given(export: Export) -> None:
    assert page_texts()["report"]["no_day"] in pdf_text(as_pdf(export))
    taken = replace(export.photo, taken=datetime(2026, 3, 21, 17, 5))
    text = pdf_text(as_pdf(replace(export, photo=taken, name="Ann <Lee> & Co")))
    assert "Ann <Lee> & Co · photo of 2026-03-21" in text


BY = "method 11 · norms clinic"


@pytest.mark.parametrize("pictured", [True, False])
def test_two_readings_stand_on_one_page(pictured: bool) -> None:
    grey = [np.full((851, 502, 3), level, np.uint8) if pictured else None for level in (90, 200)]
    before = Occasion("2026-01-05", ("Curve angle: 47° ± 5°", "deeper than usual"), BY, grey[0])
    after = Occasion("2026-03-05", ("Curve angle: 35° ± 5°", "typical"), BY, grey[1])
    data = before_and_after("Ann", before, after, ["The curve angle changed by −12°."])
    text = pdf_text(data)
    for told in ("Ann", "2026-01-05", "2026-03-05", "47° ± 5°", "35° ± 5°", "changed by −12°", BY):
        assert told in text
    assert texts()["disclaimer"] in text
    (page,) = PdfReader(io.BytesIO(data)).pages
    assert len(page.images) == (2 if pictured else 0)
