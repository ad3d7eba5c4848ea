"""The page in the browser: ``streamlit run app.py``, or ``make app``, or ``posture app``."""

import streamlit as st

from posture.app import server

# Streamlit looks for these very words to see that the file holds a whole application.
app = st.App(server.MAIN, **server.options())
