"""One loaded pose model for all tabs; photos take turns."""

from __future__ import annotations

import threading
from contextlib import suppress

import streamlit as st

import posture.report
from posture.analyzer import Analyzer
from posture.photo import Photo
from posture.quiet import native_stderr_silenced
from posture.result import Result
from posture.subject import Subject


class SharedAnalyzer:
    """An analyzer that several threads may use: one photo at a time."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        with native_stderr_silenced():
            self._analyzer = Analyzer()

    def measure(self, source: Photo | bytes, subject: Subject) -> Result:
        """The result of one photo."""
        with self._turn, native_stderr_silenced():
            return self._analyzer.analyze(source, subject)


@st.cache_resource(show_spinner=False)
def shared_analyzer() -> SharedAnalyzer:
    """The analyzer of this process, loaded on first use."""
    return SharedAnalyzer()


def warm_up() -> None:
    """Load everything that the first photo needs, before there is one.

    What goes wrong here goes wrong again, and is told, when the first photo comes.
    """
    with suppress(Exception):
        posture.report.load()
        shared_analyzer()
