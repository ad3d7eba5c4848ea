"""The before-and-after page: two readings of one person beside each other, and what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from posture._support.texts import page_texts, texts
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
    draw_lines,
    draw_picture,
    one_page_of,
    style,
    write,
)
from posture.verdict.norms import Norms

COLUMN = (WIDTH - 2 * MARGIN - GUTTER) / 2
PICTURE_HEIGHT = 128 * mm


@dataclass(frozen=True)
class Occasion:
    """One of the two readings, ready to print.

    Attributes:
        day: of the photo, or what the occasion is called.
        lines: its numbers with their ±, its band, what else is to be known.
        made_by: the versions of the method and of the reference values.
        picture: the annotated photo, of one size and stance with the other's; None where there is
            none to compare.
    """

    day: str
    lines: tuple[str, ...]
    made_by: str
    picture: NDArray[np.uint8] | None


def before_and_after(
    name: str,
    before: Occasion,
    after: Occasion,
    sentences: Sequence[str],
    norms: Norms | None = None,
) -> bytes:
    """The page as a PDF file.

    Args:
        name: of the person.
        before, after: in the order of the page.
        sentences: what the differences mean.
        norms: by which they do; the built-in ones when None.
    """
    text = page_texts()["report"]["before_after"]

    def draw(canvas: Canvas) -> None:
        width, y = WIDTH - 2 * MARGIN, HEIGHT - MARGIN
        y = write(canvas, escape(text["title"]), MARGIN, y, width, style(8.5, SEMIBOLD, MUTED))
        y = write(canvas, escape(name), MARGIN, y - mm, width, style(17, SEMIBOLD, INK)) - 4 * mm
        left, right = MARGIN, MARGIN + COLUMN + GUTTER
        y = min(
            _column(canvas, text["before"], before, left, y),
            _column(canvas, text["after"], after, right, y),
        )
        draw_lines(canvas, _lines(sentences, norms), y)

    return one_page_of(text["title"], draw)


def _column(canvas: Canvas, which: str, occasion: Occasion, left: float, top: float) -> float:
    """One reading; the y below it."""
    title = f"<b>{escape(which)}</b>"
    if occasion.day.casefold() != which.casefold():
        title += f" · {escape(occasion.day)}"
    y = write(canvas, title, left, top, COLUMN, style(11, REGULAR, INK)) - 2 * mm
    if occasion.picture is not None:
        y = draw_picture(canvas, occasion.picture, left, y, COLUMN, PICTURE_HEIGHT) - 2 * mm
    for line in occasion.lines:
        y = write(canvas, escape(line), left, y, COLUMN, style(9.4, REGULAR, INK)) - 0.8 * mm
    return write(canvas, escape(occasion.made_by), left, y, COLUMN, style(7.8, REGULAR, MUTED))


def _lines(sentences: Sequence[str], norms: Norms | None) -> list[Line]:
    text = page_texts()["report"]
    means: list[Line] = [(escape(sentence), REGULAR, 1.1, INK) for sentence in sentences]
    return [
        (f"<br/>{escape(text['before_after']['means'])}", SEMIBOLD, 1.15, INK),
        *means,
        (f"<br/>{escape(text['method'])}", SEMIBOLD, 0.95, INK),
        (escape(method_words(norms)), REGULAR, 0.88, MUTED),
        ("<br/>", REGULAR, 0.4, INK),
        (escape(f"{texts()['disclaimer']} {texts()['outside_range']}"), SEMIBOLD, 0.95, INK),
    ]
