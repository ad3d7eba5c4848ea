"""The part of docs/accuracy.md on changes.

    python -m benchmarks.change.report TABLE.csv --sealed TABLE.csv

The wording is in change.md.jinja beside this file.  What it comes to is written to change.md of
benchmarks/accuracy, which the template of the whole page includes, and put in its place in
docs/accuracy.md; so neither report undoes the other.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median_high

from benchmarks.accuracy.report import PAGE, filled_in
from benchmarks.change.fit import Components, components, left_out
from benchmarks.change.judge import NAMES, Name, Pair, pairs_of, share, with_change_of
from benchmarks.change.readings import Visit, visits_of
from benchmarks.change.table import read_table
from posture.history.between import NotCancelled, load_not_cancelled

TEMPLATE = "change.md.jinja"
PART = Path(__file__).parents[1] / "accuracy" / "change.md"
BEGIN, END = "<!-- change -->\n", "<!-- /change -->\n"
# True changes of the angle that the tables tell of, degrees.
TOLD_DEG = (3.0, 5.0, 8.0)
IN_PROTOCOL = "in_protocol"


@dataclass(frozen=True)
class Reach:
    """What is told of some pairs of sessions, about one quantity.

    Attributes:
        name: of the group.
        bodies, pairs: how many.
        detectable: the median of the minimal detectable change, in degrees or mm.
        inside: share of pairs whose true change lies within what is told of it.
        quiet: of those without a change, share that is called no change; how many they are.
        told: of those with each change of the angle (`TOLD_DEG`), share that is called a change in
            the right direction.
    """

    name: str
    bodies: int
    pairs: int
    detectable: float
    inside: float
    quiet: float
    unchanged: int
    told: tuple[float, ...]


def reach(name: str, pairs: Sequence[Pair]) -> Reach:
    """Of one group."""
    unchanged = with_change_of(pairs, 0.0)
    return Reach(
        name=name,
        bodies=len({pair.body for pair in pairs}),
        pairs=len(pairs),
        detectable=median_high(pair.change.detectable for pair in pairs) if pairs else math.nan,
        inside=share([pair.inside for pair in pairs]),
        quiet=share([not pair.change.counts for pair in unchanged]),
        unchanged=len(unchanged),
        told=tuple(
            share([pair.rightly for pair in with_change_of(pairs, degrees)]) for degrees in TOLD_DEG
        ),
    )


@dataclass(frozen=True)
class ChangeNumbers:
    """What the wording is filled with; tables by quantity.

    Attributes:
        bodies, sessions, pairs: of the set.
        in_use: the shares that the program goes by.
        parts: the components, in protocol.
        families: in protocol, each family by shares fitted on the others, then all of them.
        elsewhere: pairs of which one or both sessions are not as the protocol asks, likewise.
        sealed: of the sealed seed, by the shares in use.
    """

    bodies: int
    sessions: int
    pairs: int
    in_use: NotCancelled
    parts: dict[Name, Components]
    families: dict[Name, list[Reach]]
    elsewhere: dict[Name, Reach]
    sealed: dict[Name, list[Reach]]


def change_numbers(visits: Sequence[Visit], sealed: Sequence[Visit]) -> ChangeNumbers:
    """All of it."""
    in_use, of_others = load_not_cancelled(), left_out(visits)
    judged: dict[Name, list[Pair]] = {
        name: [
            pair
            for family, shares in of_others.items()
            for pair in pairs_of([v for v in visits if v.family == family], name, shares)
        ]
        for name in NAMES
    }
    usual = [visit for visit in visits if visit.kind == IN_PROTOCOL]
    opened = {name: pairs_of(sealed, name, in_use) for name in NAMES}
    return ChangeNumbers(
        bodies=len({visit.body for visit in visits}),
        sessions=len(visits),
        pairs=len(judged["slca_deg"]),
        in_use=in_use,
        parts={name: components(usual, name) for name in NAMES},
        families={name: _by_family(pairs) for name, pairs in judged.items()},
        elsewhere={
            name: reach("not in protocol", [pair for pair in pairs if not pair.in_protocol])
            for name, pairs in judged.items()
        },
        sealed={
            name: [
                reach("in protocol", [pair for pair in pairs if pair.in_protocol]),
                reach("not in protocol", [pair for pair in pairs if not pair.in_protocol]),
            ]
            for name, pairs in opened.items()
        },
    )


def _by_family(pairs: Sequence[Pair]) -> list[Reach]:
    usual = [pair for pair in pairs if pair.in_protocol]
    families = sorted({pair.family for pair in usual})
    of_each = [reach(one, [pair for pair in usual if pair.family == one]) for one in families]
    return [*of_each, reach("all", usual)]


def part(numbers: ChangeNumbers) -> str:
    """The text, between its marks."""
    return BEGIN + filled_in(Path(__file__).with_name(TEMPLATE), vars(numbers)) + END


def put_into(page: str, text: str) -> str:
    """The page with this text in place of what stands between its marks."""
    before, rest = page.split(BEGIN)
    return before + text + rest.split(END)[1]


def main() -> None:
    """Read both tables, write the part and put it into the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", type=Path)
    parser.add_argument("--sealed", type=Path, required=True)
    options = parser.parse_args()
    visits, sealed = (visits_of(read_table(path)) for path in (options.table, options.sealed))
    text = part(change_numbers(visits, sealed))
    PART.write_text(text, encoding="utf-8")
    PAGE.write_text(put_into(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")
    print(PAGE)


if __name__ == "__main__":
    main()
