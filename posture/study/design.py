"""What a study plans: ``study.toml``, checked as it is read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from posture._support.plain import NotTheKind, from_plain, stored_as
from posture._support.tables import Span, read_toml
from posture.errors import InvalidInput
from posture.study.study_settings import study_settings
from posture.verdict.stances import load_stances

Quantity = Literal["slca_deg", "hollow_depth_mm", "hollow_depth_ratio"]
QUANTITIES: tuple[Quantity, ...] = get_args(Quantity)
# What another instrument can read: the curve as an angle or as a depth.
InstrumentQuantity = Literal["slca_deg", "hollow_depth_mm"]
InstrumentKind = Literal["flexicurve", "inclinometer", "spinal-mouse", "x-ray", "other"]
INSTRUMENT_KINDS: tuple[InstrumentKind, ...] = get_args(InstrumentKind)
Unit = Literal["deg", "mm"]
UNIT_OF: dict[InstrumentQuantity, Unit] = {"slca_deg": "deg", "hollow_depth_mm": "mm"}

FILE = "study.toml"
# Codes stand in names of files and in cells of tables: letters, digits, and - inside.
_CODE = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,18}[A-Za-z0-9])?")
_PREFIX = re.compile(r"[A-Za-z]{1,6}")
_FEWEST_DIGITS = 2


@dataclass(frozen=True)
class Instrument:
    """Another instrument whose readings stand beside those of the photos.

    Attributes:
        name: a code of its own.
        kind: what it is.
        quantity: with which of the photo's quantities it is compared.
        unit: of its readings, the same as the quantity's.
    """

    name: str
    kind: InstrumentKind
    quantity: InstrumentQuantity
    unit: Unit

    def __post_init__(self) -> None:
        require_code("The instrument's name", self.name)
        if (
            self.kind not in study_settings().ranges
            or getattr(study_settings().ranges[self.kind], self.unit, None) is None
        ):
            raise InvalidInput(
                f"No {self.kind} reads {self.unit}.",
                f"Kinds are {', '.join(INSTRUMENT_KINDS)}; units deg and mm.",
            )
        if self.unit != UNIT_OF[self.quantity]:
            raise InvalidInput(
                f"{self.name} reads {self.quantity} in {self.unit}.",
                f"Write {UNIT_OF[self.quantity]}, and turn its readings into that unit.",
            )


@dataclass(frozen=True)
class MadeBy:
    """What made the study, and when.

    Attributes:
        program_version: of the program.
        method_version: of the method; one study is measured by one.
        day: ISO 8601.
    """

    program_version: str
    method_version: str
    day: str


@dataclass(frozen=True)
class Design:
    """What is planned.

    Attributes:
        title: one line.
        prefix: letters with which pseudonyms begin.
        participants: how many are planned.
        raters: their codes.
        sessions: how many occasions.
        stances: photos of one participant by one rater in one session; the first is thrown away.
        seed: of the random order.
        quantities: what is to be told of.
        keep_photos: whether photos are kept in ``photos/``.
        made_by: with which program.
        instruments: whose readings stand beside those of the photos.

    Raises:
        InvalidInput: when it is no design that shows how far raters and sessions differ.
    """

    title: str
    prefix: str
    participants: int
    raters: tuple[str, ...]
    sessions: int
    stances: int
    seed: int
    quantities: tuple[Quantity, ...]
    keep_photos: bool
    made_by: MadeBy
    instruments: tuple[Instrument, ...] = field(default=(), metadata=stored_as("instrument"))

    def __post_init__(self) -> None:
        least, most = study_settings().least, study_settings().most
        if not self.title.strip() or not self.title.isprintable():
            raise InvalidInput("The title is no line of text.", "Write one line.")
        if not _PREFIX.fullmatch(self.prefix):
            raise InvalidInput(
                f"{self.prefix!r} cannot begin pseudonyms.", "Write one to six letters, such as P."
            )
        require_codes("raters", self.raters)
        require_codes("instruments", [one.name for one in self.instruments])
        if not self.quantities or len(set(self.quantities)) < len(self.quantities):
            raise InvalidInput("The quantities are not told once each.", f"Write {QUANTITIES[0]}.")
        _require("participants", self.participants, least.participants, most.participants)
        _require("raters", len(self.raters), least.raters, most.raters)
        _require("sessions", self.sessions, least.sessions, most.sessions)
        _require("stances", self.stances, load_stances().session.stances, most.stances)

    def planned_ids(self) -> tuple[str, ...]:
        """The pseudonyms of all planned participants: P01, P02, …."""
        return tuple(self.id_of(number) for number in range(1, self.participants + 1))

    def id_of(self, number: int) -> str:
        """The pseudonym of the participant of that number, from 1."""
        digits = max(_FEWEST_DIGITS, len(str(self.participants)))
        return f"{self.prefix}{number:0{digits}d}"

    def instrument(self, name: str) -> Instrument:
        """The one of that name.

        Raises:
            InvalidInput: when the study has none.
        """
        for one in self.instruments:
            if one.name == name:
                return one
        there = ", ".join(one.name for one in self.instruments) or "none"
        raise InvalidInput(
            f"The study has no instrument {name!r}.", f"It has {there}; see [[instrument]]."
        )


def instrument_kind(text: str) -> InstrumentKind:
    """The kind of that name.

    Raises:
        InvalidInput: when there is none.
    """
    for kind in INSTRUMENT_KINDS:
        if kind == text:
            return kind
    raise InvalidInput(
        f"There is no kind of instrument {text!r}.", f"Write {', '.join(INSTRUMENT_KINDS)}."
    )


def plausible_range(instrument: Instrument) -> Span:
    """Lowest and highest reading that is taken without a question, in the instrument's unit."""
    span: Span = getattr(study_settings().ranges[instrument.kind], instrument.unit)
    return span


