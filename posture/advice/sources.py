"""Where a statement comes from, as the data files name it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Source:
    """A study, a guideline or an article.

    Attributes:
        key: its name in the data file.
        short: how it is named in a sentence.
        text: how it is cited.
        link: where it can be read; empty when there is no public address.
    """

    key: str
    short: str
    text: str
    link: str


def parse_sources(table: Mapping[str, Any]) -> dict[str, Source]:
    """The ``[source.*]`` tables of a data file, by key."""
    return {
        key: Source(key, str(item["short"]), str(item["text"]), str(item["link"]))
        for key, item in table.items()
    }


def named(keys: Iterable[str], sources: Mapping[str, Source]) -> tuple[Source, ...]:
    """The sources of these keys; a key that is missing in the file is an error."""
    return tuple(sources[key] for key in keys)
