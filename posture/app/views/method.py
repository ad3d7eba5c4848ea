"""Method and limits: how the numbers come about and what they cannot tell."""

from __future__ import annotations

from html import escape

import streamlit as st

from posture._support.distribution import shipped
from posture._support.language import printed
from posture._support.texts import filled, page_texts, texts
from posture.app.norms import page_norms
from posture.app.parts.figures import figure
from posture.app.parts.tables import scrolling, table_of_markdown
from posture.overlay.palette import BAND, css
from posture.overlay.typeface import NO_BREAK_SPACE
from posture.subject import Sex
from posture.verdict.bands import BAND_NAMES, Cuts
from posture.verdict.norms import Norms

SUMMARY_START, SUMMARY_END = "<!-- summary -->", "<!-- /summary -->"


def page() -> None:
    """The whole page."""
    text = page_texts()["method"]
    st.title(text["title"], anchor=False)
    st.html(f'<p class="po-lead">{text["lead"]}</p>')
    left, right = st.columns([5, 6], gap="large", vertical_alignment="center")
    with left:
        _section(text["how_title"], text["how"])
    with right:
        figure("method")
    _bands()
    _accuracy()
    st.html(f'<p class="po-quiet">{text["yardsticks"]}</p>')
    left, right = st.columns(2, gap="large")
    with left:
        _section(text["not_title"], text["not_measured"])
    with right:
        _section(text["privacy_title"], text["privacy"])
    _section(text["sources_title"], text["sources"])


def accuracy_summary() -> str | None:
    """The summary of docs/accuracy.md, between its two marks; None where there is none."""
    page = shipped("docs", "accuracy.md")
    if page is None:
        return None
    _, mark, rest = page.read_text(encoding="utf-8").partition(SUMMARY_START)
    return rest.partition(SUMMARY_END)[0].strip() if mark else None


def _accuracy() -> None:
    text, summary = page_texts()["method"], accuracy_summary()
    if summary is None:
        _section(text["accuracy_title"], text["accuracy_pending"])
        return
    _section(text["accuracy_title"], text["accuracy_before"])
    rows = [line for line in summary.splitlines() if line.startswith("|")]
    scrolling(table_of_markdown(_in_words(rows)), text["accuracy_title"])
    st.markdown(text["accuracy_after"])


def _in_words(rows: list[str]) -> list[str]:
    """The rows of the page's table with headings and families in the language of the page."""
    text = page_texts()["method"]
    _, rule, *others = rows
    named = []
    for row in others:
        start, family, *figures = row.split("|")
        name = text["family"].get(family.strip(), family.strip())
        # A comma lies between two figures here, so only the decimal sign is the language's.
        figures = [figure.replace(".", printed(".")) for figure in figures]
        named.append("|".join([start, f" {name} ", *figures]))
    return [f"| {' | '.join(text['accuracy_columns'])} |", rule, *named]


def _section(title: str, body: str) -> None:
    st.header(title, anchor=False)
    st.markdown(body)


def _bands() -> None:
    text, norms = page_texts()["method"], page_norms()
    _section(text["bands_title"], text["bands"])
    sexes: tuple[Sex, ...] = ("f", "m", "unspecified")
    for column, sex in zip(st.columns(3, gap="large"), sexes, strict=True):
        with column:
            st.html(_table(norms, sex))
    st.html(f'<p class="po-quiet">{escape(filled(text["norms"], version=norms.version))}</p>')


def _table(norms: Norms, sex: Sex) -> str:
    text, who = page_texts()["method"], page_texts()["person"]["sexes"][sex]
    short = texts()["overlay"]["band_short"]
    angles = _ranges(norms.slca_cuts_deg[sex], "°")
    depths = _ranges(norms.depth_cuts_mm[sex], f"{NO_BREAK_SPACE}mm")
    rows = "".join(
        f'<tr><td><span class="po-swatch" style="background:{css(BAND[name])}"></span>'
        f"{short[name]}</td><td>{angle}</td><td>{depth}</td></tr>"
        for name, angle, depth in zip(BAND_NAMES, angles, depths, strict=True)
    )
    return (
        f'<table class="po-table po-wraps"><thead><tr><th>{who}</th><th>{text["table_angle"]}</th>'
        f"<th>{text['table_depth']}</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _ranges(cuts: Cuts, unit: str) -> tuple[str, str, str, str]:
    words = page_texts()["method"]
    low, middle, high = (printed(f"{cut:g}") for cut in cuts)
    return (
        filled(words["table_under"], cut=f"{low}{unit}"),
        f"{low}–{middle}{unit}",
        f"{middle}–{high}{unit}",
        filled(words["table_over"], cut=f"{high}{unit}"),
    )