def read_design(folder: Path) -> Design:
    """The design of the study in `folder`.

    Raises:
        InvalidInput: when there is none, or it cannot be used.
    """
    path = folder / FILE
    try:
        return from_plain(Design, read_toml(path), by_hand=True)
    except OSError as error:
        raise InvalidInput(
            f"{folder} holds no study: {FILE} cannot be read ({error.strerror or error}).",
            "Give the folder that posture study new made.",
        ) from error
    except NotTheKind as error:
        raise InvalidInput(f"{path}: {error}.", "Mend the file.") from error
    except ValueError as error:
        raise InvalidInput(f"{path} is no TOML file: {error}.", "Mend the file.") from error


def design_text(design: Design) -> str:
    """``study.toml``; :func:`read_design` is the inverse."""
    return "\n".join(_lines(design)) + "\n"


def design_facts(design: Design) -> Mapping[str, str]:
    """What a design tells, by the names of the places for it in texts and checklists."""
    return {
        "title": design.title,
        "participants": f"{design.participants}",
        "raters": f"{len(design.raters)}",
        "rater_codes": ", ".join(design.raters),
        "sessions": f"{design.sessions}",
        "stances": f"{design.stances}",
        "counted": f"{design.stances - 1}",
        "seed": f"{design.seed}",
    }


def require_code(what: str, code: str) -> None:
    """Do nothing when `code` may stand in names of files and in tables.

    Raises:
        InvalidInput: when it may not.
    """
    if not _CODE.fullmatch(code):
        raise InvalidInput(
            f"{what} {code!r} is no code.", "Write letters and digits, such as A or P01."
        )


def require_codes(what: str, codes: Sequence[str]) -> None:
    """Do nothing when they are codes, each once.

    Raises:
        InvalidInput: when one is none, or stands there twice.
    """
    for code in codes:
        require_code(f"Of the {what}", code)
    if len({code.casefold() for code in codes}) < len(codes):
        raise InvalidInput(f"Two of the {what} have one code.", "Give each its own.")


def _require(what: str, count: int, least: int, most: int) -> None:
    if count < least:
        raise InvalidInput(
            f"A study of {count} {what} cannot show how far readings differ.",
            f"Plan {least} {what} or more.",
        )
    if count > most:
        raise InvalidInput(f"A study has at most {most} {what}.", "Plan fewer.")


def _lines(design: Design) -> Iterator[str]:
    yield "# The design of this study.  What is captured is checked against it; see docs/study.md."
    yield f"title = {_text(design.title)}"
    yield f"prefix = {_text(design.prefix)}"
    yield f"participants = {design.participants}"
    yield f"raters = {_texts(design.raters)}"
    yield f"sessions = {design.sessions}"
    yield f"stances = {design.stances}"
    yield f"seed = {design.seed}"
    yield f"quantities = {_texts(design.quantities)}"
    yield f"keep_photos = {'true' if design.keep_photos else 'false'}"
    yield "\n[made_by]"
    yield f"program_version = {_text(design.made_by.program_version)}"
    yield f"method_version = {_text(design.made_by.method_version)}"
    yield f"day = {_text(design.made_by.day)}"
    for one in design.instruments:
        yield "\n[[instrument]]"
        yield f"name = {_text(one.name)}"
        yield f"kind = {_text(one.kind)}"
        yield f"quantity = {_text(one.quantity)}"
        yield f"unit = {_text(one.unit)}"


def _texts(items: Sequence[str]) -> str:
    return f"[{', '.join(_text(item) for item in items)}]"


def _text(text: str) -> str:
    """A text as TOML writes it: for what is printable, as JSON does."""
    return json.dumps(text, ensure_ascii=False)
