"""Where a statement comes from, as the data files name it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from posture._support.plain import NotTheKind


@dataclass(frozen=True)
class Source:
    """A study, a guideline or an article.

    Attributes:
        short: how it is named in a sentence.
        text: how it is cited.
        link: where it can be read; empty when there is no public address.
    """

    short: str
    text: str
    link: str


def with_sources(table: dict[str, Any]) -> dict[str, Any]:
    """`table` with what ``[source.KEY]`` says in place of each key.

    Keys stand in lists called ``sources``, or ``..._sources``.

    Raises:
        NotTheKind: when a key has no source.
    """
    shelf = table["source"]
    cited: dict[str, Any] = _cited(table, shelf)
    return cited


def _cited(value: Any, shelf: Mapping[str, Any], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _cited(item, shelf, name) for name, item in value.items()}
    if not isinstance(value, list):
        return value
    if not key.endswith("sources"):
        return [_cited(item, shelf) for item in value]
    if missing := [name for name in value if name not in shelf]:
        raise NotTheKind(f"{key} without a source of that key: {', '.join(missing)}")
    return [shelf[name] for name in value]
