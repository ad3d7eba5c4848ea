"""The language of a tab: chosen there, else that of ``posture app --lang``, else the browser's."""

from __future__ import annotations

import os

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from posture._support.language import (
    ask_for_language,
    first_spoken,
    language,
    language_codes,
    use_language,
)
from posture._support.texts import language_names, page_texts
from posture.app.environment import LANGUAGE

_CHOSEN, _CHOICE = "language.chosen", "language.choice"


def speak_as_the_tab() -> None:
    """From now on every tab is spoken to in its own language."""
    code = os.environ.get(LANGUAGE)
    if code:
        use_language(code)
    ask_for_language(_tab_language)


def choose_language() -> None:
    """Show the choice."""
    codes = language_codes()
    names = language_names()
    st.session_state.setdefault(_CHOICE, language())
    st.segmented_control(
        page_texts()["frame"]["language"],
        codes,
        format_func=lambda code: names[code],
        required=True,
        key=_CHOICE,
        on_change=_chosen,
    )


def _chosen() -> None:
    st.session_state[_CHOSEN] = st.session_state[_CHOICE]


def _tab_language() -> str | None:
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    chosen: str | None = st.session_state.get(_CHOSEN)
    if chosen or os.environ.get(LANGUAGE):
        return chosen
    locale = st.context.locale
    return None if locale is None else first_spoken([locale])
