"""Keeping the reading of this tab in the history, if the person wants that."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, get_args

import streamlit as st

from posture._support.texts import filled
from posture.app import navigation, tab_photos
from posture.app.norms import page_norms
from posture.app.parts.notes import notes_fields
from posture.combine import distinct_photos
from posture.errors import PostureError
from posture.history import History, history_path
from posture.history.keeping import picture_of, session_of
from posture.history.records import NO_NOTES, Notes, PictureKind
from posture.history.words import history_texts
from posture.result import Result

Choice = Literal["none"] | PictureKind
CHOICES: tuple[Choice, ...] = ("none", *get_args(PictureKind))
# Older photos are of film, and have no date of their own.
_FIRST_DAY = date(1990, 1, 1)
_NAME, _KEPT = "keep.last_name", "keep.kept"


def keep_form(tab_photo: tab_photos.TabPhoto) -> None:
    """Name, day and the question about a picture; nothing is kept before the button is pressed."""
    words = history_texts()["keep"]
    results = tab_photos.singles_with(tab_photo)
    with st.expander(words["title"], icon=":material/history:"):
        st.html(f'<p class="po-quiet">{words["lead"]}</p>')
        left, right = st.columns(2)
        with left:
            name = st.text_input(
                words["name"], _usual_name(), help=words["name_help"], key="keep.name"
            )
        with right:
            taken = _day_field()
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
        notes = notes_fields(NO_NOTES, f"keep.{tab_photos.intake_number()}")
        pressed = st.button(words["button"], type="primary", key="keep.button")
        picture = None if choice == "none" else choice
        # Pressed twice, the same reading is kept once.
        reading = (name, taken, notes, results)
        if pressed and not _is_kept(reading) and _keep(name, taken, notes, picture, blur_face):
            st.session_state[_KEPT], st.session_state[_NAME] = reading, name
        if _is_kept(reading):
            st.success(words["done"])
            st.page_link(
                navigation.named_page("progress"), label=words["link"], icon=":material/timeline:"
            )


def _is_kept(reading: tuple[str, date, Notes, tuple[Result, ...]]) -> bool:
    return bool(st.session_state.get(_KEPT) == reading)


def _day_field() -> date:
    """The day the photos were taken: their own unless the person says otherwise."""
    words, days = history_texts()["keep"], sorted({moment.date() for moment in _moments()})
    today = date.today()
    # Photos of another occasion bring a day of their own.
    key = f"keep.taken.{tab_photos.intake_number()}"
    # Where the camera was, tomorrow may have begun.
    usual, last = (days or [today])[-1], max([today, *days])
    taken = st.date_input(
        words["taken"], usual, min_value=_FIRST_DAY, max_value=last, format="YYYY-MM-DD", key=key
    )
    if not days:
        st.caption(words["day_unknown"])
    elif len(days) == 1:
        st.caption(filled(words["day_known"], day=days[0]))
    else:
        st.caption(filled(words["days_known"], first=days[0], last=days[-1]))
    return taken


def _moments() -> list[datetime]:
    """When the measured photos were taken, as far as they tell it, by the clock where that was."""
    photos = [tab_photo.photo for tab_photo, _ in _measured_photos()]
    taken = [photo.taken for photo in photos if photo is not None]
    return [moment.replace(tzinfo=None) for moment in taken if moment is not None]


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


def _keep(
    name: str, taken: date, notes: Notes, picture: PictureKind | None, blur_face: bool
) -> bool:
    """Whether it was kept; if not, why is told."""
    if not name.strip():
        st.warning(history_texts()["keep"]["no_name"])
        return False
    photos = _measured_photos()
    try:
        results = [result for _, result in photos]
        session = session_of(results, _when(taken), page_norms(), notes)
        pictures = {}
        if picture is not None:
            pictures = {
                kept.uid: picture_of(tab_photo.photo, result, picture, blur_face=blur_face)
                for kept, (tab_photo, result) in zip(session.photos, photos, strict=True)
                if tab_photo.photo is not None
            }
        with History() as history:
            history.save(name, session, pictures)
    except PostureError as error:
        st.warning(f"{error.reason} {error.fix}")
        return False
    return True


def _measured_photos() -> list[tuple[tab_photos.TabPhoto, Result]]:
    photos = [
        (tab_photo, tab_photo.result)
        for tab_photo in tab_photos.photos()
        if tab_photo.measured.status == "measured"
    ]
    # The same photo is kept once.
    kept = distinct_photos([result for _, result in photos])
    return [
        (tab_photo, result) for tab_photo, result in photos if any(result is item for item in kept)
    ]


def _when(taken: date) -> date:
    """When the last photo of that day was taken, as it tells; else now or just that day.

    Always by the clock where it was taken: a day stays that day in any zone.
    """
    own = [moment for moment in _moments() if moment.date() == taken]
    now = datetime.now()
    if own:
        return max(own)
    return now if taken == now.date() else taken
