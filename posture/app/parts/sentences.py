"""Verdict, findings and alignment as HTML."""

from __future__ import annotations

from dataclasses import fields
from html import escape

from posture._support.texts import band_words, filled, page_texts, texts
from posture.findings import Finding
from posture.overlay import numbers
from posture.overlay.numbers import LengthUnit
from posture.overlay.palette import NOTICE, Rgb, band_colours, css
from posture.overlay.readings import figures
from posture.result import Alignment, Result


def verdict(result: Result, photos: int = 1) -> str:
    """The reading of one or several photos in one sentence, without markup."""
    if result.bands is None:
        return str(page_texts()["check"]["cannot"])
    form = page_texts()["check"]["verdict_many"] if photos > 1 else texts()["overlay"]["verdict"]
    return filled(form, band=band_words(result.bands.verdict))


def in_words(result: Result, unit: LengthUnit) -> str:
    """A measured photo in words, for those who do not see it: its verdict and its numbers."""
    named = (f"{name}: {figure}" for name, figure in figures(result, unit))
    return f"{verdict(result)} {', '.join(named)}."


def verdict_html(result: Result, photos: int = 1) -> str:
    """The headline of a reading: coloured bar, sentence, and a calm second line."""
    if result.bands is None:
        refusal = result.refusal
        return _headline((NOTICE, NOTICE), verdict(result), refusal.message if refusal else "")
    outside = result.bands.verdict != "typical"
    second = texts()["outside_range"] if outside else ""
    return _headline(band_colours(result.bands.verdict), verdict(result, photos), second)


def fix_html(refusal: Finding) -> str:
    """What to change before the next try."""
    title = page_texts()["check"]["change"]
    return f'<div class="po-fix"><b>{escape(title)}</b><p>{escape(refusal.fix)}</p></div>'


def findings_html(findings: tuple[Finding, ...]) -> str:
    """Each finding with its fix."""
    return "".join(
        f'<div class="po-finding po-{item.severity}"><i></i><div><b>{escape(item.message)}</b>'
        f"<span>{escape(item.fix)}</span></div></div>"
        for item in findings
    )


def alignment_html(alignment: Alignment, unit: LengthUnit) -> str:
    """The stance as a table, lengths in `unit`; what was not seen is left out."""
    titles = page_texts()["check"]["align"]
    rows = []
    for field in fields(alignment):
        measured = getattr(alignment, field.name)
        if measured is not None:
            in_degrees = field.name.endswith("_deg")
            figure = numbers.degrees(measured) if in_degrees else numbers.length(measured, unit)
            rows.append(f"<tr><td>{titles[field.name]}</td><td>{figure}</td></tr>")
    return (
        f'<table class="po-table"><thead><tr><th>{titles["column_what"]}</th>'
        f"<th>{titles['column_value']}</th></tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _headline(colours: tuple[Rgb, Rgb], sentence: str, second: str) -> str:
    first, last = (css(colour) for colour in colours)
    bar = f"background:linear-gradient({first} 50%, {last} 50%)"
    line = f"<p>{escape(second)}</p>" if second else ""
    return (
        f'<div class="po-verdict" role="status"><div class="po-bar" style="{bar}"></div>'
        f"<div><h1>{escape(sentence)}</h1>{line}</div></div>"
    )
