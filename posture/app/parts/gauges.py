"""Band gauges as HTML: what was measured, where it lies, how sure."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from posture._support.language import printed
from posture._support.texts import page_texts, short_band_words, texts
from posture.overlay import numbers
from posture.overlay.gauge import GaugeReading, position
from posture.overlay.numbers import LengthUnit
from posture.overlay.palette import BAND, Rgb, css
from posture.report import hands_cuts, readings
from posture.result import Measured, Result
from posture.verdict.bands import BAND_NAMES, Cuts, covered
from posture.verdict.norms import Norms

# From hardly room to two hands: one hue that darkens, because more is not worse.
_HAND_COLOURS: tuple[Rgb, ...] = ((189, 215, 231), (107, 174, 214), (49, 130, 189), (8, 81, 156))


def gauges(result: Result, norms: Norms, unit: LengthUnit) -> str:
    """Angle, depth in `unit` and hands of a measured result, one gauge under the other."""
    parts = [_band_gauge(reading) for reading in readings(result, norms, unit)]
    if result.hollow_hands is not None:
        parts.append(_hands_gauge(result.hollow_hands, hands_cuts(norms)))
    return f'<div class="po-card">{"".join(parts)}</div>'


def _band_gauge(reading: GaugeReading) -> str:
    chosen = covered(reading.band)
    short = texts()["overlay"]["band_short"]
    names = [short[name] for name in BAND_NAMES]
    on = [name in chosen for name in BAND_NAMES]
    colours = [BAND[name] for name in BAND_NAMES]
    said = f"{reading.name}: {reading.figure}, {short_band_words(reading.band)}"
    body = _scale(reading.measured, reading.cuts, names, on, colours)
    return _gauge(
        reading.name, reading.figure, said, body + _cuts(reading.cuts, reading.cut_labels)
    )


def _hands_gauge(hands: Measured, cuts: Cuts) -> str:
    name = texts()["overlay"]["hands"]
    zones = page_texts()["hands"]
    names = [zones["none"], zones["one"], zones["more"], zones["two"]]
    zone = sum(hands.value >= cut for cut in cuts)
    figure = numbers.hands(hands)
    low, middle, high = (printed(f"{cut:g}") for cut in cuts)
    body = _scale(hands, cuts, names, [k == zone for k in range(4)], _HAND_COLOURS)
    said = f"{name}: {figure}, {names[zone]}"
    return _gauge(name, figure, said, body + _cuts(cuts, (low, middle, high)))


def _gauge(name: str, figure: numbers.NumberText, said: str, body: str) -> str:
    return (
        '<div class="po-gauge"><div class="po-head">'
        f'<span class="po-name">{escape(name)}</span>'
        f'<span class="po-value">{escape(figure.value)} <small>{escape(figure.spread)}</small>'
        f'</span></div><div role="img" aria-label="{escape(said)}">{body}</div></div>'
    )


def _scale(
    measured: Measured,
    cuts: Cuts,
    names: Sequence[str],
    on: Sequence[bool],
    colours: Sequence[Rgb],
) -> str:
    edges = (0.0, *(position(cut, cuts) for cut in cuts), 1.0)
    labels, segments = [], []
    for (left, right), name, chosen, colour in zip(
        pairwise(edges), names, on, colours, strict=True
    ):
        mark = "po-on" if chosen else ""
        labels.append(f'<span class="{mark}" style="left:{50 * (left + right):.1f}%">{name}</span>')
        segments.append(
            f'<div class="po-seg {mark}" style="left:calc({100 * left:.2f}% + 1px);'
            f'width:calc({100 * (right - left):.2f}% - 2px);background:{css(colour)}"></div>'
        )
    return (
        f'<div class="po-names">{"".join(labels)}</div>'
        f'<div class="po-track">{"".join(segments)}{_marker(measured, cuts)}</div>'
    )


def _marker(measured: Measured, cuts: Cuts) -> str:
    low, middle, high = (
        100 * position(measured.value + side * measured.ci95, cuts) for side in (-1, 0, 1)
    )
    return (
        f'<div class="po-whisker" style="left:{low:.1f}%;width:{high - low:.1f}%"></div>'
        f'<div class="po-dot" style="left:{middle:.1f}%"></div>'
    )


def _cuts(cuts: Cuts, labels: tuple[str, str, str]) -> str:
    spans = "".join(
        f'<span style="left:{100 * position(cut, cuts):.1f}%">{escape(label)}</span>'
        for cut, label in zip(cuts, labels, strict=True)
    )
    return f'<div class="po-cuts">{spans}</div>'
