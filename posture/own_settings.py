"""What a person says once instead of every time: a small TOML file of their own.

    height = "176cm"
    sex = "f"
    hand = "28mm"
    units = "imperial"          # or "metric"
    language = "de"
    norms = "clinic.toml"       # beside this file

It is ``.posture.toml`` in the home folder, or what the variable POSTURE_CONFIG names; an empty
variable means none.  Nothing but its owner writes it.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from posture.errors import InvalidInput

VARIABLE = "POSTURE_CONFIG"
# Which options of the command each setting stands for.
OPTION_OF = {
    "height": "stature",
    "sex": "sex",
    "hand": "hand",
    "units": "units",
    "language": "lang",
    "norms": "norms",
}
UNITS = ("metric", "imperial")
ABOUT_A_PERSON = ("height", "sex", "hand")
OF_MANY_PEOPLE = ("batch", "study")


def settings_file() -> Path | None:
    """Where the file would be; None where none is wanted."""
    named = os.environ.get(VARIABLE)
    if named is None:
        return Path.home() / ".posture.toml"
    return Path(named) if named else None


def fill_in(options: argparse.Namespace) -> None:
    """Give `options` what was not typed and the file says; tell on the error output what that is.

    A batch and a study are of many people: what is said of one person is not said of them.

    Raises:
        InvalidInput: as :func:`own_settings`.
    """
    kept: Sequence[str] = ABOUT_A_PERSON if options.command in OF_MANY_PEOPLE else ()
    if getattr(options, "study", None) is not None:
        # One study, one set of reference values: the built-in ones.
        kept = ("norms",)
    open_ones = [
        name
        for name, option in OPTION_OF.items()
        if getattr(options, option, "") is None and name not in kept
    ]
    said = own_settings() if open_ones else {}
    used = [name for name in open_ones if name in said]
    for name in used:
        setattr(options, OPTION_OF[name], said[name])
    if used:
        print(f"posture: {', '.join(used)} as in {settings_file()}", file=sys.stderr)


def own_settings() -> Mapping[str, Any]:
    """What the file says, by the names of settings, as options understand it.

    Raises:
        InvalidInput: when it cannot be read, or says what no option takes.
    """
    path = settings_file()
    # A file that the variable names must be there.
    if path is None or (VARIABLE not in os.environ and not path.is_file()):
        return {}
    from posture._support.tables import read_toml

    try:
        said = read_toml(path)
    except (OSError, ValueError) as error:
        raise InvalidInput(
            f"The settings in {path} cannot be read: {error}.", "Mend or remove the file."
        ) from error
    return {name: _understood(path, name, value) for name, value in said.items()}


def _understood(path: Path, name: str, value: object) -> Any:
    if name not in OPTION_OF:
        raise InvalidInput(
            f"{path}: there is no setting {name!r}.", f"There are {', '.join(OPTION_OF)}."
        )
    if not isinstance(value, str):
        raise InvalidInput(f"{path}: {name} must be a text.", f'Write {name} = "{value}".')
    try:
        return _READ[name](value, path)
    except InvalidInput as error:
        raise InvalidInput(f"{path}: {name}: {error.reason}", error.fix) from error


def _height(value: str, path: Path) -> float:
    from posture.subject import parse_stature_mm

    return parse_stature_mm(value)


def _hand(value: str, path: Path) -> float:
    from posture.subject import parse_hand_mm

    return parse_hand_mm(value)


def _sex(value: str, path: Path) -> str:
    from posture.subject import Sex

    if value not in get_args(Sex):
        raise InvalidInput(f"{value!r} is none.", f"Write one of {', '.join(get_args(Sex))}.")
    return value


def _units(value: str, path: Path) -> str:
    if value not in UNITS:
        raise InvalidInput(f"{value!r} are none.", f"Write one of {', '.join(UNITS)}.")
    return value


def _language(value: str, path: Path) -> str:
    from posture._support.language import known_language

    return known_language(value)


def _norms(value: str, path: Path) -> Path:
    return path.parent / value


_READ: Mapping[str, Callable[[str, Path], Any]] = {
    "height": _height,
    "sex": _sex,
    "hand": _hand,
    "units": _units,
    "language": _language,
    "norms": _norms,
}
