"""Photos of a study, captured blind: measured or not, and no number of any back.

What the page is given holds none: captures are read without their results, and nothing of a result
but a refusal's sentences reaches this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from pathlib import Path

import streamlit as st

from posture._support.texts import filled
from posture.app.parts.choice import choose
from posture.app.parts.intake import fresh_fields, ways_in
from posture.app.shared_analyzer import shared_analyzer
from posture.app.study import page_study
from posture.errors import InvalidInput, PostureError
from posture.study.capture import Outcome, Taken, require_ready, take, void
from posture.study.folder import Capture, Sitting, Study, called, read_study
from posture.study.order import next_place
from posture.study.study_settings import study_settings
from posture.study.words import outcome_words, sitting_words

_TOLD = "study.told"
_PARTICIPANT, _RATER, _SESSION = "study.participant", "study.rater", "study.session"


def page() -> None:
    """Whose photo is next, the ways in, and what became of the photos of this sitting."""
    folder = page_study()
    assert folder is not None, "the page is in the navigation of a study alone"
    try:
        study = read_study(folder, results=False)
    except InvalidInput as error:
        st.error(str(error))
        return
    words = study_settings().page
    st.title(study.design.title, anchor=False)
    st.html(f'<p class="po-lead">{escape(words["lead"])}</p>')
    sitting = _choose(study)
    ways, taken = st.columns([7, 5], gap="large")
    with ways:
        _told(sitting)
        _ways(study, sitting)
        _offer_next(study, sitting)
    with taken:
        _taken(study, sitting)


def _choose(study: Study) -> Sitting:
    """Participant, rater and session; at first those that are next by the random order."""
    if _PARTICIPANT not in st.session_state:
        place = next_place(study)
        _go_to(study.order[0].sitting if place is None else place.sitting)
    words, design = study_settings().page, study.design
    participant, rater, session = st.columns(3)
    with participant:
        ids = {one.id: one.id for one in study.participants}
        chosen = choose(words["participant"], ids, _PARTICIPANT)
    with rater:
        by = choose(words["rater"], {code: code for code in design.raters}, _RATER)
    with session:
        numbers = {f"{number}": f"{number}" for number in range(1, design.sessions + 1)}
        on = choose(words["session"], numbers, _SESSION)
    return Sitting(chosen, by, int(on))


def _go_to(sitting: Sitting) -> None:
    st.session_state[_PARTICIPANT] = sitting.participant
    st.session_state[_RATER] = sitting.rater
    st.session_state[_SESSION] = f"{sitting.session}"


def _ways(study: Study, sitting: Sitting) -> None:
    """The ways in, until all stances are there."""
    words, stances = study_settings().page, study.design.stances
    if study.is_whole(sitting):
        st.success(sitting_words(study, sitting))
        return
    try:
        require_ready(study, sitting)
    except InvalidInput as error:
        st.warning(str(error))
        return
    there = study.stances(sitting)
    st.header(filled(words["photo"], stance=there + 1, stances=stances), anchor=False)
    st.html(f'<p class="po-quiet">{escape(words["how"])}</p>')
    ways_in(
        ("upload", "phone", "camera"),
        room=stances - there,
        take=lambda files: _take(study.folder, sitting, stances, files),
        keep_way=True,
    )


def _take(folder: Path, sitting: Sitting, stances: int, files: list[tuple[str, bytes]]) -> None:
    """Measure and record the photos, keep what is to be told of them, and draw the page anew."""
    words, bar = study_settings().page, st.empty()
    told: list[tuple[bool, str]] = []
    for number, (_, data) in enumerate(files, start=1):
        measuring = filled(words["measuring"], number=number, count=len(files))
        bar.progress((number - 1) / len(files), measuring)
        now = datetime.now().astimezone()
        try:
            outcome = take(shared_analyzer(), folder, sitting, data, now)
        except PostureError as error:
            # A full disk, or a table that was changed meanwhile.
            told.append((False, str(error)))
            break
        told.append(_sentences(outcome, stances))
    st.session_state[_TOLD] = (sitting, told)
    fresh_fields()
    st.rerun()


def _sentences(outcome: Outcome, stances: int) -> tuple[bool, str]:
    """Whether a photo was measured without anything to tell besides, and what is told of it."""
    told = outcome_words(outcome, stances)
    well = isinstance(outcome, Taken) and outcome.refusal is None and len(told) == 1
    return well, " ".join(told)


def _told(sitting: Sitting) -> None:
    """What became of the photos that came last, as long as their sitting is shown."""
    of, sentences = st.session_state.get(_TOLD, (None, ()))
    if of == sitting:
        measured = [sentence for well, sentence in sentences if well]
        if measured:
            st.success("\n\n".join(measured))
        for well, sentence in sentences:
            if not well:
                st.warning(sentence)


def _offer_next(study: Study, sitting: Sitting) -> None:
    place, words = next_place(study), study_settings().page
    if place is not None and place.sitting != sitting:
        st.button(
            filled(words["next"], sitting=called(place.sitting)),
            type="primary" if study.is_whole(sitting) else "secondary",
            key="study.next",
            on_click=_go_to,
            args=(place.sitting,),
        )


def _taken(study: Study, sitting: Sitting) -> None:
    """The photos of this sitting, by the names of their captures."""
    words, captures = study_settings().page, study.taken(sitting)
    st.header(words["taken"], anchor=False)
    if not captures:
        st.html(f'<p class="po-quiet">{escape(words["nothing"])}</p>')
        return
    items = "".join(f"<li>{escape(_line(capture))}</li>" for capture in captures)
    st.html(f"<ul>{items}</ul>")
    _offer_void(study.folder, [capture for capture in captures if capture.void is None])


def _offer_void(folder: Path, captures: Sequence[Capture]) -> None:
    """Fields that make one of these photos void."""
    if not captures:
        return
    words = study_settings().page
    with st.expander(words["mistake"]):
        st.html(f'<p class="po-quiet">{escape(words["mistake_lead"])}</p>')
        lines = {one.capture: _line(one) for one in reversed(captures)}
        # Fresh fields after each: what was chosen and written is done with.
        key = f"study.void.{len(captures)}"
        capture = choose(words["void_which"], lines, f"{key}.which")
        why = st.text_input(words["void_why"], key=f"{key}.why")
        if st.button(words["void"], key=f"{key}.button"):
            try:
                void(folder, capture, why, datetime.now().astimezone())
            except PostureError as error:
                st.warning(str(error))
            else:
                st.session_state.pop(_TOLD, None)
                st.rerun()


def _line(capture: Capture) -> str:
    words = study_settings().page
    form = "measured" if capture.status == "measured" else "refused"
    name = form if capture.void is None else "voided"
    return filled(words[name], stance=capture.stance, capture=capture.capture)
