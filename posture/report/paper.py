"""What every page that is taken home is drawn with: A4, the bundled typeface, a calm ink."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from posture._support.texts import texts
from posture.overlay import encode_image
from posture.overlay.palette import Rgb

WIDTH, HEIGHT = A4
MARGIN = 15 * mm
GUTTER = 8 * mm
REGULAR, SEMIBOLD = "Inter", "Inter-SemiBold"
INK, MUTED, HAIRLINE = HexColor("#16212d"), HexColor("#546373"), HexColor("#d8dfe6")
_FILES = {REGULAR: "Inter-Regular.ttf", SEMIBOLD: "Inter-SemiBold.ttf"}
_FULL_SIZE, _SMALLEST, _SMALLER_BY = 8.8, 0.62, 0.2

# Text, font, relative size and colour of a paragraph.
Line = tuple[str, str, float, Color]


@cache
def load() -> None:
    """Register the typeface; done once."""
    for name, file in _FILES.items():
        data = resources.files("posture").joinpath("fonts", file).read_bytes()
        pdfmetrics.registerFont(TTFont(name, io.BytesIO(data)))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=SEMIBOLD)


def one_page_of(title: str, draw: Callable[[Canvas], None]) -> bytes:
    """A PDF file of one page that `draw` fills."""
    load()
    stream = io.BytesIO()
    # The stub takes the font's name for a number.  Without it Helvetica is listed, not embedded.
    canvas = Canvas(stream, pagesize=A4, pageCompression=1, initialFontName=REGULAR)  # type: ignore[arg-type]
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject(texts()["disclaimer"])
    canvas.setCreator("posture")
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def draw_picture(
    canvas: Canvas, pixels: NDArray[np.uint8], left: float, top: float, width: float, height: float
) -> float:
    """A picture in the middle of `width`, as large as fits; the y below it."""
    height_px, width_px = pixels.shape[:2]
    scale = min(width / width_px, height / height_px)
    image = ImageReader(io.BytesIO(encode_image(pixels, "jpeg", 88)))
    x, y = left + (width - width_px * scale) / 2, top - height_px * scale
    canvas.drawImage(image, x, y, width_px * scale, height_px * scale)
    return float(y)


def draw_headline(canvas: Canvas, sentence: str, colours: Sequence[Rgb], top: float) -> float:
    """A sentence beside a coloured bar, over the whole width; the y below it."""
    headline = paragraph(sentence, style(17, SEMIBOLD, INK))
    height = headline.wrap(WIDTH - 2 * MARGIN - 6 * mm, HEIGHT)[1]
    _bar(canvas, colours, MARGIN, top - height, 1.8 * mm, height)
    headline.drawOn(canvas, MARGIN + 5 * mm, top - height)
    return float(top - height)


def draw_lines(canvas: Canvas, lines: Sequence[Line], top: float) -> None:
    """Paragraphs over the whole width, as large as the rest of the page allows."""
    room, size = top - MARGIN, _FULL_SIZE
    while True:
        blocks = [paragraph(text, style(part * size, font, ink)) for text, font, part, ink in lines]
        heights = [block.wrap(WIDTH - 2 * MARGIN, HEIGHT)[1] + 0.25 * size for block in blocks]
        if sum(heights) <= room or size < _SMALLEST * _FULL_SIZE:
            break
        size -= _SMALLER_BY
    y = top
    for block, height in zip(blocks, heights, strict=True):
        block.drawOn(canvas, MARGIN, y - height)
        y -= height


def write(
    canvas: Canvas, text: str, x: float, top: float, width: float, of_style: ParagraphStyle
) -> float:
    """A paragraph below `top`; the y below it."""
    block = paragraph(text, of_style)
    height = block.wrap(width, HEIGHT)[1]
    block.drawOn(canvas, x, top - height)
    return float(top - height)


def paragraph(text: str, of_style: ParagraphStyle) -> Paragraph:
    """A paragraph of marked-up text."""
    return Paragraph(text, of_style)


def style(size: float, font: str, ink: Color) -> ParagraphStyle:
    """How a paragraph looks; `size` in points."""
    return ParagraphStyle("text", fontName=font, fontSize=size, leading=1.36 * size, textColor=ink)


def colour(rgb: Rgb, alpha: float = 1.0) -> Color:
    """A colour, mixed with the white of the paper."""
    red, green, blue = (1 - alpha * (1 - channel / 255) for channel in rgb)
    return Color(red, green, blue)


def _bar(
    canvas: Canvas, colours: Sequence[Rgb], x: float, y: float, width: float, height: float
) -> None:
    """A coloured bar, in two halves for a pair of bands."""
    step = height / len(colours)
    for index, of_half in enumerate(colours):
        canvas.setFillColor(colour(of_half))
        canvas.rect(x, y + height - (index + 1) * step, width, step, stroke=0, fill=1)
