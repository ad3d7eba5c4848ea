"""The one-page report: A4, drawn with the bundled typeface.

Left the photo, right the numbers; below what was noticed, what may help, how it was made.  The
lower half is set smaller, step by step, until it fits.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from importlib import resources
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from posture._support.texts import band_words, page_texts, texts
from posture.overlay import encode_image, numbers
from posture.overlay.gauge import GaugeReading, position
from posture.overlay.palette import BAND, Rgb, band_colours
from posture.overlay.readings import readings
from posture.overlay.shown import annotated
from posture.overlay.typeface import NO_BREAK_SPACE
from posture.photo.decode import Photo
from posture.report.advice import suggestions
from posture.result import Result
from posture.verdict.bands import BAND_NAMES, covered
from posture.verdict.norms import Norms, load_norms

WIDTH, HEIGHT = A4
MARGIN = 15 * mm
GUTTER = 8 * mm
PHOTO_HEIGHT = 124 * mm
PHOTO_WIDTH = 82 * mm
PHOTO_PX = 1600
SMALLEST = 0.62
REGULAR, SEMIBOLD = "Inter", "Inter-SemiBold"
INK, MUTED, HAIRLINE = HexColor("#16212d"), HexColor("#546373"), HexColor("#d8dfe6")
_FILES = {REGULAR: "Inter-Regular.ttf", SEMIBOLD: "Inter-SemiBold.ttf"}


@cache
def load() -> None:
    """Register the typeface; done once."""
    for name, file in _FILES.items():
        data = resources.files("posture").joinpath("fonts", file).read_bytes()
        pdfmetrics.registerFont(TTFont(name, io.BytesIO(data)))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=SEMIBOLD)


def one_page(
    photo: Photo,
    result: Result,
    summary: Result,
    singles: Sequence[Result],
    *,
    blur_face: bool,
    norms: Norms | None = None,
) -> bytes:
    """The report as a PDF file.

    Args:
        photo: shown with the lines of `result`.
        result: of that photo.
        summary: the numbers to print; of `result`, or the median of all photos.
        singles: the results of all photos.
        blur_face: whether the head is made unrecognisable.
        norms: the reference values that they were judged by; the built-in ones when None.
    """
    load()
    stream = io.BytesIO()
    # The stub takes the font's name for a number.  Without it Helvetica is listed, not embedded.
    canvas = Canvas(stream, pagesize=A4, pageCompression=1, initialFontName=REGULAR)  # type: ignore[arg-type]
    _describe(canvas)
    top = _header(canvas, summary, len(singles))
    photo_bottom = _photo(canvas, photo, result, top, blur_face)
    numbers_bottom = _numbers(canvas, summary, singles, top, norms or load_norms())
    _lower(canvas, summary, min(photo_bottom, numbers_bottom) - 6 * mm, blur_face)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _describe(canvas: Canvas) -> None:
    canvas.setTitle(page_texts()["report"]["title"])
    canvas.setAuthor("")
    canvas.setSubject(texts()["disclaimer"])
    canvas.setCreator("posture")


def _header(canvas: Canvas, summary: Result, photos: int) -> float:
    """Title, verdict and tag; the y below them."""
    text, width = page_texts()["report"], WIDTH - 2 * MARGIN
    y = HEIGHT - MARGIN
    y = _write(canvas, text["title"], MARGIN, y, width, _style(8.5, SEMIBOLD, MUTED))
    sentence = _verdict(summary, photos)
    colours = ((216, 223, 230),) if summary.bands is None else band_colours(summary.bands.verdict)
    headline = _paragraph(sentence, _style(17, SEMIBOLD, INK))
    height = headline.wrap(width - 6 * mm, HEIGHT)[1]
    _bar(canvas, colours, MARGIN, y - 2 * mm - height, 1.8 * mm, height)
    headline.drawOn(canvas, MARGIN + 5 * mm, y - 2 * mm - height)
    y -= height + 3.5 * mm
    if summary.bands is not None and summary.bands.verdict != "typical":
        note = texts()["outside_range"]
        y = _write(canvas, note, MARGIN + 5 * mm, y, width, _style(9, REGULAR, MUTED))
    if summary.provenance.edited_by_hand:
        y = _write(canvas, text["edited"], MARGIN, y - mm, width, _style(9, SEMIBOLD, INK))
    return y - 3 * mm


def _verdict(summary: Result, photos: int) -> str:
    if summary.bands is None:
        return str(texts()["overlay"]["cannot_measure"])
    form = page_texts()["check"]["verdict_many"] if photos > 1 else texts()["overlay"]["verdict"]
    return str(form).format(band=band_words(summary.bands.verdict))


def _photo(canvas: Canvas, photo: Photo, result: Result, top: float, blur_face: bool) -> float:
    """The annotated photo at the left; the y below it."""
    picture = annotated(photo, result, limit_px=PHOTO_PX, blur_face=blur_face)
    height_px, width_px = picture.shape[:2]
    scale = min(PHOTO_WIDTH / width_px, PHOTO_HEIGHT / height_px)
    width, height = width_px * scale, height_px * scale
    image = ImageReader(io.BytesIO(encode_image(picture, "jpeg", 88)))
    left = MARGIN + (PHOTO_WIDTH - width) / 2
    canvas.drawImage(image, left, top - height, width, height)
    return float(top - height)


def _numbers(
    canvas: Canvas, summary: Result, singles: Sequence[Result], top: float, norms: Norms
) -> float:
    """Gauges, hands and wall-test sentence at the right; the y below them."""
    left, text = MARGIN + PHOTO_WIDTH + GUTTER, page_texts()["report"]
    width = WIDTH - MARGIN - left
    y = top
    for reading in readings(summary, norms):
        y = _gauge(canvas, reading, left, y, width) - 5 * mm
    if summary.hollow_hands is not None:
        name = texts()["overlay"]["hands"]
        y = _figure(canvas, name, numbers.hands(summary.hollow_hands), left, y, width) - 2 * mm
    notes = [numbers.percentiles(summary) or "", summary.wall_test or ""]
    if len(singles) > 1:
        values = ", ".join(str(numbers.degrees(r.slca_deg)) for r in singles if r.slca_deg)
        values = values.replace(" ", NO_BREAK_SPACE).replace(f",{NO_BREAK_SPACE}", ", ")
        notes.append(text["photo_count"].format(count=len(singles), values=values))
    if summary.bands is not None:
        notes.append(texts()["overlay"]["reference"][summary.subject.sex])
    refusal = summary.refusal
    if refusal is not None:
        notes = [f"<b>{escape(refusal.message)}</b>", escape(refusal.fix)]
    for note in filter(None, notes):
        y = _write(canvas, note, left, y, width, _style(8.6, REGULAR, INK)) - 1.5 * mm
    return y


def _gauge(canvas: Canvas, reading: GaugeReading, left: float, top: float, width: float) -> float:
    y = _figure(canvas, reading.name, reading.figure, left, top, width)
    edges = (0.0, *(position(cut, reading.cuts) for cut in reading.cuts), 1.0)
    chosen, bar = covered(reading.band), 3.4 * mm
    short = texts()["overlay"]["band_short"]
    names_y, bar_y = y - 3.2 * mm, y - 4.6 * mm - bar
    for name, start, stop in zip(BAND_NAMES, edges, edges[1:], strict=False):
        on = name in chosen
        canvas.setFillColor(_colour(BAND[name], 1.0 if on else 0.32))
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


def _lower(canvas: Canvas, summary: Result, top: float, blur_face: bool) -> None:
    """Findings, exercises, method, provenance: as large as the rest of the page allows."""
    sections = _sections(summary, blur_face)
    room, size = top - MARGIN, 8.8
    while True:
        blocks = [
            _paragraph(text, _style(factor * size, font, ink))
            for text, font, factor, ink in sections
        ]
        heights = [block.wrap(WIDTH - 2 * MARGIN, HEIGHT)[1] + 0.25 * size for block in blocks]
        if sum(heights) <= room or size < SMALLEST * 8.8:
            break
        size -= 0.2
    y = top
    for block, height in zip(blocks, heights, strict=True):
        block.drawOn(canvas, MARGIN, y - height)
        y -= height


def _sections(summary: Result, blur_face: bool) -> list[tuple[str, str, float, Color]]:
    """(text, font, relative size, colour) of the lower half, in reading order."""
    text = page_texts()["report"]
    lines: list[tuple[str, str, float, Color]] = []

    def section(title: str, bodies: Sequence[str], size: float = 1.0, ink: Color = INK) -> None:
        if bodies:
            lines.append((f"<br/>{escape(title)}", SEMIBOLD, 1.05 * size, INK))
            lines.extend((body, REGULAR, size, ink) for body in bodies)

    others = [item for item in summary.findings if item is not summary.refusal]
    section(text["findings"], [escape(f"{f.message} {f.fix}".strip()) for f in others])
    advice = suggestions(summary)
    if advice:
        section(
            text["exercises"], [*advice, escape(f"{text['exercises_note']} {text['red_flags']}")]
        )
    section(text["method"], [escape(text["method_text"])], 0.88, MUTED)
    section(text["provenance"], _provenance(summary, blur_face), 0.88, MUTED)
    lines.append(("<br/>", REGULAR, 0.4, INK))
    lines.append((escape(f"{summary.disclaimer} {texts()['outside_range']}"), SEMIBOLD, 0.95, INK))
    return lines


def _provenance(summary: Result, blur_face: bool) -> list[str]:
    text, made_by = page_texts()["report"], summary.provenance
    origin = text["made_by"].format(
        program=made_by.program_version,
        method=made_by.method_version,
        norms=made_by.norms_version,
        model=made_by.model,
        mediapipe=made_by.mediapipe_version,
    )
    photo = text["photo_hash"].format(
        width=made_by.image_width_px, height=made_by.image_height_px, sha=made_by.image_sha256
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
        facts.append(text["height"].format(value=subject.stature_mm))
    if subject.sex != "unspecified":
        facts.append(text[f"sex_{subject.sex}"])
    if subject.age is not None:
        facts.append(text["age"].format(value=subject.age))
    if subject.hand_thickness_mm is not None:
        facts.append(text["hand"].format(value=subject.hand_thickness_mm))
    if not facts:
        return str(text["subject_none"])
    return str(text["subject"]).format(facts=", ".join(facts)) + "."


def _bar(
    canvas: Canvas, colours: Sequence[Rgb], x: float, y: float, width: float, height: float
) -> None:
    """A coloured bar, in two halves for a pair of bands."""
    step = height / len(colours)
    for index, colour in enumerate(colours):
        canvas.setFillColor(_colour(colour))
        canvas.rect(x, y + height - (index + 1) * step, width, step, stroke=0, fill=1)


def _write(
    canvas: Canvas, text: str, x: float, top: float, width: float, style: ParagraphStyle
) -> float:
    """A paragraph below `top`; the y below it."""
    block = _paragraph(text, style)
    height = block.wrap(width, HEIGHT)[1]
    block.drawOn(canvas, x, top - height)
    return float(top - height)


def _paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(text, style)


def _style(size: float, font: str, ink: Color) -> ParagraphStyle:
    return ParagraphStyle("text", fontName=font, fontSize=size, leading=1.36 * size, textColor=ink)


def _colour(rgb: Rgb, alpha: float = 1.0) -> Color:
    red, green, blue = (1 - alpha * (1 - channel / 255) for channel in rgb)
    return Color(red, green, blue)
