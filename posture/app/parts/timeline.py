"""A number over time with its error bars and the typical band."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import streamlit as st

from posture._support.language import printed
from posture._support.texts import filled
from posture.history import Session
from posture.history.records import MAX_PAIN
from posture.history.repeatability import Standing
from posture.history.story import (
    Quantity,
    comparable,
    day,
    figure,
    having,
    moment,
    quiet_band,
    trend_over,
    whole_interval,
)
from posture.history.words import history_texts
from posture.overlay.palette import BAND, CONTOUR, INK, NOTICE, css
from posture.verdict.bands import Cuts

HEIGHT_PX, PAIN_HEIGHT_PX = 260, 120
# Room beside the first and the last reading.
EDGE_PX = 24
_BAND_OPACITY, _QUIET_OPACITY = 0.2, 0.09


def timeline(
    sessions: Sequence[Session], quantity: Quantity, cuts: Cuts, standing: Standing
) -> None:
    """Show one chart.

    Args:
        sessions: of one person.
        quantity: what is shown.
        cuts: between the bands, in the unit of the number.
        standing: the person's repeatability.
    """
    words = history_texts()["progress"]
    points = _points(sessions, quantity, standing)
    title = filled(words["axis"], quantity=words[quantity.name], unit=quantity.unit.strip())
    low, high = (cut * quantity.per_unit for cut in cuts[:2])
    decimal_sign = f"replace(datum.label, '.', '{printed('.')}')"
    axis = alt.Axis(labelExpr=decimal_sign)
    y = alt.Y("value:Q", title=title, scale=alt.Scale(zero=False, nice=True), axis=axis)
    x = _days()
    band = (
        alt.Chart(alt.InlineData(values=[{"low": low, "high": high}]))
        .mark_rect(color=css(BAND["typical"]), opacity=_BAND_OPACITY)
        .encode(y=alt.Y("low:Q", title=title), y2="high:Q")
    )
    base = alt.Chart(alt.InlineData(values=points))
    whole = base.mark_rule(strokeWidth=5, color=css(CONTOUR), opacity=0.55).encode(
        x=x, y=alt.Y("whole_low:Q", title=title), y2="whole_high:Q"
    )
    own = base.mark_rule(strokeWidth=1.5, color=css(CONTOUR)).encode(
        x=x, y=alt.Y("own_low:Q", title=title), y2="own_high:Q"
    )
    dots = base.mark_point(size=90, filled=True, color=css(CONTOUR), opacity=1).encode(
        x=x, y=y, tooltip=[alt.Tooltip("moment:N", title=" "), alt.Tooltip("shown:N", title=title)]
    )
    values = ", ".join(f"{point['day']} {point['shown']}" for point in points)
    said = filled(words["chart_alt"], quantity=title, count=len(points), values=values)
    layers = [band, *_quiet(sessions, quantity, standing, x, title)]
    layers += [*_line(sessions, quantity, standing, x, title), whole, own, dots]
    chart = alt.layer(*layers).properties(height=HEIGHT_PX, description=said)
    st.altair_chart(chart, width="stretch")


def pain_timeline(sessions: Sequence[Session]) -> None:
    """Show what was noted of pain, if anything was, on the same days as the charts above."""
    words = history_texts()["progress"]
    noted = [
        {"when": _when(session), "pain": session.notes.pain, "said": session.notes.training}
        for session in sessions
    ]
    told = [f"{day(one)} {one.notes.pain}" for one in sessions if one.notes.pain is not None]
    if not told:
        return
    tooltip = [alt.Tooltip("pain:Q", title=words["pain"]), alt.Tooltip("said:N", title=" ")]
    chart = (
        alt.Chart(alt.InlineData(values=noted))
        .mark_point(size=90, filled=True, color=css(NOTICE), opacity=1)
        .encode(
            x=_days(),
            y=alt.Y("pain:Q", title=words["pain"], scale=alt.Scale(domain=[0, MAX_PAIN])),
            tooltip=tooltip,
        )
        .properties(
            height=PAIN_HEIGHT_PX,
            description=filled(
                words["chart_alt"], quantity=words["pain"], count=len(told), values=", ".join(told)
            ),
        )
    )
    st.altair_chart(chart, width="stretch")


def _days() -> alt.X:
    return alt.X(
        "when:T",
        title=None,
        axis=alt.Axis(format="%Y-%m-%d", labelAngle=0, tickCount=4),
        scale=alt.Scale(padding=EDGE_PX),
    )


def _when(session: Session) -> str:
    """Without a zone: the day stays that day wherever the browser is."""
    return session.when.replace(tzinfo=None).isoformat()


def _quiet(
    sessions: Sequence[Session], quantity: Quantity, standing: Standing, x: alt.X, title: str
) -> list[alt.Chart]:
    """The band within which nothing is told, where there is one."""
    unit = quantity.per_unit
    values = [
        {"when": _when(item.session), "low": item.low * unit, "high": item.high * unit}
        for item in quiet_band(sessions, quantity, standing)
    ]
    if not values:
        return []
    area = alt.Chart(alt.InlineData(values=values)).mark_area(
        color=css(INK), opacity=_QUIET_OPACITY
    )
    return [area.encode(x=x, y=alt.Y("low:Q", title=title), y2="high:Q")]


def _line(
    sessions: Sequence[Session], quantity: Quantity, standing: Standing, x: alt.X, title: str
) -> list[alt.Chart]:
    """The line of a trend that counts; of others none is drawn."""
    trend = trend_over(sessions, quantity, standing)
    if trend is None or not trend.counts:
        return []
    known = having(comparable(sessions), quantity)
    ends = ((known[0], trend.start), (known[-1], trend.start + trend.change))
    values = [
        {"when": _when(session), "value": value * quantity.per_unit} for session, value in ends
    ]
    line = alt.Chart(alt.InlineData(values=values)).mark_line(
        color=css(INK), strokeDash=[6, 4], strokeWidth=1.5
    )
    return [line.encode(x=x, y=alt.Y("value:Q", title=title))]


def _points(
    sessions: Sequence[Session], quantity: Quantity, standing: Standing
) -> list[dict[str, Any]]:
    points = []
    for session in sessions:
        own = quantity.of(session.reading)
        whole = whole_interval(session, quantity, standing)
        if own is None or whole is None:
            continue
        unit = quantity.per_unit
        value = own.value * unit
        points.append(
            {
                "when": _when(session),
                "day": day(session),
                "moment": moment(session),
                "shown": figure(session.reading, quantity),
                "value": value,
                "own_low": value - own.ci95 * unit,
                "own_high": value + own.ci95 * unit,
                "whole_low": value - whole.ci95 * unit,
                "whole_high": value + whole.ci95 * unit,
            }
        )
    return points
