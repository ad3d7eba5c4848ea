"""The one reader of data files: ``data/NAME.toml`` as a plain dict or as a frozen dataclass.

Each file is read and rebuilt once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from posture._support.files import read_document
from posture._support.plain import NotTheKind, from_plain

Kind = TypeVar("Kind")
# Ranges in data files: lowest and highest; first, end and step, as numpy.arange takes them.
Span = tuple[float, float]
Spaced = tuple[float, float, float]

MAX_BYTES = 1_000_000
_FOLDER = Path(__file__).resolve().parents[1] / "data"


def as_it_is(table: dict[str, Any]) -> dict[str, Any]:
    """`table`, unchanged."""
    return table


def data_table(
    name: str,
    kind: type[Kind],
    prepared: Callable[[dict[str, Any]], dict[str, Any]] = as_it_is,
) -> Kind:
    """``data/NAME.toml`` as `kind`, whose fields are those of the file.

    Args:
        name: of the file, without its ending.
        kind: a frozen dataclass, or a dict of them.
        prepared: what the plain table goes through first.

    Raises:
        NotTheKind: when a key is missing, unknown or holds something else; names file and key.
    """
    return cast("Kind", _built(name, cast("Any", kind), prepared))


@cache
def plain_table(name: str) -> dict[str, Any]:
    """``data/NAME.toml``, nested as in the file."""
    import tomllib

    return tomllib.loads(data_text(f"{name}.toml"))


def data_text(file: str) -> str:
    """The content of a data file."""
    return (_FOLDER / file).read_text(encoding="utf-8")


def read_toml(path: Path) -> dict[str, Any]:
    """A file of the user's own.

    Raises:
        OSError: when it cannot be read.
        ValueError: when it is no TOML file.
    """
    import tomllib

    return tomllib.loads(read_document(path, MAX_BYTES).decode("utf-8"))


@cache
def _built(name: str, kind: Any, prepared: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    try:
        return from_plain(kind, prepared(plain_table(name)), by_hand=True)
    except NotTheKind as error:
        raise NotTheKind(f"data/{name}.toml: {error}") from error
