"""A study's folder, read: design, participants, order, captures and other instruments' readings."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from posture._support.files import read_document
from posture.combine import combined
from posture.errors import InvalidInput
from posture.result import Measured, Result
from posture.study.cells import Line, read_table
from posture.study.design import QUANTITIES, Design, Quantity, read_design, require_code
from posture.study.study_settings import said
from posture.subject import Sex, Subject

CaptureStatus = Literal["measured", "refused", "unreadable"]

PROTOCOL, CONSENT, DATA_SHEET = "protocol.md", "consent.md", "data-sheet.md"
PARTICIPANTS, ORDER = "participants.csv", "order.csv"
CAPTURES, VOIDS, INSTRUMENTS = "captures.csv", "voids.csv", "instruments.csv"
WITHDRAWN = "withdrawn.csv"
RESULTS, PHOTOS = "results", "photos"

PARTICIPANT_COLUMNS = ("id", "sex", "age", "stature_mm", "hand_mm")
ORDER_COLUMNS = ("place", "participant", "rater", "session")
CAPTURE_COLUMNS = (
    "capture", "taken_at", "participant", "rater", "session", "stance", "status", "findings",
    "image_sha256", "result",
)  # fmt: skip
VOID_COLUMNS = ("capture", "voided_at", "why")
WITHDRAWN_COLUMNS = ("id", "withdrawn_at", "captures")
INSTRUMENT_COLUMNS = ("participant", "rater", "session", "instrument", "reading", "value")

_SEX_OF: dict[str, Sex] = {"": "unspecified", "unspecified": "unspecified", "m": "m", "f": "f"}
_MAX_RESULT_BYTES = 50_000_000


@dataclass(frozen=True)
class Participant:
    """One participant.

    Attributes:
        id: the pseudonym.
        subject: sex, age, stature and hand, as far as they are known.
        more: the texts of the study's own columns, by name.
    """

    id: str
    subject: Subject
    more: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, order=True)
class Sitting:
    """One participant before one rater in one session: the stances of one reading."""

    participant: str
    rater: str
    session: int


@dataclass(frozen=True)
class Place:
    """One place of the random order; the first is 1."""

    number: int
    sitting: Sitting


@dataclass(frozen=True)
class Capture:
    """One photo that was taken.

    Attributes:
        capture: its name in the study.
        taken_at: ISO 8601, by the photo's own account, else when it was measured.
        sitting: whose photo it is, by whom, in which session.
        stance: the first is 1.
        status: what became of it.
        findings: the codes of what was noticed.
        image_sha256: of the photo's file.
        void: why it does not count; None when it does.
        result: the whole result without outline and landmarks; None when it was not asked for.
    """

    capture: str
    taken_at: str
    sitting: Sitting
    stance: int
    status: CaptureStatus
    findings: tuple[str, ...]
    image_sha256: str
    void: str | None = None
    result: Result | None = None

    @property
    def counts(self) -> bool:
        """Whether it makes a part of its sitting's reading."""
        return self.status == "measured" and self.void is None


@dataclass(frozen=True)
class Reading:
    """One reading of another instrument.

    Attributes:
        sitting: its rater is empty where none of the study's raters took it.
        instrument: by name.
        number: 1, and more for repeated readings.
        value: in the instrument's unit.
    """

    sitting: Sitting
    instrument: str
    number: int
    value: float


