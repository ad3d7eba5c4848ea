"""Two kept readings beside each other: their pictures laid over each other, and a page to save."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from posture._support.texts import band_words, page_texts, texts
from posture.app.parts.sentences import reading_from
from posture.app.shared_analyzer import shared_analyzer
from posture.errors import WorkerDied
from posture.history import History, Session
from posture.history.aligned import MeasuredPicture, on_common_ground, opened_there
from posture.history.repeatability import Standing
from posture.history.story import (
    ANGLE,
    Quantity,
    change_sentence,
    depth_quantity,
    figure,
    told_apart,
)
from posture.history.words import history_texts
from posture.overlay.numbers import LengthUnit
from posture.report.before_after import Occasion, before_and_after
from posture.verdict.stances import that_count
from posture.worker import IsolatedAnalyzer

Pixels = NDArray[np.uint8]


def change_sentences(
    before: Session, after: Session, standing: Standing, unit: LengthUnit
) -> tuple[str, ...]:
    """What the differences mean to the person of this repeatability, each said once."""
    quantities = (ANGLE, depth_quantity((before, after), unit))
    found = (change_sentence(before, after, quantity, standing) for quantity in quantities)
    return tuple(dict.fromkeys(found))


def aligned_pictures(
    history: History,
    before: Session,
    after: Session,
    unit: LengthUnit,
    analyzer: IsolatedAnalyzer,
) -> tuple[Pixels, Pixels] | None:
    """Both kept pictures, hip on hip and of one size; None where that cannot be.

    Args:
        unit: in which their labels tell lengths.
        analyzer: whose process opens them.
    """
    first, second = _opened(history, before, analyzer), _opened(history, after, analyzer)
    if first is None or second is None or second.result.facing is None:
        return None
    facing = second.result.facing
    return on_common_ground(first, facing, unit), on_common_ground(second, facing, unit)


def save_page(
    name: str, before: Session, after: Session, sentences: Sequence[str], unit: LengthUnit
) -> None:
    """A button that saves both readings and what is said of them on one page.

    With pictures where both were kept.
    """
    st.download_button(
        page_texts()["report"]["before_after"]["save"],
        partial(_page, name, before, after, sentences, unit, shared_analyzer()),
        "posture-before-after.pdf",
        "application/pdf",
        on_click="ignore",
        key=f"progress.page.{before.uid}.{after.uid}",
    )


def _page(
    name: str,
    before: Session,
    after: Session,
    sentences: Sequence[str],
    unit: LengthUnit,
    analyzer: IsolatedAnalyzer,
) -> bytes:
    with History() as history:
        pictures = aligned_pictures(history, before, after, unit, analyzer) or (None, None)
    depth, days = depth_quantity((before, after), unit), told_apart(before, after)
    first, second = (
        _occasion(session, day, depth, picture)
        for session, day, picture in zip((before, after), days, pictures, strict=True)
    )
    return before_and_after(name, first, second, sentences)


def _occasion(session: Session, day: str, depth: Quantity, picture: Pixels | None) -> Occasion:
    reading, words = session.reading, texts()["overlay"]
    lines = [
        f"{words['angle']}: {figure(reading, ANGLE)}",
        f"{words['depth']}: {figure(reading, depth)}",
        band_words(reading.verdict),
    ]
    if len(session.photos) > 1:
        counted = that_count(session.photos) if session.stances else session.photos
        lines.append(reading_from(len(session.photos), len(counted)))
    if reading.edited_by_hand:
        lines.append(history_texts()["table"]["edited"])
    return Occasion(day, tuple(lines), picture)


def _opened(
    history: History, session: Session, analyzer: IsolatedAnalyzer
) -> MeasuredPicture | None:
    kept = session.pictured
    picture = None if kept is None else history.picture(kept.uid)
    if kept is None or picture is None:
        return None
    try:
        return analyzer.run(opened_there, kept, picture)
    except WorkerDied:
        return None
