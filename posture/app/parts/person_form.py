"""The few numbers a person may tell about themselves.

The fields take any number, because a field with limits keeps the number before without a word.
What no person has is used nowhere, and is said at the fields and with the reading.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import streamlit as st

from posture._support.language import printed
from posture._support.texts import filled, page_texts
from posture.app import memory
from posture.app.memory import PersonalDetails, Units
from posture.overlay.numbers import MM_PER, LengthUnit
from posture.subject import (
    AGE_RANGE_YEARS,
    ASKED_STATURE_RANGE_MM,
    HAND_THICKNESS_RANGE_MM,
    Sex,
    Subject,
)

MM_PER_INCH = MM_PER["in"]
INCHES_PER_FOOT = 12
# What holds now, and what the fields on the page started with: a field whose start value changed
# while somebody types into it would lose the cursor.
_HELD, _STARTED, _REFUSED = "person.held", "person.started", "person.refused"
_REMEMBERED = "person.remembered"
# Beside the choice of units on a phone, whole or as feet and inches.
HEIGHT_FIELD_PX, FEET_FIELD_PX = 160, 76


@dataclass(frozen=True)
class _Answer:
    """What a field gives.

    Attributes:
        value: None when nothing was given, or nothing that is used.
        refused: why what was given is not used.
    """

    value: float | None = None
    refused: str | None = None


def held_person() -> PersonalDetails:
    """The person of this tab: as told here, else as kept on this computer."""
    if _HELD not in st.session_state:
        recalled = memory.recall()
        st.session_state[_HELD] = recalled or memory.of_own_settings()
        st.session_state[_REMEMBERED] = recalled is not None
    person: PersonalDetails = st.session_state[_HELD]
    return person


def length_unit() -> LengthUnit:
    """In what the pages of this tab print lengths of a back."""
    return "in" if held_person().units == "ft" else "mm"


def height_text(stature_mm: float) -> str:
    """A height as it is said, in the units of this tab."""
    if held_person().units == "ft":
        return _in_feet(stature_mm)
    return f"{stature_mm / 10:.0f} cm"


def units_choice() -> None:
    """Show the choice of units without the other fields; it holds for every page."""
    before = held_person()
    _hold(replace(before, units=_units("units")))


def person_form() -> Subject:
    """Show the fields; what holds now."""
    text, before = page_texts()["person"], held_person()
    if "person.units" not in st.session_state:
        st.session_state[_STARTED] = before
    st.header(text["title"], anchor=False)
    st.html(f'<p class="po-quiet">{text["lead"]}</p>')
    with st.container(horizontal=True, vertical_alignment="bottom"):
        height = st.container(width=HEIGHT_FIELD_PX)
        units = _units("person.units")
    if units != st.session_state[_STARTED].units:
        st.session_state[_STARTED] = replace(before, units=units)
    start: PersonalDetails = st.session_state[_STARTED]
    with height:
        stature = _stature(text, start, units)
    sex = _sex(text, start)
    with st.expander(text["more"]):
        left, right = st.columns(2, gap="small")
        with left:
            age = _age(text, start)
        with right:
            hand = _hand(text, start, units)
        remember = _remember(text)
    subject = Subject(stature.value, sex, age.value, hand.value)
    refused = tuple(item.refused for item in (stature, age, hand) if item.refused is not None)
    for sentence in refused:
        st.warning(sentence)
    st.session_state[_REFUSED] = refused
    if not _hold(PersonalDetails(subject, units), remember=remember):
        st.caption(text["not_saved"])
    return subject


def refused_numbers() -> tuple[str, ...]:
    """Of each number that was given and is not used, which one and why."""
    refused: tuple[str, ...] = st.session_state.get(_REFUSED, ())
    return refused


def _units(key: str) -> Units:
    text, before = page_texts()["person"], held_person().units
    st.session_state.setdefault(key, before)
    choice: Units | None = st.segmented_control(
        text["units"],
        get_args(Units),
        format_func=lambda unit: text["unit"][unit],
        required=True,
        key=key,
    )
    return choice or before


def _stature(text: dict[str, Any], start: PersonalDetails, units: Units) -> _Answer:
    known = start.subject.stature_mm
    if units == "cm":
        value = st.number_input(
            text["stature_cm"],
            value=None if known is None else round(known / 10, 1),
            step=1.0,
            format="%.1f",
            placeholder=text["empty"],
            key="person.stature_cm",
        )
        if value is None:
            return _Answer()
        return _in_range("stature", round(10 * value, 1), ASKED_STATURE_RANGE_MM, "cm", value)
    feet_before, inches_before = (None, 0.0) if known is None else _feet_and_inches(known)
    with st.container(horizontal=True, gap="xsmall"):
        feet = st.number_input(
            text["feet"], value=feet_before, step=1, width=FEET_FIELD_PX, key="person.feet"
        )
        inches = st.number_input(
            text["inches"],
            value=inches_before,
            step=0.5,
            format="%.1f",
            width=FEET_FIELD_PX,
            key="person.inches",
        )
    return _stature_of_feet(feet, inches)


def _stature_of_feet(feet: int | None, inches: float) -> _Answer:
    if feet is None and inches == 0:
        return _Answer()
    written = printed(f"{inches:g}")
    given = f"{written} in" if feet is None else f"{feet} ft {written} in"
    whole = feet is not None and 0 <= inches < INCHES_PER_FOOT
    length_mm = round((INCHES_PER_FOOT * (feet or 0) + inches) * MM_PER_INCH, 1)
    low, high = ASKED_STATURE_RANGE_MM
    if whole and low <= length_mm <= high:
        return _Answer(length_mm)
    return _Answer(refused=_refusal("stature", given, _in_feet(low), _in_feet(high)))


def _in_range(
    name: Literal["stature", "age", "hand"],
    value: float,
    limits: tuple[float, float],
    unit: str,
    given: float,
    per_unit: float = 10.0,
) -> _Answer:
    """`value` if it lies within `limits`; else why `given`, which is it in `unit`, is not used."""
    low, high = limits
    if low <= value <= high:
        return _Answer(value)
    said = (f"{number:.3g} {unit}" for number in (low / per_unit, high / per_unit))
    return _Answer(refused=_refusal(name, printed(f"{given:g} {unit}"), *map(printed, said)))


def _refusal(name: str, given: str, low: str, high: str) -> str:
    form: str = page_texts()["person"]["refused"][name]
    return filled(form, given=given, low=low, high=high)


def _sex(text: dict[str, Any], start: PersonalDetails) -> Sex:
    choice: Sex | None = st.segmented_control(
        text["sex"],
        ("f", "m", "unspecified"),
        default=start.subject.sex,
        format_func=lambda sex: text["sexes"][sex],
        required=True,
        key="person.sex",
    )
    return choice or start.subject.sex


def _age(text: dict[str, Any], start: PersonalDetails) -> _Answer:
    known = start.subject.age
    age = st.number_input(
        text["age"],
        value=None if known is None else round(known),
        step=1,
        placeholder=text["empty"],
        key="person.age",
    )
    if age is None:
        return _Answer()
    return _in_range("age", float(age), AGE_RANGE_YEARS, text["years"], age, 1.0)


def _hand(text: dict[str, Any], start: PersonalDetails, units: Units) -> _Answer:
    known, unit = start.subject.hand_thickness_mm, "in" if units == "ft" else "mm"
    per_unit = MM_PER_INCH if unit == "in" else 1.0
    value = st.number_input(
        text[f"hand_{unit}"],
        value=None if known is None else known / per_unit,
        step=0.1 if unit == "in" else 1.0,
        format="%.2f" if unit == "in" else "%.0f",
        help=text["hand_help"],
        placeholder=text["empty"],
        key=f"person.hand_{unit}",
    )
    if value is None:
        return _Answer()
    hand_mm = round(value * per_unit, 1)
    return _in_range("hand", hand_mm, HAND_THICKNESS_RANGE_MM, unit, value, per_unit)


def _remember(text: dict[str, Any]) -> bool:
    """Whether the person wishes to be remembered."""
    # Streamlit forgets a switch while another page is shown.
    st.session_state.setdefault("person.remember", st.session_state[_REMEMBERED])
    return st.toggle(text["remember"], key="person.remember", help=text["remember_help"])


def _hold(now: PersonalDetails, *, remember: bool | None = None) -> bool:
    """Let `now` hold in this tab, and on this computer if that is wished.

    Args:
        now: what holds from now on.
        remember: whether to keep it on this computer; as before when None.

    Returns:
        False when it could not be kept.
    """
    state = st.session_state
    before, was_on = held_person(), bool(state[_REMEMBERED])
    on = was_on if remember is None else remember
    state[_HELD], state[_REMEMBERED] = now, on
    if was_on and not on:
        memory.forget()
    return not on or (was_on and now == before) or memory.remember(now)


def _feet_and_inches(length_mm: float) -> tuple[int, float]:
    inches = round(length_mm / MM_PER_INCH, 1)
    return int(inches // INCHES_PER_FOOT), round(inches % INCHES_PER_FOOT, 1)


def _in_feet(length_mm: float) -> str:
    inches = round(length_mm / MM_PER_INCH)
    return f"{inches // INCHES_PER_FOOT} ft {inches % INCHES_PER_FOOT} in"
