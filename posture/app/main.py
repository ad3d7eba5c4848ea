"""The script that Streamlit runs for every tab: the frame round the pages."""

from __future__ import annotations

import streamlit as st

from posture._support.texts import page_texts
from posture.app import layout, tab_photos
from posture.app.components.connection import connection
from posture.app.errors import calm_errors
from posture.app.navigation import all_pages

st.set_page_config(
    page_title=page_texts()["frame"]["name"],
    page_icon=str(layout.ICON),
    layout="wide",
    initial_sidebar_state="collapsed",
    menu_items={"Get help": None, "Report a bug": None, "About": None},
)
layout.apply_style()
connection()
chosen = st.navigation(all_pages(), position="top")
with calm_errors():
    tab_photos.tell_in_this_language()
    chosen.run()
layout.footer()
