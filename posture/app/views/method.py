"""Method and limits: how the numbers come about and what they cannot tell."""

from __future__ import annotations

import streamlit as st

from posture._support.distribution import shipped
from posture._support.texts import page_texts, texts
from posture.app.norms import page_norms
from posture.app.parts.figures import figure
from posture.app.parts.gauges import css
from posture.overlay.palette import BAND
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
        st.markdown(f"### {text['how_title']}\n{text['how']}")
    with right:
        figure("method")
    _bands()
    st.markdown(f"### {text['accuracy_title']}\n{accuracy_summary() or text['accuracy_pending']}")
    st.html(f'<p class="po-quiet">{text["yardsticks"]}</p>')
    left, right = st.columns(2, gap="large")
    left.markdown(f"### {text['not_title']}\n{text['not_measured']}")
    right.markdown(f"### {text['privacy_title']}\n{text['privacy']}")
    st.markdown(f"### {text['sources_title']}\n{text['sources']}")


def accuracy_summary() -> str | None:
    """The summary of docs/accuracy.md, between its two marks; None where there is none."""
    page = shipped("docs", "accuracy.md")
    if page is None:
        return None
    _, mark, rest = page.read_text(encoding="utf-8").partition(SUMMARY_START)
    return rest.partition(SUMMARY_END)[0].strip() if mark else None


def _bands() -> None:
    text, norms = page_texts()["method"], page_norms()
    st.markdown(f"### {text['bands_title']}\n{text['bands']}")
    sexes: tuple[Sex, ...] = ("f", "m", "unspecified")
    for column, sex in zip(st.columns(3, gap="large"), sexes, strict=True):
        with column:
            st.html(_table(norms, sex))


def _table(norms: Norms, sex: Sex) -> str:
    text, who = page_texts()["method"], page_texts()["person"]["sexes"][sex]
    short = texts()["overlay"]["band_short"]
    angles = _ranges(norms.slca_cuts_deg[sex], "°")
    depths = _ranges(norms.depth_cuts_mm[sex], " mm")
    rows = "".join(
        f'<tr><td><span class="po-swatch" style="background:{css(BAND[name])}"></span>'
        f"{short[name]}</td><td>{angle}</td><td>{depth}</td></tr>"
        for name, angle, depth in zip(BAND_NAMES, angles, depths, strict=True)
    )
    return (
        f'<table class="po-table"><thead><tr><th>{who}</th><th>{text["table_angle"]}</th>'
        f"<th>{text['table_depth']}</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _ranges(cuts: Cuts, unit: str) -> tuple[str, str, str, str]:
    low, middle, high = (f"{cut:g}" for cut in cuts)
    return (
        f"under {low}{unit}",
        f"{low}–{middle}{unit}",
        f"{middle}–{high}{unit}",
        f"over {high}{unit}",
    )
