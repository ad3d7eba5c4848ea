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
from posture._support.texts import band_words, texts
from posture.cli.exit_codes import CANNOT_MEASURE, ERROR, MEASURED
from posture.cli.outcomes import PhotoOutcome
from posture.findings import is_input_error
from posture.overlay import numbers
from posture.result import Result

NOT_MEASURED = "–"
# On a terminal narrower than this the verdict is broken into lines, to leave the names whole.
ROOMY_TERMINAL = 100
NARROW_VERDICT = 16
ERROR_LABEL = ("Error: ", "red")
LABEL_OF_SEVERITY = {
    "refusal": ("Cannot measure: ", "bold"),
    "warning": ("Warning: ", "yellow"),
    "info": ("Note: ", "dim"),
}
_WORDS_OF_EXIT_CODE = {
    MEASURED: "measured",
    CANNOT_MEASURE: "cannot be measured",
    ERROR: "could not be read or written",
}


def print_report(console: Console, outcomes: Sequence[PhotoOutcome]) -> None:
    """Print table, notes, totals and the disclaimer."""
    console.print(_table(outcomes, console.width))
    console.print()
    for outcome in outcomes:
        console.print(_notes(outcome))
    if not all(outcome.together for outcome in outcomes):
        console.print(_totals(outcomes))
    words = texts()
    console.print(Text(f"{words['disclaimer']} {words['outside_range']}", style="italic"))


def _table(outcomes: Sequence[PhotoOutcome], width: int) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column("Photo", overflow="fold")
    table.add_column("Facing")
    table.add_column("Angle", no_wrap=True)
    table.add_column("Depth", no_wrap=True)
    table.add_column("Hands", no_wrap=True)
    narrow = NARROW_VERDICT if width < ROOMY_TERMINAL else None
    table.add_column("Verdict", overflow="fold", max_width=narrow)
    names = Counter(Path(outcome.photo).name for outcome in outcomes)
    for outcome in outcomes:
        result, name = outcome.result, Path(outcome.photo).name
        table.add_row(
            # Where several have one name, their folders tell them apart.
            Text(printable(name if names[name] == 1 else outcome.photo)),
            result.facing or NOT_MEASURED,
            _angle(result),
            _depth(result),
            _hands(result),
            band_words(result.bands.verdict) if result.bands else "cannot measure",
        )
    return table


def _angle(result: Result) -> str:
    return NOT_MEASURED if result.slca_deg is None else str(numbers.degrees(result.slca_deg))


def _depth(result: Result) -> str:
    if result.hollow_depth_mm is not None:
        return str(numbers.length(result.hollow_depth_mm))
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
        label, style = ERROR_LABEL if is_input_error(item) else LABEL_OF_SEVERITY[item.severity]
        lines.append(Text.assemble((label, style), f"{item.message} {item.fix}".rstrip()))
    if outcome.output_error is not None:
        lines.append(Text.assemble(ERROR_LABEL, printable(str(outcome.output_error))))
    if outcome.picture is not None:
        lines.append(Text.assemble(("Picture: ", "dim"), printable(str(outcome.picture))))
    heading = Text(printable(outcome.photo), style="bold")
    return Group(heading, *(Padding(line, (0, 0, 0, 2)) for line in lines), Text())


def _totals(outcomes: Sequence[PhotoOutcome]) -> Text:
    outcomes = [outcome for outcome in outcomes if not outcome.together]
    counts = Counter(outcome.exit_code for outcome in outcomes)
    parts = [
        f"{counts[code]} {words}" for code, words in _WORDS_OF_EXIT_CODE.items() if counts[code]
    ]
    return Text(f"{len(outcomes)} photo{'s' if len(outcomes) != 1 else ''}: {', '.join(parts)}.")
