"""The script that Streamlit runs for every tab: the frame round the pages."""

from __future__ import annotations

import streamlit as st

from posture._support.texts import words
from posture.app import layout
from posture.app.errors import calm_errors
from posture.app.places import places

st.set_page_config(
    page_title=words()["frame"]["name"],
    page_icon=str(layout.ICON),
    layout="wide",
    initial_sidebar_state="collapsed",
    menu_items={"Get help": None, "Report a bug": None, "About": None},
)
layout.apply_style()
chosen = st.navigation(places(), position="top")
with calm_errors():
    chosen.run()
layout.footer()
