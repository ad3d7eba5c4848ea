"""A new study: its folder, the random order, and the texts to adapt."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from posture._support.files import make_folder, require_free, write_atomically
from posture._support.tables import data_text
from posture.study.cells import table_text
from posture.study.design import FILE, Design, design_facts, design_text
from posture.study.folder import (
    CAPTURES,
    CONSENT,
    DATA_SHEET,
    INSTRUMENTS,
    ORDER,
    ORDER_COLUMNS,
    PARTICIPANT_COLUMNS,
    PARTICIPANTS,
    PROTOCOL,
    VOIDS,
    WITHDRAWN,
)
from posture.study.order import random_order
from posture.study.sample_size import expected_width
from posture.study.study_settings import said, study_settings

TEXTS = (PROTOCOL, CONSENT, DATA_SHEET)


def create_study(folder: Path, design: Design) -> None:
    """Make a study in `folder`, which may hold nothing of another one.

    Texts that are there already, as an ethics board approved them, stay as they are.

    Raises:
        OutputFailed: when something of a study is there, or it cannot be written.
    """
    files = tables(design)
    others = (CAPTURES, VOIDS, INSTRUMENTS, WITHDRAWN)
    require_free([folder / name for name in (*files, *others)], replace=False, inputs=())
    make_folder(folder)
    for name, text in texts(design).items():
        if not (folder / name).exists():
            write_atomically(folder / name, text.encode())
    for name, text in files.items():
        write_atomically(folder / name, text.encode())


def tables(design: Design) -> Mapping[str, str]:
    """The files that a study begins with, by name; the design last, for it makes it one."""
    ids = design.planned_ids()
    sittings = random_order(ids, design.raters, design.sessions, design.seed)
    rows = [
        (number, one.participant, one.rater, one.session)
        for number, one in enumerate(sittings, start=1)
    ]
    people = [(id, *(None for _ in PARTICIPANT_COLUMNS[1:])) for id in ids]
    return {
        PARTICIPANTS: table_text(PARTICIPANT_COLUMNS, people),
        ORDER: table_text(ORDER_COLUMNS, rows),
        FILE: design_text(design),
    }


def texts(design: Design) -> Mapping[str, str]:
    """Protocol, consent and data sheet as they are to be adapted, by name of the file."""
    values = {
        **design_facts(design),
        "prefix": design.prefix,
        "program_version": design.made_by.program_version,
        "method_version": design.made_by.method_version,
        "precision": f" {precision(design)}".rstrip(),
        "instruments": _instruments(design),
        "photos_kept": _kept(design),
        "photos_consent": _consent(design),
    }
    return {name: data_text(f"study/{name}").format(**values) for name in TEXTS}


def precision(design: Design) -> str:
    """What so many can tell of the ICC, in a sentence; empty when they are too few."""
    size = study_settings().size
    width = expected_width(size.icc, design.participants, len(design.raters), sure=size.sure)
    return "" if width is None else said("expected", icc=size.icc, width=width)


def _instruments(design: Design) -> str:
    if not design.instruments:
        return said("no_instrument")
    return "\n".join(
        said("instrument", name=one.name, kind=one.kind, quantity=one.quantity, unit=one.unit)
        for one in design.instruments
    )


def _kept(design: Design) -> str:
    return said("photos_kept" if design.keep_photos else "photos_not_kept")


def _consent(design: Design) -> str:
    return said("consent_photos_kept" if design.keep_photos else "consent_photos_not_kept")
