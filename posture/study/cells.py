"""Tables of a study, line by line, as this program and spreadsheets write them."""

from __future__ import annotations

import csv
import io
import math
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from posture._support.files import (
    make_private_file,
    output_failed,
    read_document,
    write_atomically,
)
from posture._support.outside import cell
from posture.errors import InvalidInput

MAX_BYTES = 100_000_000
_DELIMITERS = ",;\t"
_FIX = "Save it as CSV in UTF-8, with the columns as they were."
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Line:
    """One line of a table.

    Attributes:
        file: the table.
        number: of the line; the first line of the file is 1.
        cells: their texts by the names of the columns.
    """

    file: Path
    number: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """What stands in a column.

        Raises:
            InvalidInput: with file and line when nothing does.
        """
        text = self.cells[column]
        if not text:
            raise self.wrong(f"{column} is empty", f"Write the {column}.")
        return text

    def whole(self, column: str) -> int:
        """The whole number in a column; raises like :meth:`text`."""
        text = self.text(column)
        try:
            return int(text)
        except ValueError as error:
            raise self.wrong(f"{column} is {text!r}", "Write a whole number.") from error

    def number_in(self, column: str) -> float | None:
        """The number in a column, None where it is empty.

        Raises:
            InvalidInput: with file and line when it is something else.
        """
        text = self.cells[column]
        if not text:
            return None
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise self.wrong(f"{column} is {text!r}", "Write a number.")
        return number

    def time(self, column: str) -> datetime:
        """The day or time in a column, as ISO 8601 writes it; raises like :meth:`text`."""
        text = self.text(column)
        try:
            return datetime.fromisoformat(text)
        except ValueError as error:
            raise self.wrong(f"{column} is {text!r}", "Write 2026-03-21T10:30:00.") from error

    def understood(self, read: Callable[[], Answer]) -> Answer:
        """What `read` gives; where it finds something wrong, it is told with file and line."""
        try:
            return read()
        except InvalidInput as error:
            raise InvalidInput(f"{self._place}: {error.reason}", error.fix) from error

    def wrong(self, what: str, fix: str) -> InvalidInput:
        """The error that says what is wrong here."""
        return InvalidInput(f"{self._place}: {what}.", fix)

    @property
    def _place(self) -> str:
        return f"{self.file}, line {self.number}"


@dataclass(frozen=True)
class TableFile:
    """A whole table.

    Attributes:
        columns: their names, in order.
        delimiter: between its cells.
        lines: all but the first, which names the columns; none of them is empty.
    """

    columns: tuple[str, ...]
    delimiter: str
    lines: tuple[Line, ...]


def read_table(path: Path, needed: Sequence[str]) -> TableFile:
    """A table; texts without the blanks around them.

    Args:
        path: of it.
        needed: columns that it must have.

    Raises:
        InvalidInput: when it cannot be read, or a column is missing or there twice.
    """
    try:
        text = read_document(path, MAX_BYTES).decode("utf-8-sig")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror or error}.", _FIX) from error
    except UnicodeError as error:
        raise InvalidInput(f"{path} is not in UTF-8.", _FIX) from error
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = tuple(name.strip() for name in next(reader, []))
        _require_columns(path, columns, needed)
        lines = tuple(_lines(path, columns, reader))
    except csv.Error as error:
        raise InvalidInput(f"{path}, line {reader.line_num}: {error}.", _FIX) from error
    return TableFile(columns, delimiter, lines)


def table_text(
    columns: Sequence[str], rows: Sequence[Sequence[object]], delimiter: str = ","
) -> str:
    """A table; None is an empty cell, and what a spreadsheet would compute stands as text."""
    return "".join(row_text(row, delimiter) for row in (columns, *rows))


def row_text(row: Sequence[object], delimiter: str = ",") -> str:
    """One line of a table, with its end."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator="\n").writerow(
        "" if item is None else cell(f"{item}") for item in row
    )
    return file.getvalue()


def append_rows(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> None:
    """Write rows at the end of a table, all at once, and have them on the disk.

    A table that somebody has saved with other columns or delimiters keeps them.

    Args:
        path: of the table; it is begun where there is none.
        columns: that it has at least.
        rows: cells by the names of columns.

    Raises:
        InvalidInput: when what is there is no such table.
        OutputFailed: when it cannot be written.
    """
    try:
        with suppress(FileExistsError):
            write_new(path, row_text(columns))
        table = read_table(path, columns)
        lines = [[row.get(name) for name in table.columns] for row in rows]
        text = "".join(row_text(line, table.delimiter) for line in lines)
        with open(path, "r+b") as file:
            if file.seek(-1, os.SEEK_END) and file.read(1) != b"\n":
                text = f"\n{text}"
        with open(path, "ab", buffering=0) as file:
            file.write(text.encode())
            os.fsync(file.fileno())
    except OSError as error:
        raise output_failed(path, error) from error


def write_lines(path: Path, table: TableFile, lines: Iterable[Mapping[str, str]]) -> None:
    """Give the table at `path` other lines; its columns and delimiter stay.

    Args:
        path: of the table.
        table: as it was read.
        lines: the cells of each by the names of all its columns.

    Raises:
        OutputFailed: when it cannot be written.
    """
    rows = [[cells[name] for name in table.columns] for cells in lines]
    text = table_text(table.columns, rows, table.delimiter)
    write_atomically(path, text.encode(), replace=True)


def write_new(path: Path, text: str) -> None:
    """A new file; raises FileExistsError where one is."""
    make_private_file(path)
    with open(path, "wb") as file:
        file.write(text.encode())


def _require_columns(path: Path, columns: Sequence[str], needed: Sequence[str]) -> None:
    missing = [name for name in needed if name not in columns]
    if missing:
        raise InvalidInput(f"{path} has no column {', '.join(missing)}.", _FIX)
    named = [name for name in columns if name]
    if len(set(named)) < len(named):
        raise InvalidInput(f"{path} has two columns of one name.", _FIX)


def _lines(path: Path, columns: Sequence[str], reader: Iterator[list[str]]) -> Iterator[Line]:
    for row in reader:
        # A cell may hold line ends: the reader counts lines of the file.
        line = Line(path, reader.line_num, {})  # type: ignore[attr-defined]
        if not any(text.strip() for text in row):
            continue
        if len(row) != len(columns):
            raise line.wrong(f"{len(row)} cells for {len(columns)} columns", "Mend the line.")
        for name, text in zip(columns, row, strict=True):
            line.cells[name] = text.strip()
        yield line
