"""A report as a PDF of A4 pages, drawn with the bundled typeface."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import chain
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    Image,
    KeepTogether,
    LongTable,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
)

from posture.report.paper import HAIRLINE, INK, MARGIN, MUTED, REGULAR, SEMIBOLD, WIDTH, load, style
from posture.study.checklists import Answer, checklist
from posture.study.flow import Arrow, Chart, lines_of
from posture.study.plots import Figure
from posture.study.report import Report
from posture.study.report_words import report_words
from posture.study.tables import Table

_ROOM = WIDTH - 2 * MARGIN
_TEXT, _SMALL, _TINY = 9.0, 7.6, 6.6
# Above these many columns letters are smaller.
_MANY_COLUMNS = 7
_MANY_ROWS = 14
# Letters that every column has room for, of a line that is broken rather than given more room, and
# the room of one.
_SHORT, _LONG, _WIDEST_LETTER = 5, 26, 2.2 * mm
_ITEM_COLUMN = 0.06
_HEAD = 3.0
_LEAST_BELOW_HEADING = 45 * mm


def report_paper(report: Report) -> bytes:
    """The PDF file; the same report gives the same bytes."""
    load()
    stream = io.BytesIO()
    document = SimpleDocTemplate(
        stream,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN + 5 * mm,
        title=report.title,
        author="",
        subject=report_words()["disclaimer"],
        creator="posture",
        lang="en",
        invariant=1,
        initialFontName=REGULAR,
    )
    document.build(list(_parts(report)), onFirstPage=_number, onLaterPages=_number)
    return stream.getvalue()


def _number(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont(REGULAR, _SMALL)
    canvas.setFillColor(MUTED)
    canvas.drawRightString(WIDTH - MARGIN, MARGIN, f"{document.page}")


def _parts(report: Report) -> Iterator[Flowable]:
    words = report_words()["heading"]
    yield Paragraph(escape(report.title), style(17, SEMIBOLD, INK))
    yield Spacer(0, 3 * mm)
    yield from _paragraphs(report.lead, _TEXT)
    yield from _paragraphs(report.cautions, _TEXT, SEMIBOLD)
    yield from _headed(words["flow"], [_Drawn(report.chart)])
    yield from chain.from_iterable(_table(table) for table in report.tables if table.is_shown)
    yield from chain.from_iterable(map(_figure, report.figures))
    yield from _headed(words["methods"], _paragraphs(report.methods, _SMALL))
    for name, found in report.checklists.items():
        yield from _heading(words[name])
        yield from _paragraphs([checklist(name).source], _SMALL)
        yield _grid([_item(one) for one in found], _checklist_widths(), heads=0)
    yield Spacer(0, 4 * mm)
    yield from _paragraphs([report.made_by], _SMALL)


def _heading(text: str) -> Iterator[Flowable]:
    yield CondPageBreak(_LEAST_BELOW_HEADING)
    yield Spacer(0, 5 * mm)
    yield Paragraph(escape(text), style(11.5, SEMIBOLD, INK))
    yield Spacer(0, 1.5 * mm)


def _headed(text: str, parts: Sequence[Flowable] | Iterator[Flowable]) -> Iterator[Flowable]:
    yield KeepTogether([*_heading(text), *parts])


def _paragraphs(sentences: Sequence[str], size: float, font: str = REGULAR) -> Iterator[Flowable]:
    for sentence in sentences:
        yield Paragraph(escape(sentence), style(size, font, INK))
        yield Spacer(0, 1.2 * mm)


def _table(table: Table) -> Iterator[Flowable]:
    titles, *rows = table.shown()
    size = _TINY if len(titles) > _MANY_COLUMNS else _SMALL
    head = [Paragraph(escape(title), style(size, SEMIBOLD, INK)) for title in titles]
    cells = style(size, REGULAR, INK)
    lines = [
        [Paragraph(escape(text).replace("\n", "<br/>"), cells) for text in row] for row in rows
    ]
    grid = _grid([head, *lines], _widths(titles, rows), heads=1)
    parts = [*_heading(table.title), grid, Spacer(0, 1.5 * mm), *_paragraphs(table.notes, _SMALL)]
    yield from [KeepTogether(parts)] if len(rows) <= _MANY_ROWS else parts


def _widths(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Widths of columns, by the longest that stands in each; short tables are not spread out."""
    letters = [
        max(
            _SHORT,
            *map(len, title.split()),
            *(min(len(line), _LONG) for row in rows for line in row[index].split("\n")),
        )
        for index, title in enumerate(titles)
    ]
    unit = min(_ROOM / (sum(letters) + 2 * len(letters)), _WIDEST_LETTER)
    return [(count + 2) * unit for count in letters]


