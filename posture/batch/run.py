"""A whole batch, from the plan to the summary."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from posture import __version__
from posture._support.distribution import require_extra
from posture._support.files import make_folder, require_free, write_atomically
from posture.batch.journal import Journal
from posture.batch.measure_job import JobOutcome, PictureOptions
from posture.batch.plan import Job
from posture.batch.rows import Row, RowKind, kind_of
from posture.batch.scheduling import Executor, run_jobs, stopped_by_ctrl_c
from posture.batch.tables import write_csv, write_parquet
from posture.errors import InvalidInput
from posture.settings import METHOD_VERSION, Settings

PICTURES, TABLES, SUMMARY = "pictures", ("results.csv", "results.parquet"), "summary.html"
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
        replace: whether files in the folder that are no batch's are given up.
        inputs: what was named on the command line, which is never written over.
    """

    out: Path
    settings: Settings
    pictures: PictureOptions | None
    resume: bool
    replace: bool = False
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class BatchOutcome:
    """How far a batch came.

    Attributes:
        total, done: photos of the plan, and those that have their row.
        kinds: how many were measured, refused and unread, once all have their row.
    """

    total: int
    done: int
    kinds: Mapping[RowKind, int]

    @property
    def complete(self) -> bool:
        """Whether every photo has its row."""
        return self.done == self.total


def run_batch(
    jobs: Iterable[Job],
    options: BatchOptions,
    executor: Callable[[], AbstractContextManager[Executor]],
    tell: Progress = lambda done, total: None,
) -> BatchOutcome:
    """Measure what has no row yet; when all have one, write the tables and the summary.

    Args:
        jobs: the plan.
        options: see :class:`BatchOptions`.
        executor: makes what measures the photos.
        tell: called with the number of photos that are done, and of all.

    Raises:
        PostureError: when the batch cannot go on at all; what is done stays done.
    """
    # The tables come last, and nobody should wait for them in vain.
    require_extra("tables")
    # Whatever is wrong with the plan from its start leaves no folder behind.
    jobs = _begun(jobs)
    make_folder(options.out)
    with Journal(options.out, _agreed(options), resume=options.resume) as journal:
        _require_free(journal, options)
        journal.plan(jobs)
        _clear_partials(options.out)
        if options.pictures is not None:
            make_folder(options.out / PICTURES)
        _measure(journal, options, executor, tell)
        total, done = journal.count()
        kinds = _publish(journal, options) if done == total else {}
        return BatchOutcome(total, done, kinds)


def _begun(jobs: Iterable[Job]) -> Iterator[Job]:
    """The same plan, after its first photo has been looked up."""
    plan = iter(jobs)
    first = next(plan, None)
    if first is None:
        raise InvalidInput("There is no photo to measure.", "Name at least one.")
    return itertools.chain([first], plan)


def _require_free(journal: Journal, options: BatchOptions) -> None:
    """Nobody else's file is written over, and no input by whatever name."""
    targets = [options.out / name for name in (*TABLES, SUMMARY)]
    pictures = options.out / PICTURES
    # A batch that was stopped over its first photo has left pictures and no row.
    if not options.resume and pictures.is_dir() and any(pictures.iterdir()):
        targets.append(pictures)
    ours = journal.has_rows()
    require_free(targets, replace=options.replace or ours, inputs=options.inputs)


def _measure(
    journal: Journal,
    options: BatchOptions,
    executor: Callable[[], AbstractContextManager[Executor]],
    tell: Progress,
) -> None:
    total, done = journal.count()
    tell(done, total)
    if done == total:
        return
    with stopped_by_ctrl_c() as stop, executor() as working:
        for finished in run_jobs(working, journal.to_do(), stop):
            # A picture is there before its row says so.
            rows = [(number, _with_picture(number, one, options)) for number, one in finished]
            journal.write(rows)
            done += len(rows)
            tell(done, total)


def _with_picture(number: int, done: JobOutcome, options: BatchOptions) -> Row:
    """The row, with the name of its picture where one was drawn and is now written."""
    if done.picture is None:
        return done.row
    stem = _ODD.sub("_", done.row["id"])[-_STEM_LENGTH:]
    name = f"{PICTURES}/{number:06d}-{stem}_posture.jpg"
    write_atomically(options.out / name, done.picture, replace=True)
    return {**done.row, "picture": name}


def _publish(journal: Journal, options: BatchOptions) -> Mapping[RowKind, int]:
    """Write tables and summary; how many rows are of each kind."""
    csv_table, parquet_table = (options.out / name for name in TABLES)
    more, kinds = journal.more_columns(), Counter[RowKind]()
    write_csv(_counted(journal.rows(), kinds), csv_table, more)
    write_parquet(journal.rows(), parquet_table, more)
    # Here: the photos are measured before anything is drawn in this process.
    from posture.batch.summary import summary_html

    page = summary_html(journal, options.out, options.settings.norms)
    write_atomically(options.out / SUMMARY, page.encode(), replace=True)
    return kinds


def _counted(rows: Iterable[Row], kinds: Counter[RowKind]) -> Iterator[Row]:
    for row in rows:
        kinds[kind_of(row)] += 1
        yield row


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
