"""Two kept readings beside each other: their pictures laid over each other, and a page to save."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from posture._support.texts import page_texts
from posture.app.norms import page_norms
from posture.app.shared_analyzer import shared_analyzer
from posture.errors import WorkerDied
from posture.handout.two import Pair, Pixels, laid_alike, pair_pdf
from posture.history import History, Session
from posture.history.aligned import MeasuredPicture, opened_there
from posture.history.story import told_apart
from posture.overlay.numbers import LengthUnit
from posture.worker import IsolatedAnalyzer


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
    return laid_alike(first, second, unit)


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
        pictures = aligned_pictures(history, before, after, unit, analyzer)
    titles = told_apart(before, after)
    return pair_pdf(
        Pair(name, before, after, titles, tuple(sentences), page_norms(), unit), pictures
    )


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
