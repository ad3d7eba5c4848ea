"""What the fields of a record mean, said once, where the field is defined.

A field that is ``name: Annotated[Kind, "One sentence.", Allowed(minimum=0)]`` tells its meaning
and what its values may be.  JSON Schema and tables follow from it; nothing repeats it.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any


@dataclass(frozen=True)
class Allowed:
    """Which values of its type a field may have; None where nothing is said."""

    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None


@dataclass(frozen=True)
class Shared:
    """A type of its own that several fields have: its name and what it is."""

    name: str
    meaning: str


@dataclass(frozen=True)
class Described:
    """One annotation, taken apart.

    Attributes:
        kind: the type, without None.
        optional: whether it may also be None.
        meaning: one or two sentences; empty when the type says it all.
        allowed: what is said of its values.
        shared: the type's own name, if it has one.
    """

    kind: Any
    optional: bool
    meaning: str
    allowed: Allowed
    shared: Shared | None

    @property
    def record(self) -> type | None:
        """The type where it is a dataclass, else None."""
        kind = self.kind
        return kind if isinstance(kind, type) and dataclasses.is_dataclass(kind) else None


@cache
def fields_of(record: type) -> dict[str, Described]:
    """The fields of a dataclass by name, in order."""
    hints = typing.get_type_hints(record, include_extras=True)
    return {field.name: described(hints[field.name]) for field in dataclasses.fields(record)}


def described(annotation: Any) -> Described:
    """An annotation, taken apart."""
    kind, notes = _bare(annotation)
    optional = typing.get_origin(kind) in (typing.Union, types.UnionType)
    if optional:
        inner = next(one for one in typing.get_args(kind) if one is not type(None))
        kind, more = _bare(inner)
        notes += more
    return Described(
        kind=kind,
        optional=optional,
        meaning=next((note for note in notes if isinstance(note, str)), ""),
        allowed=next((note for note in notes if isinstance(note, Allowed)), Allowed()),
        shared=next((note for note in notes if isinstance(note, Shared)), None),
    )


def _bare(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """The type and what is noted beside it."""
    if typing.get_origin(annotation) is Annotated:
        kind, *notes = typing.get_args(annotation)
        return kind, tuple(notes)
    return annotation, ()
