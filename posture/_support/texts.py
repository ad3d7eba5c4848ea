"""The sentences shown to people: ``data/texts.toml``, and ``data/app.toml`` for the pages."""

from __future__ import annotations

from typing import Any

from posture._support.tables import plain_table


def texts() -> dict[str, Any]:
    """All sentences but those of the pages, nested as in the file."""
    return plain_table("texts")


def page_texts() -> dict[str, Any]:
    """All sentences of the pages, nested as in the file."""
    return plain_table("app")


def band_words(bands: str) -> str:
    """A band, or the first and last of several, in words: "typical to borderline deep"."""
    return " to ".join(texts()["band"][name] for name in bands.split("/"))
