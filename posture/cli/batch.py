"""``posture batch``: many photos into one table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from posture._support.cores import usable_cores
from posture._support.outside import is_address, printable
from posture._support.tables import plain_table
from posture._support.texts import filled
from posture.batch.measure_job import PictureOptions
from posture.batch.plan import Request, planned
from posture.batch.pool import Pool
from posture.batch.rows import RowKind
from posture.batch.run import (
    BatchOptions,
    BatchOutcome,
    Progress,
    Stage,
    VisitOptions,
    run_batch,
)
from posture.batch.scheduling import Executor
from posture.cli.bar import bar
from posture.cli.inputs import require_local, tell
from posture.errors import InvalidInput
from posture.settings import Settings
from posture.subject import Subject
from posture.verdict.norms import load_norms

STOPPED = 130
_SPEED_SECONDS = 120.0
# So many names are told.
_NAMED = 5
_WORDS_OF_STAGE: dict[Stage, str] = {
    "photos": "Measuring",
    "reports": "Making PDFs",
    "history": "Keeping",
}
_KINDS: tuple[tuple[RowKind, str], ...] = (
    ("measured", "measured"),
    ("refused", "refused"),
    ("unread", "unreadable"),
)


def run(options: argparse.Namespace, subject: Subject) -> int:
    """Do what `options` ask for; 0 when every photo has its row.

    Raises:
        PostureError: when the batch cannot go on at all.
    """
    own_norms = load_norms(options.norms) if options.norms is not None else None
    settings = Settings(options.model, options.fast, own_norms)
    pictures = None if options.no_pictures else PictureOptions(options.blur_face)
    paths = tuple(word for word in options.photos if not is_address(word))
    if not options.allow_urls:
        require_local(options.photos)
    if options.keep_picture is not None and not options.save:
        raise InvalidInput("--keep-picture is about the history.", "Add --save, or leave it.")
    visits = VisitOptions(
        reports=options.reports,
        save=options.save,
        keep_picture=options.keep_picture,
        blur_face=options.blur_face,
        unit=options.unit,
        processes=_processes(options),
    )
    batch = BatchOptions(
        options.out, settings, pictures, options.resume, options.overwrite, paths, visits
    )
    of_visits = options.visits or options.reports or options.save
    request = Request(options.photos, subject, options.out, options.allow_urls, of_visits)
    with _progress() as progress:
        outcome = run_batch(
            planned(request, tell), batch, _executor(options, settings, pictures), progress
        )
    if not outcome.complete:
        print(
            f"Stopped {_how_far(outcome)}. "
            "Nothing is lost: continue with the same command and --resume.",
            file=sys.stderr,
        )
        return STOPPED
    counts = ", ".join(f"{outcome.kinds.get(kind, 0)} {kind_words}" for kind, kind_words in _KINDS)
    photos = "photo" if outcome.total == 1 else "photos"
    folder = printable(str(options.out))
    print(
        f"{outcome.total} {photos}: {counts}. The table and summary.html are in {folder}.",
        file=sys.stderr,
    )
    for sentence in _of_visits(outcome, options):
        print(sentence, file=sys.stderr)
    return 0


def _how_far(outcome: BatchOutcome) -> str:
    if not outcome.measured:
        return f"after {outcome.done} of {outcome.total} photos"
    return "after all photos, before all was done with the visits"


def _of_visits(outcome: BatchOutcome, options: argparse.Namespace) -> Iterator[str]:
    """What was done with the visits, and what was not."""
    if outcome.unclear is None:
        return
    words = plain_table("batch")["visits"]
    files = words["tables_and_reports" if options.reports else "tables"]
    yield filled(words["done"], visits=outcome.visits, people=outcome.people, files=files)
    if outcome.unclear.unordered:
        yield filled(words["unordered"], names=_some(outcome.unclear.unordered))
    if outcome.unclear.conflicting:
        yield filled(words["conflicting"], names=_some(_named(outcome.unclear.conflicting)))
    saved = outcome.saved
    if saved is not None:
        yield filled(words["kept"], added=saved.added, there=saved.there)
        if saved.undated:
            yield filled(words["undated"], names=_some(_named(saved.undated)))


def _named(visits: Sequence[tuple[str, str]]) -> list[str]:
    return [" · ".join(one) for one in visits]


def _some(names: Sequence[str]) -> str:
    told = ", ".join(map(printable, names[:_NAMED]))
    if len(names) <= _NAMED:
        return told
    form = plain_table("batch")["visits"]["more"]
    return filled(form, names=told, count=len(names) - _NAMED)


def _processes(options: argparse.Namespace) -> int:
    count: int = usable_cores() if options.jobs is None else options.jobs
    if count < 1:
        raise InvalidInput(f"{count} processes cannot measure.", "Give --jobs 1 or more.")
    return count


def _executor(
    options: argparse.Namespace, settings: Settings, pictures: PictureOptions | None
) -> Callable[[], Executor]:
    if options.scheduler is not None:
        from posture.batch.cluster import Cluster

        return partial(Cluster, options.scheduler, settings, pictures)
    return partial(Pool, _processes(options), settings, pictures)


@contextmanager
def _progress() -> Iterator[Progress]:
    """Bars on the terminal with photos a second and the time that is left."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with bar(*columns, speed_estimate_period=_SPEED_SECONDS) as progress:
        tasks = {"photos": progress.add_task(_WORDS_OF_STAGE["photos"], total=None)}

        def tell(stage: Stage, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(_WORDS_OF_STAGE[stage], total=None)
            progress.update(tasks[stage], completed=done, total=total)

        yield tell


class _Rate(ProgressColumn):
    """Photos a second, lately."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.1f}/s")
