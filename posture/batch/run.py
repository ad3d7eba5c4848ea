"""A whole batch, from the plan to the summary."""

from __future__ import annotations

import hashlib
import itertools
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from posture import __version__
from posture._support.distribution import require_extra
from posture._support.files import make_folder, require_free, write_atomically
from posture.batch.journal import Journal, Written
from posture.batch.measure_job import JobOutcome, PictureOptions
from posture.batch.plan import Job
from posture.batch.rows import COLUMNS, Row, RowKind, column_of, kind_of
from posture.batch.scheduling import Executor, run_jobs, stopped_by_ctrl_c
from posture.batch.tables import write_csv, write_parquet
from posture.errors import InvalidInput
from posture.settings import METHOD_VERSION, Settings

if TYPE_CHECKING:
    from posture.batch.saving import Saved
    from posture.batch.visits import Unclear
    from posture.history.records import PictureKind
    from posture.overlay.numbers import LengthUnit

PICTURES, TABLES, SUMMARY = "pictures", ("results.csv", "results.parquet"), "summary.html"
VISIT_TABLES, REPORTS = ("visits.csv", "changes.csv"), "reports"
_ODD = re.compile(r"[^\w.-]+")
_STEM_LENGTH = 60

Stage = Literal["photos", "reports", "history"]
Progress = Callable[[Stage, int, int], None]


@dataclass(frozen=True)
class VisitOptions:
    """What a batch does with visits besides their tables.

    Attributes:
        reports: whether to make a page a visit, and one of before and after a person.
        save: whether to keep them in the history.
        keep_picture: what of their photos is kept with them; None keeps numbers only.
        blur_face: whether heads are made unrecognisable on pages and in kept pictures.
        unit: in which lengths are told on pages.
        processes: that make pages and small copies.
    """

    reports: bool = False
    save: bool = False
    keep_picture: PictureKind | None = None
    blur_face: bool = False
    unit: LengthUnit = "mm"
    processes: int = 1


@dataclass(frozen=True)
class BatchOptions:
    """What a batch is to do.

    Attributes:
        out: the folder for everything it writes.
        pictures: None draws no annotated pictures.
        resume: whether to continue what is in the folder.
        replace: whether files in the folder that are no batch's are given up.
        inputs: what was named on the command line, which is never written over.
        visits: what is to be done with the visits, where photos are of visits.
    """

    out: Path
    settings: Settings
    pictures: PictureOptions | None
    resume: bool
    replace: bool = False
    inputs: tuple[str, ...] = ()
    visits: VisitOptions = VisitOptions()


@dataclass(frozen=True)
class BatchOutcome:
    """How far a batch came.

    Attributes:
        total, done: photos of the plan, and those that have their row.
        kinds: how many were measured, refused and unread, once all have their row.
        people, visits: how many of whom, of photos of visits.
        unclear: of whom something is not clear; None without visits.
        reported: whether all pages are there that were asked for.
        saved: what became of the visits in the history; None when that was not asked for.
    """

    total: int
    done: int
    kinds: Mapping[RowKind, int]
    people: int = 0
    visits: int = 0
    unclear: Unclear | None = None
    reported: bool = True
    saved: Saved | None = None

    @property
    def measured(self) -> bool:
        """Whether every photo has its row."""
        return self.done == self.total

    @property
    def complete(self) -> bool:
        """Whether nothing of what was asked for is missing."""
        return self.measured and self.reported and (self.saved is None or self.saved.all)


def run_batch(
    jobs: Iterable[Job],
    options: BatchOptions,
    executor: Callable[[], AbstractContextManager[Executor]],
    tell: Progress = lambda stage, done, total: None,
) -> BatchOutcome:
    """Measure what has no row yet; when all have one, write the tables and the summary.

    Args:
        jobs: the plan.
        options: see :class:`BatchOptions`.
        executor: makes what measures the photos.
        tell: called with what is being done, and how many of how many are.

    Raises:
        PostureError: when the batch cannot go on at all; what is done stays done.
    """
    # The tables come last, and nobody should wait for them in vain.
    require_extra("tables")
    if options.visits.reports:
        require_extra("report")
    # Whatever is wrong with the plan from its start leaves no folder behind.
    jobs = _begun(jobs)
    make_folder(options.out)
    with Journal(options.out, _agreed(options), resume=options.resume) as journal:
        _require_free(journal, options)
        journal.plan(jobs)
        _require_fitting(journal, options)
        _clear_partials(options.out)
        if options.pictures is not None:
            make_folder(options.out / PICTURES)
        with stopped_by_ctrl_c() as stop:
            _measure(journal, options, executor, stop, tell)
            total, done = journal.count()
            if done < total:
                return BatchOutcome(total, done, {})
            outcome = BatchOutcome(total, done, _publish(journal, options))
            return _with_visits(outcome, journal, options, stop, tell)


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
    folders = [options.out / PICTURES, *([options.out / REPORTS] if options.visits.reports else [])]
    # A batch that was stopped over its first photo has left pictures and no row.
    if not options.resume:
        targets += [folder for folder in folders if folder.is_dir() and any(folder.iterdir())]
    ours = journal.has_rows()
    require_free(targets, replace=options.replace or ours, inputs=options.inputs)


