"""The language of a tab: chosen there, else what was asked for at the start, else the browser's.

At the start it is asked for by ``posture app --lang``, or by a person's own settings.
"""

from __future__ import annotations

import os
from functools import partial

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
from posture.own_settings import own_settings

_CHOSEN, _CHOICE = "language.chosen", "language.choice"


def speak_as_the_tab() -> None:
    """From now on every tab is spoken to in its own language.

    Raises:
        InvalidInput: when a person's own settings cannot be understood.
    """
    asked = os.environ.get(LANGUAGE) or own_settings().get("language")
    if asked:
        use_language(asked)
    ask_for_language(partial(_tab_language, asked is None))


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


def _tab_language(browser_decides: bool) -> str | None:
    """None where no tab is served just now, or the tab has no wish."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    chosen: str | None = st.session_state.get(_CHOSEN)
    if chosen is None and browser_decides and st.context.locale is not None:
        return first_spoken([st.context.locale])
    return chosen
