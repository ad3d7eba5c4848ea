"""A number over time with its error bars and the typical band."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import streamlit as st

from posture.app.parts.gauges import css
from posture.history import Session
from posture.history.story import (
    Quantity,
    day,
    figure,
    history_texts,
    moment,
    whole_interval,
)
from posture.overlay.palette import BAND, CONTOUR
from posture.verdict.bands import Cuts

HEIGHT_PX = 260
# Room beside the first and the last reading.
EDGE_PX = 24
_BAND_OPACITY = 0.2


def timeline(sessions: Sequence[Session], quantity: Quantity, cuts: Cuts) -> None:
    """Show one chart.

    Args:
        cuts: between the bands, in the unit of the number.
    """
    words = history_texts()["progress"]
    points = _points(sessions, quantity)
    title = words["axis"].format(quantity=words[quantity.name], unit=quantity.unit.strip())
    low, high = (cut * quantity.per_unit for cut in cuts[:2])
    y = alt.Y("value:Q", title=title, scale=alt.Scale(zero=False, nice=True))
    x = alt.X(
        "when:T",
        title=None,
        axis=alt.Axis(format="%d %b %Y", labelAngle=0, tickCount=4),
        scale=alt.Scale(padding=EDGE_PX),
    )
    band = (
        alt.Chart(alt.InlineData(values=[{"low": low, "high": high}]))
        .mark_rect(color=css(BAND["typical"]), opacity=_BAND_OPACITY)
        .encode(y=alt.Y("low:Q", title=title), y2="high:Q")
    )
    base = alt.Chart(alt.InlineData(values=points))
    whole = base.mark_rule(strokeWidth=1.5, color=css(CONTOUR)).encode(
        x=x, y=alt.Y("whole_low:Q", title=title), y2="whole_high:Q"
    )
    own = base.mark_rule(strokeWidth=5, color=css(CONTOUR), opacity=0.55).encode(
        x=x, y=alt.Y("own_low:Q", title=title), y2="own_high:Q"
    )
    dots = base.mark_point(size=90, filled=True, color=css(CONTOUR), opacity=1).encode(
        x=x, y=y, tooltip=[alt.Tooltip("moment:N", title=" "), alt.Tooltip("shown:N", title=title)]
    )
    values = ", ".join(f"{point['day']} {point['shown']}" for point in points)
    said = words["chart_alt"].format(quantity=title, count=len(points), values=values)
    chart = alt.layer(band, whole, own, dots).properties(height=HEIGHT_PX, description=said)
    st.altair_chart(chart, width="stretch")


def _points(sessions: Sequence[Session], quantity: Quantity) -> list[dict[str, Any]]:
    points = []
    for session in sessions:
        own = quantity.of(session.reading)
        whole = whole_interval(session.reading, quantity)
        if own is None or whole is None:
            continue
        unit = quantity.per_unit
        value = own.value * unit
        points.append(
            {
                # Without a zone: the day stays that day wherever the browser is.
                "when": session.when.replace(tzinfo=None).isoformat(),
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
