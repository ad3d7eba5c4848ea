"""The sentences shown to people, read from ``data/texts.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def texts() -> dict[str, Any]:
    """All sentences, nested as in the file."""
    content = resources.files("posture").joinpath("data/texts.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)


def band_words(bands: str) -> str:
    """A band or a pair of bands in words: "typical to borderline deep"."""
    return " to ".join(texts()["band"][name] for name in bands.split("/"))


@cache
def words() -> dict[str, Any]:
    """All sentences of the pages, nested as in the file."""
    content = resources.files("posture").joinpath("data/app.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)
