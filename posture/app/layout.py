"""The frame that all pages share: style and footer."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

import streamlit as st

from posture._support.texts import page_texts, texts
from posture.app.spoken import choose_language

ICON = Path(__file__).with_name("drawings") / "icon.png"


def apply_style() -> None:
    """Put the style sheet into the page."""
    st.html(f"<style>{_style()}</style>")


def footer() -> None:
    """The language, the not-a-diagnosis line and the privacy line under every page."""
    choose_language()
    frame, sentences = page_texts()["frame"], texts()
    st.html(
        f'<div class="po-footer">{sentences["disclaimer"]} '
        f"{sentences['outside_range']}<br>{frame['footer']}</div>"
    )


@cache
def _style() -> str:
    return resources.files("posture").joinpath("app/style.css").read_text(encoding="utf-8")
