"""Options that several commands have, and what is understood by what is typed after them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TypeVar

from posture._support.language import known_language, language_codes
from posture.errors import InvalidInput
from posture.own_settings import UNITS
from posture.pose.bundles import MODEL_NAMES

Understood = TypeVar("Understood")


def _argument(parse: Callable[[str], Understood]) -> Callable[[str], Understood]:
    """`parse` for argparse, which shows the message of its own kind of error."""

    @wraps(parse)
    def parsed(text: str) -> Understood:
        try:
            return parse(text)
        except InvalidInput as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return parsed


@_argument
def person_name(text: str) -> str:
    """A name as the history keeps it."""
    from posture.history.records import clean_name

    return clean_name(text)


@_argument
def taken(text: str) -> date:
    """A day or a moment that has been."""
    from posture.history.records import day_or_time

    return day_or_time(text)


@_argument
def _hand_mm(text: str) -> float:
    from posture.subject import parse_hand_mm

    return parse_hand_mm(text)


@_argument
def _stature_mm(text: str) -> float:
    from posture.subject import parse_stature_mm

    return parse_stature_mm(text)


@_argument
def _training(text: str) -> str:
    from posture.history.records import notes_of

    return notes_of(None, text).training


def _pain(text: str) -> int:
    from posture.history.records import notes_of

    try:
        pain = notes_of(int(text), "").pain
    except (ValueError, InvalidInput) as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no pain. Write 0, none, to 10.") from error
    assert pain is not None
    return pain


def pseudonym(text: str) -> str:
    """A word that stands for a person."""
    if not text.strip() or not text.isprintable():
        raise argparse.ArgumentTypeError(f"{text!r} is no pseudonym. Write letters or digits.")
    return text.strip()


def add_notes(parser: argparse._ActionsContainer, when: str) -> None:
    """What a person may note with a session; `when` says with which option."""
    parser.add_argument(
        "--pain", metavar="N", type=_pain, help=f"{when}back pain, 0 (none) to 10, as you feel it"
    )
    parser.add_argument(
        "--training", metavar="TEXT", type=_training, help=f"{when}one line on what you did"
    )


def add_overwrite(parser: argparse._ActionsContainer) -> None:
    """Whether files that are there may be replaced."""
    parser.add_argument(
        "--overwrite",
        action="store_true",
        help="replace files that are there already; what is being read is never overwritten",
    )


def add_person(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """What may be said of the person; the group, for more of it."""
    person = parser.add_argument_group("the person (all optional)")
    person.add_argument(
        "--height",
        "--stature",
        dest="stature",
        metavar="HEIGHT",
        type=_stature_mm,
        help="standing height, such as 176cm, 1.76m or 5ft9; gives lengths in mm",
    )
    person.add_argument(
        "--sex",
        choices=("m", "f", "unspecified"),
        help="chooses the reference values (default: unspecified)",
    )
    person.add_argument("--age", metavar="YEARS", type=float, help="kept in the result")
    person.add_argument(
        "--hand",
        metavar="THICKNESS",
        type=_hand_mm,
        help="thickness of the person's own flat hand at the knuckles, such as 28mm or 1.1in",
    )
    return person


def add_method(parser: argparse.ArgumentParser) -> None:
    """How photos are measured."""
    method = parser.add_argument_group("method")
    method.add_argument(
        "--model",
        choices=MODEL_NAMES,
        default="heavy",
        help="pose model: heavy is the most exact, lite the fastest (default: %(default)s)",
    )
    method.add_argument(
        "--fast",
        action="store_true",
        help="one pass without refining the outline on the photo; wider error bars",
    )
    add_norms(method)


def add_norms(parser: argparse._ActionsContainer) -> None:
    """Reference values of one's own."""
    parser.add_argument(
        "--norms",
        metavar="FILE",
        type=Path,
        help="reference values from a TOML file instead of the built-in ones, which posture norms "
        "prints",
    )


def add_units(parser: argparse._ActionsContainer) -> None:
    """In what lengths are printed."""
    parser.add_argument(
        "--units",
        choices=UNITS,
        help="of printed lengths: mm or inches (default: metric; files with numbers have mm)",
    )


def add_language(parser: argparse._ActionsContainer) -> None:
    """In which language is spoken."""
    parser.add_argument(
        "--lang",
        metavar="CODE",
        type=_argument(known_language),
        help=f"language of what is said of a photo: {', '.join(language_codes())}",
    )
