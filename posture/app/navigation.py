"""The pages by name, for the navigation and for links between them."""

from __future__ import annotations

import threading
from importlib import import_module
from typing import Any

import streamlit as st

from posture._support.texts import page_texts
from posture.app.study import page_study

# In the order of the navigation; the first one is where people land.
NAMES = ("check", "live", "wall_test", "exercises", "progress", "method")
# Of a study alone: every other page shows numbers.
NAMES_OF_STUDY = ("study",)
# Held by whoever loads modules that another thread may be loading, too: the first tab and the
# warm-up come at the same time, and now and then one of them found a module that was half there.
LOADING = threading.RLock()


def page_names() -> tuple[str, ...]:
    """The names of the pages that there are."""
    return NAMES if page_study() is None else NAMES_OF_STUDY


def loaded_view(name: str) -> Any:
    """The module of a page; loaded by one thread at a time."""
    with LOADING:
        return import_module(f"posture.app.views.{name}")


def named_page(name: str) -> st.Page:
    """The page of that name: ``views/<name>.py`` with its function `page`.

    Its module is loaded when the page is opened, because pages link to each other, and because
    whoever comes to measure a photo need not wait for the charts of the progress page.
    """

    def page() -> None:
        loaded_view(name).page()

    return st.Page(
        page,
        title=page_texts()["frame"]["pages"][name],
        url_path=name.replace("_", "-"),
        default=name == page_names()[0],
    )


def all_pages() -> list[st.Page]:
    """All pages."""
    return [named_page(name) for name in page_names()]
