"""Rows of evaluated pictures -> a small table with all that changes are judged by.

    python -m benchmarks.change.table ROWS.jsonl TABLE.csv

One line a photo; of a refused one nothing was measured.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from benchmarks.accuracy.rows import MeasuredCurve, evaluated_picture
from posture.curve.calibration import load_calibration
from posture.result import Measured
from posture.subject import Sex

# Digits behind the point: far finer than anything is measured.
DIGITS = {"ratio": 4, "ratio_ci95": 4, "stature_mm": 0}
OTHER_DIGITS = 2


@dataclass(frozen=True)
class PhotoLine:
    """One photo: whose, what is true, what was measured; degrees, mm and 95 % half-widths.

    Attributes:
        family, body, sex, stature_mm: whose.
        session, stance, kind: which; "in_protocol", or what is not.
        session_deg, session_mm: the bare curve of the session, without the sway of its stances.
        stance_deg, stance_mm: at this stance.
        slca_deg, depth_mm, ratio: as measured, each with its half-width; 0 where it was refused.
    """

    family: str
    body: str
    sex: Sex
    stature_mm: float
    session: int
    stance: int
    kind: str
    session_deg: float
    session_mm: float
    stance_deg: float
    stance_mm: float
    slca_deg: float
    slca_ci95: float
    depth_mm: float
    depth_ci95: float
    ratio: float
    ratio_ci95: float

    @property
    def measured(self) -> MeasuredCurve | None:
        """The reading; None where the photo was refused."""
        if not self.slca_ci95:
            return None
        return MeasuredCurve(
            Measured(self.slca_deg, self.slca_ci95),
            Measured(self.depth_mm, self.depth_ci95),
            Measured(self.ratio, self.ratio_ci95),
            "",
        )


NOTHING = MeasuredCurve(Measured(0.0, 0.0), Measured(0.0, 0.0), Measured(0.0, 0.0), "")


def lines_of(rows: Path) -> Iterator[PhotoLine]:
    """A line for each row of a file, in order of its name."""
    calibration = load_calibration()
    found = [json.loads(line) for line in rows.read_text(encoding="utf-8").splitlines()]
    for row in sorted(found, key=lambda one: str(one["picture"])):
        picture, tags = evaluated_picture(row, calibration), row["truth"]["tags"]
        reading = picture.reading or NOTHING
        yield PhotoLine(
            family=picture.truth.family,
            body=picture.truth.body,
            sex=picture.truth.sex,
            stature_mm=picture.truth.stature_mm,
            session=tags["session"],
            stance=tags["stance"],
            kind=tags["kind"],
            session_deg=tags["session_slca_deg"],
            session_mm=tags["session_depth_mm"],
            stance_deg=tags["stance_slca_deg"],
            stance_mm=tags["stance_depth_mm"],
            slca_deg=reading.slca_deg.value,
            slca_ci95=reading.slca_deg.ci95,
            depth_mm=reading.hollow_depth_mm.value,
            depth_ci95=reading.hollow_depth_mm.ci95,
            ratio=reading.hollow_depth_ratio.value,
            ratio_ci95=reading.hollow_depth_ratio.ci95,
        )


def read_table(path: Path) -> list[PhotoLine]:
    """The lines of a table."""
    with path.open(encoding="utf-8", newline="") as text:
        return [
            PhotoLine(
                **{item.name: _KINDS.get(str(item.type), str)(row[item.name]) for item in _FIELDS}
            )
            for row in csv.DictReader(text)
        ]


def write_table(lines: Iterator[PhotoLine], path: Path) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, [item.name for item in _FIELDS], lineterminator="\n")
        writer.writeheader()
        for line in lines:
            writer.writerow({name: _cell(name, value) for name, value in asdict(line).items()})


_FIELDS = fields(PhotoLine)
_KINDS = {"int": int, "float": float}


def _cell(name: str, value: object) -> object:
    return f"{value:.{DIGITS.get(name, OTHER_DIGITS)}f}" if isinstance(value, float) else value


def main() -> None:
    """Make the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=Path)
    parser.add_argument("table", type=Path)
    options = parser.parse_args()
    write_table(lines_of(options.rows), options.table)


if __name__ == "__main__":
    main()
