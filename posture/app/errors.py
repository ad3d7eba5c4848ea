"""What people see, and what is logged, when the program itself fails."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from posture.words import words

log = logging.getLogger("posture.app")


@contextmanager
def calm_errors() -> Iterator[None]:
    """Turn a failure inside the block into a sentence on the page.

    Streamlit would print the whole traceback, with paths of this computer, to the terminal.
    """
    try:
        yield
    except Exception as error:
        show_error(error)


def show_error(error: Exception) -> bool:
    """Say that something went wrong; the log gets the kind of error and the line, no more.

    A message may hold a path or a file's name, so it is written nowhere.
    """
    frame = traceback.extract_tb(error.__traceback__)[-1]
    log.error("%s in %s, line %s", type(error).__name__, Path(frame.filename).name, frame.lineno)
    st.error(words()["error"]["unexpected"])
    return True
