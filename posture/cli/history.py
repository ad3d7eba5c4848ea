"""``posture history``: show, delete, export and import what was kept."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from posture._support.files import read_document, require_free, write_atomically
from posture._support.outside import printable
from posture._support.texts import band_words, texts
from posture.cli.asking import require_consent
from posture.cli.inputs import require_local
from posture.cli.kept import session_of_uid, sessions_of
from posture.errors import InvalidInput
from posture.history import History, Session, history_path
from posture.history.exchange import (
    MAX_BYTES,
    exported,
    nobody,
    parsed_file,
    people_csv,
    require_usable,
    sessions_csv,
    sessions_json,
    take_over,
)
from posture.history.records import Notes, day_of
from posture.history.repeatability import standing_of
from posture.history.story import ANGLE, depth_quantity, figure, moment, notes, story
from posture.history.words import history_texts
from posture.overlay.numbers import LengthUnit, own_norms
from posture.verdict.norms import Norms, load_norms


def run(options: argparse.Namespace) -> int:
    """Do what `options` ask for.

    Raises:
        PostureError: when there is no such person or session, or a file cannot be used.
    """
    _require_fitting(options)
    if options.import_file is not None:
        return _import(options.import_file)
    if not history_path().is_file():
        # Looking makes no file.
        if options.name is not None or options.export is not None:
            raise nobody(options.name)
        return _say_empty()
    with History() as history:
        if options.delete_all:
            return _delete_all(history, sure=options.yes)
        if options.delete_person or options.delete:
            return _delete(history, options)
        if options.note:
            return _note(history, options)
        if options.export is not None:
            return _export(history, options)
        if options.name is None:
            return _print_everybody(history, options) if options.csv else _show_people(history)
        return _show(sessions_of(history, options.name), options)


def _require_fitting(options: argparse.Namespace) -> None:
    of_one = options.json or options.note or options.delete or options.delete_person
    if of_one and options.name is None:
        raise InvalidInput("It is not said whose.", "Give the NAME.")
    noted = options.pain is not None or options.training is not None
    if noted != (options.note is not None):
        raise InvalidInput(
            "--note, and --pain or --training, belong together.",
            "Say which session, and what is to be noted with it.",
        )
    if options.name is not None and (options.delete_all or options.import_file is not None):
        raise InvalidInput("That is about everybody, not one person.", "Leave the NAME out.")


def _show_people(history: History) -> int:
    if not history.people():
        return _say_empty()
    words = history_texts()["table"]
    table = _table(words["person"], words["sessions"], words["first"], words["last"])
    for person in history.people():
        table.add_row(
            Text(printable(person.name)),
            f"{person.sessions}",
            day_of(person.first),
            day_of(person.last),
        )
    _console().print(table)
    return 0


def _say_empty() -> int:
    print("The history is empty.", file=sys.stderr)
    return 0


def _print_everybody(history: History, options: argparse.Namespace) -> int:
    """One table of all sessions of everybody."""
    people = {person.name: history.sessions(person.name) for person in history.people()}
    for name, sessions in people.items():
        require_usable(name, sessions)
    print(people_csv(people, load_norms(options.norms)).replace("\r\n", "\n"), end="")
    return 0


def _show(sessions: tuple[Session, ...], options: argparse.Namespace) -> int:
    require_usable(options.name, sessions)
    if options.json:
        print(sessions_json(options.name, sessions))
    elif options.csv:
        print(sessions_csv(sessions, load_norms(options.norms)).replace("\r\n", "\n"), end="")
    else:
        _print_sessions(sessions, load_norms(options.norms), options.unit)
    return 0


def _print_sessions(sessions: tuple[Session, ...], norms: Norms, unit: LengthUnit) -> None:
    words, console = history_texts()["table"], _console()
    names = ("session", "day", "photos", "angle", "depth", "verdict", "notes")
    table = _table(*(words[name] for name in names))
    for session in sessions:
        reading = session.reading
        table.add_row(
            printable(session.uid),
            moment(session),
            f"{len(session.photos)}",
            figure(reading, ANGLE),
            figure(reading, depth_quantity((session,), unit)),
            band_words(reading.verdict),
            notes(session),
        )
    console.print(table)
    console.print()
    told = story(sessions, standing_of(sessions, norms), unit)
    judged_by = own_norms(session.reading.norms_version for session in sessions)
    for sentence in filter(None, (*told, judged_by)):
        console.print(Text(sentence))
    console.print()
    console.print(Text(f"{texts()['disclaimer']} {texts()['outside_range']}", style="italic"))


def _delete(history: History, options: argparse.Namespace) -> int:
    sessions = sessions_of(history, options.name)
    if options.delete_person:
        require_consent(f"Delete {options.name} with {len(sessions)} session(s)?", sure=options.yes)
        history.delete_person(options.name)
    else:
        session_of_uid(sessions, options.name, options.delete)
        require_consent(f"Delete session {options.delete}?", sure=options.yes)
        history.delete_session(options.name, options.delete)
    print("Deleted.", file=sys.stderr)
    return 0


def _note(history: History, options: argparse.Namespace) -> int:
    """Change what was noted with a session; what is not said stays."""
    before = session_of_uid(sessions_of(history, options.name), options.name, options.note).notes
    pain = before.pain if options.pain is None else options.pain
    training = before.training if options.training is None else options.training
    history.note(options.name, options.note, Notes(pain, training))
    print("Noted.", file=sys.stderr)
    return 0


def _delete_all(history: History, *, sure: bool) -> int:
    require_consent("Delete the whole history of everybody?", sure=sure)
    history.delete_all()
    print("Deleted.", file=sys.stderr)
    return 0


def _export(history: History, options: argparse.Namespace) -> int:
    name, target = options.name, options.export
    names = [person.name for person in history.people()] if name is None else [name]
    if not names:
        raise nobody(None)
    for one in names:
        sessions_of(history, one)
    own = [f"{history.path}{ending}" for ending in ("", "-wal", "-shm")]
    require_free([target], replace=options.overwrite, inputs=own)
    write_atomically(target, exported(history, names).encode(), replace=options.overwrite)
    print(f"Exported to {printable(str(target))}; it holds personal data.", file=sys.stderr)
    return 0


def _import(source: Path) -> int:
    require_local([str(source)])
    try:
        export = read_document(source, MAX_BYTES)
    except OSError as error:
        raise InvalidInput(
            f"{source} cannot be read: {error.strerror or error}.", "Give an exported history."
        ) from error
    people = parsed_file(export)
    with History() as history:
        added, there = take_over(history, people)
    print(f"{added} session(s) taken over, {there} were there already.", file=sys.stderr)
    return 0


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _console() -> Console:
    # No markup: names may hold square brackets.
    return Console(markup=False, highlight=False, emoji=False)
