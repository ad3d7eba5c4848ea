"""JSON Schema (2020-12) of a dataclass, from its annotations and its docstrings."""

from __future__ import annotations

import inspect
import re
import typing
from typing import Any, Literal

from posture._support.described import Allowed, Described, described, fields_of

Schema = dict[str, Any]

_TYPE_OF = {str: "string", float: "number", int: "integer", bool: "boolean"}


def json_schema(record: type) -> Schema:
    """The schema of `record` as :func:`posture._support.plain.to_plain` writes it.

    Every other dataclass and every shared type that it is made of gets an entry in ``$defs``.  A
    dataclass is described by its docstring, up to the first section.
    """
    definitions: Schema = {}
    return {**_object(record, definitions), "$defs": definitions}


def _object(record: type, definitions: Schema) -> Schema:
    fields = fields_of(record)
    return {
        "description": _summary(record),
        "type": "object",
        "properties": {name: _field(field, definitions) for name, field in fields.items()},
        "required": list(fields),
        "additionalProperties": False,
    }


def _field(field: Described, definitions: Schema) -> Schema:
    meaning = {"description": field.meaning} if field.meaning else {}
    schema = _type(field, definitions)
    return meaning | (_or_null(schema) if field.optional else schema) | _limits(field.allowed)


def _type(field: Described, definitions: Schema) -> Schema:
    if field.shared is not None:
        meaning = {"description": field.shared.meaning}
        definitions.setdefault(field.shared.name, meaning | _plain_type(field.kind, definitions))
        return _reference(field.shared.name)
    if field.record is not None:
        name = _name(field.record)
        if name not in definitions:
            definitions[name] = {}  # keeps its place before those it is made of
            definitions[name] |= _object(field.record, definitions)
        return _reference(name)
    return _plain_type(field.kind, definitions)


def _plain_type(kind: Any, definitions: Schema) -> Schema:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is dict:
        values = _type(described(arguments[1]), definitions)
        return {"type": "object", "additionalProperties": values}
    if origin is tuple:
        array = {"type": "array", "items": _type(described(arguments[0]), definitions)}
        if arguments[-1] is Ellipsis:
            return array
        return {**array, "minItems": len(arguments), "maxItems": len(arguments)}
    return {"type": _TYPE_OF[kind]}


def _or_null(schema: Schema) -> Schema:
    if "enum" in schema:
        return {"enum": [*schema["enum"], None]}
    if "type" in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _limits(allowed: Allowed) -> Schema:
    return {name: limit for name, limit in vars(allowed).items() if limit is not None}


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _name(record: type) -> str:
    """``CurvePoints`` is called curve_points, ``Landmark2D`` landmark."""
    words = re.findall(r"[A-Z][a-z]+", record.__name__)
    return "_".join(words).lower()


def _summary(record: type) -> str:
    text = re.split(r"\n\n\w+:\n", inspect.getdoc(record) or "")[0]
    return " ".join(text.split())
