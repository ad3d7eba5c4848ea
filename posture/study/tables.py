"""The tables of a report: made once, shown on pages and written as CSV."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from posture.study.analysis import (
    LEAST_PARTICIPANTS,
    Analysis,
    Comparison,
    Difference,
    Repeats,
)
from posture.study.cells import table_text
from posture.study.design import Quantity
from posture.study.estimates import Estimate
from posture.study.folder import Study
from posture.study.progress import Progress
from posture.study.report_words import report_words

Cell = str | int | float | Estimate | None
_NOTHING = "–"
# Significant digits in CSV: more than any reading has.
_DIGITS = 7


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes:
        key: its name in CSV.
        decimals: of its numbers where people read it.
    """

    key: str
    decimals: int = 0

    @property
    def title(self) -> str:
        """What stands above it."""
        return str(report_words()["column"][self.key])

    def text(self, item: Cell) -> str:
        """A cell as people read it; the interval of an estimate on a line of its own."""
        if self.key == "p" and isinstance(item, float):
            return _p_text(item, self.decimals)
        text = shown(item, self.decimals)
        return text.replace(" (", "\n(", 1) if isinstance(item, Estimate) else text


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        name: of its CSV file, without the ending.
        title: above it.
        columns: of it; those that only CSV has are in `only_csv`.
        rows: one cell a column.
        notes: below it.
        only_csv: keys of columns that pages leave out; all of them where the table is too long.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    only_csv: frozenset[str] = frozenset()

    @property
    def is_shown(self) -> bool:
        """Whether pages have any of it."""
        return any(one.key not in self.only_csv for one in self.columns)

    def shown(self) -> tuple[tuple[str, ...], ...]:
        """Titles and rows as people read them."""
        places = [i for i, one in enumerate(self.columns) if one.key not in self.only_csv]
        rows = [[self.columns[i].text(row[i]) for i in places] for row in self.rows]
        return (tuple(self.columns[i].title for i in places), *map(tuple, rows))

    def csv(self) -> str:
        """The file: of an estimate value, low and high."""
        estimates = {
            i for row in self.rows for i, item in enumerate(row) if isinstance(item, Estimate)
        }
        names = [
            f"{column.key}{ending}"
            for i, column in enumerate(self.columns)
            for ending in (("", "_low", "_high") if i in estimates else ("",))
        ]
        rows = [
            [
                plain
                for i, item in enumerate(row)
                for plain in (_parts(item) if i in estimates else (_exact(item),))
            ]
            for row in self.rows
        ]
        return table_text(names, rows)


def shown(item: Cell, decimals: int) -> str:
    """A cell as people read it; of an estimate the interval in brackets."""
    if isinstance(item, Estimate):
        value = shown(item.value, decimals)
        if math.isnan(item.low) or math.isnan(item.high):
            return value
        return f"{value} ({shown(item.low, decimals)} to {shown(item.high, decimals)})"
    if item is None or (isinstance(item, float) and math.isnan(item)):
        return _NOTHING
    if isinstance(item, float):
        text = f"{item:.{decimals}f}"
        # No minus before a zero.
        text = text.removeprefix("-") if float(text) == 0 else text
        return text.replace("-", "\N{MINUS SIGN}")
    return f"{item}"


def _p_text(p: float, decimals: int) -> str:
    """A p value as papers print it."""
    least = 10**-decimals
    return f"<{least:g}" if p < least else shown(p, decimals)


def study_tables(study: Study, analysis: Analysis, progress: Progress) -> tuple[Table, ...]:
    """All tables, in the order of the report; those of nothing are left out."""
    tables = [
        _participants(study, analysis),
        _captures(progress),
        _refusals(progress),
        *(_reliability(study, quantity, analysis.repeats) for quantity in analysis.readings),
        *(_agreement(quantity, analysis.differences) for quantity in analysis.readings),
        _instruments(analysis.comparisons),
        _readings(analysis),
    ]
    return tuple(table for table in tables if table.rows)


