"""Tables that scroll by themselves where they are wider than the screen, also by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st


def scrolling(table: str, label: str) -> None:
    """Show a table.

    Args:
        table: as HTML.
        label: tells screen readers what scrolls.
    """
    st.html(
        f'<div class="po-scroll" role="region" tabindex="0" aria-label="{escape(label)}">'
        f"{table}</div>"
    )


def table_of_markdown(lines: Sequence[str]) -> str:
    """A table of Markdown as HTML: its first line names the columns, its second one is a rule."""
    head, _, *rows = ([cell.strip() for cell in line.strip("| ").split("|")] for line in lines)
    names = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f'<table class="po-table"><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>'
