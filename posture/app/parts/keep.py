"""Keeping the reading of this tab in the history, if the person wants that."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, get_args

import streamlit as st

from posture.app import places, sitting
from posture.app.norms import page_norms
from posture.combine import distinct_photos
from posture.errors import PostureError
from posture.history import History, history_path
from posture.history.keeping import picture_of, session_of
from posture.history.records import PictureKind
from posture.history.story import history_words
from posture.result import Result

Choice = Literal["none"] | PictureKind
CHOICES: tuple[Choice, ...] = ("none", *get_args(PictureKind))
_NAME, _KEPT = "keep.last_name", "keep.kept"


def keep_form(shot: sitting.Shot) -> None:
    """Name, day and the question about a picture; nothing is kept before the button is pressed."""
    words = history_words()["keep"]
    results = sitting.singles_with(shot)
    with st.expander(words["title"], icon=":material/history:"):
        st.html(f'<p class="po-quiet">{words["lead"]}</p>')
        left, right = st.columns(2)
        name = left.text_input(words["name"], _usual_name(), help=words["name_help"])
        taken = right.date_input(words["taken"], "today", max_value="today")
        choice = st.segmented_control(
            words["picture"],
            CHOICES,
            default="none",
            format_func=lambda kind: words["pictures"][kind],
            required=True,
            key="keep.picture",
        )
        blur_face = True
        if choice in get_args(PictureKind):
            blur_face = st.toggle(words["blur"], value=True, key="keep.blur")
        pressed = st.button(words["button"], type="primary", key="keep.button")
        picture = None if choice == "none" else choice
        # Pressed twice, the same reading is kept once.
        if pressed and not _is_kept(name, results) and _keep(name, taken, picture, blur_face):
            st.session_state[_KEPT], st.session_state[_NAME] = (name, results), name
        if _is_kept(name, results):
            st.success(words["done"])
            st.page_link(places.place("progress"), label=words["link"], icon=":material/timeline:")


def _is_kept(name: str, results: tuple[Result, ...]) -> bool:
    return bool(st.session_state.get(_KEPT) == (name, results))


def _usual_name() -> str:
    """The name that was used last in this tab, else the only one there is."""
    if _NAME not in st.session_state:
        st.session_state[_NAME] = _only_name()
    return str(st.session_state[_NAME])


def _only_name() -> str:
    if not history_path().is_file():
        return ""
    try:
        with History() as history:
            people = history.people()
    except PostureError:
        return ""
    return people[0].name if len(people) == 1 else ""


def _keep(name: str, taken: date, picture: PictureKind | None, blur_face: bool) -> bool:
    """Whether it was kept; if not, why is told."""
    if not name.strip():
        st.warning(history_words()["keep"]["no_name"])
        return False
    shots = _measured_shots()
    try:
        session = session_of([result for _, result in shots], _when(taken), page_norms())
        pictures = {}
        if picture is not None:
            pictures = {
                kept.uid: picture_of(shot.photo, result, picture, blur_face=blur_face)
                for kept, (shot, result) in zip(session.photos, shots, strict=True)
                if shot.photo is not None
            }
        with History() as history:
            history.save(name, session, pictures)
    except PostureError as error:
        st.warning(f"{error.reason} {error.fix}")
        return False
    return True


def _measured_shots() -> list[tuple[sitting.Shot, Result]]:
    shots = [(shot, shot.result) for shot in sitting.shots() if shot.measured.status == "measured"]
    # The same photo is kept once.
    kept = distinct_photos([result for _, result in shots])
    return [(shot, result) for shot, result in shots if any(result is item for item in kept)]


def _when(taken: date) -> date:
    """Now when it is today, else just that day."""
    now = datetime.now().astimezone()
    return now if taken == now.date() else taken
