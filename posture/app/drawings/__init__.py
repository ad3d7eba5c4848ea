"""The drawings of the pages, with their words in the language that is spoken."""

from __future__ import annotations

from html import escape
from importlib import resources
from string import Template
from typing import Literal

from posture._support.tables import plain_table

Drawing = Literal["stance", "method"]


def page_drawing(name: Drawing) -> str:
    """``<name>.svg`` beside this file, with the words of ``data/drawings.toml``."""
    file = resources.files("posture").joinpath(f"app/drawings/{name}.svg")
    words = {key: escape(word, quote=False) for key, word in plain_table("drawings")[name].items()}
    return Template(file.read_text(encoding="utf-8")).substitute(words)
