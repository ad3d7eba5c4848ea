"""Whose visit a photo is of: by the folders PERSON/VISIT, or by a manifest's own columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from posture._support.tables import plain_table
from posture.errors import InvalidInput

# Columns of a manifest that tell it; the others are nothing without the first.
VISIT_COLUMNS = ("person", "visit", "taken")
# The only visit of somebody of whom none is told.
_ONLY_VISIT = "1"
_DIGITS = re.compile(r"(\d+)")
_WORD = re.compile(r"[^\W\d_]+")
# 2026-03-21 or 20260321, and no longer number.
_DAY = re.compile(r"(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")


@dataclass(frozen=True)
class Visit:
    """One visit of one person.

    Attributes:
        person: their name, in one line.
        name: what the visit is called.
        taken: its day or time, ISO 8601, as the manifest or the visit's name tells it; None leaves
            it to the photos.
    """

    person: str
    name: str
    taken: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Equal for all photos of the visit."""
        return self.person, self.name


def visit_of_folders(folders: Sequence[str]) -> Visit | None:
    """The visit of a photo in these folders, PERSON and VISIT first; None for fewer than two."""
    if len(folders) < 2:
        return None
    return visit_of_texts(folders[0], folders[1], "")


def visit_of_texts(person: str, visit: str, taken: str) -> Visit | None:
    """The visit that a person's name, a visit's name and a day stand for.

    None without a name of the person; a visit without a name is called by its day.

    Raises:
        InvalidInput: when the day is none, or lies ahead.
    """
    who, name, when = one_line(person), one_line(visit), one_line(taken)
    if not who:
        return None
    # Here: only who has visits needs what knows of days.
    from posture.history.records import day_or_time, taken_text

    told = day_or_time(when) if when else day_in(name)
    return Visit(who, name or when or _ONLY_VISIT, None if told is None else taken_text(told))


def one_line(text: str) -> str:
    """A name from a file system or a table as one line of text, odd bytes spelled out."""
    legible = text.encode("utf-8", "backslashreplace").decode()
    printable = "".join(letter if letter.isprintable() else " " for letter in legible)
    return unicodedata.normalize("NFC", " ".join(printable.split()))


def day_in(name: str) -> date | None:
    """The day that a visit's name begins with, as in 2026-03-21 or 20260321 after; or None."""
    from posture.history.records import day_or_time

    match = _DAY.match(name)
    if match is None:
        return None
    try:
        return day_or_time("-".join(match.groups()))
    except InvalidInput:
        return None


def in_order(visits: Sequence[Visit], days: Sequence[str | None]) -> tuple[int, ...] | None:
    """The places of a person's visits, the earliest first; None where nothing tells their order.

    It is told by their days where all are known and differ, by a number in otherwise equal names,
    and of two by words such as before and after.  Where these contradict each other none is
    believed: a change would be told the wrong way round.

    Args:
        visits: of one person.
        days: of each, as kept in a history.
    """
    if len(visits) == 1:
        return (0,)
    names = [visit.name for visit in visits]
    rankings: tuple[Sequence[str | None] | Sequence[int | None], ...] = (
        days,
        [_number_in(name, names) for name in names],
        [_word_in(name) for name in names] if len(names) == 2 else [None],
    )
    orders = {
        tuple(sorted(range(len(visits)), key=lambda place: (ranks[place] is None, ranks[place])))
        for ranks in rankings
        if None not in ranks and len(set(ranks)) == len(visits)
    }
    return orders.pop() if len(orders) == 1 else None


def file_names(titles: Sequence[str], ending: str, longest: int) -> tuple[str, ...]:
    """A name of a file for each title, safe on every file system and each another one.

    The same titles in the same order get the same names.

    Args:
        titles: such as names of people; any text.
        ending: of the names, as ``.pdf``.
        longest: bytes of a name at most, without the ending.
    """
    taken: set[str] = set()
    names = []
    for title in titles:
        stem = _shortened(re.sub(r"(?:[^\w.-]|_)+", "_", title).strip("._-") or "_", longest)
        name, number = stem, 2
        # Capitals, and the ways to write an accent, make no other file everywhere.
        while unicodedata.normalize("NFKC", name).casefold() in taken:
            name, number = f"{stem}_{number}", number + 1
        taken.add(unicodedata.normalize("NFKC", name).casefold())
        names.append(name + ending)
    return tuple(names)


def _shortened(name: str, longest: int) -> str:
    return name.encode()[:longest].decode(errors="ignore")


def _number_in(name: str, names: Sequence[str]) -> int | None:
    """The number in which alone the names differ, as in visit 2 and visit 10."""
    pieces = _DIGITS.split(name)
    others = [_DIGITS.split(other) for other in names]
    if any(len(one) != len(pieces) for one in others):
        return None
    differing = [
        place
        for place in range(len(pieces))
        if any(one[place].casefold() != two[place].casefold() for one, two in pairwise(others))
    ]
    if len(differing) != 1 or not pieces[differing[0]].isdecimal():
        return None
    return int(pieces[differing[0]])


def _word_in(name: str) -> int | None:
    """0 for a name with a word such as before, 1 for one such as after."""
    words = {word.casefold() for word in _WORD.findall(name)}
    orders = plain_table("visits")["order"]
    found = [place for place, key in enumerate(("before", "after")) if words & set(orders[key])]
    return found[0] if len(found) == 1 else None
