"""What became of the photos, from planned to used: counts, and the chart of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from posture.study.analysis import used_captures
from posture.study.folder import Study
from posture.study.progress import refusals_of
from posture.study.report_words import report_words

# Of the chart, in units of its own.
_BOX_WIDTH, _GAP, _PADDING, _LINE = 250.0, 40.0, 9.0, 15.0
_BETWEEN, _INDENT = 26.0, 4.0
_WIDTH = 2 * _BOX_WIDTH + _GAP


@dataclass(frozen=True)
class Flow:
    """Counts of photos; of those taken all but four kinds are used.

    Attributes:
        planned: sittings in the order times stances.
        not_begun: planned photos of sittings of which none was taken.
        taken: all of them.
        void: taken by mistake.
        unreadable: files that hold no photo.
        refused: photos that cannot be measured, by the code of the reason.
        measured: the rest.
        first: measured, and thrown away as the first stance of a whole sitting.
        not_whole: measured, in sittings that have too few.
        used: the rest, which readings are made of.
    """

    planned: int
    not_begun: int
    taken: int
    void: int
    unreadable: int
    refused: Mapping[str, int]
    measured: int
    first: int
    not_whole: int
    used: int


@dataclass(frozen=True)
class Box:
    """A box of the chart; x right, y down, from its corner.

    Attributes:
        x, y, width, height: of it.
        lines: what stands in it.
        on_the_way: whether it is a step of the way, not what leaves it.
    """

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    on_the_way: bool


@dataclass(frozen=True)
class Line:
    """A line of text and where it begins, on its baseline."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Arrow:
    """From one point to another."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Chart:
    """Boxes and arrows."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def flow_of(study: Study) -> Flow:
    """Count a study's photos."""
    captures, stances = study.captures, study.design.stances
    valid = [one for one in captures if one.void is None]
    measured = sum(one.counts for one in captures)
    begun = {one.sitting for one in captures}
    whole = used_captures(study)
    used = sum(map(len, whole.values()))
    readable = tuple(one for one in valid if one.status == "refused")
    return Flow(
        planned=len(study.order) * stances,
        not_begun=sum(place.sitting not in begun for place in study.order) * stances,
        taken=len(captures),
        void=len(captures) - len(valid),
        unreadable=sum(one.status == "unreadable" for one in valid),
        refused=refusals_of(readable),
        measured=measured,
        first=len(whole),
        not_whole=measured - used - len(whole),
        used=used,
    )


def chart_of(flow: Flow) -> Chart:
    """The chart: the way of the photos on the left, what leaves it on the right."""
    words = report_words()["flow"]
    refused = sum(flow.refused.values())
    steps = [
        _Step(
            _said(words["planned"], flow.planned),
            [_said(words["not_begun"], flow.not_begun)] if flow.not_begun else [],
        ),
        _Step(
            _said(words["taken"], flow.taken),
            [
                _said(words["void"], flow.void),
                _said(words["unreadable"], flow.unreadable),
                _said(words["refused"], refused),
                *_reasons(flow.refused),
            ],
        ),
        _Step(
            _said(words["measured"], flow.measured),
            [_said(words["first"], flow.first), _said(words["not_whole"], flow.not_whole)],
        ),
        _Step(_said(words["used"], flow.used), []),
    ]
    return _laid_out(steps)


def chart_svg(chart: Chart, title: str) -> str:
    """The chart as a part of a page, told to who cannot see it."""
    said = ". ".join(line.strip() for box in chart.boxes for line in box.lines)
    parts = [
        f'<path d="M{one.x1:g} {one.y1:g}L{one.x2:g} {one.y2:g}" class="arrow" '
        'marker-end="url(#flow-head)"/>'
        for one in chart.arrows
    ]
    for box in chart.boxes:
        strong = ' class="strong"' if box.on_the_way else ""
        parts.append(
            f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" '
            'rx="5" class="box"/>'
        )
        parts += (
            f'<text x="{line.x:g}" y="{line.y:g}"{strong}>{escape(line.text)}</text>'
            for line in lines_of(box)
        )
    head = (
        '<defs><marker id="flow-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>'
    )
    return (
        f'<svg class="flow" viewBox="-1 -1 {chart.width + 2:g} {chart.height + 2:g}" role="img" '
        f'aria-label="{escape(title)}: {escape(said)}">{head}{"".join(parts)}</svg>'
    )


def lines_of(box: Box) -> tuple[Line, ...]:
    """Each line of a box with the point where it begins; blanks before it indent it."""
    return tuple(
        Line(
            text.strip(),
            box.x + _PADDING + _INDENT * (len(text) - len(text.lstrip())),
            box.y + _PADDING + _LINE * (index + 0.75),
        )
        for index, text in enumerate(box.lines)
    )


@dataclass(frozen=True)
class _Step:
    heading: str
    leaving: Sequence[str]


def _said(sentence: str, count: int) -> str:
    return sentence.format(count=count)


def _reasons(refused: Mapping[str, int]) -> Iterator[str]:
    """The most frequent reasons, and how often there was another."""
    words, most = report_words()["flow"], report_words()["most_codes"]
    for code, count in list(refused.items())[:most]:
        yield words["reason"].format(code=code, count=count)
    if others := sum(list(refused.values())[most:]):
        yield words["other"].format(count=others)


def _laid_out(steps: Sequence[_Step]) -> Chart:
    boxes, arrows = list[Box](), list[Arrow]()
    y = 0.0
    for index, step in enumerate(steps):
        height = _height(1)
        boxes.append(Box(0, y, _BOX_WIDTH, height, (step.heading,), True))
        if index == len(steps) - 1:
            return Chart(_WIDTH, y + height, tuple(boxes), tuple(arrows))
        middle = _BOX_WIDTH / 2
        below = y + height + _BETWEEN
        if step.leaving:
            side = _height(len(step.leaving))
            left = _BOX_WIDTH + _GAP
            boxes.append(Box(left, below, _BOX_WIDTH, side, tuple(step.leaving), False))
            at = below + side / 2
            arrows.append(Arrow(middle, at, left, at))
            below += side + _BETWEEN
        arrows.append(Arrow(middle, y + height, middle, below))
        y = below
    raise ValueError("a chart has a step")


def _height(lines: int) -> float:
    return 2 * _PADDING + lines * _LINE
