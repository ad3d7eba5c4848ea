"""``posture report``: a PDF of one reading or of two, from the history or from results."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from posture._support.distribution import require_extra
from posture._support.files import read_document, require_free, write_atomically
from posture._support.outside import printable
from posture._support.texts import filled, texts
from posture.cli.inputs import require_local, tell
from posture.cli.kept import SESSIONS, session_of_uid, sessions_of
from posture.combine import combined, distinct_photos
from posture.errors import InvalidInput, WorkerDied
from posture.handout.one import Sheet, on_shown, sheet_of, sheet_of_file, sheet_of_kept
from posture.handout.two import Pair, change_sentences, pair_of_kept
from posture.history import History, Kept, KeptPicture, Session, history_path
from posture.history.exchange import MAX_BYTES, nobody, require_usable
from posture.history.records import day_of
from posture.history.repeatability import standing_of
from posture.history.story import told_apart
from posture.photo.decode import MAX_FILE_BYTES
from posture.result import Result
from posture.verdict.norms import Norms, load_norms
from posture.worker import Worker

# What stands on a page besides its pictures, and these.
Content = TypeVar("Content")
Pictures = TypeVar("Pictures")


def run(options: argparse.Namespace) -> int:
    """Do what `options` ask for.

    Raises:
        PostureError: when there is no such person or session, or a file cannot be used.
    """
    _require_fitting(options)
    require_extra("report")
    norms = load_norms(options.norms)
    inputs = [path for path in (options.results, options.photo) if path is not None]
    require_local([str(path) for path in inputs])
    require_free([options.out], replace=options.overwrite, inputs=inputs)
    if options.results is not None:
        data = _of_results(options, norms)
    elif options.before is not None:
        data = _of_two(options, norms)
    else:
        data = _of_one(options, norms)
    write_atomically(options.out, data, replace=options.overwrite)
    print(filled(_words()["written"], file=printable(str(options.out))), file=sys.stderr)
    return 0


def _words() -> Mapping[str, str]:
    words: Mapping[str, str] = texts()["page_file"]
    return words


def _made(
    task: Callable[[None, Content, Pictures], bytes],
    content: Content,
    pictures: Pictures,
    none: Pictures,
) -> bytes:
    """The page, drawn in a child process; with `none` for pictures where it dies over them."""
    with Worker[None](nullcontext) as worker:
        try:
            return worker.run(task, content, pictures)
        except WorkerDied:
            tell(_words()["unopened"])
            return worker.run(task, content, none)


def _require_fitting(options: argparse.Namespace) -> None:
    if (options.results is None) == (options.person is None):
        raise InvalidInput(
            "It is not said of what.", "Give --person NAME, or a file of results; not both."
        )
    of_history = (options.session, options.before, options.after)
    of_results = (options.photo, options.name, options.blur_face or None)
    if options.person is None and any(item is not None for item in of_history):
        raise InvalidInput("Sessions are of the history.", "Add --person NAME.")
    if options.results is None and any(item is not None for item in of_results):
        raise InvalidInput(
            "--photo, --name and --blur-face are about results.", "Leave them, or give RESULTS."
        )
    if (options.before is None) != (options.after is None) or (
        options.before is not None and options.session is not None
    ):
        raise InvalidInput(
            "--before and --after belong together, without --session.", "Give two sessions or one."
        )


# ---------------------------------------------------------------------------------- the history


def _of_one(options: argparse.Namespace, norms: Norms) -> bytes:
    with _history() as history:
        sessions = _sessions(history, options.person)
        session = sessions[-1]
        if options.session is not None:
            session = session_of_uid(sessions, options.person, options.session)
        picture, name = _picture(history, session), history.name_of(options.person)
    shown = session.middle if picture is None else picture[0]
    day = date.fromisoformat(day_of(session.taken_at))
    sheet = replace(sheet_of(session, shown, name, day), norms=norms, unit=options.unit)
    _tell_of(sheet.summary, norms)
    if picture is None:
        tell(filled(_words()["no_picture"], session=session.uid))
    return _made(sheet_of_kept, sheet, None if picture is None else picture[1], None)


def _of_two(options: argparse.Namespace, norms: Norms) -> bytes:
    with _history() as history:
        sessions = _sessions(history, options.person)
        before, after = (
            session_of_uid(sessions, options.person, uid) for uid in (options.before, options.after)
        )
        if before.uid == after.uid:
            raise InvalidInput("That is one session twice.", f"Give two. {SESSIONS}")
        kept = (_picture(history, before), _picture(history, after))
        name = history.name_of(options.person)
    said = change_sentences(before, after, standing_of(sessions, norms), options.unit)
    pair = Pair(name, before, after, told_apart(before, after), said, norms, options.unit)
    if None in kept:
        tell(_words()["no_pictures"])
    return _made(pair_of_kept, pair, kept, (None, None))


def _history() -> History:
    # Looking makes no file.
    if not history_path().is_file():
        raise nobody(None)
    return History()


def _sessions(history: History, name: str) -> tuple[Session, ...]:
    sessions = sessions_of(history, name)
    require_usable(name, sessions)
    return sessions


def _picture(history: History, session: Session) -> tuple[Kept, KeptPicture] | None:
    kept = session.pictured
    picture = None if kept is None else history.picture(kept.uid)
    return None if kept is None or picture is None else (kept, picture)


def _tell_of(result: Result, norms: Norms) -> None:
    version = result.provenance.norms_version
    if version != norms.version:
        tell(filled(_words()["other_norms"], version=version, used=norms.version))


# -------------------------------------------------------------------------------------- results


def _of_results(options: argparse.Namespace, norms: Norms) -> bytes:
    singles = _results(options.results)
    if len(singles) > 1 and any(one.provenance.norms_version != norms.version for one in singles):
        version = singles[0].provenance.norms_version
        raise InvalidInput(
            f"These results were judged by norms {version}, and {norms.version} are in use.",
            "Give the file they were judged by with --norms.",
        )
    summary = combined(singles, norms).on(singles[0]) if len(singles) > 1 else singles[0]
    _tell_of(summary, norms)
    found = _shown(options.photo, singles, summary)
    if found is None:
        tell(_words()["no_photo"])
    shown, path = (singles[0], None) if found is None else found
    sheet = Sheet(
        shown=shown,
        summary=on_shown(summary, shown, singles),
        singles=singles,
        name=options.name or "",
        day=None,
        norms=norms,
        blur_face=options.blur_face,
        unit=options.unit,
    )
    return _made(sheet_of_file, sheet, path, None)


def _results(path: Path) -> tuple[Result, ...]:
    """The photos of a session, each once: those that were measured, or one that was not."""
    try:
        text = read_document(path, MAX_BYTES).decode("utf-8-sig")
        found = [Result.from_dict(plain) for plain in _objects(text)]
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise InvalidInput(
            f"{path} cannot be read: {reason or error}.",
            "Give what posture analyze --json printed.",
        ) from error
    # A line of all photos together names none of them.
    named = [result for result in found if result.image is not None] or found
    measured = distinct_photos([result for result in named if result.curve is not None])
    if not named:
        raise InvalidInput(f"{path} holds no result.", "Give what posture analyze --json printed.")
    return measured or (named[0],)


def _objects(text: str) -> list[Any]:
    """One object, as the page saves it of a photo or of several, or one a line."""
    try:
        whole = json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    photos = whole.get("photos") if isinstance(whole, dict) else None
    return photos if isinstance(photos, list) else [whole]


def _shown(
    photo: Path | None, singles: Sequence[Result], summary: Result
) -> tuple[Result, str] | None:
    """The photo to show and its result; None where none of them is there any more.

    Raises:
        InvalidInput: when the photo that is named is none of those measured.
    """
    if photo is not None:
        sha256 = _sha256(photo)
        for result in singles:
            if result.provenance.image_sha256 == sha256 is not None:
                return result, str(photo)
        raise InvalidInput(
            f"{photo} is not the photo of these results.", "Give the one that was measured."
        )
    for result in sorted(singles, key=lambda one: _distance(one, summary)):
        if result.image is not None and _sha256(Path(result.image)) == (
            result.provenance.image_sha256
        ):
            return result, result.image
    return None


def _distance(result: Result, summary: Result) -> float:
    if result.slca_deg is None or summary.slca_deg is None:
        return 0.0
    return abs(result.slca_deg.value - summary.slca_deg.value)


def _sha256(path: Path) -> str | None:
    """Of the bytes of a file; None where there is none to read."""
    try:
        return hashlib.sha256(read_document(path, MAX_FILE_BYTES)).hexdigest()
    except OSError:
        return None