def _measure(
    journal: Journal,
    options: BatchOptions,
    executor: Callable[[], AbstractContextManager[Executor]],
    stop: threading.Event,
    tell: Progress,
) -> None:
    total, done = journal.count()
    tell("photos", done, total)
    if done == total:
        return
    with executor() as working:
        for finished in run_jobs(working, journal.to_do(), stop):
            # A picture is there before its row says so.
            photos = [(number, _written(number, one, options)) for number, one in finished]
            journal.write(photos)
            done += len(photos)
            tell("photos", done, total)


def _written(number: int, done: JobOutcome, options: BatchOptions) -> Written:
    """What is put down of a finished photo, whose picture is then on the disk."""
    row = _with_picture(number, done, options)
    if done.taken is None:
        return Written(row, done.result)
    # Here: a batch of no visits knows nothing of days.
    from posture.history.records import taken_text

    return Written(row, done.result, taken_text(done.taken))


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
    columns = [*COLUMNS, *map(column_of, more)]
    write_csv(_counted(journal.rows(), kinds), csv_table, columns)
    write_parquet(journal.rows(), parquet_table, more)
    # Here: the photos are measured before anything is drawn in this process.
    from posture.batch.summary import summary_html

    page = summary_html(journal, options.out, options.settings.norms)
    write_atomically(options.out / SUMMARY, page.encode(), replace=True)
    return kinds


def _with_visits(
    outcome: BatchOutcome,
    journal: Journal,
    options: BatchOptions,
    stop: threading.Event,
    tell: Progress,
) -> BatchOutcome:
    """Write the tables of the visits, their pages, and keep them, as far as that is asked for."""
    people, norms, chosen = journal.people(), options.settings.norms, options.visits
    if not people:
        return outcome
    # Here: only a batch of visits combines, compares and keeps.
    from posture.batch.makers import Makers
    from posture.batch.reports import PlannedPage, ReportOptions, planned_pages, write_reports
    from posture.batch.visits import Person, write_visit_tables

    of_reports = ReportOptions(
        options.out / REPORTS, norms, chosen.blur_face, chosen.unit, options.replace
    )
    planned: list[PlannedPage] = []

    def see(person: Person) -> None:
        if chosen.reports:
            planned.extend(planned_pages(person, of_reports))

    visits, changes = (options.out / name for name in VISIT_TABLES)
    unclear = write_visit_tables(journal, norms, visits, changes, see)
    outcome = replace(
        outcome,
        people=len(people),
        visits=sum(count for _, count in people),
        unclear=unclear,
    )
    with Makers(chosen.processes) as makers:
        if chosen.reports:
            telling = partial(tell, "reports")
            done = write_reports(journal, planned, of_reports, makers, stop, telling)
            outcome = replace(outcome, reported=done)
        if chosen.save:
            from posture.batch.saving import SaveOptions, save_visits

            of_saving = SaveOptions(norms, chosen.keep_picture, chosen.blur_face)
            saved = save_visits(journal, of_saving, makers, stop, partial(tell, "history"))
            outcome = replace(outcome, saved=saved)
    return outcome


def _require_fitting(journal: Journal, options: BatchOptions) -> None:
    """Nobody else's tables are written over, and somebody is named for pages and the history."""
    if journal.people():
        targets = [options.out / name for name in VISIT_TABLES]
        ours = journal.has_rows()
        require_free(targets, replace=options.replace or ours, inputs=options.inputs)
    if not (options.visits.reports or options.visits.save):
        return
    if not journal.people():
        raise InvalidInput(
            "It is not said whose visits these photos are.",
            "Lay them in folders PERSON/VISIT and name the folder above, or give a manifest with "
            "the columns person and visit.",
        )
    if options.visits.save:
        from posture.batch.saving import require_names

        require_names(journal)


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
    for folder in (out, out / PICTURES, out / REPORTS):
        for half_written in folder.glob(".*.partial"):
            half_written.unlink(missing_ok=True)
