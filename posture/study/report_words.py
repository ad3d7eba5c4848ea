"""The sentences and numbers of ``data/study_report.toml``.

A report is written for a manuscript: in English, with decimal points, whatever the language of the
pages.
"""

from __future__ import annotations

from typing import Any

from posture._support.tables import plain_table


def report_words() -> dict[str, Any]:
    """All of them, nested as in the file."""
    return plain_table("study_report")


def told(name: str, /, **values: object) -> str:
    """What the command says of what it wrote."""
    return str(report_words()["told"][name]).format(**values)
