"""Pages that follow from the program itself: its commands, the data it gives, its public names."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import posture
from posture.cli.grammar import build_parser, every_command
from posture.cli.schema import result_schema
from posture.interchange.dictionary import (
    Entry,
    TableName,
    dictionary,
    missing_meaning,
    table_meaning,
)

KIND_OF_COLUMN = {
    "text": "text",
    "number": "number",
    "whole": "whole number",
    "truth": "true or false",
}
# The fields of the JSON have tables of their own on that page.
TITLE_OF: dict[TableName, str] = {
    "results": "Columns of a batch",
    "visits": "Columns of visits",
    "changes": "Columns of changes",
    "saved": "Columns of what the page saves",
    "history": "Columns of a history",
}


def pages() -> dict[str, str]:
    """Markdown by the name of its page."""
    return {"commands": commands_page(), "data": data_page(), "python": python_page()}


def write_pages(folder: Path) -> None:
    """Write each page, unless it says that already."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        path = folder / f"{name}.md"
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def commands_page() -> str:
    """Every command with all its options, as ``--help`` prints them."""
    parser = build_parser()
    parts = ["# Commands", _printed(parser.format_help())]
    for name, command in every_command(parser).items():
        parts += [f"## posture {name}", _printed(command.format_help())]
    return "\n\n".join(parts) + "\n"


def data_page() -> str:
    """Every field of a result, and every column of a table."""
    schema = result_schema()
    defined = schema["$defs"]
    parts = [
        "# Data dictionary",
        "What `posture analyze --json` prints for a photo, `posture schema` as a JSON Schema, and "
        "`Result.to_dict()` in Python. `null` stands where nothing was measured, never 0.",
        "\n".join(_table(("field", "holds", "meaning"), _fields(schema["properties"], defined))),
    ]
    for name, part in defined.items():
        if "properties" in part:
            rows = _fields(part["properties"], defined)
            parts += [f"## {name}", part.get("description", "")]
            parts += ["\n".join(_table(("field", "holds", "meaning"), rows))]
    for table, title in TITLE_OF.items():
        columns = map(_column, dictionary()[table])
        parts += [
            f"## {title}",
            f"{table_meaning(table)} Missing: {missing_meaning()}",
            "\n".join(_table(("column", "holds", "unit", "meaning"), columns)),
        ]
    return "\n\n".join(part for part in parts if part) + "\n"


def python_page() -> str:
    """Every public name of ``import posture``, by its docstring."""
    names = [name for name in posture.__all__ if name != "__version__"]
    public = {name: getattr(posture, name) for name in names}
    errors = [name for name, item in public.items() if _is_error(item)]
    classes = [name for name, item in public.items() if inspect.isclass(item)]
    functions = [name for name in names if name not in classes]
    parts = [
        "# Python",
        inspect.getdoc(posture) or "",
        "## Functions",
        *(_directive("autofunction", name) for name in functions),
        "## Classes",
        *(_directive("autoclass", name) for name in classes if name not in errors),
        "## Errors",
        *(_directive("autoexception", name) for name in errors),
    ]
    return "\n\n".join(parts) + "\n"


def _is_error(item: object) -> bool:
    return inspect.isclass(item) and issubclass(item, Exception)


def _directive(kind: str, name: str) -> str:
    members = "   :members:\n" if kind == "autoclass" else ""
    return f"```{{eval-rst}}\n.. {kind}:: posture.{name}\n{members}```"


def _column(entry: Entry) -> tuple[str, ...]:
    holds = ", ".join(f"`{choice}`" for choice in entry.choices) or KIND_OF_COLUMN[entry.kind]
    low, high = entry.minimum, entry.maximum
    if low is not None:
        holds += f", {low:g} or more" if high is None else f", {low:g} to {high:g}"
    unit = f"{entry.unit_words} (`{entry.unit}`)" if entry.unit else ""
    return f"`{entry.name}`", holds, unit, entry.meaning


def _printed(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```"


def _table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"


def _fields(
    properties: Mapping[str, Any], defined: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    for name, said in properties.items():
        yield f"`{name}`", _holds(said, defined), said.get("description", "")


def _holds(said: Mapping[str, Any], defined: Mapping[str, Any]) -> str:
    """What a value may be, in a few words."""
    if "$ref" in said:
        name = said["$ref"].rpartition("/")[2]
        if "properties" in defined[name]:
            return f"[{name}](#{name.replace('_', '-')})"
        return _holds(defined[name], defined)
    if "anyOf" in said:
        return " or ".join(_holds(one, defined) for one in said["anyOf"])
    if "enum" in said:
        return ", ".join("null" if word is None else f"`{word}`" for word in said["enum"])
    if "const" in said:
        return f"`{said['const']}`"
    if isinstance(said.get("items"), dict):
        return f"list of {_holds(said['items'], defined)}"
    kind = said.get("type", "anything")
    return " or ".join(kind) if isinstance(kind, list) else str(kind)
