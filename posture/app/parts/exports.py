"""The save buttons.  Each file is made when its button is pressed, not before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from posture._support.language import kept_in_language
from posture._support.texts import page_texts
from posture.app import tab_photos
from posture.app.norms import page_norms
from posture.app.parts.person_form import length_unit
from posture.history.records import MAX_NAME
from posture.report import Export, as_csv, as_json, as_pdf, as_png

STEM = "posture"
NAME_PX = 320
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
    st.header(text["save"], anchor=False)
    blur_face = st.toggle(text["blur"], value=True, key="export.blur")
    name = st.text_input(
        text["report_name"],
        max_chars=MAX_NAME,
        # A button that is pressed right after typing would be asked for a report without the name.
        live=True,
        width=NAME_PX,
        key="export.name",
    )
    export = _export(tab_photo, blur_face, name)
    if export is None:
        return
    with st.container(horizontal=True):
        for label, ending, mime, write in KINDS:
            st.download_button(
                text[label],
                kept_in_language(partial(write, export)),
                f"{STEM}.{ending}",
                mime,
                on_click="ignore",
                key=f"export.{ending}",
                type="primary" if ending == "pdf" else "secondary",
            )
    st.html(f'<p class="po-quiet">{text["save_lead"]}</p>')


def _export(tab_photo: tab_photos.TabPhoto, blur_face: bool, name: str) -> Export | None:
    if tab_photo.photo is None:
        return None
    summary = tab_photos.summary_of(tab_photo)
    singles = tab_photos.singles_with(tab_photo)
    photo, result = tab_photo.photo, tab_photo.result
    return Export(photo, result, summary, singles, blur_face, page_norms(), name, length_unit())
