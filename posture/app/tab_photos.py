"""The photos of one browser tab and their results, in memory, gone with the tab.

Other pages ask :func:`current_result` for the reading of the photo page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from posture._support.language import language
from posture.app.norms import page_norms
from posture.app.shared_analyzer import shared_analyzer
from posture.combine import Combined, combined
from posture.edit import HandPoints, remeasured
from posture.errors import InvalidInput
from posture.findings import Finding
from posture.photo.decode import Photo
from posture.photo.turn import turned_photo
from posture.result import Result
from posture.subject import Subject

# A session of four stances, and room for photos that are refused.
MAX_PHOTOS = 8
_PHOTOS, _CHOSEN, _COUNT = "tab_photos.photos", "tab_photos.chosen", "tab_photos.intake_number"
_REPEATED = "tab_photos.repeated"


@dataclass(frozen=True)
class TabPhoto:
    """One photo of this tab.

    Attributes:
        name: shown to the person; the file's own name or that of the sample.
        key: tells the photos apart.
        photo: None when the file could not be read.
        measured: what the program found.
        language: in which its sentences are.
        sample: one of the pictures that come with the program, of a person with a known height.
        moved: points that were set by hand, if any.
    """

    name: str
    key: str
    photo: Photo | None
    measured: Result
    language: str
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


def photos() -> tuple[TabPhoto, ...]:
    """The photos of this tab."""
    found: tuple[TabPhoto, ...] = st.session_state.get(_PHOTOS, ())
    return found


def chosen_index() -> int:
    """Which photo is looked at."""
    return min(int(st.session_state.get(_CHOSEN, 0)), max(len(photos()) - 1, 0))


def chosen() -> TabPhoto:
    """The photo that is looked at; there must be one."""
    return photos()[chosen_index()]


def intake_number() -> int:
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
    add: bool = False,
) -> None:
    """Measure these files; at most :data:`MAX_PHOTOS` photos, each once, make a reading.

    Args:
        files: name and content of each.
        subject: the person in them.
        tell: called with the number of photos that are done.
        sample: whether they come with the program.
        add: whether they are further stances of the session before, instead of in its place.
    """
    before = photos() if add else ()
    new = new_files(files, add=add)
    taken = list(before)
    for name, data in new[: MAX_PHOTOS - len(before)]:
        tell(len(taken) - len(before))
        tab_photo = _measured(f"{len(taken)}", name, data, subject)
        taken.append(replace(tab_photo, sample=sample))
    st.session_state[_PHOTOS] = tuple(taken)
    st.session_state[_CHOSEN] = _first_to_look_at(taken, len(before))
    st.session_state[_COUNT] = intake_number() + 1
    st.session_state[_REPEATED] = len(files) - len(new)


def new_files(files: list[tuple[str, bytes]], *, add: bool = False) -> list[tuple[str, bytes]]:
    """The files, of each content only the first; without those that are there where they add."""
    seen = {tab_photo.key.partition("-")[2] for tab_photo in photos()} if add else set()
    new = []
    for name, data in files:
        if _digest(data) not in seen:
            new.append((name, data))
            seen.add(_digest(data))
    return new


def _first_to_look_at(taken: list[TabPhoto], start: int) -> int:
    """The first measured one of the new photos, else the first new one, else the last."""
    new = range(start, len(taken))
    measured = (index for index in new if taken[index].measured.status == "measured")
    return next(measured, min(start, len(taken) - 1))


def repeated() -> int:
    """How many of the files that were given hold the same photo as another one."""
    return int(st.session_state.get(_REPEATED, 0)) if photos() else 0


def measure_for(subject: Subject) -> None:
    """Measure the person's photos again if their own numbers have changed since."""
    st.session_state[_PHOTOS] = tuple(
        tab_photo if tab_photo.sample else _for(tab_photo, subject) for tab_photo in photos()
    )


