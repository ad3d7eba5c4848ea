"""Watches the connection to the program, and tells of it in words of this program."""

from __future__ import annotations

from posture._support.language import language
from posture._support.texts import page_texts
from posture.app.components.declare import declared
from posture.app.presence import PATH, TAB_HEADER, own_tab


def connection() -> None:
    """Watch, on every page."""
    data = {
        "tab": own_tab(),
        "path": PATH,
        "header": TAB_HEADER,
        "language": language(),
        "words": page_texts()["connection"],
    }
    declared("connection", '<div class="connection" role="alert"></div>')(
        data=data, key="connection"
    )
