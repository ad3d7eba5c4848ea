"""REDCap: its data dictionary for the table of a batch, and that table as it imports it.

The 18 columns and their rules are those of REDCap's own documentation of its data dictionary (names
of fields: a small letter, then small letters, digits and ``_``; the first field is the record's
name; ``code, label | code, label`` for choices; ``yesno`` fields take 1 and 0).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from posture._support.texts import band_words
from posture.errors import InvalidInput
from posture.interchange.dictionary import Entry, dictionary, limit_text, redcap_words
from posture.verdict.bands import VERDICTS

FORM = "posture"
RECORD = "record_id"
LONGEST_RECORD = 100
COMPLETE_FIELD, COMPLETE = f"{FORM}_complete", "2"
HEADINGS = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
)
_RECORD_COLUMN = "id"
_VALIDATION = {"number": "number", "whole": "integer"}
_TRUTH = {"True": "1", "False": "0"}
_FIX = "Give the results.csv of a batch."


class Import(NamedTuple):
    """A table for REDCap, and the columns that its dictionary does not know."""

    table: str
    left_out: tuple[str, ...]


def redcap_dictionary() -> str:
    """The data dictionary as REDCap takes it: one form with a field for each column of a batch."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, HEADINGS, restval="", lineterminator="\n")
    writer.writeheader()
    for entry in dictionary()["results"]:
        writer.writerow(_field(entry))
    return stream.getvalue()


def redcap_import(table: str) -> Import:
    """The table of a batch under the names and with the codes of :func:`redcap_dictionary`.

    Args:
        table: text of a ``results.csv``.

    Raises:
        InvalidInput: when it is none, has two records of one name, of which REDCap would keep the
            last alone, or a name that is too long.
    """
    rows = csv.DictReader(io.StringIO(table.lstrip("\N{BOM}")))
    entries = dictionary()["results"]
    known = {entry.name for entry in entries}
    found = tuple(rows.fieldnames or ())
    if missing := [entry.name for entry in entries if entry.name not in found]:
        raise InvalidInput(f"This table has no column {missing[0]}.", _FIX)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*(field_name(entry.name) for entry in entries), COMPLETE_FIELD])
    writer.writerows(_cells(entries, _once(rows)))
    return Import(stream.getvalue(), tuple(name for name in found if name not in known))


def field_name(column: str) -> str:
    """The name of a column in REDCap."""
    return RECORD if column == _RECORD_COLUMN else column


def code_of(choice: str) -> str:
    """The raw value of a choice: letters, digits and ``_``."""
    return choice.replace("/", "_to_")


def _once(rows: Iterable[Mapping[str, str]]) -> Iterable[Mapping[str, str]]:
    """The same rows; raises InvalidInput at the second one of a name, or a name too long."""
    seen: set[str] = set()
    for row in rows:
        name = row[_RECORD_COLUMN]
        if name in seen:
            raise InvalidInput(
                f"Two photos of this table are called {name!r}, and REDCap would keep one.",
                "Give each photo an id of its own in the manifest, and run the batch again.",
            )
        if len(name) > LONGEST_RECORD:
            raise InvalidInput(
                f"The id {name[:20]!r}… has {len(name)} letters; REDCap's records have at most "
                f"{LONGEST_RECORD}.",
                "Give each photo a short id in the manifest, and run the batch again.",
            )
        seen.add(name)
        yield row


def _cells(entries: Sequence[Entry], rows: Iterable[Mapping[str, str]]) -> Iterable[list[str]]:
    told = [(entry.name, _writer_of(entry)) for entry in entries]
    for row in rows:
        yield [*(write(row[name]) if row[name] else "" for name, write in told), COMPLETE]


def _writer_of(entry: Entry) -> Callable[[str], str]:
    if entry.kind == "truth":
        return lambda text: _TRUTH.get(text, text)
    if entry.kind in _VALIDATION:
        return _plain_number
    if entry.choices:
        return code_of
    # One line: what is imported as text has no others.
    return lambda text: " ".join(text.split())


def _plain_number(text: str) -> str:
    """A number without an exponent, which REDCap's validation does not take."""
    try:
        return f"{Decimal(text):f}"
    except InvalidOperation as error:
        raise InvalidInput(f"{text!r} in this table is no number.", _FIX) from error


def _field(entry: Entry) -> dict[str, str]:
    words = redcap_words()
    is_record = entry.name == _RECORD_COLUMN
    return {
        "Variable / Field Name": field_name(entry.name),
        "Form Name": FORM,
        "Section Header": words.sections.get(entry.name, ""),
        "Field Type": _field_type(entry),
        "Field Label": words.record_label if is_record else entry.meaning,
        "Choices, Calculations, OR Slider Labels": _choices(entry),
        "Field Note": words.yes_or_no if entry.kind == "truth" else entry.unit_words,
        "Text Validation Type OR Show Slider Number": _VALIDATION.get(entry.kind, ""),
        "Text Validation Min": limit_text(entry.minimum),
        "Text Validation Max": limit_text(entry.maximum),
        "Identifier?": "y" if entry.name in words.identifiers else "",
        "Field Annotation": f"UCUM: {entry.unit}" if entry.unit else "",
    }


def _field_type(entry: Entry) -> str:
    if entry.kind == "truth":
        return "yesno"
    return "dropdown" if entry.choices else "text"


def _choices(entry: Entry) -> str:
    return " | ".join(f"{code_of(choice)}, {_label(choice)}" for choice in entry.choices)


def _label(choice: str) -> str:
    return band_words(choice) if choice in VERDICTS else choice
