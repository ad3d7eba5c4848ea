"""Frozen dataclasses to plain dicts, lists, strings and numbers for JSON, and back."""

from __future__ import annotations

import dataclasses
import types
import typing
from importlib import resources
from typing import Any, Literal, TypeVar

Kind = TypeVar("Kind")

# What `from_plain` raises for data that are not of the kind.
NOT_THE_KIND = (KeyError, TypeError, ValueError, AttributeError)


def to_plain(value: object) -> dict[str, Any]:
    """A dataclass as plain data; :func:`from_plain` is the inverse."""
    plain = _plain(value)
    assert isinstance(plain, dict)
    return plain


def from_plain(kind: type[Kind], data: Any) -> Kind:
    """`data` as the dataclass `kind`; raises one of :data:`NOT_THE_KIND` when it is none."""
    built = _rebuild(kind, data)
    assert isinstance(built, kind)
    return built


def _plain(value: object) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value


def _rebuild(kind: Any, data: Any) -> Any:
    """`data` as the annotated type `kind` (dataclass, tuple, dict, optional or plain)."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = typing.get_type_hints(kind)
        return kind(
            **{f.name: _rebuild(hints[f.name], data[f.name]) for f in dataclasses.fields(kind)}
        )
    if origin in (typing.Union, types.UnionType):
        inner = next(a for a in arguments if a is not type(None))
        return None if data is None else _rebuild(inner, data)
    if origin is tuple:
        variadic = len(arguments) == 2 and arguments[1] is Ellipsis
        kinds = [arguments[0]] * len(data) if variadic else arguments
        return tuple(_rebuild(k, item) for k, item in zip(kinds, data, strict=True))
    if origin is dict:
        return {key: _rebuild(arguments[1], item) for key, item in data.items()}
    if origin is Literal:
        if data not in arguments:
            raise ValueError(f"{data!r} is not one of {arguments}")
        return data
    return _plain_scalar(kind, data)


def _plain_scalar(kind: type, data: Any) -> Any:
    if kind is float and isinstance(data, (int, float)) and not isinstance(data, bool):
        return float(data)
    if not isinstance(data, kind):
        raise TypeError(f"{data!r} is not {kind.__name__}")
    return data


def result_schema_text() -> str:
    """JSON Schema (2020-12) of :meth:`posture.result.Result.to_dict`, as it is published."""
    schema = resources.files("posture").joinpath("data/result.schema.json")
    return schema.read_text(encoding="utf-8")
