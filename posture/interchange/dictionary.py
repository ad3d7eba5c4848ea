"""The data dictionary: every column of every table, and every field of the JSON.

It follows from the fields of a result and from the tables themselves; ``data/dictionary.toml`` adds
units, and the columns that no field of a result has.
"""

from __future__ import annotations

import csv
import io
import re
import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal, NamedTuple, get_args

from posture import __version__
from posture._support.described import Allowed, Described, fields_of
from posture._support.outside import json_text
from posture._support.tables import data_table
from posture._support.texts import texts
from posture.batch.rows import COLUMNS as BATCH_COLUMNS
from posture.batch.visits import CHANGES, VISITS
from posture.history.exchange import PEOPLE_COLUMNS as HISTORY_COLUMNS
from posture.history.records import MAX_PAIN
from posture.pose.bundles import MODEL_NAMES
from posture.report.table import COLUMNS as SAVED_COLUMNS
from posture.result import Measured, Result
from posture.result_columns import ColumnKind, result_columns
from posture.settings import METHOD_VERSION
from posture.verdict.bands import VERDICTS

TableName = Literal["results", "visits", "changes", "saved", "history", "json"]
TABLE_NAMES: tuple[TableName, ...] = get_args(TableName)
# A list stands in the JSON alone.
EntryKind = Literal["text", "number", "whole", "truth", "list"]

_KIND_OF: dict[Any, EntryKind] = {str: "text", float: "number", int: "whole", bool: "truth"}
_NUMBERS = ("number", "whole")
_CI95, _AGAIN, _CHANGE = "_ci95", "_ci95_over_time", "_change"
# What tables tell beside a measured value, by the ends of their headings.
_OF_TWO = ("ci95_over_time", "change", "change_ci95", "change_counts")
# Texts whose choices their type does not tell.
_MODEL = "model"
_PAIN = "pain"
_NOT_NEGATIVE = Allowed(minimum=0)


class Unit(NamedTuple):
    """Unit of the numbers in whose names a pattern is found; see ``data/dictionary.toml``."""

    name: str
    code: str
    words: str


_NO_UNIT = Unit("", "", "")


class RedcapWords(NamedTuple):
    """What REDCap's dictionary says beside the columns; see ``data/dictionary.toml``."""

    record_label: str
    identifiers: tuple[str, ...]
    yes_or_no: str
    sections: dict[str, str]


class _Words(NamedTuple):
    """All of ``data/dictionary.toml``."""

    missing: str
    table: dict[str, str]
    measured: dict[str, str]
    unit: tuple[Unit, ...]
    always: dict[str, tuple[str, ...]]
    column: dict[str, dict[str, str]]
    redcap: RedcapWords


@dataclass(frozen=True)
class Entry:
    """One column of a table, or one field of the JSON.

    Attributes:
        table: which; "json" for a field, whose name is a path with dots.
        name: its heading.
        kind: of what stands in it.
        unit: as UCUM code; empty for what is no number.
        unit_words: the same in words.
        minimum, maximum: of a number; None where nothing is said.
        choices: the only texts there are; empty where any may stand.
        meaning: one or two sentences.
        optional: whether it may be missing.
    """

    table: TableName
    name: str
    kind: EntryKind
    unit: str
    unit_words: str
    minimum: float | None
    maximum: float | None
    choices: tuple[str, ...]
    meaning: str
    optional: bool


# Columns of the dictionary's own table.
HEADINGS = (
    "table",
    "column",
    "type",
    "unit",
    "unit_in_words",
    "minimum",
    "maximum",
    "choices",
    "meaning",
    "may_be_missing",
)


@cache
def dictionary() -> Mapping[TableName, tuple[Entry, ...]]:
    """Every table with its columns in order."""
    saved: dict[str, ColumnKind] = {"photo": "text"}
    saved |= {name: result_columns()[name].kind for name in SAVED_COLUMNS}
    return {
        "results": tuple(_entries("results", BATCH_COLUMNS)),
        "visits": tuple(map(_of_visit, _entries("visits", VISITS))),
        "changes": tuple(_entries("changes", CHANGES)),
        "saved": tuple(_entries("saved", saved)),
        "history": tuple(_entries("history", HISTORY_COLUMNS)),
        "json": tuple(_json_entries(Result, "")),
    }


def table_meaning(table: TableName) -> str:
    """What the table is and where it comes from."""
    return _words().table[table]


def missing_meaning() -> str:
    """What stands for a value that is not there, and what that means."""
    return _words().missing


def dictionary_csv() -> str:
    """The whole dictionary as a table."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADINGS)
    for entries in dictionary().values():
        writer.writerows(_csv_row(entry) for entry in entries)
    return stream.getvalue()


def dictionary_json() -> str:
    """The whole dictionary as one object."""
    tables = {
        name: {"meaning": table_meaning(name), "columns": [_plain(item) for item in entries]}
        for name, entries in dictionary().items()
    }
    document = {
        "program_version": __version__,
        "method_version": METHOD_VERSION,
        "units": "https://ucum.org",
        "missing": missing_meaning(),
        "disclaimer": texts()["disclaimer"],
        "tables": tables,
    }
    return json_text(document, indent=2) + "\n"


def redcap_words() -> RedcapWords:
    """What REDCap's dictionary says beside the columns."""
    return _words().redcap


def limit_text(limit: float | None) -> str:
    """A minimum or maximum as it stands in a table; empty where nothing is said."""
    return "" if limit is None else f"{limit:g}"


