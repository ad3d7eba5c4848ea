"""The sentences shown to people: ``data/texts.toml``, and ``data/app.toml`` for the pages.

They come in the language of :mod:`posture._support.language`.
"""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Real
from string import Formatter
from typing import Any

from posture._support.language import in_language, language_codes, plural_form, printed
from posture._support.tables import plain_table

# Words with {placeholders}; or for each plural form of the language (one, other, …) its own, by the
# placeholder `count`, or by the one that `of` names.
Sentence = str | Mapping[str, str]


def texts() -> dict[str, Any]:
    """All sentences but those of the pages, nested as in the file."""
    return plain_table("texts")


def page_texts() -> dict[str, Any]:
    """All sentences of the pages, nested as in the file."""
    return plain_table("app")


def language_names() -> dict[str, str]:
    """How each language calls itself, by its code."""
    names = {}
    for code in language_codes():
        with in_language(code):
            names[code] = str(plain_table("language")["name"])
    return names


def filled(sentence: Sentence, **values: Any) -> str:
    """The sentence with its placeholders filled, numbers as the language writes them."""
    if not isinstance(sentence, str):
        form = plural_form(values[sentence.get("of", "count")])
        sentence = sentence.get(form, sentence["other"])
    return _FORMATTER.format(sentence, **values)


def problem(sentences: Mapping[str, Sentence], **values: Any) -> tuple[str, str]:
    """The sentences `reason` and `fix` of a problem, filled: what a PostureError is made of."""
    return filled(sentences["reason"], **values), filled(sentences["fix"], **values)


def band_words(bands: str) -> str:
    """A band, or the first and last of several, in words: "typical to borderline deep"."""
    return _from_to(bands, texts()["band"])


def short_band_words(bands: str) -> str:
    """As :func:`band_words`, with the short names that stand on gauges."""
    return _from_to(bands, texts()["overlay"]["band_short"])


def reading_from(count: int, counted: int) -> str:
    """Of how many photos a reading is, and whether the first one is among them."""
    form = "reading_from" if counted == count else "reading_without_first"
    return filled(page_texts()["check"][form], count=count, counted=counted)


def _from_to(bands: str, names: Mapping[str, str]) -> str:
    first, *others = (names[name] for name in bands.split("/"))
    return filled(texts()["bands"], first=first, last=others[-1]) if others else first


class _Formatter(Formatter):
    """Formats as ``str.format``, with the decimal sign of the language."""

    def format_field(self, value: Any, format_spec: str) -> str:
        text = str(format(value, format_spec))
        return printed(text) if isinstance(value, Real) else text


_FORMATTER = _Formatter()
