"""The frame that all pages share: style and footer."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from pathlib import Path

import streamlit as st

from posture._support.texts import page_texts, texts
from posture.app.spoken import choose_language

ICON = Path(__file__).with_name("drawings") / "icon.png"


def apply_style() -> None:
    """Put the style sheet into the page, and the words that it sets over Streamlit's own."""
    words = page_texts()["over_streamlit"]
    named = "".join(f"--po-{name}:{json.dumps(word)};" for name, word in words.items())
    st.html(f"<style>:root{{{named}}}{_style()}</style>")


def footer() -> None:
    """The not-a-diagnosis line, the privacy line and the language under every page."""
    frame, sentences = page_texts()["frame"], texts()
    st.html(
        f'<div class="po-footer">{sentences["disclaimer"]} '
        f"{sentences['outside_range']}<br>{frame['footer']}</div>"
    )
    choose_language()


@cache
def _style() -> str:
    return resources.files("posture").joinpath("app/style.css").read_text(encoding="utf-8")
