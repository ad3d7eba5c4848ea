"""What may be typed: commands, options, and all their help."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from posture import __version__
from posture._support.language import use_language
from posture._support.outside import in_one_line
from posture.cli.options import (
    add_language,
    add_method,
    add_norms,
    add_notes,
    add_overwrite,
    add_person,
    add_units,
    person_name,
    pseudonym,
    taken,
)
from posture.cli.study_grammar import add_study
from posture.photo.find import CLIP_ENDINGS, PHOTO_ENDINGS
from posture.pose.bundles import MODEL_NAMES

WRONG_ARGUMENTS = 1

NOTES = """\
examples:
  posture analyze side.jpg --height 176cm --sex f
  posture analyze photos --height 5ft9 --out annotated
  posture batch photos --out study
  posture history Ann
  posture report --person Ann -o ann.pdf
  posture app

what you would type every time goes into a file of your own, .posture.toml in your home folder
(POSTURE_CONFIG names another one):
  height = "176cm"
  sex = "f"
  hand = "28mm"
  units = "imperial"
  language = "de"
  norms = "clinic.toml"

A measurement for posture awareness from the outline; not a diagnosis.
"""

ANALYZE_HELP = """\
Measure the curve of the low back from side photos.

Each PHOTO is a JPEG, PNG, WebP, HEIC, AVIF, TIFF or BMP file, a folder (the photos in it and
in the folders below), or a pattern such as "photos/*.jpg".  The person stands side-on, as
usual, in tight clothing or with a bare back, hair up, hands loosely clasped in front; the
camera is level with the hips and about 3 m away.  Nothing leaves this computer.

A clip (MP4, MOV, AVI, MKV, WebM, 3GP, WMV, MTS, MPG) may stand in the place of a photo: its
frames that are fit are measured, and for somebody who walks or runs in profile the lean of the
trunk is told.
"""

ANALYZE_NOTES = """\
what the numbers mean:
  Angle   curve angle: between the tangents of the back line above and below the hollow.
          It is taken from the outline and is not an X-ray (Cobb) angle.
  Depth   hollow depth: largest gap between the back and a straight line that touches upper
          back and buttocks, as a wall would.  In mm when --height is given, else as a
          share of that line's length, the bridge.
  Hands   that depth in thicknesses of a flat hand.
  ±       half-width of the 95 % interval.

examples:
  posture analyze side.jpg --height 176cm --sex f
  posture analyze photos --height 5ft9 --out annotated
  posture analyze "photos/*.heic" --json > results.jsonl
  posture analyze 1.jpg 2.jpg 3.jpg 4.jpg --height 176cm --save Ann
  posture analyze treadmill.mp4 --out annotated

exit code:
  0 measured    2 at least one photo cannot be measured    1 something went wrong:
  an unreadable file, a wrong option, a picture that cannot be written
"""

LIVE_HELP = """\
Watch a back through the camera: the window shows the back line and says what to do.  When you
stand side-on and still for a moment, a picture is taken; then you step away and come back, until
there are four.  The first is thrown away, the others are measured together.
"""

LIVE_NOTES = """\
  q, Esc or Ctrl-C stop; r takes pictures once more.

