"""The one reader of data files: ``data/NAME.toml`` as a plain dict or as a frozen dataclass.

Over the sentences of a file are laid those of the language that is spoken, if it has them:
``data/languages/CODE/NAME.toml``, which holds sentences alone.  Each file is read and rebuilt once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from posture._support.files import read_document
from posture._support.language import ENGLISH, language
from posture._support.plain import NotTheKind, from_plain

Kind = TypeVar("Kind")
# Ranges in data files: lowest and highest; first, end and step, as numpy.arange takes them.
Span = tuple[float, float]
Spaced = tuple[float, float, float]

MAX_BYTES = 1_000_000
# Every sentence with plural forms has this one.
_OTHER = "other"
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
    return cast("Kind", _built(name, _language_of(name), cast("Any", kind), prepared))


def plain_table(name: str) -> dict[str, Any]:
    """``data/NAME.toml``, nested as in the file."""
    return _spoken(name, _language_of(name))


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
def _built(
    name: str, code: str, kind: Any, prepared: Callable[[dict[str, Any]], dict[str, Any]]
) -> Any:
    try:
        return from_plain(kind, prepared(_spoken(name, code)), by_hand=True)
    except NotTheKind as error:
        where = f"data/{name}.toml" if code == ENGLISH else f"data/{_path_in(code, name)}"
        raise NotTheKind(f"{where}: {error}") from error


def _language_of(name: str) -> str:
    """The language of that file: English for numbers, and where nobody has translated it."""
    code = language()
    return code if code == ENGLISH or _translated(name, code) else ENGLISH


@cache
def _translated(name: str, code: str) -> bool:
    return (_FOLDER / _path_in(code, name)).is_file()


def _path_in(code: str, name: str) -> str:
    return f"languages/{code}/{name}.toml"


@cache
def _spoken(name: str, code: str) -> dict[str, Any]:
    import tomllib

    english = tomllib.loads(data_text(f"{name}.toml"))
    if code == ENGLISH:
        return english
    sentences = tomllib.loads(data_text(_path_in(code, name)))
    laid: dict[str, Any] = laid_over(english, sentences)
    return laid


def laid_over(base: Any, sentences: Any) -> Any:
    """`base` with these sentences in the place of its own; what `base` does not know is left out.

    Tables are laid over tables; a list of tables by their `key`, or by their place where they have
    none; every other list as a whole.  A sentence may have plural forms in one language and none in
    another.
    """
    if isinstance(base, dict) and isinstance(sentences, dict):
        if _OTHER in base:
            return sentences
        known = base.keys() & sentences.keys()
        return base | {name: laid_over(base[name], sentences[name]) for name in known}
    if isinstance(base, list) and isinstance(sentences, list) and isinstance(base[0], dict):
        by_key = {item.get("key", place): item for place, item in enumerate(sentences)}
        return [
            laid_over(item, by_key.get(item.get("key", place), {}))
            for place, item in enumerate(base)
        ]
    return sentences
