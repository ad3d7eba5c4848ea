"""Results as rows of a table: which columns there are, and what stands in them.

The columns follow from the fields of a record.  A measured value takes two, ``name`` and
``name_ci95``; the fields of a nested record take its name before their own.  CSV, Parquet and the
history choose from these columns; none of them names a field's parts again.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeVar

from posture._support.described import Described, fields_of
from posture._support.plain import from_plain
from posture.findings import Finding
from posture.result import Measured, Result

ColumnKind = Literal["text", "number", "whole", "truth"]
Cell = str | float | bool | None
Record = TypeVar("Record")

_KIND_OF: dict[type, ColumnKind] = {str: "text", float: "number", int: "whole", bool: "truth"}
# Nested records whose fields are unmistakable without their name before them.
_UNPREFIXED = ("alignment", "subject", "provenance")
_RENAMED = {"bands_slca": "band_slca", "bands_depth": "band_depth", "bands_verdict": "verdict"}


@dataclass(frozen=True)
class Column:
    """One column of a table of records.

    Attributes:
        name: its heading.
        kind: of its cells.
        path: the field that it shows, through nested records.
    """

    name: str
    kind: ColumnKind
    path: tuple[str, ...]

    @property
    def field(self) -> str:
        """The record's own field that it belongs to."""
        return self.path[0]

    def cell(self, record: object) -> Cell:
        """What stands in it for `record`; None where nothing was measured, never 0."""
        value: Any = record
        for name in self.path:
            value = None if value is None else getattr(value, name)
        if isinstance(value, tuple):
            return " ".join(item.code for item in value)
        return typing.cast("Cell", value)


def columns_of(record: type) -> tuple[Column, ...]:
    """The columns of a dataclass, in the order of its fields.

    Points, outlines and landmarks are no cells of a table and have none.
    """
    return _columns_of(record)


def cells_of(record: object) -> dict[str, Cell]:
    """The cells of a record by the names of their columns."""
    return {column.name: column.cell(record) for column in columns_of(type(record))}


def record_of(kind: type[Record], row: Mapping[str, Any]) -> Record:
    """Inverse of :func:`cells_of`, for records of plain and measured fields.

    Args:
        kind: of the record.
        row: may hold more than its columns; truth may be given as 0 and 1.
    """
    plain: dict[str, Any] = {}
    for column in columns_of(kind):
        value = row[column.name]
        if column.kind == "truth":
            value = bool(value)
        if len(column.path) == 1 or value is None:
            plain[column.field] = value
        else:
            plain.setdefault(column.field, {})[column.path[1]] = value
    return from_plain(kind, plain)


@cache
def result_columns() -> Mapping[str, Column]:
    """Everything that a table may tell of a result, by heading."""
    return {column.name: column for column in columns_of(Result)}


def headings_of(*fields: str) -> tuple[str, ...]:
    """The headings of these fields of a result, field by field."""
    return tuple(
        column.name for field in fields for column in columns_of(Result) if column.field == field
    )


def numbers_without(*fields: str) -> tuple[str, ...]:
    """The headings of all numbers that were found, but for these fields of a result."""
    left_out = ("subject", *fields)
    return tuple(
        column.name
        for column in columns_of(Result)
        if column.kind == "number" and column.field not in left_out
    )


@cache
def _columns_of(record: type) -> tuple[Column, ...]:
    return tuple(_columns(record, (), ""))


def _columns(record: type, path: tuple[str, ...], prefix: str) -> Iterator[Column]:
    for name, field in fields_of(record).items():
        here, heading = (*path, name), prefix + name
        heading = _RENAMED.get(heading, heading)
        if field.kind is Measured:
            yield Column(heading, "number", (*here, "value"))
            yield Column(f"{heading}_ci95", "number", (*here, "ci95"))
        elif field.record is not None:
            yield from _columns(field.record, here, "" if name in _UNPREFIXED else f"{heading}_")
        elif (kind := _cell_kind(field)) is not None:
            yield Column(heading, kind, here)


def _cell_kind(field: Described) -> ColumnKind | None:
    if typing.get_origin(field.kind) is Literal or field.kind == tuple[Finding, ...]:
        return "text"
    return _KIND_OF.get(field.kind)
