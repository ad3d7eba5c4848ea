"""A report as one page: everything in one file, nothing asked of the network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib import resources

from posture.study.checklists import Answer, Checklist, checklist
from posture.study.flow import chart_svg
from posture.study.plots import Figure
from posture.study.report import Report
from posture.study.report_words import report_words
from posture.study.tables import Table


def report_page(report: Report) -> str:
    """The page."""
    style = resources.files("posture").joinpath("study/report.css").read_text(encoding="utf-8")
    title = escape(report.title)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{style}</style></head>"
        f"<body><main>{''.join(_parts(report))}</main></body></html>\n"
    )


def _parts(report: Report) -> Iterator[str]:
    words = report_words()["heading"]
    yield f"<h1>{escape(report.title)}</h1>"
    yield from _paragraphs(report.lead)
    yield f'<div class="cautions">{"".join(_paragraphs(report.cautions))}</div>'
    yield f"<h2>{words['flow']}</h2>{chart_svg(report.chart, words['flow'])}"
    yield from (_table(table) for table in report.tables if table.is_shown)
    yield from (_figure(figure) for figure in report.figures)
    yield f"<h2>{words['methods']}</h2>"
    yield from _paragraphs(report.methods)
    for name, found in report.checklists.items():
        yield _checklist(words[name], checklist(name), found)
    yield f"<footer>{escape(report.made_by)}</footer>"


def _table(table: Table) -> str:
    titles, *rows = table.shown()
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles)
    return (
        f'<section><h2>{escape(table.title)}</h2><div class="wide" tabindex="0" role="region" '
        f'aria-label="{escape(table.title)}"><table><thead><tr>{head}</tr></thead><tbody>'
        f"{''.join(map(_row, rows))}</tbody></table></div>"
        f"{''.join(_paragraphs(table.notes, 'quiet'))}</section>"
    )


def _row(cells: Sequence[str]) -> str:
    first, *others = cells
    rest = "".join(f"<td>{_broken(text)}</td>" for text in others)
    return f'<tr><th scope="row">{escape(first)}</th>{rest}</tr>'


def _broken(text: str) -> str:
    """A cell; its second line is quieter."""
    value, broken, interval = text.partition("\n")
    return f"{escape(value)}<br><span>{escape(interval)}</span>" if broken else escape(value)


def _figure(figure: Figure) -> str:
    # What is told stands in the caption, for everybody; the drawing itself is no text.
    note = f" {escape(figure.note)}" if figure.note else ""
    drawing = figure.svg.replace("<svg ", '<svg aria-hidden="true" ', 1)
    return (
        f"<figure><h2>{escape(figure.title)}</h2>{drawing}"
        f"<figcaption>{escape(figure.said)}{note}</figcaption></figure>"
    )


def _checklist(heading: str, guideline: Checklist, found: Sequence[Answer]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(one.item)}</th><td>{escape(one.asks)}</td>'
        f"<td>{_answer(one)}</td></tr>"
        for one in found
    )
    return (
        f'<section><h2>{escape(heading)}</h2><p class="quiet">{escape(guideline.source)}</p>'
        f'<table class="checklist"><tbody>{rows}</tbody></table></section>'
    )


def _answer(answer: Answer) -> str:
    fill = f'<b class="fill">{escape(report_words()["note"]["to_fill"])}</b>'
    parts = [escape(answer.known)] if answer.known else []
    if answer.is_open:
        parts.append(f"{fill} {escape(answer.yours)}".strip())
    return "<br>".join(parts)


def _paragraphs(sentences: Sequence[str], kind: str = "") -> Iterator[str]:
    of_kind = f' class="{kind}"' if kind else ""
    return (f"<p{of_kind}>{escape(sentence)}</p>" for sentence in sentences)
