"""One loaded pose model for all tabs, in a process of its own; photos take turns."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from posture.app.navigation import LOADING, loaded_view, page_names
from posture.app.norms import page_norms
from posture.settings import Settings
from posture.worker import IsolatedAnalyzer


@st.cache_resource(show_spinner=False, on_release=IsolatedAnalyzer.close)
def shared_analyzer() -> IsolatedAnalyzer:
    """The analyzer of all tabs, started on first use."""
    analyzer = IsolatedAnalyzer(Settings(own_norms=page_norms()), side_by_side=True)
    analyzer.start()
    return analyzer


def warm_up() -> None:
    """Load everything that the first photo needs, before there is one, and then the other pages.

    What goes wrong here goes wrong again, and is told, when the first photo comes.
    """
    with suppress(Exception):
        shared_analyzer()
        with LOADING:
            import posture.report

            posture.report.load()
        for name in page_names():
            loaded_view(name)
