"""What tests have a worker's child do; tasks are sent by name, so they live in a module."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from typing import NoReturn

from posture.analyzer import Analyzer
from posture.batch.measure_job import JobOutcome, PictureOptions, measure
from posture.batch.plan import Job
from posture.photo.decode import PhotoSource
from posture.pose.record import Pose, RgbImage
from posture.result import Result


def die_in_mid_photo(analyzer: Analyzer, source: PhotoSource, signal_number: int) -> Result:
    """Measure `source`, and be killed when the person has been found in it."""
    detect_each = analyzer._model.detect_each

    def detect_and_die(images: Sequence[RgbImage]) -> list[list[Pose]]:
        people = detect_each(images)
        os.kill(os.getpid(), signal_number)
        return people

    analyzer._model.detect_each = detect_and_die  # type: ignore[method-assign]
    return analyzer.analyze(source)


def hang(_: Analyzer) -> None:
    time.sleep(600)


def print_noise(_: Analyzer) -> str:
    print("noise on standard output")
    os.write(1, b"native noise on standard output")
    return "quiet"


def fail(_: Analyzer) -> NoReturn:
    raise KeyError("told")


def identify(_: Analyzer) -> int:
    return os.getpid()


def leads_its_own_group(_: Analyzer) -> bool:
    """Whether a Ctrl-C at the parent's terminal passes this process by."""
    return os.getpgid(0) == os.getpid()


def measure_or_die(analyzer: Analyzer, job: Job, pictures: PictureOptions | None) -> JobOutcome:
    """Measure, but be killed by photos whose id says so; "fails" raises an ordinary error."""
    if job.id.startswith("dies"):
        os.kill(os.getpid(), 9)
    if not job.id.startswith("fails"):
        return measure(analyzer, job, pictures)
    analyzer.examine = None  # type: ignore[assignment,method-assign]
    try:
        return measure(analyzer, job, pictures)
    finally:
        del analyzer.examine


def measure_and_tell_pid(
    analyzer: Analyzer, job: Job, pictures: PictureOptions | None
) -> JobOutcome:
    """Measure; the row's id is that of the process."""
    done = measure(analyzer, job, pictures)
    return JobOutcome({**done.row, "id": str(os.getpid())}, done.picture)
