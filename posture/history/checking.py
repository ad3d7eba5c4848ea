"""Whether what somebody gives to be taken over can be kept without harm, before any of it is.

A number that is none would break every later export, an unknown word every table, and an escape
code the terminal.  So everything has to be finite, known, printable and of a sensible size.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from posture._support.outside import printable
from posture.errors import InvalidInput
from posture.history.records import Kept, Notes, Numbers, Session, notes_of, taken_text, time_of
from posture.result import Measured
from posture.verdict.bands import VERDICTS

MAX_DEPTH = 32
# Nothing in a result is as large; it holds pixels, millimetres, degrees and counts.
MAX_NUMBER = 1e9
MAX_WORD = 80
_UID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_YEARS = (1900, 2200)
# The largest value and half-width, far beyond any body.
_LARGEST = {"slca_deg": 360.0, "hollow_depth_mm": 2000.0, "hollow_depth_ratio": 10.0}
_SMALLEST_CI95 = 1e-6


def document_of(text: str) -> Any:
    """The data of a JSON text.

    Raises:
        ValueError: when it is none, or holds what could not be written again.
    """
    try:
        document = json.loads(
            text, parse_constant=_no_number, parse_float=_number, parse_int=_whole_number
        )
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    for item in _leaves(document):
        if isinstance(item, str) and not item.isprintable() and printable(item) != item:
            raise ValueError(f"{item[:MAX_WORD]!r} holds what cannot be printed")
    return document


def require_sound(session: Session) -> None:
    """Do nothing when a session can be kept.

    Raises:
        ValueError: says what is wrong with it.
    """
    roles = [kept.role for kept in session.kept]
    if roles != ["photo"] and not (
        len(roles) > 2 and roles[-1] == "median" and roles.count("median") == 1
    ):
        raise ValueError(f"the session {session.uid!r} is not whole")
    for uid in (session.uid, *(kept.uid for kept in session.kept)):
        _require(_UID.fullmatch(uid) is not None, "a session's or photo's name", uid)
    _require(_is_time(session.taken_at), "the time", session.taken_at)
    photos, stances = len(session.photos), session.stances
    _require(stances is None or 1 <= stances <= photos, "the number of stances", stances)
    _require_sound_notes(session.notes)
    for kept in session.kept:
        _require_sound_photo(kept)


def _require_sound_notes(notes: Notes) -> None:
    try:
        sound = notes_of(notes.pain, notes.training) == notes
    except InvalidInput:
        sound = False
    _require(sound, "the notes", f"{notes.pain} {notes.training}")


def _require_sound_photo(kept: Kept) -> None:
    numbers = kept.numbers
    sha256 = kept.image_sha256
    _require(sha256 is None or _SHA256.fullmatch(sha256) is not None, "a checksum", sha256)
    _require(numbers.verdict in VERDICTS, "a verdict", numbers.verdict)
    share = numbers.repeatability_share
    _require(0 <= share <= 1, "the repeatability", share)
    for name, largest in _LARGEST.items():
        measured: Measured | None = getattr(numbers, name)
        if measured is not None:
            _require(abs(measured.value) <= largest, name, measured.value)
            _require(_SMALLEST_CI95 <= measured.ci95 <= largest, f"{name} ±", measured.ci95)
    for word in _words(numbers):
        _require(len(word) <= MAX_WORD, "a word", word)


def _words(numbers: Numbers) -> tuple[str, ...]:
    return (
        numbers.program_version,
        numbers.method_version,
        numbers.norms_version,
        numbers.model,
    )


def _require(holds: bool, what: str, found: object) -> None:
    if not holds:
        raise ValueError(f"{what} cannot be {str(found)[:MAX_WORD]!r}")


def _is_time(text: str) -> bool:
    """Whether a time is written as this program writes it, in a year that people live in."""
    try:
        when = time_of(text)
        return taken_text(when) == text and _YEARS[0] <= when.year <= _YEARS[1]
    except (ValueError, OverflowError):
        return False


def _leaves(document: Any) -> Iterator[Any]:
    """Every text, number and key; raises ValueError where it is nested too deeply."""
    waiting = [(document, 0)]
    while waiting:
        item, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise ValueError("it is nested too deeply")
        if isinstance(item, dict):
            yield from item
            waiting += [(inner, depth + 1) for inner in item.values()]
        elif isinstance(item, list):
            waiting += [(inner, depth + 1) for inner in item]
        else:
            yield item


def _number(text: str) -> float:
    value = float(text)
    if not abs(value) <= MAX_NUMBER:
        raise ValueError(f"the number {text[:MAX_WORD]} is too large")
    return value


def _whole_number(text: str) -> int:
    if len(text) > len(f"-{MAX_NUMBER:.0f}") or abs(int(text)) > MAX_NUMBER:
        raise ValueError(f"the number {text[:MAX_WORD]} is too large")
    return int(text)


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")
