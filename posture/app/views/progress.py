"""Progress: the kept readings of a person over time, and what a difference between them means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from html import escape

import streamlit as st

from posture._support.texts import band_words, filled
from posture.app import navigation
from posture.app.components.compare import Side, compare
from posture.app.norms import page_norms
from posture.app.parts.before_after import aligned_pictures, save_page
from posture.app.parts.choice import choose
from posture.app.parts.history_exchange import exports, import_form, tell_of_import
from posture.app.parts.notes import notes_fields
from posture.app.parts.person_form import length_unit, units_choice
from posture.app.parts.tables import scrolling
from posture.app.parts.timeline import pain_timeline, timeline
from posture.app.shared_analyzer import shared_analyzer
from posture.errors import PostureError
from posture.handout.two import change_sentences
from posture.history import History, Session, history_path
from posture.history.records import NO_NOTES
from posture.history.repeatability import Standing, standing_of
from posture.history.story import (
    ANGLE,
    SHARE,
    Quantity,
    day,
    depth_quantity,
    figure,
    moment,
    notes,
    story,
    told_apart,
)
from posture.history.words import history_texts
from posture.overlay.numbers import own_norms
from posture.verdict.bands import Cuts

_WHOLE = 'style="white-space: nowrap"'


def page() -> None:
    """The whole page."""
    words = history_texts()["progress"]
    st.title(words["title"], anchor=False)
    st.html(f'<p class="po-lead">{words["lead"]}</p>')
    tell_of_import()
    try:
        _show()
    except PostureError as error:
        st.warning(f"{error.reason} {error.fix}")


def _show() -> None:
    # Looking makes no file.
    if not history_path().is_file():
        _nothing_yet()
        return
    words = history_texts()["progress"]
    with History() as history:
        names = [person.name for person in history.people()]
        if not names:
            _nothing_yet()
            return
        name = names[0]
        with st.container(horizontal=True):
            if len(names) > 1:
                name = choose(words["person"], {one: one for one in names}, "progress.person")
            units_choice()
        sessions = history.sessions(name)
        standing = standing_of(sessions, page_norms())
        told = story(sessions, standing, length_unit())
        _story(told)
        _charts(sessions, standing)
        _before_and_after(history, name, sessions, standing, told)
        _table(sessions)
        _manage(history, name, names)


def _nothing_yet() -> None:
    words = history_texts()["progress"]
    st.markdown(words["empty"])
    st.page_link(
        navigation.named_page("check"), label=words["to_check"], icon=":material/photo_camera:"
    )
    import_form()


def _story(told: Sequence[str]) -> None:
    lines = "".join(f"<p>{escape(sentence)}</p>" for sentence in told)
    st.html(f'<div class="po-card" role="status">{lines}</div>')


def _charts(sessions: Sequence[Session], standing: Standing) -> None:
    words, norms = history_texts()["progress"], page_norms()
    sex = sessions[-1].reading.sex
    depth = depth_quantity(sessions, length_unit())
    depth_cuts = norms.ratio_cuts[sex] if depth is SHARE else norms.depth_cuts_mm[sex]
    charts: tuple[tuple[Quantity, Cuts], ...] = (
        (ANGLE, norms.slca_cuts_deg[sex]),
        (depth, depth_cuts),
    )
    for column, (quantity, cuts) in zip(st.columns(2, gap="large"), charts, strict=True):
        with column:
            timeline(sessions, quantity, cuts, standing)
    who = history_texts()["who"][sex]
    note = f"{filled(words['chart_note'], who=who)} {escape(own_norms([norms.version]))}"
    st.html(f'<p class="po-quiet">{note}</p>')
    if any(session.notes != NO_NOTES for session in sessions):
        pain_timeline(sessions)
        st.html(f'<p class="po-quiet">{words["notes_note"]}</p>')


def _before_and_after(
    history: History,
    name: str,
    sessions: Sequence[Session],
    standing: Standing,
    told: Sequence[str],
) -> None:
    words = history_texts()["progress"]
    st.header(words["before_after"], anchor=False)
    if len(sessions) < 2:
        st.markdown(words["two_sessions"])
        return
    pictured = [k for k, session in enumerate(sessions) if session.pictured is not None]
    first, last = (pictured[0], pictured[-1]) if len(pictured) > 1 else (0, len(sessions) - 1)
    picture, explanation = st.columns([5, 6], gap="large")
    with explanation:
        before = _chosen("before", sessions, first)
        after = _chosen("after", sessions, last)
        sentences = change_sentences(before, after, standing, length_unit())
        # What stands at the top of the page is not said again.
        for sentence in sentences:
            if sentence not in told:
                st.markdown(sentence)
        save_page(name, before, after, sentences, length_unit())
    with picture:
        _compare(history, before, after)


def _chosen(which: str, sessions: Sequence[Session], start: int) -> Session:
    """One of the sessions, chosen by its own name for ever."""
    by_uid = {session.uid: session for session in sessions}
    names = {uid: _named(session) for uid, session in by_uid.items()}
    return by_uid[choose(history_texts()["progress"][which], names, f"progress.{which}", start)]


def _named(session: Session) -> str:
    return f"{moment(session)} · {figure(session.reading, ANGLE)}"


def _compare(history: History, before: Session, after: Session) -> None:
    words = history_texts()["progress"]
    if before.pictured is None or after.pictured is None:
        st.markdown(words["two_pictures"])
        return
    unit = length_unit()
    pictures = aligned_pictures(history, before, after, unit, shared_analyzer())
    if pictures is None:
        st.info(words["not_aligned"])
        return
    tags = told_apart(before, after)
    compare(
        Side(pictures[0], _alt(words["before"], before), tags[0]),
        Side(pictures[1], _alt(words["after"], after), tags[1]),
        words["slide"],
        f"{before.uid}.{after.uid}.{unit}",
    )
    st.html(f'<p class="po-quiet">{words["aligned"]}</p>')


def _alt(which: str, session: Session) -> str:
    form = history_texts()["progress"]["picture_alt"]
    reading, depth = session.reading, depth_quantity((session,), length_unit())
    return filled(
        form,
        which=which,
        day=day(session),
        angle=figure(reading, ANGLE),
        depth=figure(reading, depth),
    )


def _table(sessions: Sequence[Session]) -> None:
    words = history_texts()
    st.header(words["progress"]["sessions"], anchor=False)
    names = ("day", "photos", "angle", "depth", "verdict", "notes")
    head = "".join(f"<th>{words['table'][name]}</th>" for name in names)
    rows = "".join(_row(session) for session in reversed(sessions))
    scrolling(
        f'<table class="po-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>',
        words["progress"]["sessions"],
    )


def _row(session: Session) -> str:
    reading = session.reading
    cells = (
        moment(session),
        f"{len(session.photos)}",
        figure(reading, ANGLE),
        figure(reading, depth_quantity((session,), length_unit())),
        band_words(reading.verdict),
        notes(session),
    )
    return "<tr>" + "".join(f"<td {_WHOLE}>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _manage(history: History, name: str, everybody: Sequence[str]) -> None:
    words, sessions = history_texts()["progress"], history.sessions(name)
    with st.expander(words["manage"], icon=":material/folder_managed:"):
        exports(name, everybody)
        import_form()
        session = _chosen("session", sessions, 0)
        _note(history, name, session)
        with st.container(horizontal=True):
            _deletion(
                words["delete_one"],
                partial(history.delete_session, name, session.uid),
                f"one.{session.uid}",
            )
            _deletion(
                filled(words["delete_person"], name=name),
                partial(history.delete_person, name),
                f"person.{name}",
            )


def _note(history: History, name: str, session: Session) -> None:
    """Change what was noted with a session."""
    words, key = history_texts()["keep"], f"progress.note.{session.uid}"
    notes = notes_fields(session.notes, key)
    if st.button(words["note"], key=key, disabled=notes == session.notes):
        history.note(name, session.uid, notes)
        st.rerun()


def _deletion(label: str, delete: Callable[[], bool], key: str) -> None:
    """A button that asks once more.

    Its key tells what is deleted, so that a click that comes late deletes nothing else.
    """
    words = history_texts()["progress"]
    with st.popover(label, key=f"progress.ask.{key}"):
        st.markdown(words["sure"])
        if st.button(words["really"], key=f"progress.delete.{key}", type="primary"):
            delete()
            st.rerun()