def compared(item: Repeats | Difference | Comparison) -> str:
    """What is compared, in words."""
    words = report_words()["compared"]
    if isinstance(item, Comparison):
        return str(words["instrument"]).format(name=item.instrument.name)
    if isinstance(item, Repeats):
        return str(words[item.between]).format(rater=item.rater, session=item.session)
    over_all = item.rater is None and item.session is None
    form = words[f"pair_{item.between}{'_all' if over_all else ''}"]
    first, second = item.names
    return str(form).format(first=first, second=second, rater=item.rater, session=item.session)


def _participants(study: Study, analysis: Analysis) -> Table:
    words = report_words()["person"]
    read = {one.participant for values in analysis.readings.values() for one in values}
    rows: list[tuple[Cell, ...]] = [
        (words["planned"], study.design.participants),
        (words["in_table"], len(study.participants)),
        (words["withdrawn"], len(study.withdrawn)),
        (words["with_reading"], len(read)),
        *((words[name], number) for name, number in people_of(study).items()),
    ]
    return Table(
        "participants",
        report_words()["heading"]["participants"],
        (Column("what"), Column("number")),
        tuple(rows),
    )


def people_of(study: Study) -> Mapping[str, int | str]:
    """How many women and men take part, their ages and heights."""
    people = [one.subject for one in study.participants]
    return {
        "women": sum(one.sex == "f" for one in people),
        "men": sum(one.sex == "m" for one in people),
        "unsaid": sum(one.sex == "unspecified" for one in people),
        "age": _spread([one.age for one in people if one.age is not None]),
        "height": _spread([one.stature_mm / 10 for one in people if one.stature_mm is not None]),
    }


def _spread(values: Sequence[float]) -> str:
    """Mean, standard deviation, range and count in words."""
    words = report_words()["person"]
    if not values:
        return str(words["unknown"])
    if len(values) == 1:
        return str(words["one"]).format(mean=values[0])
    return str(words["spread"]).format(
        mean=statistics.mean(values),
        sd=statistics.stdev(values),
        low=min(values),
        high=max(values),
        count=len(values),
    )


def _captures(progress: Progress) -> Table:
    keys = ("session", "rater", "planned", "whole", "photos", "measured", "refused", "unreadable")
    return Table(
        "captures",
        report_words()["heading"]["captures"],
        tuple(Column(key) for key in (*keys, "void")),
        tuple(
            (
                part.session, part.rater, part.planned, part.whole, part.captures, part.measured,
                part.refused, part.unreadable, part.void,
            )
            for part in progress.parts
        ),
    )  # fmt: skip


def _refusals(progress: Progress) -> Table:
    return Table(
        "refusals",
        report_words()["heading"]["refusals"],
        (Column("reason"), Column("count")),
        tuple(progress.refusals.items()),
    )


def _reliability(study: Study, quantity: Quantity, repeats: Sequence[Repeats]) -> Table:
    words = report_words()
    unit, share = words["decimals"][quantity], words["decimals"]["share"]
    found = [one for one in repeats if one.quantity == quantity]
    columns = (
        Column("compared"), Column("participants"), Column("left_out"), Column("mean", unit),
        Column("sd", unit), Column("icc_agreement", share), Column("icc_agreement_1996", share),
        Column("icc_consistency", share), Column("sem_agreement", unit),
        Column("sem_consistency", unit), Column("mdc95_agreement", unit),
        Column("mdc95_consistency", unit),
    )  # fmt: skip
    return Table(
        f"reliability-{quantity}",
        words["heading"]["reliability"].format(quantity=words["quantity"][quantity]),
        columns,
        tuple((compared(one), one.complete, one.left_out, *_of(one, columns[3:])) for one in found),
        (
            words["note"]["reliability"].format(participants=len(study.participants)),
            words["note"]["stances"],
            *_too_few(one.found is None for one in found),
        ),
        frozenset(["icc_agreement_1996"]),
    )


