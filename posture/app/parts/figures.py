"""The project's own drawings, put into the page as they are: their ink follows the theme."""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

from posture._support.language import in_language, language
from posture.app.drawings import Drawing, page_drawing

_STYLE = """
figure { margin: 0; overflow-x: auto; color: var(--st-text-color); }
figure:focus-visible { outline: 3px solid #1a85c8; }
svg { display: block; width: 100%; min-width: 29rem; max-width: 46rem; height: auto; }
svg { font-family: var(--st-font, sans-serif); }
"""


def figure(name: Drawing) -> None:
    """Show one of the page's drawings; its title is read to those who cannot see it."""
    _component(name, language())(key=f"figure.{name}")


@cache
def _component(name: Drawing, code: str) -> Any:
    with in_language(code):
        svg = page_drawing(name)
    return st.components.v2.component(
        f"posture_figure_{name}_{code}", html=f'<figure tabindex="0">{svg}</figure>', css=_STYLE
    )
