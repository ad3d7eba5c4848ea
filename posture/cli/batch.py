"""``posture batch``: many photos into one table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
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
from posture.batch.measure_job import PictureOptions
from posture.batch.plan import Request, planned
from posture.batch.pool import Pool
from posture.batch.rows import RowKind
from posture.batch.run import BatchOptions, run_batch
from posture.batch.scheduling import Executor
from posture.cli.bar import bar
from posture.cli.inputs import require_local, tell
from posture.errors import InvalidInput
from posture.settings import Settings
from posture.subject import Subject
from posture.verdict.norms import load_norms

STOPPED = 130
_SPEED_SECONDS = 120.0
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
    batch = BatchOptions(
        options.out, settings, pictures, options.resume, options.overwrite, inputs=paths
    )
    request = Request(options.photos, subject, options.out, options.allow_urls)
    with _progress() as progress:
        outcome = run_batch(
            planned(request, tell), batch, _executor(options, settings, pictures), progress
        )
    folder = printable(str(options.out))
    if not outcome.complete:
        print(
            f"Stopped after {outcome.done} of {outcome.total} photos. "
            "Nothing is lost: continue with the same command and --resume.",
            file=sys.stderr,
        )
        return STOPPED
    counts = ", ".join(f"{outcome.kinds.get(kind, 0)} {kind_words}" for kind, kind_words in _KINDS)
    photos = "photo" if outcome.total == 1 else "photos"
    print(
        f"{outcome.total} {photos}: {counts}. The table and summary.html are in {folder}.",
        file=sys.stderr,
    )
    return 0


def _executor(
    options: argparse.Namespace, settings: Settings, pictures: PictureOptions | None
) -> Callable[[], Executor]:
    if options.scheduler is not None:
        from posture.batch.cluster import Cluster

        return partial(Cluster, options.scheduler, settings, pictures)
    count = usable_cores() if options.jobs is None else options.jobs
    if count < 1:
        raise InvalidInput(f"{count} processes cannot measure.", "Give --jobs 1 or more.")
    return partial(Pool, count, settings, pictures)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal with photos a second and the time that is left."""
    columns = (
        TextColumn("Measuring"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with bar(*columns, speed_estimate_period=_SPEED_SECONDS) as progress:
        task = progress.add_task("photos", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


class _Rate(ProgressColumn):
    """Photos a second, lately."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.1f} photos/s")
