"""A whole batch, from the plan to the summary."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from posture import __version__
from posture._support.files import make_folder, write_atomically
from posture.batch.flow import Crew, flow, stopped_by_ctrl_c
from posture.batch.journal import Journal
from posture.batch.measuring import Done, PictureOptions
from posture.batch.plan import Job
from posture.batch.rows import Row
from posture.batch.summary import summary_html
from posture.batch.tables import write_csv, write_parquet
from posture.settings import METHOD_VERSION, Settings

PICTURES = "pictures"
_ODD = re.compile(r"[^\w.-]+")
_STEM_LENGTH = 60

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class BatchOptions:
    """What a batch is to do.

    Attributes:
        out: the folder for everything it writes.
        pictures: None draws no annotated pictures.
        resume: whether to continue what is in the folder.
    """

    out: Path
    settings: Settings
    pictures: PictureOptions | None
    resume: bool


@dataclass(frozen=True)
class Outcome:
    """How far a batch came."""

    total: int
    done: int

    @property
    def complete(self) -> bool:
        """Whether every photo has its row."""
        return self.done == self.total


def run_batch(
    jobs: Iterable[Job],
    options: BatchOptions,
    crew: Callable[[], AbstractContextManager[Crew]],
    tell: Progress = lambda done, total: None,
) -> Outcome:
    """Measure what has no row yet; when all have one, write the tables and the summary.

    Args:
        jobs: the plan.
        options: see :class:`BatchOptions`.
        crew: makes those who measure.
        tell: called with the number of photos that are done, and of all.

    Raises:
        PostureError: when the batch cannot go on at all; what is done stays done.
    """
    make_folder(options.out)
    with Journal(options.out, _agreed(options), resume=options.resume) as journal:
        journal.plan(jobs)
        _clear_partials(options.out)
        if options.pictures is not None:
            make_folder(options.out / PICTURES)
        _measure(journal, options, crew, tell)
        total, done = journal.count()
        if done == total:
            _publish(journal, options)
        return Outcome(total, done)


def _measure(
    journal: Journal,
    options: BatchOptions,
    crew: Callable[[], AbstractContextManager[Crew]],
    tell: Progress,
) -> None:
    total, done = journal.count()
    tell(done, total)
    if done == total:
        return
    with stopped_by_ctrl_c() as stop, crew() as working:
        for finished in flow(working, journal.to_do(), stop):
            # A picture is there before its row says so.
            rows = [(number, _with_picture(number, one, options)) for number, one in finished]
            journal.write(rows)
            done += len(rows)
            tell(done, total)


def _with_picture(number: int, done: Done, options: BatchOptions) -> Row:
    """The row, with the name of its picture where one was drawn and is now written."""
    if done.picture is None:
        return done.row
    stem = _ODD.sub("_", done.row["id"])[:_STEM_LENGTH]
    name = f"{PICTURES}/{number:06d}-{stem}_posture.jpg"
    write_atomically(options.out / name, done.picture)
    return {**done.row, "picture": name}


def _publish(journal: Journal, options: BatchOptions) -> None:
    out = options.out
    write_csv(journal.rows(), out / "results.csv")
    write_parquet(journal.rows(), out / "results.parquet")
    page = summary_html(journal, out, options.settings.norms)
    write_atomically(out / "summary.html", page.encode())


def _agreed(options: BatchOptions) -> dict[str, str]:
    """What all rows of one batch have in common."""
    settings = options.settings
    pictures = "none"
    if options.pictures is not None:
        pictures = "face blurred" if options.pictures.blur_face else "plain"
    return {
        "program": __version__,
        "method": METHOD_VERSION,
        "model": settings.model,
        "fast": str(settings.fast),
        # Two files of norms may carry one version.
        "norms": hashlib.sha256(repr(settings.norms).encode()).hexdigest()[:12],
        "pictures": pictures,
    }


def _clear_partials(out: Path) -> None:
    """Remove what a kill in mid-write left behind."""
    for folder in (out, out / PICTURES):
        for partial in folder.glob(".*.partial"):
            partial.unlink(missing_ok=True)
