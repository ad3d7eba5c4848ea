"""Photos from a phone: the button, the code while it is shown, and what came through it."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from posture._support.texts import filled
from posture.app.parts.choice import choose
from posture.app.phone.settings import phone_settings

if TYPE_CHECKING:
    from posture.app.phone.server import PhoneServer
    from posture.app.phone.session import Progress

_SHOWN, _TOLD = "phone.shown", "phone.told"
_EVERY_S = 1.0


def photos(room: int) -> list[tuple[str, bytes]]:
    """Show the way in; name and content of the photos, once they have come.

    Args:
        room: how many photos are taken at most.
    """
    shown = _shown()
    if shown is None:
        _offer(room)
        return []
    if shown.session.progress().left_s > 0:
        _code(shown)
        return []
    put_away()
    arrived = shown.session.photos()
    if not arrived:
        st.session_state[_TOLD] = "expired"
        st.rerun()
    form = phone_settings().computer["photo_name"]
    return [(filled(form, number=k), data) for k, data in enumerate(arrived, start=1)]


def put_away() -> None:
    """Show no code any more; nothing listens from now on."""
    shown = _shown()
    st.session_state.pop(_TOLD, None)
    if shown is not None:
        shown.close()
        del st.session_state[_SHOWN]


def _shown() -> PhoneServer | None:
    """What listens for this tab; None when nothing was asked for."""
    shown: PhoneServer | None = st.session_state.get(_SHOWN)
    return shown


def _offer(room: int) -> None:
    """What it does and what it opens, and the button that opens it."""
    from posture.app.phone.address import home_addresses

    settings, addresses = phone_settings(), home_addresses()
    words, minutes = settings.computer, round(settings.limits.code_s / 60)
    st.html(
        f"<p>{escape(words['lead'])}</p>"
        f'<p class="po-quiet">{escape(filled(words["opens"], minutes=minutes))}</p>'
    )
    told = st.session_state.get(_TOLD)
    if told is not None:
        st.info(words[told])
    if not addresses:
        st.info(words["no_network"])
        return
    address = addresses[0]
    if len(addresses) > 1:
        address = choose(words["address"], {one: one for one in addresses}, "phone.address")
    st.button(
        words["button"],
        icon=":material/smartphone:",
        type="primary",
        key="phone.open",
        on_click=_open,
        args=(address, room),
    )


def _open(address: str, room: int) -> None:
    # Here: few people need what encrypts, and what draws codes.
    from posture.app.phone.server import PhoneServer
    from posture.app.phone.session import PhoneSession

    limits = phone_settings().limits
    st.session_state.pop(_TOLD, None)
    try:
        session = PhoneSession(limits, min(limits.photos, room))
        st.session_state[_SHOWN] = PhoneServer(session, address)
    except OSError:
        st.session_state[_TOLD] = "no_network"


@st.fragment(run_every=_EVERY_S)
def _code(shown: PhoneServer) -> None:
    """The code, and how far the phone has come."""
    from posture.app.phone.code import code_picture

    words, progress = phone_settings().computer, shown.session.progress()
    if progress.left_s <= 0:
        st.rerun()
    shown.session.keep_open()
    alt = escape(words["code"])
    st.html(f'<img class="po-code" alt="{alt}" src="{escape(code_picture(shown.link))}">')
    st.html(f'<p role="status"><b>{escape(_state(progress))}</b></p><p>{escape(words["scan"])}</p>')
    st.html(f'<p class="po-quiet">{escape(words["firewall"])} {escape(_time_left(progress))}</p>')
    with st.container(horizontal=True, gap="small"):
        if progress.arrived:
            st.button(words["take"], key="phone.take", on_click=shown.session.end)
        if st.button(words["stop"], key="phone.stop"):
            put_away()
            st.rerun()


def _state(progress: Progress) -> str:
    words = phone_settings()
    if progress.arrived:
        return filled(words.counted["arrived"], count=progress.arrived)
    return words.computer["connected" if progress.connected else "waiting"]


def _time_left(progress: Progress) -> str:
    minutes = math.ceil(progress.left_s / 60)
    return filled(phone_settings().counted["left"], minutes=minutes)
