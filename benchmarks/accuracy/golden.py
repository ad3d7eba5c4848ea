"""The numbers of the sample pictures, kept: none of them moves without a new method version.

    python -m benchmarks.accuracy.golden      (make golden)

writes `golden.json` anew; it refuses where numbers moved and METHOD_VERSION did not.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from posture.analyzer import Analyzer
from posture.result import Measured, Result
from posture.settings import METHOD_VERSION
from posture.subject import Sex, Subject

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "sample_images"
KEPT = Path(__file__).with_name("golden.json")
# In degrees and mm.  Processors round differently, by hundredths; a person reads whole numbers.
TOLERANCE = 0.2
WHAT_TO_DO = (
    "Numbers of the sample pictures moved, but METHOD_VERSION (posture/settings.py) is still {}.\n"
    "{}\n"
    "Raise it, tell in docs/method-history.md what moved, by how much and why, then: make golden"
)

Numbers = Mapping[str, Any]


def measured_now(analyzer: Analyzer) -> dict[str, Numbers]:
    """Angle, depth and what they come with, of each sample picture."""
    with (SAMPLES / "truth.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["file"]: numbers_of(analyzer.analyze(SAMPLES / row["file"], _person(row)))
        for row in rows
    }


def numbers_of(result: Result) -> Numbers:
    """What is kept of a result."""
    return {
        "status": result.status,
        "verdict": result.bands.verdict if result.bands else None,
        "angle_deg": _rounded(result.slca_deg),
        "depth_mm": _rounded(result.hollow_depth_mm),
    }


def moved(kept: Mapping[str, Numbers], now: Mapping[str, Numbers]) -> list[str]:
    """A line for each number that is another one now."""
    lines = []
    for name in sorted({*kept, *now}):
        before, after = kept.get(name, {}), now.get(name, {})
        for key in sorted({*before, *after}):
            if not _same(before.get(key), after.get(key)):
                lines.append(f"{name}: {key} {before.get(key)} -> {after.get(key)}")
    return lines


def main() -> None:
    """Write the numbers of today.

    Raises:
        SystemExit: where they moved and METHOD_VERSION did not.
    """
    with Analyzer() as analyzer:
        now = measured_now(analyzer)
    if KEPT.is_file():
        kept = json.loads(KEPT.read_text(encoding="utf-8"))
        lines = moved(kept["pictures"], now)
        if lines and kept["method_version"] == METHOD_VERSION:
            raise SystemExit(WHAT_TO_DO.format(METHOD_VERSION, "\n".join(lines)))
        print("\n".join(lines) or "Nothing moved.")
    rows = ",\n".join(f"  {json.dumps(name)}: {json.dumps(row)}" for name, row in now.items())
    version = json.dumps(METHOD_VERSION)
    text = f'{{"method_version": {version}, "pictures": {{\n{rows}\n}}}}\n'
    KEPT.write_text(text, encoding="utf-8")


def _person(row: Mapping[str, str]) -> Subject:
    sexes: dict[str, Sex] = {"m": "m", "f": "f"}
    stature_mm = float(row["stature_mm"]) if row["stature_mm"] else None
    return Subject(stature_mm=stature_mm, sex=sexes.get(row["sex"], "unspecified"))


def _rounded(value: Measured | None) -> list[float] | None:
    return None if value is None else [round(value.value, 2), round(value.ci95, 2)]


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, list) and isinstance(after, list):
        return all(abs(a - b) <= TOLERANCE for a, b in zip(before, after, strict=True))
    return bool(before == after)


if __name__ == "__main__":
    main()
