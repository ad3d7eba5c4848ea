"""What people see, and what is logged, when the program itself fails."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import streamlit as st

from posture._support.texts import page_texts

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
    log.error(brief(error))
    st.error(page_texts()["error"]["unexpected"])
    return True


def brief(error: BaseException) -> str:
    """The kind of an error and the line it came from, without a path."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return type(error).__name__
    return f"{type(error).__name__} in {Path(frames[-1].filename).name}, line {frames[-1].lineno}"


def log_briefly() -> None:
    """Have every logger of this process, Streamlit's too, write :func:`brief` for a traceback."""
    make = logging.getLogRecordFactory()

    def without_traceback(*values: Any, **named: Any) -> logging.LogRecord:
        record = make(*values, **named)
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            record.msg, record.args = f"{record.getMessage()}: {brief(error)}", ()
            record.exc_info = None
        return record

    logging.setLogRecordFactory(without_traceback)
