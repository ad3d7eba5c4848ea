"""What a person may note with a session: pain as one number, training as one line."""

from __future__ import annotations

import streamlit as st

from posture.history.records import MAX_NOTE, MAX_PAIN, Notes, notes_of
from posture.history.words import history_texts


def notes_fields(before: Notes, key: str) -> Notes:
    """Show both fields; what stands in them.

    Raises:
        InvalidInput: when the line holds what is no text.
    """
    words, pain_key = history_texts()["keep"], f"{key}.pain"
    # A field that begins with a number of its own could not be emptied.
    st.session_state.setdefault(pain_key, before.pain)
    left, right = st.columns([1, 3])
    with left:
        pain = st.number_input(
            words["pain"], 0, MAX_PAIN, None, 1, help=words["pain_help"], key=pain_key
        )
    with right:
        training = st.text_input(
            words["training"], before.training, max_chars=MAX_NOTE, key=f"{key}.training"
        )
    return notes_of(pain, training)
