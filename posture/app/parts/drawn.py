"""The figures of the exercises and the wall test, on a card that suits the theme."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from posture.drawings import drawing

Width = int | Literal["stretch", "content"]


def drawn(name: str, alt: str, width: Width = "stretch") -> None:
    """Show a drawing; `alt` says in words what it shows."""
    st.image(drawing(name, dark=st.context.theme.type == "dark"), width=width, alt=alt)
