"""Studies made by hand: a folder with two raters, and photos that nobody has to measure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from posture.findings import finding
from posture.result import Measured, Result
from posture.settings import METHOD_VERSION, Settings
from posture.study import capture as capturing
from posture.study.capture import Outcome, take
from posture.study.create import create_study
from posture.study.design import Design, Instrument, MadeBy
from posture.study.folder import Sitting
from posture.study.people import set_details
from posture.subject import Subject
from posture.worker import IsolatedAnalyzer
from tests.support.example_results import measured_result, refused_result

NOW = datetime(2026, 3, 21, 10, 30, tzinfo=UTC)
FLEXI = Instrument("flexi", "flexicurve", "hollow_depth_mm", "mm")
DESIGN = Design(
    title="Two raters, “two” days",
    prefix="P",
    participants=3,
    raters=("A", "B"),
    sessions=2,
    stances=4,
    seed=4,
    quantities=("slca_deg", "hollow_depth_mm"),
    keep_photos=False,
    made_by=MadeBy("0.2.0", METHOD_VERSION, "2026-03-21"),
    instruments=(FLEXI,),
)
FIRST = Sitting("P01", "A", 1)


def new_study(folder: Path, design: Design = DESIGN, *, heights: bool = True) -> Path:
    """A study in which nothing was taken yet; with `heights` of everybody."""
    create_study(folder, design)
    for number, id in enumerate(design.planned_ids() if heights else ()):
        subject = Subject(1700.0 + 10 * number, "f" if number % 2 else "m", 30.0 + number)
        set_details(folder, id, subject, replace_details=False)
    return folder


@dataclass
class ReadAngles:
    """Stands for the process that measures: a photo's bytes say its angle, or what is wrong.

    Attributes:
        seen: the photos that came, in order.
        taken: when the photos say they were taken, by their bytes.
    """

    taken: dict[bytes, datetime] = field(default_factory=dict)
    seen: list[bytes] = field(default_factory=list)
    settings: Settings = field(default_factory=Settings)

    def run(self, _: object, data: bytes, subject: Subject, keep: bool) -> Any:
        self.seen.append(data)
        result = _result(data, subject)
        return capturing._Seen(result, self.taken.get(data), b"jpeg" if keep else None)

    @property
    def analyzer(self) -> IsolatedAnalyzer:
        """As the one that it stands for."""
        return cast(IsolatedAnalyzer, self)


def taken(
    folder: Path,
    photos: Sequence[str],
    sitting: Sitting = FIRST,
    measuring: ReadAngles | None = None,
) -> list[Outcome]:
    """What became of photos with these words in them: angles, "refused" or "unreadable"."""
    analyzer = (measuring or ReadAngles()).analyzer
    return [take(analyzer, folder, sitting, photo.encode(), NOW) for photo in photos]


def _result(data: bytes, subject: Subject) -> Result:
    words = data.decode().split()
    sha256 = hashlib.sha256(data).hexdigest()
    if words[0] == "refused":
        found = replace(refused_result(), image=None, subject=subject)
        return _of_photo(found, sha256)
    if words[0] == "unreadable":
        findings = (finding("photo-unknown-format"),)
        found = replace(refused_result(), image=None, subject=subject, findings=findings)
        return _of_photo(found, None)
    angle = Measured(float(words[0]), 3.0)
    depth = None if subject.stature_mm is None else Measured(angle.value + 10, 4.0)
    found = replace(
        measured_result(), image=None, subject=subject, slca_deg=angle, hollow_depth_mm=depth
    )
    return _of_photo(found, sha256)


def _of_photo(result: Result, sha256: str | None) -> Result:
    return replace(result, provenance=replace(result.provenance, image_sha256=sha256))
