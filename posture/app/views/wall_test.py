"""The wall test at home: five steps, four answers, and the photo's reading beside them."""

from __future__ import annotations

import itertools
from html import escape

import streamlit as st

from posture._support.texts import band_words, filled
from posture.advice.wall_test import Answer, agreement, home_test
from posture.app import tab_photos
from posture.app.norms import page_norms
from posture.app.parts.drawn import CaptionedDrawing, gallery, inline
from posture.result import Result

# Two pictures beside each other on a phone.
NARROWEST_REM = 8.5
# The table holds words, not numbers: its cells wrap and start on the left.
_WORDS = 'style="white-space: normal; text-align: left"'


def page() -> None:
    """The whole page, with the reading of this tab."""
    show(tab_photos.current_result())


def show(result: Result | None) -> None:
    """The page beside a result, or without one."""
    guide = home_test()
    st.title(guide.title, anchor=False)
    st.html(f'<p class="po-lead">{escape(guide.lead)}</p>')
    _steps()
    st.divider()
    answer = _answers()
    st.divider()
    left, right = st.columns([5, 6], gap="large")
    with left:
        _comparison(answer, result)
    with right:
        _why_rules_differ()


def _steps() -> None:
    guide = home_test()
    tags = (filled(guide.texts["step"], number=number) for number in itertools.count(1))
    gallery(
        (
            CaptionedDrawing(step.key, step.alt, step.title, tag, step.text)
            for step, tag in zip(guide.steps, tags, strict=False)
        ),
        NARROWEST_REM,
    )


def _answers() -> Answer | None:
    """The question, answered by choosing one of four pictures, and what the answer means."""
    guide = home_test()
    st.header(guide.texts["question"], anchor=False)
    chosen = st.radio(
        guide.texts["question"],
        guide.answers,
        index=None,
        format_func=lambda answer: f"{inline(answer.key, answer.alt)} {answer.label}",
        horizontal=True,
        label_visibility="collapsed",
        width="stretch",
        key="wall_test.answer",
    )
    st.caption(guide.texts["hand_note"])
    if chosen is not None:
        st.html(
            f'<div class="po-card" role="status"><b>{escape(chosen.label)}.</b> '
            f"{escape(chosen.means)} {escape(guide.texts['outside_range'])}</div>"
        )
    return chosen


def _comparison(answer: Answer | None, result: Result | None) -> None:
    words = home_test().compare
    st.header(words["title"], anchor=False)
    if result is None:
        st.markdown(words["no_photo"])
    elif result.hollow_hands is None:
        st.markdown(words["refused"])
    else:
        hands = result.hollow_hands
        st.markdown(filled(words["reading"], hands=hands.value, error=max(hands.ci95, 0.1)))
        if answer is None:
            st.markdown(words["no_answer"])
        else:
            st.markdown(f"**{words[agreement(answer.room, hands, page_norms())]}**")
        if result.bands is not None:
            st.markdown(filled(words["own_band"], band=band_words(result.bands.verdict)))


def _why_rules_differ() -> None:
    differ = home_test().differ
    st.header(differ.title, anchor=False)
    kinds = ("th" if name else "td" for name in differ.columns)
    head = "".join(
        f"<{kind} {_WORDS}>{escape(name)}</{kind}>"
        for kind, name in zip(kinds, differ.columns, strict=True)
    )
    rows = "".join(
        "<tr>" + "".join(f"<td {_WORDS}>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in differ.rows
    )
    st.html(f'<table class="po-table"><tr>{head}</tr>{rows}</table>')
    for paragraph in differ.text:
        st.markdown(paragraph)
