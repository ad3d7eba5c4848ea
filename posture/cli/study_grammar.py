"""What may be typed after ``posture study``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from posture.cli.options import add_overwrite, add_person

STUDY_HELP = """\
Find out how far the readings can be trusted in your hands.  All of a study happens on this
computer: raters photograph participants in several sessions, four stances each, and see no number
until the report.  docs/study.md walks through one.
"""

STUDY_NOTES = """\
examples:
  posture study size
  posture study new reliability --title "Two raters, two days" --participants 30
  posture study add reliability --sex f --height 168cm --age 34
  posture study capture reliability --next 1.jpg 2.jpg 3.jpg 4.jpg
  posture app --study reliability
  posture study status reliability
  posture study report reliability
  posture study archive reliability reliability.zip
"""

CAPTURE_HELP = """\
Measure the photos of one participant, taken by one rater in one session, in the order in which
they are given (a folder by the names of its files), and record them.  What is printed is whether
each was measured, or why not and what to do about it; never a number.  Photos that are recorded
already are passed over, so the same command goes on after an interruption.
"""

REPORT_HELP = """\
Compute reliability and agreement of a study and write report.html, report.pdf and the tables as
CSV.  This ends the blinding: who still captures for the study should not read it.
"""

ARCHIVE_HELP = """\
Put a study into one ZIP file: its data and texts, its report, the reference values, and a
MANIFEST.json with the SHA-256 of each file, of the pose models and of the program's own files.
"""

INSTRUMENT_HELP = """\
Take over what another instrument read: a flexicurve, an inclinometer, a Spinal Mouse, an X-ray.
FILE is a table with the columns participant, rater (empty where none of the raters read it),
session, instrument, value and, if you like, unit.  All of it is taken over, or nothing.
"""


def add_study(commands: argparse._SubParsersAction[Any]) -> None:
    """Add ``study`` and what it can do."""
    study = commands.add_parser(
        "study",
        help="find out how far the readings can be trusted in your hands",
        description=STUDY_HELP,
        epilog=STUDY_NOTES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    study.set_defaults(command="study")
    actions = study.add_subparsers(title="what to do", metavar="ACTION", required=True)
    _add_size(actions)
    _add_new(actions)
    _add_add(actions)
    _add_capture(actions)
    _add_void(actions)
    _add_withdraw(actions)
    _add_instrument(actions)
    _add_status(actions)
    _add_report(actions)
    _add_archive(actions)


def _action(
    actions: argparse._SubParsersAction[Any], name: str, help: str, description: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(
        name,
        help=help,
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(action=name)
    return parser


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="the study's folder")


def _add_size(actions: argparse._SubParsersAction[Any]) -> None:
    size = _action(
        actions,
        "size",
        "how many participants a study needs",
        "How many participants a study needs, by published formulas.",
    )
    size.add_argument(
        "--raters", metavar="N", type=int, default=2, help="readings of each (default: %(default)s)"
    )
    size.add_argument("--icc", metavar="ICC", type=float, help="the one that is expected")
    size.add_argument("--above", metavar="ICC", type=float, help="the one that is to be excluded")
    size.add_argument("--width", metavar="W", type=float, help="whole width of the ICC's interval")
    size.add_argument(
        "--limits",
        metavar="W",
        type=float,
        help="± of a limit of agreement, in standard deviations of the differences",
    )
    size.add_argument("--power", metavar="P", type=float, help="of the test against --above")
    size.add_argument("--dropout", metavar="P", type=float, help="share who may not come back")


def _add_new(actions: argparse._SubParsersAction[Any]) -> None:
    new = _action(
        actions,
        "new",
        "make a study's folder: design, order, texts to adapt",
        "Make a study's folder: its design, the random order, and protocol, consent and data sheet "
        "to adapt.",
    )
    _add_folder(new)
    new.add_argument("--title", metavar="TEXT", help="(default: the folder's name)")
    new.add_argument(
        "--participants",
        metavar="N",
        type=int,
        required=True,
        help="how many are planned; posture study size helps",
    )
    new.add_argument(
        "--raters",
        metavar="CODES",
        default="A,B",
        help="their codes, with commas between (default: %(default)s)",
    )
    new.add_argument("--sessions", metavar="N", type=int, default=2, help="(default: %(default)s)")
    new.add_argument("--stances", metavar="N", type=int, default=4, help="(default: %(default)s)")
    new.add_argument(
        "--prefix", metavar="LETTERS", default="P", help="of pseudonyms (default: %(default)s)"
    )
    new.add_argument("--seed", metavar="N", type=int, help="of the random order")
    new.add_argument(
        "--instrument",
        metavar=("NAME", "KIND", "UNIT"),
        nargs=3,
        action="append",
        default=[],
        help="another instrument: its name; flexicurve, inclinometer, spinal-mouse, x-ray or "
        "other; deg or mm. May be given again",
    )
    new.add_argument(
        "--keep-photos",
        action="store_true",
        help="keep the photos in the folder, by pseudonym and without what the camera noted",
    )


def _add_add(actions: argparse._SubParsersAction[Any]) -> None:
    add = _action(
        actions,
        "add",
        "say sex, age and height of a participant",
        "Say sex, age and height of a participant; somebody new joins at the end of the order. Who "
        "they are is not kept.",
    )
    _add_folder(add)
    add.add_argument(
        "--participant",
        metavar="ID",
        help="pseudonym (default: the first of whom nothing is said)",
    )
    add_person(add)
    add_overwrite(add)


def _add_capture(actions: argparse._SubParsersAction[Any]) -> None:
    capture = _action(actions, "capture", "measure photos and show no number", CAPTURE_HELP)
    _add_folder(capture)
    capture.add_argument("photos", metavar="PHOTO", nargs="+", help="file, folder or pattern")
    _add_sitting(capture)
    capture.add_argument(
        "--next",
        action="store_true",
        help="what is not said of participant, rater and session is the next place of the order",
    )


def _add_sitting(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--participant", metavar="ID", help="pseudonym")
    parser.add_argument("--rater", metavar="CODE")
    parser.add_argument("--session", metavar="N", type=int)


def _add_void(actions: argparse._SubParsersAction[Any]) -> None:
    void = _action(
        actions,
        "void",
        "let a capture count no longer, with a reason",
        "Let a capture count no longer, as one of the wrong person. It is kept and counted.",
    )
    _add_folder(void)
    void.add_argument("capture", metavar="CAPTURE", help="its name, such as C0012")
    void.add_argument("--why", metavar="TEXT", required=True, help="one line")


def _add_withdraw(actions: argparse._SubParsersAction[Any]) -> None:
    withdraw = _action(
        actions,
        "withdraw",
        "delete everything of a participant who withdraws",
        "Delete the photos, results, readings and details of a participant who takes their consent "
        "back. The pseudonym stays, and how many photos there were.",
    )
    _add_folder(withdraw)
    withdraw.add_argument("participant", metavar="ID", help="pseudonym")
    withdraw.add_argument("--yes", action="store_true", help="delete without being asked")


def _add_instrument(actions: argparse._SubParsersAction[Any]) -> None:
    instrument = _action(
        actions, "instrument", "take over another instrument's readings", INSTRUMENT_HELP
    )
    _add_folder(instrument)
    instrument.add_argument("--file", metavar="FILE", type=Path, help="a table of readings")
    _add_sitting(instrument)
    instrument.add_argument("--name", metavar="NAME", help="the instrument, for a single reading")
    instrument.add_argument("--value", metavar="X", type=float, help="what it read")
    instrument.add_argument("--unit", choices=("deg", "mm"), help="of the value")
    instrument.add_argument(
        "--unusual", action="store_true", help="take values outside of what the instrument reads"
    )
    instrument.add_argument(
        "--again", action="store_true", help="equal values that are there already were read twice"
    )


def _add_status(actions: argparse._SubParsersAction[Any]) -> None:
    status = _action(
        actions,
        "status",
        "how far a study has come",
        "How far a study has come, and what was refused: counts, and no number of any back.",
    )
    _add_folder(status)


def _add_report(actions: argparse._SubParsersAction[Any]) -> None:
    report = _action(actions, "report", "compute and write the report of a study", REPORT_HELP)
    _add_folder(report)
    report.add_argument(
        "--out", metavar="DIR", type=Path, help="where (default: the folder report in FOLDER)"
    )
    add_overwrite(report)


def _add_archive(actions: argparse._SubParsersAction[Any]) -> None:
    archive = _action(actions, "archive", "put a study into one file", ARCHIVE_HELP)
    _add_folder(archive)
    archive.add_argument("out", metavar="OUT.zip", type=Path, help="the file to write")
    archive.add_argument(
        "--photos", action="store_true", help="with the photos, where the study kept them"
    )
    add_overwrite(archive)
