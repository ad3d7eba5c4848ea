"""Live: the camera watches, guides and takes the pictures by itself."""

from __future__ import annotations

import streamlit as st

from posture._support.texts import page_texts
from posture.app import navigation
from posture.app.components.live_camera import live_camera
from posture.app.live_sessions import LiveSession, sessions
from posture.app.parts.intake import camera, take_in
from posture.app.parts.person_form import length_unit, person_form


def page() -> None:
    """The camera, the person's numbers, and a simpler way for where the camera does not work."""
    text = page_texts()["live"]
    st.title(text["title"], anchor=False)
    session = _session()
    above = st.container()
    # The fields stand below what they change, and are asked first.
    with st.expander(text["about"]):
        session.subject = person_form()
    with above:
        if live_camera(session.token, "live.camera", length_unit()):
            _measure(session)
    # The field takes hold of the camera as soon as it is on the page, so it is not there unasked.
    if st.toggle(text["simple"], help=text["simple_help"], key="live.simple"):
        taken = camera()
        if taken is not None:
            take_in([taken], session.subject)
            st.switch_page(navigation.named_page("check"))


def _measure(session: LiveSession) -> None:
    """Measure the pictures that were taken, as if they had been uploaded."""
    pictures = session.taken()
    if not pictures:
        return
    files = [(f"live-{number + 1}.jpg", data) for number, data in enumerate(pictures)]
    take_in(files, session.subject)
    st.switch_page(navigation.named_page("check"))


@st.cache_resource(scope="session", show_spinner=False, on_release=sessions.close)
def _session() -> LiveSession:
    """The live session of this tab; forgotten when the tab is gone."""
    return sessions.open()