@dataclass(frozen=True)
class Study:
    """All of a study, as far as it has come.

    Attributes:
        folder: where it is.
        design: what is planned.
        participants: who takes part, in the order of the file.
        order: the random order.
        captures: all photos taken, in the order in which they were recorded.
        readings: of other instruments.
        withdrawn: pseudonyms of those who took their consent back; nothing else of them is there.
    """

    folder: Path
    design: Design
    participants: tuple[Participant, ...]
    order: tuple[Place, ...]
    captures: tuple[Capture, ...]
    readings: tuple[Reading, ...]
    withdrawn: tuple[str, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """The pseudonyms of all participants."""
        return frozenset(one.id for one in self.participants)

    def participant(self, id: str) -> Participant:
        """The one with that pseudonym.

        Raises:
            InvalidInput: when there is none.
        """
        for one in self.participants:
            if one.id == id:
                return one
        raise InvalidInput(
            f"The study has no participant {id!r}.", f"See {PARTICIPANTS}, or: posture study add"
        )

    def taken(self, sitting: Sitting) -> tuple[Capture, ...]:
        """All captures of a sitting, in order, void and refused ones too."""
        return tuple(one for one in self.captures if one.sitting == sitting)

    def stances(self, sitting: Sitting) -> int:
        """How many of a sitting's stances are measured."""
        return sum(one.counts for one in self.taken(sitting))

    def is_whole(self, sitting: Sitting) -> bool:
        """Whether all of a sitting's stances are there."""
        return self.stances(sitting) >= self.design.stances

    def counting(self) -> Mapping[Sitting, tuple[Capture, ...]]:
        """Of each sitting that has any the captures that count, by stance."""
        found: dict[Sitting, list[Capture]] = defaultdict(list)
        for one in self.captures:
            if one.counts:
                found[one.sitting].append(one)
        return {at: tuple(sorted(them, key=lambda one: one.stance)) for at, them in found.items()}

    def whole(self) -> Mapping[Sitting, tuple[Capture, ...]]:
        """The same of the sittings of which all stances are there."""
        stances = self.design.stances
        return {at: them for at, them in self.counting().items() if len(them) >= stances}


@dataclass(frozen=True)
class SessionValue:
    """What one sitting gave of one quantity: the reading that the study is about.

    Attributes:
        participant, rater, session: whose, by whom, when.
        value: the median of the stances that count.
        ci95: half-width of its 95 % interval, as the program states it.
        stances: how many were measured, the first included.
        dropped_first: whether the first was thrown away, for there were enough.
    """

    participant: str
    rater: str
    session: int
    value: float
    ci95: float
    stances: int
    dropped_first: bool


def called(sitting: Sitting) -> str:
    """A sitting in words."""
    return said(
        "sitting",
        participant=sitting.participant,
        rater=sitting.rater or said("no_rater"),
        session=sitting.session,
    )


def read_study(folder: Path | str, *, results: bool = True) -> Study:
    """All of the study in `folder`.

    Args:
        folder: as ``posture study new`` made it.
        results: whether captures carry what was measured.  Whoever captures reads without: who
            does not hold a number cannot show it.

    Raises:
        InvalidInput: with file and line when it holds no study, or one of its files cannot be used.
    """
    folder = Path(folder)
    design = read_design(folder)
    participants = read_participants(folder)
    ids = {one.id for one in participants}
    return Study(
        folder,
        design,
        participants,
        _order(folder, design, ids),
        _captures(folder, design, ids, results),
        _readings(folder, design, ids),
        tuple(line.text("id") for line in _lines_if_there(folder / WITHDRAWN, WITHDRAWN_COLUMNS)),
    )


def session_values(study: Study, quantity: Quantity) -> tuple[SessionValue, ...]:
    """Of each sitting with a measured stance its reading, sorted by participant, rater, session.

    Of a whole sitting the first stance is thrown away and the median of the others taken, as
    everywhere in the program (:func:`posture.combine.combined`).  Sittings in which the quantity is
    not known (a depth in mm without a stature) are left out.

    Args:
        study: read with its results.
        quantity: which number.

    Raises:
        InvalidInput: when there is no such quantity, the study was read without its results, or
            the stances of one sitting were measured for different numbers of the person.
    """
    if quantity not in QUANTITIES:
        raise InvalidInput(f"There is no quantity {quantity!r}.", f"Use {', '.join(QUANTITIES)}.")
    counting = study.counting()
    values = (_value(sitting, counting[sitting], quantity) for sitting in sorted(counting))
    return tuple(value for value in values if value is not None)


def _value(
    sitting: Sitting, captures: Sequence[Capture], quantity: Quantity
) -> SessionValue | None:
    results = [_result(capture) for capture in captures]
    count, counted = 1, 1
    measured: Measured | None = getattr(results[0], quantity)
    if len(results) > 1:
        try:
            both = combined(results)
        except InvalidInput as error:
            raise InvalidInput(f"{called(sitting)}: {error.reason}", _OTHER_PERSON) from error
        count, counted, measured = both.count, both.counted, getattr(both, quantity)
    if measured is None:
        return None
    return SessionValue(
        sitting.participant,
        sitting.rater,
        sitting.session,
        measured.value,
        measured.ci95,
        count,
        counted < count,
    )


_OTHER_PERSON = (
    f"Sex, age, height and hand in {PARTICIPANTS} have changed between its photos: void those of "
    "before (posture study void) and capture them again."
)


def _result(capture: Capture) -> Result:
    if capture.result is None:
        raise InvalidInput(
            "The study was read without its results.", "Use read_study(folder, results=True)."
        )
    return capture.result


def read_participants(folder: Path) -> tuple[Participant, ...]:
    """Everybody in ``participants.csv``; raises like :func:`read_study`."""
    lines = read_table(folder / PARTICIPANTS, PARTICIPANT_COLUMNS).lines
    participants = tuple(_participant(line) for line in lines)
    _require_once((one.id for one in participants), folder / PARTICIPANTS, "participant")
    return participants


def _participant(line: Line) -> Participant:
    id, sex = line.text("id"), line.cells["sex"].lower()
    line.understood(lambda: require_code("The participant's id", id))
    if sex not in _SEX_OF:
        raise line.wrong(f"sex is {sex!r}", "Write m, f or nothing.")
    subject = line.understood(
        lambda: Subject(
            line.number_in("stature_mm"),
            _SEX_OF[sex],
            line.number_in("age"),
            line.number_in("hand_mm"),
        )
    )
    own = tuple(
        (name, text) for name, text in line.cells.items() if name not in PARTICIPANT_COLUMNS
    )
    return Participant(id, subject, own)


def _order(folder: Path, design: Design, ids: Set[str]) -> tuple[Place, ...]:
    lines = read_table(folder / ORDER, ORDER_COLUMNS).lines
    order = tuple(Place(line.whole("place"), _sitting(line, design, ids)) for line in lines)
    _require_once((called(place.sitting) for place in order), folder / ORDER, "place of")
    return order


def _captures(folder: Path, design: Design, ids: Set[str], results: bool) -> tuple[Capture, ...]:
    path = folder / CAPTURES
    if not path.is_file():
        return ()
    voids = {
        line.text("capture"): line.text("why")
        for line in _lines_if_there(folder / VOIDS, VOID_COLUMNS)
    }
    lines = read_table(path, CAPTURE_COLUMNS).lines
    captures = tuple(_capture(line, design, ids, voids, results) for line in lines)
    _require_once((one.capture for one in captures), path, "capture")
    unknown = voids.keys() - {one.capture for one in captures}
    if unknown:
        raise InvalidInput(
            f"{folder / VOIDS} names {', '.join(sorted(unknown))}, which {CAPTURES} does not have.",
            "Mend the file.",
        )
    return captures


def _capture(
    line: Line, design: Design, ids: Set[str], voids: dict[str, str], results: bool
) -> Capture:
    name, status = line.text("capture"), line.text("status")
    line.understood(lambda: require_code("The capture's name", name))
    if status not in get_args(CaptureStatus):
        raise line.wrong(f"status is {status!r}", f"Write {', '.join(get_args(CaptureStatus))}.")
    line.time("taken_at")
    if line.text("result") != result_name(name):
        raise line.wrong(f"result is not {result_name(name)}", "Mend the line.")
    capture = Capture(
        capture=name,
        taken_at=line.cells["taken_at"],
        sitting=_sitting(line, design, ids),
        stance=line.whole("stance"),
        status=next(one for one in get_args(CaptureStatus) if one == status),
        findings=tuple(filter(None, line.cells["findings"].split(";"))),
        image_sha256=line.text("image_sha256"),
        void=voids.get(name),
    )
    if not results:
        return capture
    return replace(capture, result=line.understood(lambda: result_of(line.file.parent, capture)))


def result_name(capture: str) -> str:
    """The file in ``results/`` that holds a capture's result."""
    return f"{capture}.json"


def result_of(folder: Path, capture: Capture) -> Result:
    """What was measured, without outline and landmarks.

    Raises:
        InvalidInput: when the file is missing, or not the one that was written for it.
    """
    path = folder / RESULTS / result_name(capture.capture)
    try:
        data = json.loads(read_document(path, _MAX_RESULT_BYTES))
    except (OSError, ValueError) as error:
        raise InvalidInput(f"{path} cannot be read: {error}.", _BRING_BACK) from error
    if isinstance(data, dict):
        # Thousands of outlines would fill the memory, and a study asks for none.
        data |= {"contour_px": [], "landmarks_px": {}}
    result = Result.from_dict(data)
    if (result.status == "measured") != (capture.status == "measured"):
        raise InvalidInput(f"{path} is {result.status}, unlike its line.", _BRING_BACK)
    if result.provenance.image_sha256 not in (None, capture.image_sha256):
        raise InvalidInput(f"{path} is of another photo.", _BRING_BACK)
    return result


_BRING_BACK = "Bring back the file that was written."


def _readings(folder: Path, design: Design, ids: Set[str]) -> tuple[Reading, ...]:
    lines = _lines_if_there(folder / INSTRUMENTS, INSTRUMENT_COLUMNS)
    return tuple(reading_of(line, design, ids, line.whole("reading")) for line in lines)


def reading_of(line: Line, design: Design, ids: Set[str], number: int) -> Reading:
    """The reading that a line holds.

    Raises:
        InvalidInput: with file and line when participant, session, rater or instrument are none of
            the study's, or the value is no number.
    """
    name, value = line.text("instrument"), line.number_in("value")
    line.understood(lambda: design.instrument(name))
    if value is None:
        raise line.wrong("value is empty", "Write the reading, or leave the line out.")
    return Reading(_sitting(line, design, ids, rater_needed=False), name, number, value)


def _sitting(line: Line, design: Design, ids: Set[str], *, rater_needed: bool = True) -> Sitting:
    sitting = Sitting(line.text("participant"), line.cells["rater"], line.whole("session"))
    line.understood(lambda: require_of_study(sitting, design, ids, rater_needed=rater_needed))
    return sitting


def require_of_study(
    sitting: Sitting, design: Design, ids: Set[str], *, rater_needed: bool = True
) -> None:
    """Do nothing when the study has such a participant, rater and session.

    Args:
        sitting: in question.
        design: of the study.
        ids: of all participants.
        rater_needed: whether the rater may not be empty.

    Raises:
        InvalidInput: says which of them it does not have.
    """
    if sitting.participant not in ids:
        raise InvalidInput(
            f"There is no participant {sitting.participant!r}.",
            f"See {PARTICIPANTS}, or: posture study add",
        )
    if sitting.rater not in design.raters and (sitting.rater or rater_needed):
        raise InvalidInput(
            f"There is no rater {sitting.rater!r}.", f"There are {', '.join(design.raters)}."
        )
    if not 1 <= sitting.session <= design.sessions:
        raise InvalidInput(
            f"There is no session {sitting.session}.", f"There are 1 to {design.sessions}."
        )


def _lines_if_there(path: Path, needed: Sequence[str]) -> tuple[Line, ...]:
    return read_table(path, needed).lines if path.is_file() else ()


def _require_once(items: Iterable[object], path: Path, what: str) -> None:
    seen: set[object] = set()
    for item in items:
        if item in seen:
            raise InvalidInput(f"{path} has the {what} {item} twice.", "Take one of them out.")
        seen.add(item)
