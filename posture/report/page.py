"""The one-page report: A4, drawn with the bundled typeface.

Left the photo, right the numbers; below what was noticed, what may help, how it was made.  The
lower half is set smaller, step by step, until it fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from posture._support.texts import band_words, filled, page_texts, texts
from posture.overlay import numbers
from posture.overlay.gauge import GaugeReading, position
from posture.overlay.numbers import LengthUnit
from posture.overlay.palette import BAND, band_colours
from posture.overlay.readings import figures, norms_at_hand, readings
from posture.overlay.shown import annotated, around_person
from posture.overlay.typeface import NO_BREAK_SPACE
from posture.photo.decode import Photo
from posture.report.advice import suggestions
from posture.report.method import method_words
from posture.report.paper import (
    GUTTER,
    HEIGHT,
    INK,
    MARGIN,
    MUTED,
    REGULAR,
    SEMIBOLD,
    WIDTH,
    Line,
    colour,
    draw_headline,
    draw_lines,
    draw_picture,
    one_page_of,
    style,
    write,
)
from posture.result import Result
from posture.verdict.bands import BAND_NAMES, covered
from posture.verdict.norms import Norms
from posture.verdict.stances import that_count

PHOTO_HEIGHT = 124 * mm
PHOTO_WIDTH = 82 * mm
PHOTO_PX = 1600
NO_BAND = ((216, 223, 230),)


def one_page(
    photo: Photo | None,
    result: Result,
    summary: Result,
    singles: Sequence[Result],
    *,
    blur_face: bool,
    norms: Norms | None = None,
    name: str = "",
    unit: LengthUnit = "mm",
    day: date | None = None,
) -> bytes:
    """The report as a PDF file.

    Args:
        photo: shown with the lines of `result`; without one the numbers have the whole width.
        result: of that photo.
        summary: the numbers to print; of `result`, or the median of all photos.
        singles: the results of all photos.
        blur_face: whether the head is made unrecognisable.
        norms: the reference values in use, the built-in ones when None; of a result that was judged
            by others no cuts are drawn.
        name: of the person, where they want it there.
        unit: in which lengths are told.
        day: of the photo, where it is known otherwise than by the photo itself.
    """
    when = day if day is not None or photo is None else photo.taken

    def draw(canvas: Canvas) -> None:
        top = bottom = _header(canvas, summary, len(singles), who_and_when(name, when))
        left = MARGIN
        if photo is not None:
            bottom = _photo(canvas, photo, result, top, blur_face, unit)
            left += PHOTO_WIDTH + GUTTER
        at_hand = norms_at_hand(summary, norms)
        below = _numbers(canvas, summary, singles, left, top, at_hand, unit)
        bottom = min(bottom, below) - 6 * mm
        draw_lines(canvas, _sections(summary, at_hand, blur_face and photo is not None), bottom)

    return one_page_of(page_texts()["report"]["title"], draw)


def who_and_when(name: str, taken: date | None) -> str:
    """Whose photo it is, where that is wanted, and of which day, where the photo tells."""
    text = page_texts()["report"]
    day = text["no_day"] if taken is None else filled(text["day"], day=f"{taken:%Y-%m-%d}")
    return " · ".join(filter(None, (name.strip(), day)))


def _header(canvas: Canvas, summary: Result, photos: int, origin: str) -> float:
    """Title, whose and when, verdict and tag; the y below them."""
    text, width = page_texts()["report"], WIDTH - 2 * MARGIN
    y = HEIGHT - MARGIN
    title = f"<b>{escape(text['title'])}</b> · {escape(origin)}"
    y = write(canvas, title, MARGIN, y, width, style(8.5, REGULAR, MUTED))
    colours = NO_BAND if summary.bands is None else band_colours(summary.bands.verdict)
    y = draw_headline(canvas, _verdict(summary, photos), colours, y - 2 * mm) - 1.5 * mm
    if summary.bands is not None and summary.bands.verdict != "typical":
        note = texts()["outside_range"]
        y = write(canvas, note, MARGIN + 5 * mm, y, width, style(9, REGULAR, MUTED))
    if summary.provenance.edited_by_hand:
        y = write(canvas, text["edited"], MARGIN, y - mm, width, style(9, SEMIBOLD, INK))
    return y - 3 * mm


def _verdict(summary: Result, photos: int) -> str:
    if summary.bands is None:
        return str(texts()["overlay"]["cannot_measure"])
    form = page_texts()["check"]["verdict_many"] if photos > 1 else texts()["overlay"]["verdict"]
    return filled(form, band=band_words(summary.bands.verdict))


def _photo(
    canvas: Canvas, photo: Photo, result: Result, top: float, blur_face: bool, unit: LengthUnit
) -> float:
    """The annotated photo at the left; the y below it."""
    near = around_person(photo, result)
    picture = annotated(*near, limit_px=PHOTO_PX, blur_face=blur_face, unit=unit)
    return draw_picture(canvas, picture, MARGIN, top, PHOTO_WIDTH, PHOTO_HEIGHT)


def _numbers(
    canvas: Canvas,
    summary: Result,
    singles: Sequence[Result],
    left: float,
    top: float,
    norms: Norms | None,
    unit: LengthUnit,
) -> float:
    """Gauges, hands and wall-test sentence from `left` on; the y below them."""
    text, width = page_texts()["report"], WIDTH - MARGIN - left
    y = top
    if norms is not None:
        for reading in readings(summary, norms, unit):
            y = _gauge(canvas, reading, left, y, width) - 5 * mm
    else:
        for name, figure in figures(summary, unit):
            y = _figure(canvas, name, figure, left, y, width) - 2 * mm
    if summary.hollow_hands is not None:
        name = texts()["overlay"]["hands"]
        y = _figure(canvas, name, numbers.hands(summary.hollow_hands), left, y, width) - 2 * mm
    notes = [numbers.percentiles(summary) or "", summary.wall_test or ""]
    if len(singles) > 1:
        values = [_angle(result) for result in singles]
        counted = that_count(values)
        form = text["photo_count" if len(counted) == len(values) else "photo_count_without_first"]
        told = filled(form, count=len(counted), values=", ".join(counted), first=values[0])
        notes.append(told)
    if summary.bands is not None:
        version = summary.provenance.norms_version
        if norms is None:
            notes.append(filled(text["other_norms"], norms=version))
        else:
            notes.append(texts()["overlay"]["reference"][summary.subject.sex])
            notes.append(numbers.own_norms([version]))
    refusal = summary.refusal
    if refusal is not None:
        notes = [f"<b>{escape(refusal.message)}</b>", escape(refusal.fix)]
    for note in filter(None, notes):
        y = write(canvas, note, left, y, width, style(8.6, REGULAR, INK)) - 1.5 * mm
    return y


def _angle(result: Result) -> str:
    """The curve angle of a photo, in one piece."""
    return str(numbers.degrees(result.numbers().slca_deg)).replace(" ", NO_BREAK_SPACE)


def _gauge(canvas: Canvas, reading: GaugeReading, left: float, top: float, width: float) -> float:
    y = _figure(canvas, reading.name, reading.figure, left, top, width)
    edges = (0.0, *(position(cut, reading.cuts) for cut in reading.cuts), 1.0)
    chosen, bar = covered(reading.band), 3.4 * mm
    short = texts()["overlay"]["band_short"]
    names_y, bar_y = y - 3.2 * mm, y - 4.6 * mm - bar
    for name, start, stop in zip(BAND_NAMES, edges, edges[1:], strict=False):
        on = name in chosen
        canvas.setFillColor(colour(BAND[name], 1.0 if on else 0.32))
        x = left + start * width
        canvas.roundRect(x + 0.3, bar_y, (stop - start) * width - 0.6, bar, 1.2, stroke=0, fill=1)
        canvas.setFillColor(INK if on else MUTED)
        canvas.setFont(SEMIBOLD if on else REGULAR, 7.4)
        canvas.drawCentredString(left + (start + stop) / 2 * width, names_y, short[name])
    _marker(canvas, reading, left, bar_y + bar / 2, width)
    canvas.setFont(REGULAR, 7)
    canvas.setFillColor(MUTED)
    for cut, label in zip(reading.cuts, reading.cut_labels, strict=True):
        x = left + position(cut, reading.cuts) * width
        canvas.drawCentredString(x, bar_y - 3.4 * mm, label)
    return bar_y - 3.6 * mm


def _marker(canvas: Canvas, reading: GaugeReading, left: float, y: float, width: float) -> None:
    low, middle, high = (
        left + width * position(reading.measured.value + side * reading.measured.ci95, reading.cuts)
        for side in (-1, 0, 1)
    )
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1)
    canvas.line(low, y, high, y)
    for end in (low, high):
        canvas.line(end, y - 1.5 * mm, end, y + 1.5 * mm)
    canvas.setFillColor(INK)
    canvas.setStrokeColor(HexColor("#ffffff"))
    canvas.circle(middle, y, 1.6 * mm, stroke=1, fill=1)


def _figure(
    canvas: Canvas, name: str, figure: numbers.NumberText, left: float, top: float, width: float
) -> float:
    """Name on the left, value and its ± on the right; the y below."""
    baseline = top - 4.6 * mm
    canvas.setFillColor(INK)
    canvas.setFont(REGULAR, 9.4)
    canvas.drawString(left, baseline, name)
    canvas.setFont(REGULAR, 8.6)
    canvas.drawRightString(left + width, baseline, figure.spread)
    spread = pdfmetrics.stringWidth(figure.spread, REGULAR, 8.6)
    canvas.setFont(SEMIBOLD, 15)
    canvas.drawRightString(left + width - spread - 1.4 * mm, baseline, figure.value)
    return baseline - 1.2 * mm


def _sections(summary: Result, norms: Norms | None, blur_face: bool) -> list[Line]:
    """The lower half, in reading order."""
    text = page_texts()["report"]
    lines: list[Line] = []

    def section(title: str, bodies: Sequence[str], size: float = 1.0, ink: Color = INK) -> None:
        if bodies:
            lines.append((f"<br/>{escape(title)}", SEMIBOLD, 1.05 * size, INK))
            lines.extend((body, REGULAR, size, ink) for body in bodies)

    told = [escape(f"{item.message} {item.fix}".strip()) for item in summary.other_findings]
    section(text["findings"], told)
    advice = suggestions(summary)
    if advice:
        section(
            text["exercises"], [*advice, escape(f"{text['exercises_note']} {text['red_flags']}")]
        )
    section(text["method"], [escape(method_words(norms))], 0.88, MUTED)
    section(text["provenance"], _provenance(summary, blur_face), 0.88, MUTED)
    lines.append(("<br/>", REGULAR, 0.4, INK))
    lines.append((escape(f"{summary.disclaimer} {texts()['outside_range']}"), SEMIBOLD, 0.95, INK))
    return lines


def _provenance(summary: Result, blur_face: bool) -> list[str]:
    text, made_by = page_texts()["report"], summary.provenance
    origin = filled(
        text["made_by"],
        program=made_by.program_version,
        method=made_by.method_version,
        norms=made_by.norms_version,
        model=made_by.model,
        mediapipe=made_by.mediapipe_version,
    )
    photo = filled(
        text["photo_hash"],
        width=made_by.image_width_px,
        height=made_by.image_height_px,
        sha=made_by.image_sha256,
    )
    notes = [_given(summary)]
    if made_by.edited_by_hand:
        notes.append(text["edited"])
    if blur_face:
        notes.append(text["face_blurred"])
    return [escape(" ".join(notes)), escape(origin), escape(photo)]


def _given(summary: Result) -> str:
    text, subject = page_texts()["report"], summary.subject
    facts = []
    if subject.stature_mm is not None:
        facts.append(filled(text["height"], value=subject.stature_mm))
    if subject.sex != "unspecified":
        facts.append(text[f"sex_{subject.sex}"])
    if subject.age is not None:
        facts.append(filled(text["age"], value=subject.age))
    if subject.hand_thickness_mm is not None:
        facts.append(filled(text["hand"], value=subject.hand_thickness_mm))
    if not facts:
        return str(text["subject_none"])
    return filled(text["subject"], facts=", ".join(facts)) + "."
