"""Records to plain dicts, lists, strings and numbers for JSON and TOML, and back.

A record is a frozen dataclass or a NamedTuple; a program with many kinds of them starts the sooner
the more of them are NamedTuples, for Python makes one in a tenth of the time.
"""

from __future__ import annotations

import dataclasses
import reprlib
import types
import typing
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from typing import Any, Literal, NoReturn, TypeVar, cast

Kind = TypeVar("Kind")

_KEY = "plain key"
_LATER = "added later"
_WORDS = {float: "a number", int: "a whole number", str: "a text", bool: "true or false"}


class NotTheKind(ValueError):
    """Data that are not of the kind asked for; the message says where, as in ``bands.m[1]``."""


def stored_as(key: str) -> dict[str, str]:
    """Metadata of a field that plain data hold under another key.

    A file calls a list of tables ``step``, its dataclass calls them ``steps``::

        steps: tuple[Step, ...] = field(metadata=stored_as("step"))
    """
    return {_KEY: key}


def added_later() -> dict[str, bool]:
    """Metadata of a field with a default that data kept by an earlier release do not have."""
    return {_LATER: True}


def to_plain(value: object) -> dict[str, Any]:
    """A record as plain data; :func:`from_plain` is the inverse."""
    plain = _plain(value)
    assert isinstance(plain, dict)
    return plain


def from_plain(kind: type[Kind], data: Any, *, by_hand: bool = False) -> Kind:
    """`data` as `kind`.

    Args:
        kind: a record, or a dict of such; fields may be records, tuples, mappings, literals,
            optional, and whatever ``isinstance`` can tell.
        data: as :func:`to_plain` gives them.
        by_hand: whether a person wrote them.  Then a field that has a default may be left out,
            and a key that is no field is a slip of the pen; else every field has to be there, and
            a key that is none, as another version of the program may write it, is passed over.

    Raises:
        NotTheKind: when `data` are something else.
    """
    return cast("Kind", _rebuild(kind, data, "", by_hand))


def _plain(value: object) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {_key(f): _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key: _plain(item) for key, item in value._asdict().items()}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value


def _rebuild(kind: Any, data: Any, at: str, by_hand: bool) -> Any:
    """`data` as the annotated type `kind`; `at` is where they stand, for messages."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if dataclasses.is_dataclass(kind) or hasattr(kind, "_fields"):
        return _record(kind, data, at, by_hand)
    if origin in (typing.Union, types.UnionType):
        return None if data is None else _one_of(arguments, data, at, by_hand)
    if origin is tuple:
        return _tuple(arguments, data, at, by_hand)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key_kind, item_kind = arguments
        return {
            _rebuild(key_kind, key, at, by_hand): _rebuild(item_kind, item, _in(at, key), by_hand)
            for key, item in _table(data, at).items()
        }
    if origin is Literal:
        if data not in arguments:
            _refuse(at, f"{reprlib.repr(data)} is not one of {', '.join(map(str, arguments))}")
        return data
    return _scalar(kind, data, at)


def _one_of(kinds: tuple[Any, ...], data: Any, at: str, by_hand: bool) -> Any:
    """`data` as the first of these types that it fits."""
    *others, last = (kind for kind in kinds if kind is not type(None))
    for kind in others:
        with suppress(NotTheKind):
            return _rebuild(kind, data, at, by_hand)
    return _rebuild(last, data, at, by_hand)


def _record(kind: Any, data: Any, at: str, by_hand: bool) -> Any:
    table, fields = _table(data, at), _fields(kind)
    missing = [
        _in(at, field.key)
        for field in fields
        if field.key not in table and not (field.has_default and (by_hand or field.added_later))
    ]
    known = {field.key for field in fields}
    unknown = [_in(at, key) for key in table if key not in known] if by_hand else []
    wrong = [
        f"{word} {', '.join(keys)}"
        for word, keys in (("missing", missing), ("unknown", unknown))
        if keys
    ]
    if wrong:
        raise NotTheKind("; ".join(wrong))
    values = {
        field.name: _rebuild(field.kind, table[field.key], _in(at, field.key), by_hand)
        for field in fields
        if field.key in table
    }
    try:
        return kind(**values)
    except ValueError as error:
        _refuse(at, str(error))


class _Field(typing.NamedTuple):
    """One field of a record; `key` is its name in plain data."""

    key: str
    name: str
    kind: Any
    has_default: bool
    added_later: bool


@cache
def _fields(kind: Any) -> tuple[_Field, ...]:
    hints = typing.get_type_hints(kind)
    if dataclasses.is_dataclass(kind):
        return tuple(
            _Field(_key(f), f.name, hints[f.name], _has_default(f), _LATER in f.metadata)
            for f in dataclasses.fields(kind)
        )
    optional = kind._field_defaults
    return tuple(_Field(name, name, hints[name], name in optional, False) for name in kind._fields)


def _key(field: dataclasses.Field[Any]) -> str:
    return str(field.metadata.get(_KEY, field.name))


def _has_default(field: dataclasses.Field[Any]) -> bool:
    defaults = (field.default, field.default_factory)
    return any(item is not dataclasses.MISSING for item in defaults)


def _tuple(kinds: tuple[Any, ...], data: Any, at: str, by_hand: bool) -> tuple[Any, ...]:
    if not isinstance(data, (list, tuple)):
        _refuse(at, f"{reprlib.repr(data)} is not a list")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        kinds = (kinds[0],) * len(data)
    if len(data) != len(kinds):
        _refuse(at, f"{reprlib.repr(data)} has not {len(kinds)} items")
    return tuple(
        _rebuild(kind, item, f"{at}[{number}]", by_hand)
        for number, (kind, item) in enumerate(zip(kinds, data, strict=True))
    )


def _table(data: Any, at: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        _refuse(at, f"{reprlib.repr(data)} is not a table")
    return data


def _scalar(kind: Any, data: Any, at: str) -> Any:
    is_truth = isinstance(data, bool)
    if kind is float and isinstance(data, (int, float)) and not is_truth:
        return float(data)
    if not isinstance(data, kind) or (is_truth and kind is int):
        _refuse(at, f"{reprlib.repr(data)} is not {_WORDS.get(kind, kind.__name__)}")
    return data


def _in(at: str, key: object) -> str:
    return f"{at}.{key}" if at else str(key)


def _refuse(at: str, problem: str) -> NoReturn:
    raise NotTheKind(f"{at}: {problem}" if at else problem)
