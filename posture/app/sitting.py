"""What one browser tab holds: its photos and their results, in memory, gone with the tab.

Other pages ask :func:`current_result` for the reading of the photo page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from posture.app.measuring import shared_analyzer
from posture.app.norms import page_norms
from posture.combine import Combined, combined
from posture.edit import HandPoints, remeasured
from posture.errors import InvalidInput
from posture.findings import Finding
from posture.photo.decode import Photo
from posture.photo.turn import turned_photo
from posture.result import Result
from posture.subject import Subject

MAX_SHOTS = 5
_SHOTS, _CHOSEN, _COUNT = "sitting.shots", "sitting.chosen", "sitting.count"
_REPEATED = "sitting.repeated"


@dataclass(frozen=True)
class Shot:
    """One photo of this tab.

    Attributes:
        name: shown to the person; the file's own name or that of the sample.
        key: tells shots apart.
        photo: None when the file could not be read.
        measured: what the program found.
        sample: one of the pictures that come with the program, of a person with a known height.
        moved: points that were set by hand, if any.
    """

    name: str
    key: str
    photo: Photo | None
    measured: Result
    sample: bool = False
    moved: HandPoints | None = None

    @property
    def result(self) -> Result:
        """What holds now: measured again when points were moved."""
        return (
            self.measured
            if self.moved is None
            else remeasured(self.measured, self.moved, page_norms())
        )


def shots() -> tuple[Shot, ...]:
    """The photos of this tab."""
    found: tuple[Shot, ...] = st.session_state.get(_SHOTS, ())
    return found


def chosen_index() -> int:
    """Which photo is looked at."""
    return min(int(st.session_state.get(_CHOSEN, 0)), max(len(shots()) - 1, 0))


def count() -> int:
    """How many times photos were taken in, in this tab."""
    return int(st.session_state.get(_COUNT, 0))


def choose(index: int) -> None:
    """Look at another photo."""
    st.session_state[_CHOSEN] = index


def take(
    files: list[tuple[str, bytes]],
    subject: Subject,
    tell: Callable[[int], None] = lambda _: None,
    *,
    sample: bool = False,
) -> None:
    """Measure these files in place of the photos before; at most :data:`MAX_SHOTS`, each once.

    Args:
        files: name and content of each.
        subject: the person in them.
        tell: called with the number of photos that are done.
        sample: whether they come with the program.
    """
    taken: list[Shot] = []
    for name, data in distinct(files)[:MAX_SHOTS]:
        tell(len(taken))
        shot = _measured(f"{len(taken)}", name, data, subject)
        taken.append(replace(shot, sample=sample))
    st.session_state[_SHOTS] = tuple(taken)
    st.session_state[_CHOSEN] = 0
    st.session_state[_COUNT] = count() + 1
    st.session_state[_REPEATED] = len(files) - len(distinct(files))


def distinct(files: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """The files, of each content only the first."""
    first: dict[bytes, tuple[str, bytes]] = {}
    for name, data in files:
        first.setdefault(hashlib.sha256(data).digest(), (name, data))
    return list(first.values())


def repeated() -> int:
    """How many of the files that were given hold the same photo as another one."""
    return int(st.session_state.get(_REPEATED, 0)) if shots() else 0


def measure_for(subject: Subject) -> None:
    """Measure the person's photos again if their own numbers have changed since."""
    if all(shot.sample or shot.measured.subject == subject for shot in shots()):
        return
    st.session_state[_SHOTS] = tuple(_for(shot, subject) for shot in shots())


def _for(shot: Shot, subject: Subject) -> Shot:
    if shot.photo is None:
        return replace(shot, measured=replace(shot.measured, subject=subject))
    return replace(shot, measured=shared_analyzer().analyze(shot.photo, subject))


def move_points(key: str, moved: HandPoints | None) -> None:
    """Set the hand-moved points of one photo; None takes them back.

    Raises:
        InvalidInput: when they are on no back; the photo keeps the points it had.
    """
    for shot in shots():
        if shot.key == key and moved is not None:
            remeasured(shot.measured, moved, page_norms())
    st.session_state[_SHOTS] = tuple(
        replace(shot, moved=moved) if shot.key == key else shot for shot in shots()
    )


def turn(key: str, quarters: int) -> None:
    """Turn one photo clockwise by so many quarters, and measure it again."""
    st.session_state[_SHOTS] = tuple(
        _turned(shot, quarters) if shot.key == key else shot for shot in shots()
    )


def _turned(shot: Shot, quarters: int) -> Shot:
    if shot.photo is None:
        return shot
    photo = turned_photo(shot.photo, quarters)
    measured = shared_analyzer().analyze(photo, shot.measured.subject)
    return replace(shot, photo=photo, measured=measured, moved=None)


def clear() -> None:
    """Drop every photo of this tab."""
    st.session_state.pop(_SHOTS, None)
    st.session_state.pop(_CHOSEN, None)


def together() -> Combined | None:
    """The measured photos as one reading; None unless there are two or more."""
    results = [shot.result for shot in shots() if shot.measured.status == "measured"]
    try:
        return combined(results, page_norms())
    except InvalidInput:
        return None


def current_result() -> Result | None:
    """The reading that other pages refer to: the median of the photos, or the one photo's."""
    found = shots()
    return summary_of(found[chosen_index()]) if found else None


def summary_of(shot: Shot) -> Result:
    """The numbers to show with `shot`: the median of all photos where there are several."""
    both = together()
    if both is None or shot.measured.status != "measured":
        return shot.result
    return both.on(shot.result)


def beside_each_other(shot: Shot) -> tuple[Finding, ...]:
    """What is to be known of the photos together, besides what is of `shot` alone."""
    alone = shot.result.findings
    return tuple(item for item in summary_of(shot).findings if item not in alone)


def singles_with(shot: Shot) -> tuple[Result, ...]:
    """The results that belong to the summary of `shot`."""
    if together() is None or shot.measured.status != "measured":
        return (shot.result,)
    return tuple(other.result for other in shots() if other.measured.status == "measured")


def _measured(place: str, name: str, data: bytes, subject: Subject) -> Shot:
    photo, result = shared_analyzer().look(data, subject)
    key = f"{place}-{hashlib.sha256(data).hexdigest()[:16]}"
    return Shot(name, key, photo, result)
