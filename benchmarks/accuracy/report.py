"""Tables and plots of evaluated bodies: writes docs/accuracy.md and docs/images/accuracy-*.png.

python -m benchmarks.accuracy.report ROWS.jsonl [MORE_ROWS.jsonl ...]

The wording is in accuracy.md.jinja beside this file, the numbers come from `numbers`.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benchmarks.accuracy.numbers import AccuracyNumbers, accuracy_numbers, judged
from benchmarks.accuracy.plots import save_plots
from benchmarks.accuracy.rows import read_rows

DOCS = Path(__file__).parents[2] / "docs"
PAGE, IMAGES = DOCS / "accuracy.md", DOCS / "images"
TEMPLATE = "accuracy.md.jinja"


def page(numbers: AccuracyNumbers) -> str:
    """The text of docs/accuracy.md."""
    return filled_in(Path(__file__).with_name(TEMPLATE), vars(numbers))


def filled_in(template: Path, values: Mapping[str, Any]) -> str:
    """The text of a template; one without a value is an error."""
    environment = Environment(
        loader=FileSystemLoader(template.parent),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,
    )
    return environment.get_template(template.name).render(values)


def main() -> None:
    """Read rows, write page and plots."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=Path, nargs="+")
    pictures = judged(read_rows(parser.parse_args().rows))
    save_plots(pictures, IMAGES)
    PAGE.write_text(page(accuracy_numbers(pictures)), encoding="utf-8")
    print(PAGE)


if __name__ == "__main__":
    main()
