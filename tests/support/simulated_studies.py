"""Whole studies of nobody: readings drawn at random, for tests of what is computed from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from posture.study.capture import void
from posture.study.cells import append_rows
from posture.study.design import Design, Instrument
from posture.study.folder import (
    CAPTURE_COLUMNS,
    CAPTURES,
    RESULTS,
    Reading,
    Sitting,
    read_study,
    result_name,
)
from posture.study.instruments import add_readings
from posture.subject import Subject
from tests.support.studies import DESIGN, NOW, _result, new_study

SPINAL = Instrument("spinal", "spinal-mouse", "slca_deg", "deg")
# How people, raters, sittings and stances differ, in degrees.
PERSON, RATER, SITTING, STANCE = 7.0, 0.8, 1.2, 2.0
FLEXI_LESS_MM = 12.0
# Of every so many photos one is refused and taken again.
REFUSED_EVERY = 17
UNREADABLE = 3


def simulated_study(
    folder: Path, participants: int = 12, *, design: Design = DESIGN, seed: int = 3
) -> Path:
    """A finished study in which some photos were refused, one was unreadable and one is void."""
    plan = replace(design, participants=participants, instruments=(*design.instruments, SPINAL))
    new_study(folder, plan)
    chance = np.random.default_rng(seed)
    people = {id: 42 + PERSON * chance.standard_normal() for id in plan.planned_ids()}
    raters = {code: RATER * chance.standard_normal() for code in plan.raters}
    rows, count = [], 0
    study = read_study(folder, results=False)
    for place in study.order:
        at = place.sitting
        subject = study.participant(at.participant).subject
        true = people[at.participant] + raters[at.rater] + SITTING * chance.standard_normal()
        for stance in range(1, plan.stances + 1):
            for words in _tries(count, true + STANCE * chance.standard_normal()):
                count += 1
                rows.append(_captured(folder, count, at, stance, words, subject))
    append_rows(folder / CAPTURES, CAPTURE_COLUMNS, rows)
    void(folder, rows[5]["capture"], "another person", NOW)
    _read_instruments(folder, people, chance)
    return folder


def _tries(count: int, angle: float) -> Iterator[str]:
    if count == UNREADABLE:
        yield f"unreadable {count}"
    if count % REFUSED_EVERY == 0:
        yield f"refused {count}"
    yield f"{angle:.3f} degrees {count}"


def _captured(
    folder: Path, count: int, at: Sitting, stance: int, words: str, subject: Subject
) -> dict[str, str]:
    """Write a result, and give the line that records it."""
    name, result = f"C{count:04d}", _result(words.encode(), subject)
    results = folder / RESULTS
    results.mkdir(exist_ok=True)
    (results / result_name(name)).write_text(result.to_json(), encoding="utf-8")
    status = "unreadable" if words.startswith("unreadable") else result.status
    codes = [one.code for one in (result.refusal, *result.other_findings) if one is not None]
    row = (
        name, NOW.isoformat(), at.participant, at.rater, f"{at.session}", f"{stance}", status,
        ";".join(codes), result.provenance.image_sha256 or "e" * 64, result_name(name),
    )  # fmt: skip
    return dict(zip(CAPTURE_COLUMNS, row, strict=True))


def _read_instruments(folder: Path, people: dict[str, float], chance: np.random.Generator) -> None:
    study = read_study(folder, results=False)
    readings = []
    for id, true in people.items():
        for session in range(1, study.design.sessions + 1):
            flexi = true + 10 - FLEXI_LESS_MM + 3 * chance.standard_normal()
            spinal = 5 + 0.6 * true + 2 * chance.standard_normal()
            readings.append(Reading(Sitting(id, "", session), "flexi", 1, round(flexi, 1)))
            readings.append(Reading(Sitting(id, "", session), "spinal", 1, round(spinal, 1)))
    add_readings(readings, study, again=True)
