"""Tables as pandas frames: typed columns, units beside them, nothing where nothing was measured."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from posture._support.cores import usable_cores
from posture._support.distribution import require_extra
from posture._support.files import read_document
from posture._support.texts import texts
from posture.batch.measure_job import PictureOptions
from posture.batch.plan import Request, planned
from posture.batch.pool import Pool
from posture.batch.run import BatchOptions, run_batch
from posture.errors import InvalidInput
from posture.history import History, Session, history_path
from posture.history.exchange import nobody, people_rows, require_usable
from posture.interchange.dictionary import Entry, dictionary, missing_meaning
from posture.settings import Settings
from posture.subject import Subject
from posture.verdict.norms import Norms

if TYPE_CHECKING:
    import pandas as pd

MAX_BYTES = 4_000_000_000
_TRUTH = {"True": True, "False": False}
_FIX = "Give the folder of a batch, or the file of that table."
BatchTable = Literal["results", "visits", "changes"]
AnyPath = str | os.PathLike[str]


def batch_frame(path: AnyPath, table: BatchTable = "results") -> pd.DataFrame:
    """One table of a batch: its results, a row a photo, or those of visits and what changed.

    Numbers are ``float64`` with NaN where nothing was measured, counts ``Int64``, truth
    ``boolean``; texts with a fixed set of words (verdict, sex, facing) are categories, all others
    ``string``, the manifest's own columns included.  ``frame.attrs`` holds ``units`` (UCUM code by
    column), ``meanings``, ``missing`` and the ``disclaimer``.

    Args:
        path: the folder that ``posture batch --out`` wrote, or the file of that table.
        table: "results"; of photos of visits also "visits" and "changes".

    Raises:
        InvalidInput: when it is no such table of a batch.
        PackageMissing: where pandas is not installed (the extra ``frames``).
    """
    require_extra("frames")
    file = Path(path)
    if file.is_dir():
        file = file / f"{table}.csv"
    is_parquet = file.suffix.lower() == ".parquet"
    columns = _parquet_columns(file) if is_parquet else _csv_columns(file)
    return _framed(columns, dictionary()[table], file)


def measure_batch(
    photos: AnyPath | Sequence[AnyPath],
    out: AnyPath,
    *,
    subject: Subject | None = None,
    settings: Settings | None = None,
    jobs: int | None = None,
    resume: bool = False,
    overwrite: bool = False,
    pictures: bool = True,
    blur_face: bool = False,
    visits: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> pd.DataFrame:
    """Measure many photos as ``posture batch`` does, and give the results as :func:`batch_frame`.

    Args:
        photos: folders, patterns, manifests, or one of them.
        out: folder for everything that it writes: tables, annotated pictures, summary, journal.
        subject: of all photos about which a manifest says nothing else.
        settings: model, speed and norms.
        jobs: processes that measure; one a core when None.
        resume: go on with the batch in `out`; nothing is measured twice.
        overwrite: give up files of others in `out` that have these names.
        pictures: whether annotated pictures are drawn.
        blur_face: whether faces are unrecognisable in them.
        visits: whether folders that are named hold folders PERSON/VISIT; a manifest tells itself.
        progress: called with the number of photos that are done, and of all.

    Raises:
        PostureError: when the batch cannot go on at all; what is done stays done.
        KeyboardInterrupt: after Ctrl-C, when the photos at hand are done; `resume` goes on.
    """
    require_extra("frames")
    named = [photos] if isinstance(photos, (str, os.PathLike)) else photos
    words = [os.fspath(word) for word in named]
    count = usable_cores() if jobs is None else jobs
    if count < 1:
        raise InvalidInput(f"{count} processes cannot measure.", "Give jobs=1 or more.")
    drawn = PictureOptions(blur_face) if pictures else None
    measuring = settings or Settings()
    folder = Path(out)
    options = BatchOptions(folder, measuring, drawn, resume, overwrite, inputs=tuple(words))
    plan = planned(Request(words, subject or Subject(), folder, visits=visits))
    pool = partial(Pool, count, measuring, drawn)
    outcome = run_batch(plan, options, pool, lambda _, done, total: progress(done, total))
    if not outcome.complete:
        raise KeyboardInterrupt
    return batch_frame(folder)


def history_frame(
    name: str | None = None, *, path: AnyPath | None = None, norms: Norms | None = None
) -> pd.DataFrame:
    """The kept sessions, a row a session, oldest first; types and ``attrs`` as :func:`batch_frame`.

    Columns are those of ``posture history --csv``; the first is the person's name.

    Args:
        name: whose; everybody's when None.
        path: of the history's file; the person's own when None.
        norms: what is known of other people's standing again; the built-in when None.

    Raises:
        InvalidInput: when there is nobody of that name.
        HistoryUnavailable: when the file cannot be used.
        PackageMissing: where pandas is not installed (the extra ``frames``).
    """
    require_extra("frames")
    file = history_path() if path is None else Path(path)
    rows = list(people_rows(_kept(file, name), norms))
    entries = dictionary()["history"]
    columns = {entry.name: [row[entry.name] for row in rows] for entry in entries}
    return _framed(columns, entries, file)


def _kept(file: Path, name: str | None) -> dict[str, tuple[Session, ...]]:
    """The sessions of one person, or of everybody, by name."""
    # Looking makes no file.
    if not file.is_file():
        if name is not None:
            raise nobody(name)
        return {}
    with History(file) as history:
        names = [person.name for person in history.people()] if name is None else [name]
        people = {one: history.sessions(one) for one in names}
    for one, sessions in people.items():
        if not sessions:
            raise nobody(one)
        require_usable(one, sessions)
    return people


def _csv_columns(file: Path) -> dict[str, list[Any]]:
    """The cells as they are written, by column; None where there is nothing."""
    try:
        text = read_document(file, MAX_BYTES).decode("utf-8-sig")
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read: {error.strerror or error}.", _FIX) from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{file} is no text.", _FIX) from error
    rows = csv.reader(io.StringIO(text, newline=""))
    headings = next(rows, [])
    columns: dict[str, list[Any]] = {name: [] for name in headings}
    for row in rows:
        if len(row) != len(headings):
            raise InvalidInput(f"A line of {file} has {len(row)} cells.", _FIX)
        for name, text in zip(headings, row, strict=True):
            columns[name].append(text or None)
    return columns


def _parquet_columns(file: Path) -> dict[str, list[Any]]:
    require_extra("tables")
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        columns: dict[str, list[Any]] = pq.read_table(file).to_pydict()
    except (OSError, pa.ArrowException) as error:
        raise InvalidInput(f"{file} cannot be read: {error}.", _FIX) from error
    # A CSV cannot tell an empty text from none; both read alike.
    return {
        name: [None if cell == "" else cell for cell in cells] for name, cells in columns.items()
    }


def _framed(columns: Mapping[str, list[Any]], entries: Sequence[Entry], file: Path) -> pd.DataFrame:
    import pandas as pd

    known = {entry.name: entry for entry in entries}
    if missing := [name for name in known if name not in columns]:
        raise InvalidInput(f"{file} has no column {missing[0]}.", _FIX)
    try:
        data = {name: _typed(cells, known.get(name)) for name, cells in columns.items()}
    except ValueError as error:
        raise InvalidInput(f"{file} has a cell that does not fit: {error}.", _FIX) from error
    frame = pd.DataFrame(data)
    frame.attrs = {
        "table": entries[0].table,
        "units": {entry.name: entry.unit for entry in entries if entry.unit},
        "meanings": {entry.name: entry.meaning for entry in entries},
        "missing": missing_meaning(),
        "disclaimer": texts()["disclaimer"],
    }
    return frame


def _typed(cells: list[Any], entry: Entry | None) -> pd.Series[Any]:
    """One column; `entry` is None for those of the manifest."""
    import pandas as pd

    if entry is None or (entry.kind == "text" and not entry.choices):
        # A list of codes may be empty without anything missing.
        nothing = None if entry is None or entry.optional else ""
        return pd.Series([nothing if text is None else text for text in cells], dtype="string")
    if entry.kind == "text":
        # Another release may know other words.
        others = sorted({cell for cell in cells if cell is not None} - set(entry.choices))
        return pd.Series(cells, dtype=pd.CategoricalDtype([*entry.choices, *others]))
    if entry.kind == "truth":
        return pd.Series([_TRUTH.get(cell, cell) for cell in cells], dtype="boolean")
    if entry.kind == "whole":
        return pd.Series([None if cell is None else int(cell) for cell in cells], dtype="Int64")
    numbers = [float("nan") if cell is None else float(cell) for cell in cells]
    return pd.Series(numbers, dtype="float64")
