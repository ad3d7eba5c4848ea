"""Exercises for the reading: questions first, then the exercises, then advice."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from posture._support.texts import band_words
from posture.advice.exercises import Exercise, Plan, choose, library
from posture.advice.red_flags import FlagGroup, advice
from posture.advice.sheet import exercise_sheet
from posture.advice.sources import Source
from posture.app import tab_photos
from posture.app.components.set_timer import set_timer
from posture.app.parts.drawn import drawn
from posture.result import Result

# What to offer when there is no reading to go by.
OWN_CHOICES = {"deep": "choose_deep", "typical": "choose_middle", "flat": "choose_flat"}
MIRROR_WIDTH_PX = 420
# Streamlit cuts the label of a checkbox off at the edge of a phone; a question must be read whole.
_WHOLE_LABELS = (
    '<style>[data-testid="stCheckbox"] [data-testid="stMarkdownContainer"], '
    '[data-testid="stCheckbox"] p { white-space: normal !important; }</style>'
)


def page() -> None:
    """The whole page, with the reading of this tab."""
    show(tab_photos.current_result())


def show(result: Result | None) -> None:
    """The page for a result, or without one."""
    words = library().page
    st.html(_WHOLE_LABELS)
    st.title(words["title"], anchor=False)
    st.html(f'<p class="po-lead">{escape(words["lead"])}</p>')
    ticked, may_start = _questions()
    if ticked:
        return
    if may_start:
        _programme(result)
    st.divider()
    _evidence()
    st.divider()
    _runners()
    st.divider()
    _mirror()
    _sources()


# ---------------------------------------------------------------- questions


def _questions() -> tuple[list[str], bool]:
    """Ask; what was ticked, and whether all questions were said no to.

    Whoever ticked one is led to a clinician, and to nothing else.
    """
    questions = advice().questions
    with st.container(border=True):
        st.subheader(questions.title, anchor=False)
        st.markdown(questions.lead)
        left, right = st.columns(2, gap="large")
        with left:
            ticked = _ask(questions.emergency)
        with right:
            ticked += _ask(questions.soon)
        none = st.checkbox(f"**{questions.none}**", key="flags.none", disabled=bool(ticked))
        st.caption(_cited(questions.sources))
    if ticked:
        st.info(questions.message_for(ticked), icon=":material/stethoscope:")
    elif not none:
        st.markdown(questions.waiting)
    return ticked, none and not ticked


def _ask(group: FlagGroup) -> list[str]:
    """The ticked questions of a group."""
    st.markdown(f"**{group.title}**")
    return [
        flag.key
        for flag in group.flags
        if st.checkbox(flag.label, key=f"flags.{flag.key}", width="stretch")
    ]


# ---------------------------------------------------------------- exercises


def _programme(result: Result | None) -> None:
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
    st.header(general.title, anchor=False)
    st.markdown(general.why)
    _cards(plan.general)


def _what_for(result: Result | None) -> tuple[str, str]:
    """The verdict to choose by, and a sentence that says where it comes from."""
    words = library().page
    if result is not None and result.bands is not None:
        band = band_words(result.bands.verdict)
        return result.bands.verdict, words["from_photo"].format(band=band)
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
    """Cards in two columns, read row by row."""
    items = list(exercises)
    for start in range(0, len(items), 2):
        columns = st.columns(2, gap="medium")
        for exercise, column in zip(items[start : start + 2], columns, strict=False):
            with column, st.container(border=True):
                _card(exercise)


def _card(exercise: Exercise) -> None:
    words = library().page
    drawn(exercise.key, exercise.alt)
    st.subheader(exercise.name, anchor=False)
    st.html(f'<span class="po-tag">{escape(exercise.dose)}</span>')
    st.markdown("\n".join(f"{n}. {step}" for n, step in enumerate(exercise.steps, start=1)))
    if exercise.ask_first:
        names = (library().conditions[key].label.lower() for key in exercise.ask_first)
        st.caption(words["ask_first"].format(conditions="; ".join(names)))
    with st.expander(words["known"]):
        st.markdown(f"{exercise.evidence}\n\n{_cited(exercise.sources)}")
    if st.toggle(words["timer"], key=f"timer.on.{exercise.key}"):
        set_timer(exercise)


# ---------------------------------------------------------------- what is known, and advice


def _evidence() -> None:
    st.header(library().page["evidence"], anchor=False)
    for statement in library().programme.evidence:
        st.markdown(f"{statement.text} {_cited(statement.sources)}")


def _runners() -> None:
    runners = advice().runners
    st.header(runners.title, anchor=False)
    st.markdown(runners.lead)
    for tip in runners.tips:
        st.markdown(f"**{tip.title}.** {tip.text} {_cited(tip.sources)}")


def _mirror() -> None:
    mirror = advice().mirror
    left, right = st.columns([5, 6], gap="large", vertical_alignment="center")
    with left:
        drawn("mirror-check", mirror.alt, MIRROR_WIDTH_PX)
    with right:
        st.header(mirror.title, anchor=False)
        st.markdown("\n".join(f"- {line}" for line in mirror.text))


def _sources() -> None:
    """Every source in full."""
    items = {**library().sources, **advice().sources}
    with st.expander(library().page["sources"]):
        st.markdown("\n".join(f"- {_linked(items[key], items[key].text)}" for key in sorted(items)))


def _cited(sources: Iterable[Source]) -> str:
    """The sources in small print, by their short names."""
    return f":small[({'; '.join(_linked(item, item.short) for item in sources)})]"


def _linked(source: Source, text: str) -> str:
    return f"[{text}]({source.link})" if source.link else text
