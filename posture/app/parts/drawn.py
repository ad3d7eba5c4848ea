"""The figures of the exercises and the wall test, on a card that suits the theme."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Literal

import streamlit as st

from posture.advice.drawings import drawing

Width = int | Literal["stretch", "content"]


@dataclass(frozen=True)
class CaptionedDrawing:
    """A drawing with its words: `alt` says what it shows, tag, title and text stand below it."""

    name: str
    alt: str
    title: str
    tag: str = ""
    text: str = ""


def drawn(name: str, alt: str, width: Width = "stretch") -> None:
    """Show one drawing."""
    st.image(_themed(name), width=width, alt=alt)


def inline(name: str, alt: str) -> str:
    """One drawing inside the text of a label, as Markdown."""
    return f"![{alt}]({_data_url(name)})"


def gallery(pictures: Iterable[CaptionedDrawing], narrowest_rem: float) -> None:
    """Drawings side by side, in as many columns as fit."""
    columns = f"repeat(auto-fit, minmax({narrowest_rem:g}rem, 1fr))"
    figures = "".join(_figure(picture) for picture in pictures)
    st.html(
        f'<div style="display: grid; gap: 1.4rem 1rem; grid-template-columns: {columns}">'
        f"{figures}</div>"
    )


def _figure(picture: CaptionedDrawing) -> str:
    tag = f'<span class="po-tag">{escape(picture.tag)}</span><br>' if picture.tag else ""
    return (
        '<figure style="margin: 0"><img style="width: 100%; border-radius: .8rem" '
        f'alt="{escape(picture.alt)}" src="{_data_url(picture.name)}">'
        f'<figcaption style="margin-top: .5rem">{tag}'
        f"<b>{escape(picture.title)}</b><br>{escape(picture.text)}</figcaption></figure>"
    )


def _data_url(name: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(_themed(name).encode()).decode()}"


def _themed(name: str) -> str:
    return drawing(name, dark=st.context.theme.type == "dark")
