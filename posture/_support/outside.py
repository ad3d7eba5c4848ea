"""Text that comes from outside (names of files, tables, other people's files) on its way out.

A terminal obeys escape codes and a spreadsheet computes what looks like a formula.  Whatever was
not written by this program therefore passes through :func:`printable` before it is printed, and
through :func:`cell` before it stands in a table.
"""

from __future__ import annotations

import json
import re
import unicodedata

# Two letters or more: C:\photos is a path of Windows.  Links of a chain are joined by "::".
_ADDRESS = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]+::)*[a-zA-Z][a-zA-Z0-9+.-]+://")
_FORMULA_STARTS = "=+-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
_FORMULA_STARTS += "\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
# Control codes that JSON leaves as they are, line ends of Unicode, and turns of the reading order.
_OBEYED = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")


def printable(text: str) -> str:
    """`text` without what a terminal would obey, and without bytes that are no text."""
    return "".join(
        letter
        if letter.isprintable() or unicodedata.category(letter) == "Zs"
        else "\N{REPLACEMENT CHARACTER}"
        for letter in text
    )


def in_one_line(text: str) -> str:
    """As :func:`printable`, of a message that may have several lines."""
    return printable(" ".join(text.split()))


def cell(text: str) -> str:
    """`text` for a table: what a spreadsheet would take for a formula gets an apostrophe before it.

    Numbers are left alone.  Bytes that are no text are spelled out, control codes are replaced.
    """
    shown = printable(text.encode("utf-8", "backslashreplace").decode())
    start = shown.lstrip().lstrip("\N{REPLACEMENT CHARACTER}").lstrip()[:1]
    if start and start in _FORMULA_STARTS and not _NUMBER.fullmatch(shown.strip()):
        return f"'{shown}"
    return shown


def json_text(plain: object, indent: int | None = None) -> str:
    """Plain data as JSON with its letters as they are, but nothing in it that a terminal obeys."""
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=indent)
    # All of them stand inside of strings, where an escape means the same letter.
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def is_address(text: str) -> bool:
    """Whether `text` is an address (``s3://…``, ``zip::ftp://…``), not a path."""
    return _ADDRESS.match(text) is not None
