"""What is told of a photo of a study: measured or refused, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from posture.study.capture import LeftOut, Outcome, Taken, TakenBefore
from posture.study.folder import Sitting, Study, called
from posture.study.order import next_place
from posture.study.study_settings import said


def outcome_words(outcome: Outcome, stances: int) -> tuple[str, ...]:
    """What became of a photo, in sentences.

    Args:
        outcome: what became of it.
        stances: how many a sitting has.
    """
    if isinstance(outcome, LeftOut):
        return (said("left_out", stances=stances, sitting=called(outcome.sitting)),)
    name = outcome.capture.capture
    if isinstance(outcome, TakenBefore):
        if outcome.here:
            return (said("repeated", capture=name),)
        return (said("elsewhere", capture=name, sitting=called(outcome.capture.sitting)),)
    return (_taken(outcome, stances), *_clock(outcome))


def sitting_words(study: Study, sitting: Sitting) -> str:
    """How far a sitting has come."""
    name, stances = called(sitting), study.design.stances
    if study.is_whole(sitting):
        return said("whole", sitting=name, stances=stances)
    return said("missing", sitting=name, there=study.stances(sitting), stances=stances)


def next_words(study: Study) -> str:
    """Who comes next by the random order."""
    place = next_place(study)
    return said("finished") if place is None else said("next", sitting=called(place.sitting))


def _taken(taken: Taken, stances: int) -> str:
    capture, refusal = taken.capture, taken.refusal
    if refusal is None:
        return said("measured", capture=capture.capture, stance=capture.stance, stances=stances)
    form = "unreadable" if capture.status == "unreadable" else "refused"
    return said(
        form,
        capture=capture.capture,
        stance=capture.stance,
        message=refusal.message,
        fix=refusal.fix,
    ).rstrip()


def _clock(taken: Taken) -> Iterator[str]:
    if taken.earlier_than is not None:
        before = taken.earlier_than.capture
        yield said("clock", capture=taken.capture.capture, before=before)