def _checklist_widths() -> list[float]:
    item = _ROOM * _ITEM_COLUMN
    return [item, (_ROOM - item) * 0.4, (_ROOM - item) * 0.6]


def _grid(rows: list[list[Paragraph]], widths: list[float], *, heads: int) -> Flowable:
    look: list[tuple[str, tuple[int, int], tuple[int, int], *tuple[object, ...]]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, HAIRLINE),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 5),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
    ]
    return LongTable(rows, colWidths=widths, repeatRows=heads, style=look, hAlign="LEFT")


def _item(answer: Answer) -> list[Paragraph]:
    plain = style(_SMALL, REGULAR, INK)
    fill = f"<b>{escape(report_words()['note']['to_fill'])}</b>"
    parts = [escape(answer.known)] if answer.known else []
    if answer.is_open:
        parts.append(f"{fill} {escape(answer.yours)}".strip())
    texts = (f"<b>{escape(answer.item)}</b>", escape(answer.asks), "<br/>".join(parts))
    return [Paragraph(text, _breaking(plain)) for text in texts]


def _breaking(plain: ParagraphStyle) -> ParagraphStyle:
    """A style that breaks words as long as a checksum."""
    return ParagraphStyle("breaking", parent=plain, splitLongWords=1)


def _figure(figure: Figure) -> Iterator[Flowable]:
    image = Image(io.BytesIO(figure.png))
    scale = _ROOM / image.imageWidth
    image.drawWidth, image.drawHeight = _ROOM, image.imageHeight * scale
    caption = f"{figure.said} {figure.note}".strip()
    yield KeepTogether([*_heading(figure.title), image, *_paragraphs([caption], _SMALL)])


class _Drawn(Flowable):
    """The flow chart."""

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self._chart = chart
        self._scale = min(1.0, _ROOM / chart.width)

    def wrap(self, *_: float) -> tuple[float, float]:
        return self._chart.width * self._scale, self._chart.height * self._scale

    def draw(self) -> None:
        canvas: Canvas = self.canv
        canvas.scale(self._scale, self._scale)
        # The chart's y runs down, paper's up.
        canvas.translate(0, self._chart.height)
        canvas.setStrokeColor(MUTED)
        canvas.setLineWidth(0.8)
        for arrow in self._chart.arrows:
            _draw_arrow(canvas, arrow)
        for box in self._chart.boxes:
            canvas.roundRect(box.x, -box.y - box.height, box.width, box.height, 4)
            canvas.setFont(SEMIBOLD if box.on_the_way else REGULAR, 9.5)
            canvas.setFillColor(INK)
            for line in lines_of(box):
                canvas.drawString(line.x, -line.y, line.text)


def _draw_arrow(canvas: Canvas, arrow: Arrow) -> None:
    canvas.line(arrow.x1, -arrow.y1, arrow.x2, -arrow.y2)
    down = arrow.x1 == arrow.x2
    back, side = (0, 1) if down else (1, 0)
    path = canvas.beginPath()
    path.moveTo(arrow.x2, -arrow.y2)
    for sign in (1, -1):
        path.lineTo(
            arrow.x2 - 2 * _HEAD * back + sign * _HEAD * side,
            -arrow.y2 + 2 * _HEAD * side + sign * _HEAD * back,
        )
    path.close()
    canvas.setFillColor(MUTED)
    canvas.drawPath(path, stroke=0, fill=1)
