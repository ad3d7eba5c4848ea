"""How far a study has come: counts alone, no number of any back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass

from posture.study.folder import RESULTS, Capture, Sitting, Study, result_name


@dataclass(frozen=True)
class Part:
    """One rater in one session.

    Attributes:
        rater, session: which.
        planned: sittings in the order.
        whole: of them with all stances.
        begun: with some.
        captures: photos taken, of which those that are
        measured, refused, unreadable: and count or counted as that, and those that are
        void: whatever they were.
    """

    rater: str
    session: int
    planned: int
    whole: int
    begun: int
    captures: int
    measured: int
    refused: int
    unreadable: int
    void: int


@dataclass(frozen=True)
class Progress:
    """How far a study has come.

    Attributes:
        parts: by rater and session.
        refusals: how often photos were refused or unreadable, by code, most often first; void ones
            not counted.
        readings: how many readings of each instrument.
        occasions: on how many occasions (participant and session) each instrument was read.
        unfinished: results without a capture, left by an interruption.
    """

    parts: tuple[Part, ...]
    refusals: Mapping[str, int]
    readings: Mapping[str, int]
    occasions: Mapping[str, int]
    unfinished: int

    @property
    def planned(self) -> int:
        """Sittings in the order."""
        return sum(part.planned for part in self.parts)

    @property
    def whole(self) -> int:
        """Of them with all stances."""
        return sum(part.whole for part in self.parts)


def progress_of(study: Study) -> Progress:
    """Count what is there."""
    names = [one.name for one in study.design.instruments]
    whole = study.whole().keys()
    return Progress(
        parts=tuple(
            _part(study, whole, rater, session)
            for session in range(1, study.design.sessions + 1)
            for rater in study.design.raters
        ),
        refusals=refusals_of(study.captures),
        readings={name: sum(one.instrument == name for one in study.readings) for name in names},
        occasions={
            name: len(
                {
                    (one.sitting.participant, one.sitting.session)
                    for one in study.readings
                    if one.instrument == name
                }
            )
            for name in names
        },
        unfinished=_unfinished(study),
    )


def refusals_of(captures: tuple[Capture, ...]) -> Mapping[str, int]:
    """How often photos could not be measured or read, by the code of the reason."""
    codes = Counter(
        one.findings[0]
        for one in captures
        if one.status != "measured" and one.void is None and one.findings
    )
    return dict(codes.most_common())


def _part(study: Study, all_whole: Set[Sitting], rater: str, session: int) -> Part:
    at = [
        place.sitting
        for place in study.order
        if (place.sitting.rater, place.sitting.session) == (rater, session)
    ]
    taken = [
        one
        for one in study.captures
        if (one.sitting.rater, one.sitting.session) == (rater, session)
    ]
    some = {one.sitting for one in taken if one.counts}
    status = Counter(one.status for one in taken if one.void is None)
    whole = all_whole & set(at)
    return Part(
        rater=rater,
        session=session,
        planned=len(at),
        whole=len(whole),
        begun=len(some - whole),
        captures=len(taken),
        measured=status["measured"],
        refused=status["refused"],
        unreadable=status["unreadable"],
        void=sum(one.void is not None for one in taken),
    )


def _unfinished(study: Study) -> int:
    known = {result_name(one.capture) for one in study.captures}
    return sum(path.name not in known for path in (study.folder / RESULTS).glob("*.json"))
