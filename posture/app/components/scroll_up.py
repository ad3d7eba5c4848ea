"""Brings the top of the page into view once, when a new reading has come."""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

_SCRIPT = """
export default function ({ data }) {
  if (window.postureScrolledFor === data) return;
  window.postureScrolledFor = data;
  document.querySelector('[data-testid="stMain"]')?.scrollTo({ top: 0 });
}
"""


def scroll_up(reading: str) -> None:
    """Scroll up if `reading`, any name for it, was not shown in this browser tab before."""
    _component()(data=reading, key="scroll_up", height=1)


@cache
def _component() -> Any:
    return st.components.v2.component("posture_scroll_up", js=_SCRIPT)
