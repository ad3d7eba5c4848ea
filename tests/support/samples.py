"""The sample pictures and what is true of them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from posture.subject import Sex
from tests.support.paths import ROOT

FOLDER = ROOT / "sample_images"


@dataclass(frozen=True)
class Sample:
    """One row of sample_images/truth.csv; numbers are None where nothing is to be measured."""

    file: str
    status: str
    reason: str
    facing: str
    sex: Sex
    stature_mm: float | None
    slca_deg: float | None
    hollow_depth_mm: float | None
    band: str

    @property
    def path(self) -> Path:
        return FOLDER / self.file


def load_samples() -> list[Sample]:
    with (FOLDER / "truth.csv").open(encoding="utf-8", newline="") as file:
        return [
            Sample(
                file=row["file"],
                status=row["status"],
                reason=row["finding"],
                facing=row["facing"],
                sex=cast(Sex, row["sex"]),
                stature_mm=_number(row["stature_mm"]),
                slca_deg=_number(row["slca_deg"]),
                hollow_depth_mm=_number(row["hollow_depth_mm"]),
                band=row["verdict"],
            )
            for row in csv.DictReader(file)
        ]


def _number(text: str) -> float | None:
    return float(text) if text else None


SAMPLES = load_samples()
MEASURABLE = [sample for sample in SAMPLES if sample.status == "measured"]
REFUSABLE = [sample for sample in SAMPLES if sample.status == "refused"]
