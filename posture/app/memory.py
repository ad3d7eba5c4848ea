"""The person's own numbers, kept in one small file on this computer if they want that.

The file is read when a tab opens and written when a number changes; tabs that are open at the same
time keep their own numbers, and the file holds those that were changed last.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

import platformdirs

from posture._support.files import make_folder, write_atomically
from posture.errors import InvalidInput, OutputFailed
from posture.own_settings import own_settings
from posture.subject import ASKED_STATURE_RANGE_MM, Sex, Subject

Units = Literal["cm", "ft"]


@dataclass(frozen=True)
class PersonalDetails:
    """What a person entered about themselves, and the units in which they are asked."""

    subject: Subject = field(default_factory=Subject)
    units: Units = "cm"


def memory_path() -> Path:
    """Where the numbers are kept."""
    return platformdirs.user_data_path("posture", appauthor=False) / "person.json"


def recall() -> PersonalDetails | None:
    """The remembered person; None when there is none, or the file is not understood."""
    try:
        data = json.loads(memory_path().read_text(encoding="utf-8"))
        sex: Sex = data["sex"]
        subject = Subject(
            stature_mm=_asked(_number(data["stature_mm"])),
            sex=sex,
            age=_number(data["age"]),
            hand_thickness_mm=_number(data["hand_thickness_mm"]),
        )
        return PersonalDetails(subject, "ft" if data["units"] == "ft" else "cm")
    except (OSError, ValueError, KeyError, TypeError, InvalidInput):
        return None


def of_own_settings() -> PersonalDetails:
    """The person as their own settings file tells; nothing is known without one.

    Raises:
        InvalidInput: when the file cannot be understood.
    """
    said = own_settings()
    return PersonalDetails(
        Subject(
            stature_mm=_asked(said.get("height")),
            sex=said.get("sex", "unspecified"),
            hand_thickness_mm=said.get("hand"),
        ),
        "ft" if said.get("units") == "imperial" else "cm",
    )


def remember(person: PersonalDetails) -> bool:
    """Keep `person` for the next time; False when the file cannot be written."""
    data = asdict(person.subject) | {"units": person.units}
    try:
        make_folder(memory_path().parent)
        write_atomically(memory_path(), json.dumps(data).encode(), replace=True)
    except OutputFailed:
        return False
    return True


def forget() -> None:
    """Delete what was kept."""
    try:
        memory_path().unlink(missing_ok=True)
    except OSError:
        return


def _asked(stature_mm: float | None) -> float | None:
    """A stature that was kept; None when the page would not take it."""
    low, high = ASKED_STATURE_RANGE_MM
    return stature_mm if stature_mm is not None and low <= stature_mm <= high else None


def _number(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError("not a number")
    return float(value)
