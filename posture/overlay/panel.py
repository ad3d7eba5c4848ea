"""The words and numbers beside the photo: verdict or refusal, gauges, legend, disclaimer.

Sections come in reading order; where height is short, the ones that say least are left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from posture._support.texts import band_words, filled, texts
from posture.findings import Finding
from posture.overlay import numbers
from posture.overlay.blocks import Block, Style, paragraph, side_by_side, stacked
from posture.overlay.gauge import band_names, gauge, heading
from posture.overlay.layers import Layer
from posture.overlay.legend import legend
from posture.overlay.numbers import LengthUnit
from posture.overlay.palette import (
    HAIRLINE,
    INK,
    MIST,
    MUTED,
    NOTICE,
    Rgb,
    band_colours,
)
from posture.overlay.readings import figures, readings
from posture.overlay.shapes import Box, Plate, Shape, Stroke, moved
from posture.result import Result
from posture.verdict.norms import Norms

# How many findings are printed, what matters most first; the report beside the picture lists all.
MAX_FINDINGS = 3


@dataclass(frozen=True)
class Section:
    """A part of the panel.

    Attributes:
        rank: 0 is never left out; of the others the highest goes first when height is short.
        part: "head", "numbers" or "notes": what stays together in a panel of several columns.
    """

    block: Block
    rank: int
    part: str


def sections(
    result: Result,
    norms: Norms | None,
    layers: frozenset[Layer],
    width: float,
    em: float,
    unit: LengthUnit = "mm",
) -> list[Section]:
    """All sections of the panel for a column of `width` pixels and a body size of `em` pixels.

    Args:
        norms: where the gauges take their cuts from; None leaves the gauges' bars out.
        unit: of lengths.
    """
    if result.status == "refused":
        parts = _refusal(result, width, em)
    else:
        parts = _verdict(result, width, em) + _readings(result, norms, unit, width, em)
    parts += _notes(result, width, em)
    key = legend(result, layers, width, em)
    if key is not None:
        parts.append(Section(_titled("legend_title", key, width, em), 1, "notes"))
    return parts


def footer(result: Result, width: float, em: float) -> Block:
    """Hairline, the not-a-diagnosis line and what produced the numbers."""
    small = Style(0.8 * em, "regular", INK)
    fine = Style(0.7 * em, "regular", MUTED)
    words, made_by = texts()["overlay"], result.provenance
    origin = filled(
        words["provenance"],
        program=made_by.program_version,
        method=made_by.method_version,
        norms=made_by.norms_version,
        model=made_by.model,
    )
    if made_by.edited_by_hand:
        origin = f"{words['edited_by_hand']} {origin}"
    rule = Block(0.6 * em, (Stroke(((0, 0), (width, 0)), max(1.0, 0.06 * em), HAIRLINE),))
    text = [paragraph(result.disclaimer, width, small), paragraph(origin, width, fine)]
    return stacked([rule, stacked(text, 0.15 * em)], 0.0)


def _verdict(result: Result, width: float, em: float) -> list[Section]:
    words = texts()["overlay"]
    eyebrow = paragraph(words["title"], width, Style(0.82 * em, "semibold", MUTED))
    if result.bands is None:
        return [Section(eyebrow, 0, "head")]
    sentence = filled(words["verdict"], band=band_words(result.bands.verdict))
    headline = _barred(sentence, band_colours(result.bands.verdict), width, em)
    parts = [Section(stacked([eyebrow, headline], 0.5 * em), 0, "head")]
    if result.bands.verdict != "typical":
        note = paragraph(texts()["outside_range"], width, Style(0.9 * em, "regular", MUTED))
        parts.append(Section(note, 2, "head"))
    return parts


def _refusal(result: Result, width: float, em: float) -> list[Section]:
    words, refusal = texts()["overlay"], result.refusal
    eyebrow = paragraph(words["title"], width, Style(0.82 * em, "semibold", MUTED))
    headline = _barred(words["cannot_measure"], (NOTICE, NOTICE), width, em)
    parts = [Section(stacked([eyebrow, headline], 0.5 * em), 0, "head")]
    if refusal is not None:
        reason = paragraph(refusal.message, width, Style(1.0 * em, "regular", INK))
        parts.append(Section(reason, 0, "head"))
        if refusal.fix:
            parts.append(Section(_card(words["what_to_do"], refusal.fix, width, em), 0, "numbers"))
    return parts


def _readings(
    result: Result, norms: Norms | None, unit: LengthUnit, width: float, em: float
) -> list[Section]:
    """The angle and the depth on their gauges, the hands below."""
    words, blocks = texts()["overlay"], list[Block]()
    if norms is None or result.bands is None:
        blocks += [heading(name, figure, width, em) for name, figure in figures(result, unit)]
    else:
        blocks.append(band_names(result.bands.verdict, width, em))
        blocks += [gauge(reading, width, em) for reading in readings(result, norms, unit)]
    if result.hollow_hands is not None:
        blocks.append(heading(words["hands"], numbers.hands(result.hollow_hands), width, em))
    parts = [Section(stacked(blocks, 0.35 * em), 0, "numbers")]
    if norms is not None:
        reference = paragraph(
            words["reference"][result.subject.sex], width, Style(0.8 * em, "regular", MUTED)
        )
        parts.append(Section(reference, 3, "numbers"))
    return parts


def _notes(result: Result, width: float, em: float) -> list[Section]:
    words = texts()["overlay"]
    body = Style(0.86 * em, "regular", INK)
    parts = _doubts(result, width, em)
    standing = numbers.percentiles(result)
    if standing is not None:
        parts.append(Section(paragraph(standing, width, body), 1, "notes"))
    if result.wall_test is not None:
        parts.append(Section(paragraph(result.wall_test, width, body), 1, "notes"))
    if result.repeatability is not None:
        again = filled(words["repeatability"], slca=max(1, round(result.repeatability.slca_deg)))
        parts.append(
            Section(paragraph(again, width, Style(0.86 * em, "regular", MUTED)), 4, "notes")
        )
    return parts


def _doubts(result: Result, width: float, em: float) -> list[Section]:
    """What is said besides the refusal: who keeps the picture keeps what puts it in doubt."""
    return [
        Section(_notice(item, width, em), 4 if item.severity == "info" else min(place, 1), "notes")
        for place, item in enumerate(result.other_findings[:MAX_FINDINGS])
    ]


def _notice(item: Finding, width: float, em: float) -> Block:
    """A finding with a bar of the notice colour (grey for mere information) beside it."""
    text = f"{item.message} {item.fix}".strip()
    body = paragraph(text, width - 1.0 * em, Style(0.86 * em, "regular", INK))
    colour = HAIRLINE if item.severity == "info" else NOTICE
    bar = Plate(Box(0, 0.15 * em, 0.28 * em, body.height - 0.15 * em), 0.14 * em, colour)
    return Block(body.height, (bar, *(moved(shape, 1.0 * em, 0) for shape in body.shapes)))


def _barred(sentence: str, colours: tuple[Rgb, Rgb], width: float, em: float) -> Block:
    """A headline with a bar of the band's colour (two halves for a pair) on its left."""
    text = paragraph(sentence, width - 1.1 * em, Style(1.42 * em, "semibold", INK))
    top, bottom = 0.2 * em, text.height - 0.1 * em
    middle = (top + bottom) / 2
    halves: list[Shape] = [
        Plate(Box(0, top, 0.42 * em, bottom), 0.21 * em, colours[0]),
    ]
    if colours[0] != colours[1]:
        halves += [
            Plate(Box(0, middle, 0.42 * em, bottom), 0.21 * em, colours[1]),
            Plate(Box(0, middle, 0.42 * em, (middle + bottom) / 2), 0, colours[1]),
        ]
    return Block(text.height, (*halves, *(moved(shape, 1.1 * em, 0) for shape in text.shapes)))


def _card(title: str, text: str, width: float, em: float) -> Block:
    """Title and text on a quiet plate."""
    pad = 0.8 * em
    inner = stacked(
        [
            paragraph(title, width - 2 * pad, Style(0.82 * em, "semibold", MUTED)),
            paragraph(text, width - 2 * pad, Style(1.0 * em, "semibold", INK)),
        ],
        0.1 * em,
    )
    height = inner.height + 1.6 * pad
    plate = Plate(Box(0, 0, width, height), 0.5 * em, MIST)
    return Block(height, (plate, *(moved(shape, pad, 0.8 * pad) for shape in inner.shapes)))


def _titled(key: str, block: Block, width: float, em: float) -> Block:
    title = paragraph(texts()["overlay"][key], width, Style(0.82 * em, "semibold", MUTED))
    return stacked([title, side_by_side([block], width)], 0.3 * em)
