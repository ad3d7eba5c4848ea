"""The few numbers a person may tell about themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import streamlit as st

from posture._support.texts import words
from posture.app import memory
from posture.app.memory import Person, Units
from posture.subject import HAND_THICKNESS_RANGE_MM, STATURE_RANGE_MM, Sex, Subject

MM_PER_INCH = 25.4
# What holds now, and what the fields on the page started with: a field whose start value changed
# while somebody types into it would lose the cursor.
_HELD, _STARTED = "person.held", "person.started"


def held_person() -> Person:
    """The person of this tab: as told here, else as remembered on this computer."""
    if _HELD not in st.session_state:
        recalled = memory.recall()
        st.session_state[_HELD] = recalled or Person()
        st.session_state["person.remember"] = recalled is not None
    person: Person = st.session_state[_HELD]
    return person


def person_form() -> Subject:
    """Show the fields; what holds now."""
    text, before = words()["person"], held_person()
    if "person.units" not in st.session_state:
        st.session_state[_STARTED] = before
    st.subheader(text["title"], anchor=False)
    st.html(f'<p class="po-quiet">{text["lead"]}</p>')
    units = _units(text, st.session_state[_STARTED])
    if units != st.session_state[_STARTED].units:
        st.session_state[_STARTED] = replace(before, units=units)
    start: Person = st.session_state[_STARTED]
    stature_mm = _stature_mm(text, start, units)
    sex = _sex(text, start)
    left, right = st.columns(2, gap="small")
    with left:
        age = st.number_input(
            text["age"], 2, 120, _whole(start.subject.age), 1, placeholder=text["empty"]
        )
    with right:
        hand_mm = _hand_mm(text, start, units)
    subject = Subject(stature_mm, sex, None if age is None else float(age), hand_mm)
    _keep(text, Person(subject, units), before)
    return subject


def _units(text: dict[str, Any], start: Person) -> Units:
    choice = st.segmented_control(
        text["units"],
        get_args(Units),
        default=start.units,
        format_func=lambda unit: text[unit],
        required=True,
        key="person.units",
    )
    return choice or start.units


def _stature_mm(text: dict[str, Any], start: Person, units: Units) -> float | None:
    known = start.subject.stature_mm
    if units == "cm":
        low, high = (limit / 10 for limit in STATURE_RANGE_MM)
        known_cm = None if known is None else round(known / 10, 1)
        value = st.number_input(
            text["stature_cm"], low, high, known_cm, 1.0, "%.1f", placeholder=text["empty"]
        )
        return None if value is None else round(10 * value, 1)
    feet_before, inches_before = (None, 0.0) if known is None else _feet_and_inches(known)
    left, right = st.columns(2, gap="small")
    feet = left.number_input(text["feet"], 2, 8, feet_before, 1, placeholder=text["empty"])
    inches = right.number_input(text["inches"], 0.0, 11.9, inches_before, 0.5, "%.1f")
    if feet is None:
        return None
    length_mm = round((12 * feet + inches) * MM_PER_INCH, 1)
    return min(max(length_mm, STATURE_RANGE_MM[0]), STATURE_RANGE_MM[1])


def _sex(text: dict[str, Any], start: Person) -> Sex:
    choice: Sex | None = st.segmented_control(
        text["sex"],
        ("f", "m", "unspecified"),
        default=start.subject.sex,
        format_func=lambda sex: text["sexes"][sex],
        required=True,
        key="person.sex",
    )
    return choice or start.subject.sex


def _hand_mm(text: dict[str, Any], start: Person, units: Units) -> float | None:
    known, inch = start.subject.hand_thickness_mm, units == "ft"
    per_unit = MM_PER_INCH if inch else 1.0
    low, high = (limit / per_unit for limit in HAND_THICKNESS_RANGE_MM)
    value = st.number_input(
        text["hand_in" if inch else "hand_mm"],
        low,
        high,
        None if known is None else known / per_unit,
        0.1 if inch else 1.0,
        "%.2f" if inch else "%.0f",
        help=text["hand_help"],
        placeholder=text["empty"],
    )
    return None if value is None else round(value * per_unit, 1)


def _keep(text: dict[str, Any], now: Person, before: Person) -> None:
    """Remember or forget, as the person wishes."""
    state = st.session_state
    # Streamlit forgets a switch while another page is shown.
    state.setdefault("person.remember", state.get("person.was_remembered", False))
    was_on = bool(state.get("person.was_remembered", state["person.remember"]))
    on = st.toggle(text["remember"], key="person.remember", help=text["remember_help"])
    state["person.was_remembered"] = on
    state[_HELD] = now
    if on and (now != before or not was_on) and not memory.remember(now):
        st.caption(text["not_saved"])
    if was_on and not on:
        memory.forget()


def _feet_and_inches(length_mm: float) -> tuple[int, float]:
    inches = round(length_mm / MM_PER_INCH, 1)
    return int(inches // 12), round(inches % 12, 1)


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
