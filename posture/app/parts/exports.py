"""The save buttons.  Each file is made when its button is pressed, not before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from posture._support.texts import words
from posture.app import sitting
from posture.app.norms import page_norms
from posture.report import Export, as_csv, as_json, as_pdf, as_png

STEM = "posture"
Writer = Callable[[Export], bytes]
KINDS: tuple[tuple[str, str, str, Writer], ...] = (
    ("save_pdf", "pdf", "application/pdf", as_pdf),
    ("save_png", "png", "image/png", as_png),
    ("save_json", "json", "application/json", as_json),
    ("save_csv", "csv", "text/csv", as_csv),
)


def exports(shot: sitting.Shot) -> None:
    """Buttons for the photo that is looked at, with the numbers of all photos of the stance."""
    text = words()["check"]
    st.markdown(f"### {text['save']}")
    blur_face = st.toggle(text["blur"], value=True, key="export.blur")
    export = _export(shot, blur_face)
    if export is None:
        return
    with st.container(horizontal=True):
        for label, ending, mime, write in KINDS:
            st.download_button(
                text[label],
                partial(write, export),
                f"{STEM}.{ending}",
                mime,
                on_click="ignore",
                key=f"export.{ending}",
                type="primary" if ending == "pdf" else "secondary",
            )
    st.html(f'<p class="po-quiet">{text["save_lead"]}</p>')


def _export(shot: sitting.Shot, blur_face: bool) -> Export | None:
    if shot.photo is None:
        return None
    summary = sitting.summary_of(shot)
    singles = sitting.singles_with(shot)
    return Export(shot.photo, shot.result, summary, singles, blur_face, page_norms())
