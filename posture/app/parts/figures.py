"""The project's own drawings, put into the page as they are: their ink follows the theme."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, Literal

import streamlit as st

_STYLE = """
figure { margin: 0; overflow-x: auto; color: var(--st-text-color); }
figure:focus-visible { outline: 3px solid #1a85c8; }
svg { display: block; width: 100%; min-width: 29rem; max-width: 46rem; height: auto; }
svg { font-family: var(--st-font, sans-serif); }
"""


def figure(name: Literal["stance", "method"]) -> None:
    """Show ``drawings/<name>.svg``; its title is read to those who cannot see it."""
    _component(name)(key=f"figure.{name}")


@cache
def _component(name: str) -> Any:
    file = resources.files("posture").joinpath(f"app/drawings/{name}.svg")
    svg = file.read_text(encoding="utf-8")
    return st.components.v2.component(
        f"posture_figure_{name}", html=f'<figure tabindex="0">{svg}</figure>', css=_STYLE
    )