def tell_in_this_language() -> None:
    """Measure photos again whose sentences are in another language than is spoken now."""
    if photos():
        st.session_state[_PHOTOS] = tuple(
            _for(tab_photo, tab_photo.measured.subject) for tab_photo in photos()
        )


def _for(tab_photo: TabPhoto, subject: Subject) -> TabPhoto:
    before = tab_photo.measured
    if (before.subject, tab_photo.language) == (subject, language()):
        return tab_photo
    if tab_photo.photo is None:
        return replace(tab_photo, measured=replace(before, subject=subject))
    measured = shared_analyzer().analyze(tab_photo.photo, subject)
    return replace(tab_photo, measured=measured, language=language())


def move_points(key: str, moved: HandPoints | None) -> None:
    """Set the hand-moved points of one photo; None takes them back.

    Raises:
        InvalidInput: when they are on no back; the photo keeps the points it had.
    """
    for tab_photo in photos():
        if tab_photo.key == key and moved is not None:
            remeasured(tab_photo.measured, moved, page_norms())
    st.session_state[_PHOTOS] = tuple(
        replace(tab_photo, moved=moved) if tab_photo.key == key else tab_photo
        for tab_photo in photos()
    )


def turn(key: str, quarters: int) -> None:
    """Turn one photo clockwise by a number of quarter turns, and measure it again."""
    st.session_state[_PHOTOS] = tuple(
        _turned(tab_photo, quarters) if tab_photo.key == key else tab_photo
        for tab_photo in photos()
    )


def _turned(tab_photo: TabPhoto, quarters: int) -> TabPhoto:
    if tab_photo.photo is None:
        return tab_photo
    photo = turned_photo(tab_photo.photo, quarters)
    measured = shared_analyzer().analyze(photo, tab_photo.measured.subject)
    return replace(tab_photo, photo=photo, measured=measured, language=language(), moved=None)


def clear() -> None:
    """Drop every photo of this tab."""
    st.session_state.pop(_PHOTOS, None)
    st.session_state.pop(_CHOSEN, None)


def together() -> Combined | None:
    """The measured photos as one reading; None unless there are two or more."""
    results = [
        tab_photo.result for tab_photo in photos() if tab_photo.measured.status == "measured"
    ]
    try:
        return combined(results, page_norms())
    except InvalidInput:
        return None


def stances() -> int:
    """How many measured photos there are, a stance each."""
    several = together()
    if several is not None:
        return several.count
    return int(any(one.measured.status == "measured" for one in photos()))


def counted_with(tab_photo: TabPhoto) -> int:
    """How many photos make the summary of `tab_photo`."""
    several = together()
    return 1 if several is None or tab_photo.measured.status != "measured" else several.counted


def current_result() -> Result | None:
    """The reading that other pages refer to: the median of the photos, or the one photo's."""
    found = photos()
    return summary_of(found[chosen_index()]) if found else None


def summary_of(tab_photo: TabPhoto) -> Result:
    """The numbers to show with `tab_photo`: the median of all photos where there are several."""
    both = together()
    if both is None or tab_photo.measured.status != "measured":
        return tab_photo.result
    return both.on(tab_photo.result)


def joint_findings(tab_photo: TabPhoto) -> tuple[Finding, ...]:
    """The findings of the photos together that are not findings of `tab_photo` alone."""
    alone = tab_photo.result.findings
    return tuple(item for item in summary_of(tab_photo).findings if item not in alone)


def singles_with(tab_photo: TabPhoto) -> tuple[Result, ...]:
    """The results that belong to the summary of `tab_photo`."""
    if together() is None or tab_photo.measured.status != "measured":
        return (tab_photo.result,)
    return tuple(other.result for other in photos() if other.measured.status == "measured")


def _measured(position: str, name: str, data: bytes, subject: Subject) -> TabPhoto:
    photo, result = shared_analyzer().look(data, subject)
    key = f"{position}-{_digest(data)}"
    return TabPhoto(name, key, photo, result, language())


def _digest(data: bytes) -> str:
    """Tells one content from another."""
    return hashlib.sha256(data).hexdigest()[:16]
