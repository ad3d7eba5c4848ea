"""Exercises for the reading: questions first, then the exercises, then advice."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Literal

import streamlit as st

from posture._support.texts import band_words, filled
from posture.advice.exercises import Exercise, Plan, choose, library
from posture.advice.red_flags import FlagGroup, MirrorCheck, RunnersAdvice, Urgency, advice
from posture.advice.sheet import exercise_sheet
from posture.advice.sources import Source
from posture.app import tab_photos
from posture.app.components.set_timer import set_timer
from posture.app.parts.drawn import drawn
from posture.result import Result

# What to offer when there is no reading to go by.
OWN_CHOICES = {"deep": "choose_deep", "typical": "choose_middle", "flat": "choose_flat"}
MIRROR_WIDTH_PX = 420
CARDS_IN_A_ROW = 3
Answer = Urgency | Literal["none"]
# What was said to the questions, for as long as the tab is open.
_ANSWER = "exercises.answer"


def page() -> None:
    """The whole page, with the reading of this tab."""
    show(tab_photos.current_result())


def show(result: Result | None) -> None:
    """The page for a result, or without one."""
    words = library().page
    st.title(words["title"], anchor=False)
    st.html(f'<p class="po-lead">{escape(words["lead"])}</p>')
    answer = _questions()
    if answer is not None and answer != "none":
        # Whoever said yes is led to a clinician, and to nothing else.
        return
    _folded(_programme(result) if answer == "none" else ())


# ---------------------------------------------------------------- questions


def _questions() -> Answer | None:
    """Ask in one step; the urgency that was said yes to, "none", or None before any answer."""
    questions, answer = advice().questions, _answer()
    if answer == "none":
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(questions.said_no, width="content")
            _answer_button(questions.again, None, "tertiary")
        return answer
    with st.container(border=True):
        st.header(questions.title, anchor=False)
        st.markdown(questions.lead)
        for column, (urgency, group) in zip(
            st.columns([5, 7], gap="large"), questions.groups.items(), strict=True
        ):
            with column:
                _ask(urgency, group)
        _answer_button(questions.none, "none", "primary")
        st.markdown(_cited(questions.sources))
    if answer is None:
        st.markdown(questions.waiting)
    else:
        st.info(questions.message_for(answer), icon=":material/stethoscope:")
    return answer


def _ask(urgency: Urgency, group: FlagGroup) -> None:
    """The signs of a group, and a button to say yes to one of them."""
    signs = "\n".join(f"- {sign}" for sign in group.signs)
    st.markdown(f"**{group.title}**\n\n{signs}")
    _answer_button(group.answer, urgency, "secondary")


def _answer() -> Answer | None:
    answer: Answer | None = st.session_state.get(_ANSWER)
    return answer


def _answer_button(
    label: str, answer: Answer | None, kind: Literal["primary", "secondary", "tertiary"]
) -> None:
    st.button(
        label,
        key=f"flags.{answer or 'again'}",
        type=kind,
        on_click=st.session_state.update,
        args=({_ANSWER: answer},),
    )


# ---------------------------------------------------------------- exercises


def _programme(result: Result | None) -> tuple[Exercise, ...]:
    """Show the exercises for the reading; which ones they are."""
    verdict, heading = _what_for(result)
    age = result.subject.age if result is not None else None
    plan = choose(verdict, age=age, conditions=_conditions())
    with st.container():  # always there, so that a running timer below keeps its place
        _cautions(plan)
    st.header(plan.group.title, anchor=False)
    st.markdown(" ".join(filter(None, (heading, plan.between, plan.group.why))))
    programme = library().programme
    st.markdown(f"**{programme.frequency}, {programme.weeks}.** {programme.effort}")
    _download(plan, heading)
    _cards(plan.offered)
    general = library().groups["general"]
    with st.expander(filled(library().page["more"], title=general.title, count=len(plan.general))):
        st.markdown(general.why)
        _cards(plan.general)
    return (*plan.offered, *plan.general)


def _what_for(result: Result | None) -> tuple[str, str]:
    """The verdict to choose by, and a sentence that says where it comes from."""
    words = library().page
    if result is not None and result.bands is not None:
        band = band_words(result.bands.verdict)
        return result.bands.verdict, filled(words["from_photo"], band=band)
    st.markdown(words["no_photo"] if result is None else words["refused"])
    chosen = st.segmented_control(
        words["choose"],
        list(OWN_CHOICES),
        default="typical",
        format_func=lambda verdict: words[OWN_CHOICES[verdict]],
        required=True,
        key="exercises.choice",
    )
    return chosen or "typical", ""


def _conditions() -> list[str]:
    shelf = library()
    return st.pills(
        shelf.page["conditions"],
        list(shelf.conditions),
        selection_mode="multi",
        format_func=lambda key: shelf.conditions[key].label,
        help=shelf.page["conditions_help"],
        key="exercises.conditions",
    )


def _cautions(plan: Plan) -> None:
    words = library().page
    if not plan.cautions:
        return
    lines = [f"**{words['general_ask']}**"]
    lines += [f"- **{item.label}**: {item.note}" for item in plan.cautions]
    if plan.held_back:
        names = ", ".join(item.name for item, _ in plan.held_back)
        lines.append(f"\n{words['held_back']}: {names}.")
    st.info("\n".join(lines), icon=":material/chat:")


def _download(plan: Plan, heading: str) -> None:
    words = library().page
    st.download_button(
        words["print"],
        exercise_sheet(plan, heading),
        file_name=words["print_name"],
        mime="text/html",
        icon=":material/print:",
        help=words["print_help"],
        on_click="ignore",
        key="exercises.print",
    )


def _cards(exercises: Iterable[Exercise]) -> None:
    """Cards in three columns, read row by row."""
    items = list(exercises)
    for start in range(0, len(items), CARDS_IN_A_ROW):
        row = items[start : start + CARDS_IN_A_ROW]
        for exercise, column in zip(row, st.columns(CARDS_IN_A_ROW, gap="medium"), strict=False):
            with column, st.container(border=True):
                _card(exercise)


def _card(exercise: Exercise) -> None:
    words = library().page
    drawn(exercise.key, exercise.alt)
    st.subheader(exercise.name, anchor=False)
    st.html(f'<span class="po-tag">{escape(exercise.dose)}</span>')
    st.markdown("\n".join(f"{n}. {step}" for n, step in enumerate(exercise.steps, start=1)))
    if exercise.ask_first:
        names = (library().conditions[key].label for key in exercise.ask_first)
        st.caption(filled(words["ask_first"], conditions="; ".join(names)))
    if st.toggle(words["timer"], key=f"timer.on.{exercise.key}"):
        set_timer(exercise)


# ---------------------------------------------------------------- what is known, and advice


def _folded(exercises: Iterable[Exercise]) -> None:
    """What can be read besides, each under its own heading; `exercises` are those on the page."""
    runners, mirror = advice().runners, advice().mirror
    with st.expander(library().page["evidence"]):
        _evidence(exercises)
    with st.expander(runners.title):
        _runners(runners)
    with st.expander(mirror.title):
        _mirror(mirror)
    with st.expander(library().page["sources"]):
        _sources()


def _evidence(exercises: Iterable[Exercise]) -> None:
    """What is known of exercise and the curve, and of each exercise."""
    for statement in library().programme.evidence:
        st.markdown(f"{statement.text} {_cited(statement.sources)}")
    lines = (f"- **{item.name}.** {item.evidence} {_cited(item.sources)}" for item in exercises)
    st.markdown("\n".join(lines))


def _runners(runners: RunnersAdvice) -> None:
    st.markdown(runners.lead)
    for tip in runners.tips:
        st.markdown(f"**{tip.title}.** {tip.text} {_cited(tip.sources)}")


def _mirror(mirror: MirrorCheck) -> None:
    left, right = st.columns([5, 6], gap="large", vertical_alignment="center")
    with left:
        drawn("mirror-check", mirror.alt, MIRROR_WIDTH_PX)
    with right:
        st.markdown("\n".join(f"- {line}" for line in mirror.text))


def _sources() -> None:
    """Every source in full."""
    items = {**library().sources, **advice().sources}
    st.markdown("\n".join(f"- {_linked(items[key], items[key].text)}" for key in sorted(items)))


def _cited(sources: Iterable[Source]) -> str:
    """The sources in small print, by their short names."""
    return f":small[({'; '.join(_linked(item, item.short) for item in sources)})]"


def _linked(source: Source, text: str) -> str:
    return f"[{text}]({source.link})" if source.link else text