A clip is followed frame by frame at its own times and gives the same numbers every run; a camera
or a stream (an address with ://) is followed as fast as this computer can.

examples:
  posture live --height 176cm
  posture live --source clip.mp4 --no-window --json > numbers.jsonl
  posture live --source rtsp://192.168.0.7/stream --record out.mp4
"""


BATCH_HELP = """\
Measure many photos: one row a photo in results.csv and results.parquet, annotated pictures,
and a summary.html with plots.  A photo that cannot be measured or read is a row with the reason.

PHOTOS is a folder (the photos in it and in the folders below), a pattern such as
"photos/**/*.jpg", or a table: a CSV file, as spreadsheets save it, with a column path and, if you
like, id, stature, sex, age and hand.  Its other columns are carried into results.csv; its paths
are relative to the file.  With --allow-urls an address that fsspec understands, such as
s3://bucket/photo.jpg, may stand in the place of a path.

Photos of one person and visit are read as one, as the stances of a session: with --visits in
folders PERSON/VISIT, or by the columns person, visit and taken of a table.  visits.csv then has a
row a visit, changes.csv one for each person with two.  The day of a visit is what the table says,
what its name begins with (2026-03-21), or what its photos tell.
"""

BATCH_NOTES = """\
Ctrl-C stops after the photos at hand.  After it, a crash or a power cut, the same command with
--resume goes on: no photo that has its row is measured again, and none is left out.

examples:
  posture batch photos --out study --sex f
  posture batch manifest.csv --out study --jobs 4
  posture batch people --out study --reports --save
  posture batch manifest.csv --out study --scheduler tcp://cluster:8786 --resume

exit code:
  0 every photo has its row    1 something went wrong    130 stopped
"""


REPORT_HELP = """\
Make the PDF that a person takes home: of one session with all its numbers, or of two beside each
other, both pictures laid alike, with what their difference means.  From the history, with the
picture where one was kept, or from results and their photo.
"""

REPORT_NOTES = """\
posture history NAME names the sessions.  A batch makes the same pages of everybody: posture batch
--reports.

examples:
  posture report --person Ann -o ann.pdf
  posture report --person Ann --before a4ccbc7270 --after 403e13d74a -o ann-before-after.pdf
  posture report results.jsonl --photo side.jpg --name Ann -o ann.pdf
"""

EXPORT_HELP = """\
Turn results into what other programs take.

  fhir    FILE is what posture analyze --json printed, what the page saved as JSON, or one person's
          exported history.  Gives a FHIR R4 Bundle: an Observation for each result, with UCUM
          units, the method's version and the codes that it uses.
  redcap  FILE is the results.csv of a batch.  Gives a table that REDCap imports, after the data
          dictionary that posture schema --dictionary redcap prints.
"""

EXPORT_NOTES = """\
examples:
  posture analyze side.jpg --height 176cm --json > side.json
  posture export fhir side.json --subject P01 --taken 2026-03-21 --out side.fhir.json
  posture schema --dictionary redcap > dictionary.csv
  posture export redcap study/results.csv --out import.csv
"""


COMPLETION_HELP = """\
Print lines that complete commands, options and their choices.  SHELL is bash, zsh or fish:
  eval "$(posture completion bash)"         in ~/.bashrc (with zsh in ~/.zshrc)
  posture completion fish | source          in ~/.config/fish/config.fish
"""


class _Parser(argparse.ArgumentParser):
    """Exits with 1 on wrong arguments; argparse's own 2 means "cannot measure" here."""

    def error(self, message: str) -> NoReturn:
        # A message quotes what was typed.
        problem = in_one_line(message)
        self.exit(WRONG_ARGUMENTS, f"{self.prog}: {problem}\nTry: {self.prog} --help\n")


def parsed(words: Sequence[str]) -> argparse.Namespace:
    """What was typed, understood; leaves the program where that is not possible."""
    parser = build_parser()
    command = next((word for word in words if not word.startswith("-") or word == "-"), None)
    if command is not None and command not in _command_names(parser):
        parser.error(_unknown(command, _command_names(parser)))
    options, others = parser.parse_known_args(words)
    if others:
        chosen = every_command(parser)[_name_of(options)]
        chosen.error(_unknown_option(others, list(chosen._option_string_actions)))
    from posture.own_settings import fill_in

    fill_in(options)
    if getattr(options, "sex", "") is None:
        options.sex = "unspecified"
    if hasattr(options, "units"):
        options.unit = "in" if options.units == "imperial" else "mm"
    if getattr(options, "lang", None) is not None:
        use_language(options.lang)
    return options


def commands_of(parser: argparse.ArgumentParser) -> Mapping[str, argparse.ArgumentParser]:
    """The parser of each command, by its name."""
    (action,) = (one for one in parser._actions if isinstance(one, argparse._SubParsersAction))
    return dict(action.choices)


def every_command(parser: argparse.ArgumentParser) -> Mapping[str, argparse.ArgumentParser]:
    """As :func:`commands_of`, and each action of a command by both their names."""
    every = {}
    for name, command in commands_of(parser).items():
        every[name] = command
        every |= {f"{name} {action}": one for action, one in actions_of(command).items()}
    return every


def actions_of(command: argparse.ArgumentParser) -> Mapping[str, argparse.ArgumentParser]:
    """The parser of each action of a command, by its name; none where it has no actions."""
    has_any = any(isinstance(one, argparse._SubParsersAction) for one in command._actions)
    return commands_of(command) if has_any else {}


def _name_of(options: argparse.Namespace) -> str:
    """The command of what was typed, and its action where it has one."""
    action = getattr(options, "action", None)
    return options.command if action is None else f"{options.command} {action}"


def _command_names(parser: argparse.ArgumentParser) -> list[str]:
    return list(commands_of(parser))


def _unknown_option(words: Sequence[str], options: Sequence[str]) -> str:
    """What to say of words that no option takes."""
    import difflib

    word = words[0].partition("=")[0]
    close = difflib.get_close_matches(word, options, n=1) if word.startswith("-") else []
    hint = f"; did you mean {close[0]}" if close else ""
    return f"not understood: {' '.join(words)}{hint}"


def _unknown(word: str, commands: Sequence[str]) -> str:
    """What to say where a command is expected and something else was typed."""
    import difflib

    close = difflib.get_close_matches(word, commands, n=1)
    if close:
        return f"there is no command {word!r}; did you mean: posture {close[0]}"
    ending = Path(word).suffix.lower()
    if os.path.lexists(word) or ending in PHOTO_ENDINGS | CLIP_ENDINGS:
        return f"{word!r} comes after a command: posture analyze {word}"
    return f"there is no command {word!r}; there are {', '.join(commands)}"


def build_parser() -> argparse.ArgumentParser:
    """The grammar of the command line; `command` of what it parses is a command's name."""
    parser = _Parser(
        prog="posture",
        description="Measures the curve of the low back from a side photo, on this computer.",
        epilog=NOTES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"posture {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_analyze(commands)
    _add_batch(commands)
    _add_history(commands)
    _add_report(commands)
    _add_live(commands)
    add_study(commands)
    page = commands.add_parser(
        "app",
        help="open the page in the browser",
        description="Start the page on this computer, for this computer only, and open it.",
    )
    page.set_defaults(command="app")
    page.add_argument("--port", type=int, default=8501, help="(default: %(default)s)")
    add_language(page)
    page.add_argument(
        "--study",
        metavar="FOLDER",
        type=Path,
        help="open the page that captures photos for a study, and shows no number",
    )
    add_norms(page)
    page.add_argument("--no-browser", action="store_true", help="do not open the browser")
    doctor = commands.add_parser(
        "doctor",
        help="check that everything the program needs is there",
        description="Check Python, libraries, pose models, camera and folders, and say what to do.",
    )
    doctor.set_defaults(command="doctor")
    schema = commands.add_parser(
        "schema",
        help="print the JSON Schema of a result, or what each column means",
        description="Print the JSON Schema (2020-12) of one line of posture analyze --json; with "
        "--dictionary every column of every table instead: type, unit, range, meaning.",
    )
    schema.set_defaults(command="schema")
    schema.add_argument(
        "--dictionary",
        choices=("csv", "json", "redcap"),
        help="the data dictionary, as a table, as JSON, or as REDCap takes it for the table of a "
        "batch",
    )
    add_language(schema)
    _add_export(commands)
    norms = commands.add_parser(
        "norms",
        help="print the built-in reference values, or check your own",
        description="Print the built-in reference values: a TOML file to start your own from, for "
        "--norms.  With FILE: check that file, and say what it holds and what is odd in it.",
    )
    norms.set_defaults(command="norms")
    norms.add_argument("file", metavar="FILE", nargs="?", type=Path, help="your own, to check")
    add_language(norms)
    completion = commands.add_parser(
        "completion",
        help="print what completes commands and options at the Tab key",
        description=COMPLETION_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    completion.set_defaults(command="completion")
    completion.add_argument("shell", metavar="SHELL", choices=("bash", "zsh", "fish"))
    return parser


def _add_analyze(commands: argparse._SubParsersAction[_Parser]) -> None:
    analyze = commands.add_parser(
        "analyze",
        help="measure side photos",
        description=ANALYZE_HELP,
        epilog=ANALYZE_NOTES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    analyze.set_defaults(command="analyze")
    analyze.add_argument("photos", metavar="PHOTO", nargs="+", help="file, folder or pattern")

    person = add_person(analyze)
    person.add_argument(
        "--same-person",
        action="store_true",
        help="the photos are the stances of one person in order, with a step away between each: "
        "also give their median, with tighter error bars; of four or more the first is thrown "
        "away (with --json as a last line whose image is null)",
    )

    output = analyze.add_argument_group("output")
    output.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        help="write annotated pictures there, as FOLDER_NAME_posture.jpg. Of a clip: its best "
        "frame, and the plot over time",
    )
    add_overwrite(output)
    output.add_argument(
        "--motion",
        choices=("trc", "c3d"),
        action="append",
        help="with --out: of a clip also the back line and the landmarks frame by frame, for "
        "motion analysis; may be given twice",
    )
    output.add_argument(
        "--format",
        choices=("jpeg", "png"),
        default="jpeg",
        help="of annotated pictures (default: %(default)s)",
    )
    output.add_argument(
        "--blur-face", action="store_true", help="make faces unrecognisable in annotated pictures"
    )
    output.add_argument(
        "--json",
        action="store_true",
        help="print one JSON object a photo, one a line, and nothing else; that of a clip has "
        '"kind": "clip"',
    )

    add_units(output)
    add_language(output)

    keep = analyze.add_argument_group("history (kept on this computer; see posture history)")
    keep.add_argument(
        "--save",
        metavar="NAME",
        type=person_name,
        help="keep what is measured as one session of this person: best four photos, with a step "
        "away between each, of which the first is thrown away",
    )
    keep.add_argument(
        "--keep-picture",
        choices=("thumbnail", "photo"),
        help="with --save: also keep a small copy of the photo, 480 or 1,600 px; else numbers only",
    )
    keep.add_argument(
        "--taken",
        metavar="DATE",
        type=taken,
        help="with --save: when the photo was taken, such as 2026-03-21; when left out, the date "
        "that the photo itself tells, else now",
    )
    add_notes(keep, "with --save: ")

    add_method(analyze)


def _add_batch(commands: argparse._SubParsersAction[_Parser]) -> None:
    batch = commands.add_parser(
        "batch",
        help="measure very many photos into one table",
        description=BATCH_HELP,
        epilog=BATCH_NOTES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    batch.set_defaults(command="batch")
    batch.add_argument(
        "photos", metavar="PHOTOS", nargs="+", help="folder, pattern, manifest.csv or address"
    )
    batch.add_argument(
        "--out", metavar="DIR", type=Path, required=True, help="folder for everything it writes"
    )
    batch.add_argument(
        "--resume", action="store_true", help="continue the batch in DIR; nothing is done twice"
    )
    add_overwrite(batch)
    batch.add_argument(
        "--allow-urls",
        action="store_true",
        help="open the addresses that PHOTOS or a manifest name; without it no connection is made",
    )
    where = batch.add_mutually_exclusive_group()
    where.add_argument(
        "--jobs", metavar="N", type=int, help="processes that measure (default: one a core)"
    )
    where.add_argument(
        "--scheduler",
        metavar="tcp://HOST:PORT",
        help="measure on this Dask cluster instead (an optional package)",
    )
    add_units(batch)
    add_language(batch)
    pictures = batch.add_argument_group("annotated pictures")
    pictures.add_argument("--no-pictures", action="store_true", help="write none")
    pictures.add_argument(
        "--blur-face",
        action="store_true",
        help="make faces unrecognisable in them, on pages and in kept pictures",
    )
    visits = batch.add_argument_group("people and their visits")
    visits.add_argument(
        "--visits",
        action="store_true",
        help="the folders named hold folders PERSON/VISIT; --reports and --save say so, too",
    )
    visits.add_argument(
        "--reports",
        action="store_true",
        help="make a PDF of each visit, and one of before and after of each person, in reports",
    )
    visits.add_argument(
        "--save",
        action="store_true",
        help="keep each visit as a session of the history; what is kept already stays as it is",
    )
    visits.add_argument(
        "--keep-picture",
        choices=("thumbnail", "photo"),
        help="with --save: also keep a small copy of each photo, 480 or 1,600 px",
    )
    add_person(batch)
    add_method(batch)


def _add_history(commands: argparse._SubParsersAction[_Parser]) -> None:
    history = commands.add_parser(
        "history",
        help="show, delete, export what was kept",
        description="Show what posture analyze --save and the page have kept on this computer, "
        "and whether a change is more than measuring and standing again explain.",
    )
    history.set_defaults(command="history")
    history.add_argument("name", metavar="NAME", nargs="?", help="whose; everybody when left out")
    form = history.add_mutually_exclusive_group()
    form.add_argument(
        "--csv", action="store_true", help="a table, one row a session; of everybody without NAME"
    )
    form.add_argument("--json", action="store_true", help="one object with all results")
    form.add_argument(
        "--note", metavar="SESSION", help="change --pain and --training of one session of NAME"
    )
    form.add_argument("--delete", metavar="SESSION", help="delete one session of NAME")
    form.add_argument("--delete-person", action="store_true", help="delete all of NAME")
    form.add_argument("--delete-all", action="store_true", help="delete everybody")
    form.add_argument(
        "--export", metavar="FILE", type=Path, help="write NAME, or everybody, to a JSON file"
    )
    form.add_argument(
        "--import",
        dest="import_file",
        metavar="FILE",
        type=Path,
        help="take over an exported file; sessions that are there already stay as they are",
    )
    add_notes(history, "with --note: ")
    add_units(history)
    add_language(history)
    add_overwrite(history)
    add_norms(history)
    history.add_argument("--yes", action="store_true", help="delete without being asked")


def _add_report(commands: argparse._SubParsersAction[_Parser]) -> None:
    report = commands.add_parser(
        "report",
        help="make a PDF of a reading, or of before and after",
        description=REPORT_HELP,
        epilog=REPORT_NOTES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    report.set_defaults(command="report")
    report.add_argument(
        "results",
        metavar="RESULTS",
        nargs="?",
        type=Path,
        help="what posture analyze --json printed, or the page saved as JSON, for one session",
    )
    report.add_argument(
        "-o", "--out", metavar="FILE", type=Path, required=True, help="the PDF to write"
    )
    add_overwrite(report)
    add_units(report)
    add_language(report)
    of_history = report.add_argument_group("from the history")
    of_history.add_argument("--person", metavar="NAME", type=person_name, help="whose")
    of_history.add_argument(
        "--session", metavar="SESSION", help="which; the last one when left out"
    )
    of_history.add_argument(
        "--before", metavar="SESSION", help="with --after: two sessions on one page, this first"
    )
    of_history.add_argument("--after", metavar="SESSION", help="with --before: the other one")
    of_results = report.add_argument_group("from RESULTS")
    of_results.add_argument(
        "--photo",
        metavar="FILE",
        type=Path,
        help="one of the photos measured; when left out, where RESULTS say that they lie",
    )
    of_results.add_argument("--name", metavar="NAME", type=person_name, help="whose, for the page")
    of_results.add_argument(
        "--blur-face", action="store_true", help="make the face unrecognisable in the photo"
    )
    add_norms(report)


def _add_export(commands: argparse._SubParsersAction[_Parser]) -> None:
    export = commands.add_parser(
        "export",
        help="turn results into what other programs take",
        description=EXPORT_HELP,
        epilog=EXPORT_NOTES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    export.set_defaults(command="export")
    export.add_argument("form", metavar="FORM", choices=("fhir", "redcap"), help="fhir or redcap")
    export.add_argument("file", metavar="FILE", type=Path, help="what the program wrote before")
    export.add_argument(
        "--out", metavar="OUTPUT", type=Path, help="write it there; printed when left out"
    )
    add_overwrite(export)
    fhir = export.add_argument_group("fhir")
    fhir.add_argument(
        "--subject",
        metavar="ID",
        type=pseudonym,
        help="a pseudonym of the person; none is told when left out",
    )
    fhir.add_argument(
        "--taken",
        metavar="DATE",
        type=taken,
        help="when the photos were taken, such as 2026-03-21; an exported history tells it itself",
    )
    add_language(export)


def _add_live(commands: argparse._SubParsersAction[_Parser]) -> None:
    live = commands.add_parser(
        "live",
        help="watch a back through the camera",
        description=LIVE_HELP,
        epilog=LIVE_NOTES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    live.set_defaults(command="live")
    place = live.add_mutually_exclusive_group()
    place.add_argument(
        "--camera",
        metavar="NUMBER",
        type=int,
        default=0,
        help="which camera (default: %(default)s)",
    )
    place.add_argument("--source", metavar="CLIP", help="a clip, or the address of a stream")
    live.add_argument(
        "--record", metavar="FILE", type=Path, help="write what is drawn, as .mp4 or .avi"
    )
    add_overwrite(live)
    live.add_argument("--no-window", action="store_true", help="show nothing on the screen")
    live.add_argument(
        "--json", action="store_true", help="print one JSON object a frame, one a line"
    )
    live.add_argument(
        "--model",
        choices=MODEL_NAMES,
        default="full",
        help="pose model that follows the person (default: %(default)s)",
    )
    add_units(live)
    add_language(live)
    add_norms(live)
    add_person(live)