def _of(repeats: Repeats, columns: Sequence[Column]) -> Iterator[Cell]:
    for column in columns:
        yield None if repeats.found is None else getattr(repeats.found, column.key)


def _agreement(quantity: Quantity, differences: Sequence[Difference]) -> Table:
    words = report_words()
    unit, share = words["decimals"][quantity], words["decimals"]["share"]
    found = [one for one in differences if one.quantity == quantity]
    rows = []
    for one in found:
        pairs, limits = one.pairs, one.pairs.limits
        rows.append(
            (
                compared(one), len(pairs.first), pairs.left_out,
                *((limits.pairs, limits.bias, limits.sd, limits.lower, limits.upper)
                  if limits else _blank(5)),
                *((pairs.slope.slope, pairs.slope.p) if pairs.slope else _blank(2)),
            )
        )  # fmt: skip
    return Table(
        f"agreement-{quantity}",
        words["heading"]["agreement"].format(quantity=words["quantity"][quantity]),
        (
            Column("compared"), Column("participants"), Column("left_out"), Column("pairs"),
            Column("bias", unit), Column("sd", unit), Column("lower", unit), Column("upper", unit),
            Column("slope", share), Column("p", words["decimals"]["p"]),
        ),
        tuple(rows),
        (words["note"]["agreement"], *_too_few(one.pairs.limits is None for one in found)),
    )  # fmt: skip


def _instruments(comparisons: Sequence[Comparison]) -> Table:
    words = report_words()
    share, note = words["decimals"]["share"], words["note"]
    rows, notes = list[tuple[Cell, ...]](), [note["instruments"]]
    for one in comparisons:
        limits, line, pairs = one.pairs.limits, one.line, one.pairs
        rows.append(
            (
                one.instrument.name,
                one.instrument.kind,
                one.instrument.unit,
                len(pairs.first),
                pairs.left_out,
                *((limits.pairs, limits.bias, limits.lower, limits.upper) if limits else _blank(4)),
                *((pairs.slope.slope, pairs.slope.p) if pairs.slope else _blank(2)),
                *((line.slope, line.intercept, line.error_ratio) if line else _blank(3)),
            )
        )
        if line is not None:
            form = note["ratio_told" if line.ratio_known else "ratio_one"]
            notes.append(form.format(name=one.instrument.name))
    unit = words["decimals"]["slca_deg"]
    return Table(
        "instruments",
        words["heading"]["instruments"],
        (
            *(Column(key) for key in ("instrument", "kind", "unit", "participants", "left_out")),
            Column("pairs"),
            *(Column(key, unit) for key in ("bias", "lower", "upper")),
            Column("slope", share),
            Column("p", words["decimals"]["p"]),
            Column("line_slope", share),
            Column("line_intercept", unit),
            Column("error_ratio", share),
        ),
        tuple(rows),
        (*notes, *_too_few(one.line is None for one in comparisons)),
        frozenset(["kind", "left_out"]),
    )


def _readings(analysis: Analysis) -> Table:
    columns = ("quantity", "participant", "rater", "session", "value", "ci95", "stances")
    return Table(
        "readings",
        report_words()["heading"]["readings"],
        tuple(Column(key) for key in columns),
        tuple(
            (quantity, one.participant, one.rater, one.session, one.value, one.ci95, one.stances)
            for quantity, values in analysis.readings.items()
            for one in values
        ),
        only_csv=frozenset(columns),
    )


def _blank(count: int) -> tuple[None, ...]:
    return (None,) * count


def _too_few(lacking: Iterable[bool]) -> Iterator[str]:
    if any(lacking):
        yield str(report_words()["note"]["too_few"]).format(least=LEAST_PARTICIPANTS)


def _parts(item: Cell) -> tuple[object, ...]:
    if isinstance(item, Estimate):
        return tuple(map(_exact, (item.value, item.low, item.high)))
    return (_exact(item), None, None)


def _exact(item: Cell) -> object:
    if isinstance(item, float):
        return None if math.isnan(item) else f"{item:.{_DIGITS}g}"
    return item
