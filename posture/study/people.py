"""Who takes part, by pseudonym: details filled in, and somebody who joins later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

from posture.errors import InvalidInput
from posture.study.cells import append_rows, read_table, write_lines
from posture.study.design import Design, require_code
from posture.study.folder import (
    ORDER,
    ORDER_COLUMNS,
    PARTICIPANT_COLUMNS,
    PARTICIPANTS,
    Participant,
    Study,
    read_study,
)
from posture.study.order import later_order
from posture.study.study_settings import said
from posture.subject import Subject

_NOTHING_SAID = Subject()


def free_id(study: Study) -> str:
    """The first participant of whom nothing is said and nothing taken, else a new pseudonym."""
    used = {capture.sitting.participant for capture in study.captures}
    for one in study.participants:
        if one.subject == _NOTHING_SAID and one.id not in used:
            return one.id
    known = study.ids.union(study.withdrawn)
    return next(id for id in _ids(study.design) if id not in known)


def set_details(folder: Path, id: str, subject: Subject, *, replace_details: bool) -> Study:
    """Write what is said of a participant, who joins if they are new; the study as it is then.

    Args:
        folder: of the study.
        id: the pseudonym.
        subject: what is not said leaves what is there.
        replace_details: whether other details may be given up.

    Raises:
        InvalidInput: when other details are there, or photos were measured with them.
        OutputFailed: when it cannot be written.
    """
    study = read_study(folder, results=False)
    known = next((one for one in study.participants if one.id == id), None)
    if known is None:
        _require_new(id, study)
        _join(folder, study, id)
        known = Participant(id, _NOTHING_SAID)
    details = _merged(known, subject, replace_details=replace_details)
    if details != known.subject:
        _require_nothing_measured(study, id)
        _write(folder, id, details)
    return read_study(folder, results=False)


def details_words(subject: Subject) -> str:
    """Sex, age, height and hand as far as they are said, in words."""
    parts = []
    if subject.sex != "unspecified":
        parts.append(said(f"sex_{subject.sex}"))
    if subject.age is not None:
        parts.append(said("age", age=subject.age))
    if subject.stature_mm is not None:
        parts.append(said("height", cm=subject.stature_mm / 10))
    if subject.hand_thickness_mm is not None:
        parts.append(said("hand", mm=subject.hand_thickness_mm))
    return ", ".join(parts) or said("person_unknown")


def _ids(design: Design) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield replace(design, participants=max(number, design.participants)).id_of(number)


def _require_new(id: str, study: Study) -> None:
    require_code("The pseudonym", id)
    design = study.design
    if id in study.withdrawn:
        raise InvalidInput(f"{id} has withdrawn.", "Give another pseudonym.")
    if not (id.startswith(design.prefix) and id.removeprefix(design.prefix).isdecimal()):
        raise InvalidInput(
            f"{id!r} is no pseudonym of this study.",
            f"Write {design.prefix} and a number; names stay out of it.",
        )


def _join(folder: Path, study: Study, id: str) -> None:
    """Places in the order first: a participant without any would never be next."""
    design, count = study.design, max((place.number for place in study.order), default=0)
    append_rows(folder / PARTICIPANTS, PARTICIPANT_COLUMNS, [{"id": id}])
    sittings = later_order(id, design.raters, design.sessions, design.seed)
    rows = [
        dict(zip(ORDER_COLUMNS, (number, at.participant, at.rater, at.session), strict=True))
        for number, at in enumerate(sittings, start=count + 1)
    ]
    append_rows(folder / ORDER, ORDER_COLUMNS, rows)


def _merged(known: Participant, told: Subject, *, replace_details: bool) -> Subject:
    """What is known, and what is told now."""
    merged = known.subject
    for field in fields(Subject):
        before, now = getattr(merged, field.name), getattr(told, field.name)
        silent = getattr(_NOTHING_SAID, field.name)
        if now in (silent, before):
            continue
        if before != silent and not replace_details:
            raise InvalidInput(
                f"Of {known.id} is said already: {details_words(known.subject)}.",
                "Add --overwrite if that is wrong.",
            )
        merged = replace(merged, **{field.name: now})
    return merged


def _require_nothing_measured(study: Study, id: str) -> None:
    measured = [one for one in study.captures if one.sitting.participant == id and one.counts]
    if measured:
        raise InvalidInput(
            f"{id} was measured with other details ({measured[0].capture} and on).",
            "Void those captures, and take the photos again.",
        )


def _write(folder: Path, id: str, subject: Subject) -> None:
    path = folder / PARTICIPANTS
    table = read_table(path, PARTICIPANT_COLUMNS)
    cells = {
        "sex": "" if subject.sex == "unspecified" else subject.sex,
        "age": _number(subject.age),
        "stature_mm": _number(subject.stature_mm),
        "hand_mm": _number(subject.hand_thickness_mm),
    }
    lines = (line.cells | (cells if line.cells["id"] == id else {}) for line in table.lines)
    write_lines(path, table, lines)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