def unit_of(name: str) -> Unit:
    """The unit of a number by its name.

    Raises:
        KeyError: when ``data/dictionary.toml`` knows none.
    """
    value = name.removesuffix(_AGAIN).removesuffix(_CI95).removesuffix(_CHANGE)
    for unit in _words().unit:
        if re.search(unit.name, value):
            return unit
    raise KeyError(f"data/dictionary.toml tells no unit of {name}")


def _words() -> _Words:
    return data_table("dictionary", _Words)


def _entries(table: TableName, columns: Mapping[str, ColumnKind]) -> Iterator[Entry]:
    for name, kind in columns.items():
        yield _own(table, name, kind) or _of_result(table, name, kind)


def _of_visit(entry: Entry) -> Entry:
    """A column of visits: where the photos are of different people none has numbers."""
    return replace(entry, optional=entry.name not in _words().always[entry.table])


def _own(table: TableName, name: str, kind: ColumnKind) -> Entry | None:
    """A column that no field of a result has; None for others."""
    columns = _words().column
    meaning = columns[table].get(name) or columns["shared"].get(name)
    for part in _OF_TWO:
        if meaning is None and name.endswith(f"_{part}"):
            meaning = _words().measured[part].format(name=name.removesuffix(f"_{part}"))
    if meaning is None:
        return None
    allowed = _NOT_NEGATIVE if kind in _NUMBERS and not name.endswith(_CHANGE) else Allowed()
    if name == _PAIN:
        allowed = Allowed(minimum=0, maximum=MAX_PAIN)
    optional = name not in _words().always[table]
    return _entry(table, name, kind, allowed, (), meaning, optional=optional)


def _of_result(table: TableName, name: str, kind: ColumnKind) -> Entry:
    path = result_columns()[name].path
    steps = list(_steps(path))
    last = steps[-1]
    if len(steps) > 1 and steps[-2].kind is Measured:
        return _measured(table, name, steps[:-1], path[-1], last.allowed)
    meaning = _sentences(steps)
    optional = any(step.optional for step in steps)
    return _entry(table, name, kind, last.allowed, _choices(name, last), meaning, optional=optional)


def _measured(
    table: TableName, name: str, steps: list[Described], part: str, allowed: Allowed
) -> Entry:
    """Value or half-width of a measured number, whose own field tells what it is."""
    if part == "ci95":
        meaning = _words().measured["ci95"].format(name=name.removesuffix(_CI95))
    else:
        meaning = _sentences(steps)
    optional = any(step.optional for step in steps)
    return _entry(table, name, "number", allowed, (), meaning, optional=optional)


def _steps(path: Iterable[str]) -> Iterator[Described]:
    """The fields on the way from a result to a column."""
    record: type | None = Result
    for name in path:
        assert record is not None
        field = fields_of(record)[name]
        yield field
        record = field.record


def _sentences(steps: Iterable[Described]) -> str:
    return " ".join(step.meaning for step in steps if step.meaning)


def _choices(name: str, field: Described) -> tuple[str, ...]:
    if typing.get_origin(field.kind) is Literal:
        return tuple(get_args(field.kind))
    if field.shared is not None and field.shared.name == "band":
        return VERDICTS
    return tuple(MODEL_NAMES) if name.rpartition(".")[2] == _MODEL else ()


def _entry(
    table: TableName,
    name: str,
    kind: EntryKind,
    allowed: Allowed,
    choices: tuple[str, ...],
    meaning: str,
    *,
    optional: bool,
) -> Entry:
    unit = unit_of(name) if kind in _NUMBERS else _NO_UNIT
    return Entry(
        table,
        name,
        kind,
        unit.code,
        unit.words,
        allowed.minimum,
        allowed.maximum,
        choices,
        meaning,
        optional,
    )


def _json_entries(record: type, prefix: str, *, optional: bool = False) -> Iterator[Entry]:
    for name, field in fields_of(record).items():
        path, missing = f"{prefix}{name}", optional or field.optional
        inner, below = _inside(field)
        if field.kind is Measured:
            for part, described in fields_of(Measured).items():
                column = path if part == "value" else f"{path}{_CI95}"
                found = _measured("json", column, [field], part, described.allowed)
                yield replace(found, name=f"{path}.{part}", optional=missing)
        elif inner is not None:
            yield from _json_entries(inner, f"{path}{below}.", optional=missing)
        else:
            kind = _KIND_OF.get(field.kind, "list")
            if typing.get_origin(field.kind) is Literal:
                kind = "text"
            yield _entry(
                "json",
                path,
                kind,
                field.allowed,
                _choices(path, field),
                field.meaning or (field.shared.meaning if field.shared else ""),
                optional=missing,
            )


def _inside(field: Described) -> tuple[type | None, str]:
    """The record that a field holds, many or one, and what stands for its place in a path."""
    if field.record is not None:
        return field.record, ""
    for kind, place in ((dict, ".*"), (tuple, "[]")):
        if typing.get_origin(field.kind) is kind:
            held = get_args(field.kind)[kind is dict]
            if hasattr(held, "__dataclass_fields__"):
                return held, place
    return None, ""


def _csv_row(entry: Entry) -> tuple[str, ...]:
    return (
        entry.table,
        entry.name,
        entry.kind,
        entry.unit,
        entry.unit_words,
        limit_text(entry.minimum),
        limit_text(entry.maximum),
        " | ".join(entry.choices),
        entry.meaning,
        "yes" if entry.optional else "no",
    )


def _plain(entry: Entry) -> dict[str, object]:
    plain = dict(vars(entry))
    del plain["table"]
    return {**plain, "choices": list(entry.choices)}
