"""What is printed for people: a table of all photos, then what to know about each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich import box
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from posture._support.outside import printable
from posture._support.texts import band_words, filled, texts
from posture.cli.exit_codes import CANNOT_MEASURE, ERROR, MEASURED
from posture.cli.outcomes import PhotoOutcome
from posture.findings import Severity, is_input_error
from posture.overlay import numbers
from posture.overlay.numbers import LengthUnit
from posture.result import Result

NOT_MEASURED = "–"
# On a terminal narrower than this the verdict is broken into lines, to leave the names whole.
ROOMY_TERMINAL = 100
NARROW_VERDICT = 16
ERROR_STYLE = "red"
STYLE_OF_SEVERITY = {"refusal": "bold", "warning": "yellow", "info": "dim"}
# What the terminal calls each.
_STATES = {MEASURED: "measured", CANNOT_MEASURE: "refused", ERROR: "failed"}


def print_report(console: Console, outcomes: Sequence[PhotoOutcome], unit: LengthUnit) -> None:
    """Print table, notes, totals and the disclaimer; lengths in `unit`."""
    console.print(_table(outcomes, console.width, unit))
    console.print()
    for outcome in outcomes:
        console.print(_notes(outcome))
    if not all(outcome.together for outcome in outcomes):
        console.print(_totals(outcomes))
    judged = (one.result for one in outcomes if one.result.bands is not None)
    norms = numbers.own_norms(result.provenance.norms_version for result in judged)
    if norms:
        console.print(Text(norms))
    words = texts()
    console.print(Text(f"{words['disclaimer']} {words['outside_range']}", style="italic"))


def _table(outcomes: Sequence[PhotoOutcome], width: int, unit: LengthUnit) -> Table:
    words = texts()["terminal"]
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column(words["photo"], overflow="fold")
    table.add_column(words["facing"])
    table.add_column(words["angle"], no_wrap=True)
    table.add_column(words["depth"], no_wrap=True)
    table.add_column(words["hands"], no_wrap=True)
    narrow = NARROW_VERDICT if width < ROOMY_TERMINAL else None
    table.add_column(words["verdict"], overflow="fold", max_width=narrow)
    names = Counter(Path(outcome.photo).name for outcome in outcomes)
    for outcome in outcomes:
        result, name = outcome.result, Path(outcome.photo).name
        table.add_row(
            # Where several have one name, their folders tell them apart.
            Text(printable(name if names[name] == 1 else outcome.photo)),
            words[result.facing] if result.facing else NOT_MEASURED,
            _angle(result),
            _depth(result, unit),
            _hands(result),
            band_words(result.bands.verdict) if result.bands else words["cannot"],
        )
    return table


def _angle(result: Result) -> str:
    return NOT_MEASURED if result.slca_deg is None else str(numbers.degrees(result.slca_deg))


def _depth(result: Result, unit: LengthUnit) -> str:
    if result.hollow_depth_mm is not None:
        return str(numbers.length(result.hollow_depth_mm, unit))
    if result.hollow_depth_ratio is not None:
        # On two lines, to keep the column narrow.
        return f"{numbers.percent(result.hollow_depth_ratio)}\n{texts()['overlay']['of_bridge']}"
    return NOT_MEASURED


def _hands(result: Result) -> str:
    if result.hollow_hands is None:
        return NOT_MEASURED
    # The column's heading is the unit.
    return str(numbers.hands(result.hollow_hands, unit=False))


def _notes(outcome: PhotoOutcome) -> Group:
    lines = []
    standing = numbers.percentiles(outcome.result)
    if standing is not None:
        lines.append(Text(standing))
    if outcome.result.wall_test is not None:
        lines.append(Text(outcome.result.wall_test))
    refusal = outcome.result.refusal
    for item in (*([] if refusal is None else [refusal]), *outcome.result.other_findings):
        label = error_label() if is_input_error(item) else severity_label(item.severity)
        lines.append(Text.assemble(label, f"{item.message} {item.fix}".rstrip()))
    if outcome.output_error is not None:
        lines.append(Text.assemble(error_label(), printable(str(outcome.output_error))))
    if outcome.picture is not None:
        lines.append(
            Text.assemble(
                (f"{texts()['terminal']['picture']}: ", "dim"), printable(str(outcome.picture))
            )
        )
    heading = Text(printable(outcome.photo), style="bold")
    return Group(heading, *(Padding(line, (0, 0, 0, 2)) for line in lines), Text())


def error_label() -> tuple[str, str]:
    """What stands before an error, and its style."""
    return f"{texts()['terminal']['error']}: ", ERROR_STYLE


def severity_label(severity: Severity) -> tuple[str, str]:
    """What stands before a finding, and its style."""
    return f"{texts()['terminal'][severity]}: ", STYLE_OF_SEVERITY[severity]


def _totals(outcomes: Sequence[PhotoOutcome]) -> Text:
    words = texts()["terminal"]
    outcomes = [outcome for outcome in outcomes if not outcome.together]
    counts = Counter(outcome.exit_code for outcome in outcomes)
    states = [
        filled(words[state], count=counts[code]) for code, state in _STATES.items() if counts[code]
    ]
    return Text(filled(words["photos"], count=len(outcomes), states=", ".join(states)))
