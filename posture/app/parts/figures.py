"""The project's own drawings, put into the page as they are: their ink follows the theme."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

import streamlit as st


def figure(name: Literal["stance", "method"]) -> None:
    """Show ``drawings/<name>.svg``; its title is read to those who cannot see it."""
    st.html(f'<figure class="po-figure">{_svg(name)}</figure>')


@cache
def _svg(name: str) -> str:
    file = resources.files("posture").joinpath(f"app/drawings/{name}.svg")
    return file.read_text(encoding="utf-8")
