"""Somebody takes their consent back: everything of theirs goes, and only that it went stays."""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import datetime
from pathlib import Path

from posture._support.files import output_failed
from posture.history.records import taken_text
from posture.study.cells import append_rows, read_table, write_lines
from posture.study.folder import (
    CAPTURES,
    INSTRUMENTS,
    ORDER,
    PARTICIPANTS,
    PHOTOS,
    RESULTS,
    VOIDS,
    WITHDRAWN,
    WITHDRAWN_COLUMNS,
    read_study,
)


def withdraw(folder: Path, id: str, now: datetime) -> int:
    """Delete a participant's photos, results, readings and details; how many captures those were.

    The pseudonym stays in ``withdrawn.csv``, so that nobody else gets it.  Nobody may capture
    meanwhile: results without a capture, as an interruption leaves them, go with the others.

    Args:
        folder: of the study.
        id: the pseudonym.
        now: with its zone.

    Raises:
        InvalidInput: when there is no such participant.
        OutputFailed: when something cannot be deleted; the same call goes on.
    """
    study = read_study(folder, results=False)
    study.participant(id)
    kept = {one.capture for one in study.captures if one.sitting.participant != id}
    gone = len(study.captures) - len(kept)
    if id not in study.withdrawn:
        row = {"id": id, "withdrawn_at": taken_text(now), "captures": gone}
        append_rows(folder / WITHDRAWN, WITHDRAWN_COLUMNS, [row])
    _keep(folder / VOIDS, "capture", kept)
    _keep(folder / CAPTURES, "capture", kept)
    for path in _files(folder):
        if path.stem not in kept:
            _delete(path)
    others = study.ids - {id}
    # Participants last: as long as they stand there, what was interrupted can be done again.
    for name, column in (
        (INSTRUMENTS, "participant"),
        (ORDER, "participant"),
        (PARTICIPANTS, "id"),
    ):
        _keep(folder / name, column, others)
    return gone


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted((folder / RESULTS).glob("*.json"))
    yield from sorted((folder / PHOTOS).glob("*.jpg"))


def _keep(path: Path, column: str, kept: Set[str]) -> None:
    """Leave in a table the lines that have one of these texts in a column."""
    if not path.is_file():
        return
    table = read_table(path, (column,))
    lines = [line.cells for line in table.lines if line.cells[column] in kept]
    if len(lines) < len(table.lines):
        write_lines(path, table, lines)


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise output_failed(path, error) from error
