"""The save buttons.  Each file is made when its button is pressed, not before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from posture._support.texts import page_texts
from posture.app import tab_photos
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


def exports(tab_photo: tab_photos.TabPhoto) -> None:
    """Buttons for the photo that is looked at, with the numbers of all photos of the stance."""
    text = page_texts()["check"]
    st.markdown(f"### {text['save']}")
    blur_face = st.toggle(text["blur"], value=True, key="export.blur")
    export = _export(tab_photo, blur_face)
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


def _export(tab_photo: tab_photos.TabPhoto, blur_face: bool) -> Export | None:
    if tab_photo.photo is None:
        return None
    summary = tab_photos.summary_of(tab_photo)
    singles = tab_photos.singles_with(tab_photo)
    return Export(tab_photo.photo, tab_photo.result, summary, singles, blur_face, page_norms())
