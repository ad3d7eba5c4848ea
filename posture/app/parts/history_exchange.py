"""Taking the history to another computer and back: exports, and taking one over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from posture._support.texts import filled
from posture.app.norms import page_norms
from posture.errors import PostureError
from posture.history import History
from posture.history.exchange import exported, parsed_file, sessions_csv, take_over
from posture.history.words import history_texts
from posture.verdict.norms import Norms

_GENERATION, _DONE = "history_exchange.generation", "history_exchange.done"


def exports(name: str, everybody: Sequence[str]) -> None:
    """Buttons that save the history of `name`, of all people, and a table of `name`."""
    words = history_texts()["progress"]
    with st.container(horizontal=True):
        _saved(filled(words["export"], name=name), partial(_json, [name]), "json", "export")
        if len(everybody) > 1:
            _saved(words["export_all"], partial(_json, list(everybody)), "json", "export_all")
        _saved(
            filled(words["export_table"], name=name),
            partial(_csv, name, page_norms()),
            "csv",
            "export_table",
        )
    st.html(f'<p class="po-quiet">{words["export_note"]}</p>')


def import_form() -> None:
    """Ask for an exported file, and take over what is not here yet."""
    words = history_texts()["progress"]
    number = int(st.session_state.get(_GENERATION, 0))
    file = st.file_uploader(
        words["import"], ["json"], help=words["import_help"], key=f"progress.import.{number}"
    )
    if file is not None and st.button(words["import_button"], key="progress.import_button"):
        st.session_state[_DONE] = _taken_over(file.getvalue())
        # The file was taken; the field is empty again.
        st.session_state[_GENERATION] = number + 1
        st.rerun()


def tell_of_import() -> None:
    """What came of the file that was given last; said once."""
    good, sentence = st.session_state.pop(_DONE, (True, ""))
    if sentence:
        (st.success if good else st.warning)(sentence)


def _taken_over(export: bytes) -> tuple[bool, str]:
    """Whether the file was taken over, and what to say of it."""
    try:
        people = parsed_file(export)
        with History() as history:
            added, there = take_over(history, people)
    except PostureError as error:
        return False, f"{error.reason} {error.fix}"
    return True, filled(history_texts()["progress"]["imported"], added=added, there=there)


def _saved(label: str, write: partial[bytes], ending: str, key: str) -> None:
    """A button; the file is made when it is pressed."""
    st.download_button(
        label,
        write,
        f"posture-history.{ending}",
        {"json": "application/json", "csv": "text/csv"}[ending],
        on_click="ignore",
        key=f"progress.{key}",
    )


def _json(names: list[str]) -> bytes:
    with History() as history:
        return exported(history, names).encode()


def _csv(name: str, norms: Norms) -> bytes:
    with History() as history:
        return sessions_csv(history.sessions(name), norms).encode("utf-8-sig")
