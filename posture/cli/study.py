"""``posture study``: from protocol to captured data, without a number before the report."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from posture import __version__
from posture._support.distribution import require_extra
from posture._support.files import make_folder, read_document, require_free, write_atomically
from posture._support.outside import printable
from posture._support.texts import filled
from posture.cli.asking import require_consent
from posture.cli.bar import bar
from posture.cli.exit_codes import CANNOT_MEASURE, ERROR, MEASURED, overall_exit_code
from posture.cli.inputs import photos_named, require_local, tell
from posture.errors import InvalidInput
from posture.photo.photo_settings import photo_settings
from posture.settings import METHOD_VERSION
from posture.study.capture import LeftOut, Outcome, TakenBefore, require_ready, take, void
from posture.study.create import TEXTS, create_study, precision
from posture.study.design import (
    QUANTITIES,
    UNIT_OF,
    Design,
    Instrument,
    MadeBy,
    Unit,
    instrument_kind,
)
from posture.study.folder import ORDER, Sitting, Study, called, read_study
from posture.study.instruments import add_readings, readings_from, single_reading
from posture.study.order import next_place
from posture.study.people import details_words, free_id, set_details
from posture.study.progress import Progress, progress_of
from posture.study.sample_size import (
    to_know_limits,
    to_know_within,
    to_show_above,
    with_dropout,
)
from posture.study.study_settings import said, study_settings
from posture.study.withdraw import withdraw
from posture.study.words import next_words, outcome_words, sitting_words
from posture.subject import Subject
from posture.worker import IsolatedAnalyzer

# Seeds are short enough to be written into a manuscript.
SEEDS = 1_000_000


def run(options: argparse.Namespace) -> int:
    """Do what `options` ask for.

    Raises:
        PostureError: when there is no such study, or it cannot be read or written.
    """
    return _RUN[options.action](options)


def _size(options: argparse.Namespace) -> int:
    size, words = study_settings().size, study_settings().size_words
    raters = options.raters
    icc = _or(options.icc, size.icc)
    least = _or(options.above, size.least_icc)
    width = _or(options.width, size.icc_width)
    limits = _or(options.limits, size.limit_width)
    power = _or(options.power, size.power)
    dropout = _or(options.dropout, size.dropout)
    alpha = 1 - size.sure
    shown = to_show_above(icc, least, raters, alpha=alpha, power=power)
    known = to_know_within(icc, width, raters, sure=size.sure)
    agreed = to_know_limits(limits, sure=size.sure)
    test = {"icc": icc, "least": least, "alpha": alpha, "power_percent": 100 * power}
    lines = (
        filled(words["test"], count=shown, **test),
        filled(words["width"], count=known, icc=icc, width=width, sure_percent=100 * size.sure),
        filled(words["limits"], count=agreed, width=limits, sure_percent=100 * size.sure),
    )
    print(filled(words["title"], raters=raters))
    for line in lines:
        print(f"  {line}")
    enrol = with_dropout(max(shown, known, agreed), dropout)
    print(filled(words["enrol"], count=enrol, dropout_percent=100 * dropout))
    return MEASURED


def _new(options: argparse.Namespace) -> int:
    folder: Path = options.folder
    design = Design(
        title=options.title or folder.resolve().name,
        prefix=options.prefix,
        participants=options.participants,
        raters=tuple(code.strip() for code in options.raters.split(",")),
        sessions=options.sessions,
        stances=options.stances,
        seed=_any_seed() if options.seed is None else options.seed,
        quantities=QUANTITIES[:2],
        keep_photos=options.keep_photos,
        made_by=MadeBy(__version__, METHOD_VERSION, f"{datetime.now().astimezone():%Y-%m-%d}"),
        instruments=tuple(_instrument_of(words) for words in options.instrument),
    )
    create_study(folder, design)
    raters, sessions, stances = len(design.raters), design.sessions, design.stances
    _say(
        said(
            "made",
            folder=folder,
            participants=design.participants,
            raters=raters,
            sessions=sessions,
            stances=stances,
            photos=design.participants * raters * sessions * stances,
        ),
        precision(design),
        said("seed", order=ORDER, seed=design.seed),
        said("adapt", texts=", ".join(TEXTS)),
        next_words(read_study(folder, results=False)),
    )
    return MEASURED


def _any_seed() -> int:
    import secrets

    return secrets.randbelow(SEEDS)


def _instrument_of(words: Sequence[str]) -> Instrument:
    """An instrument by name, kind and unit, as they were typed."""
    name, kind, unit = words
    for quantity, its_unit in UNIT_OF.items():
        if its_unit == unit:
            return Instrument(name, instrument_kind(kind), quantity, its_unit)
    raise InvalidInput(f"{unit!r} is no unit of an instrument.", "Write deg or mm.")


def _add(options: argparse.Namespace) -> int:
    folder: Path = options.folder
    study = read_study(folder, results=False)
    id = options.participant or free_id(study)
    subject = Subject(options.stature, options.sex, options.age, options.hand)
    study = set_details(folder, id, subject, replace_details=options.overwrite)
    _say(
        said("person", id=id, details=details_words(study.participant(id).subject)),
        said("key_list", id=id),
    )
    if id not in study.design.planned_ids():
        _say(said("beyond", id=id, planned=study.design.participants, order=ORDER))
    return MEASURED


def _capture(options: argparse.Namespace) -> int:
    require_local(options.photos)
    folder: Path = options.folder
    study = read_study(folder, results=False)
    sitting = _sitting(study, options)
    require_ready(study, sitting)
    inputs = photos_named(options.photos)
    codes = [ERROR] * len(inputs.barren)
    _say(sitting_words(study, sitting))
    place = next_place(study)
    if place is not None and place.sitting != sitting and not study.taken(sitting):
        tell(said("not_next", sitting=called(place.sitting)))
    with IsolatedAnalyzer(side_by_side=True) as analyzer:
        analyzer.launch()
        codes += [_one(analyzer, study, sitting, photo) for photo in inputs.photos]
    study = read_study(folder, results=False)
    _say(sitting_words(study, sitting), said("blind"), next_words(study))
    return overall_exit_code(codes)


def _one(analyzer: IsolatedAnalyzer, study: Study, sitting: Sitting, photo: str) -> int:
    """Take one photo, say what became of it, and give its exit code."""
    try:
        data = read_document(photo, photo_settings().file.max_bytes)
    except OSError as error:
        tell(f"{photo} cannot be read: {error.strerror or error}. It is not recorded.")
        return ERROR
    outcome = take(analyzer, study.folder, sitting, data, datetime.now().astimezone())
    for sentence in outcome_words(outcome, study.design.stances):
        # At once: who waits in front of the camera wants to know.
        print(f"{printable(Path(photo).name)}: {printable(sentence)}", flush=True)
    return _code(outcome)


def _code(outcome: Outcome) -> int:
    if isinstance(outcome, LeftOut):
        return ERROR
    if isinstance(outcome, TakenBefore) and not outcome.here:
        return ERROR
    status = outcome.capture.status
    return {"measured": MEASURED, "refused": CANNOT_MEASURE, "unreadable": ERROR}[status]


def _sitting(study: Study, options: argparse.Namespace) -> Sitting:
    """The sitting that was named, or the next place of the order."""
    participant, rater, session = options.participant, options.rater, options.session
    if options.next:
        place = next_place(study, participant=participant, rater=rater, session=session)
        if place is None:
            raise InvalidInput("No place of the order is left there.", "See posture study status.")
        return place.sitting
    if participant is None or rater is None or session is None:
        raise InvalidInput(
            "It is not said whose photos these are.",
            "Give --participant, --rater and --session, or --next.",
        )
    return Sitting(participant, rater, session)


def _void(options: argparse.Namespace) -> int:
    capture = void(options.folder, options.capture, options.why, datetime.now().astimezone())
    _say(said("voided", capture=capture.capture, why=capture.void))
    study = read_study(options.folder, results=False)
    _say(sitting_words(study, capture.sitting))
    return MEASURED


def _withdraw(options: argparse.Namespace) -> int:
    folder, study = options.folder, read_study(options.folder, results=False)
    id = study.participant(options.participant).id
    photos = sum(one.sitting.participant == id for one in study.captures)
    require_consent(said("withdraw", id=id, count=photos), sure=options.yes)
    count = withdraw(folder, id, datetime.now().astimezone())
    _say(said("withdrawn", id=id, count=count))
    return MEASURED


def _instrument(options: argparse.Namespace) -> int:
    study = read_study(options.folder, results=False)
    single = (options.name, options.value, options.participant, options.session)
    if (options.file is None) == all(one is None for one in (*single, options.rater)):
        raise InvalidInput("There is no reading, or two kinds.", "Give --file, or one reading.")
    if options.file is not None:
        require_local([str(options.file)])
        readings = readings_from(options.file, study, unusual=options.unusual)
    elif None in single:
        raise InvalidInput(
            "The reading is not whole.",
            "Give --name, --value, --participant and --session; --rater if one of them read it.",
        )
    else:
        sitting = Sitting(options.participant, options.rater or "", options.session)
        unit: Unit | None = options.unit
        readings = (
            single_reading(
                sitting, options.name, options.value, unit or "", study, unusual=options.unusual
            ),
        )
    add_readings(readings, study, again=options.again)
    _say(said("readings", count=len(readings)))
    return MEASURED


def _status(options: argparse.Namespace) -> int:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    study = read_study(options.folder, results=False)
    progress, words = progress_of(study), study_settings().status
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    names = (
        "rater",
        "session",
        "sittings",
        "begun",
        "captures",
        "measured",
        "refused",
        "unreadable",
        "void",
    )
    for name in names:
        table.add_column(words[name])
    for part in progress.parts:
        counts = (part.begun, part.captures, part.measured, part.refused, part.unreadable)
        table.add_row(
            part.rater,
            f"{part.session}",
            f"{part.whole} / {part.planned}",
            *(f"{count}" for count in (*counts, part.void)),
        )
    _say(
        filled(
            words["title"], title=study.design.title, whole=progress.whole, planned=progress.planned
        )
    )
    Console(markup=False, highlight=False, emoji=False).print(table)
    _say(*_other_lines(study, progress), next_words(study))
    return MEASURED


def _report(options: argparse.Namespace) -> int:
    require_extra("study")
    # Only this needs arrays, statistics and what draws.
    from posture.study.report import FOLDER, report_files, report_of
    from posture.study.report_words import told

    folder = options.out or options.folder / FOLDER
    report = report_of(read_study(options.folder))
    files = report_files(report)
    targets = {folder / name: data for name, data in files.items()}
    require_free(targets, replace=options.overwrite, inputs=())
    make_folder(folder)
    for path, data in targets.items():
        write_atomically(path, data, replace=options.overwrite)
    _say(told("made", folder=folder, files=", ".join(files)), *report.cautions)
    return MEASURED


def _archive(options: argparse.Namespace) -> int:
    require_extra("study")
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn

    from posture.study.archive import contents_of, data_files, write_archive
    from posture.study.report import report_files, report_of
    from posture.study.report_words import told

    study = read_study(options.folder)
    paths = data_files(study, photos=options.photos)
    require_free([options.out], replace=options.overwrite, inputs=paths.values())
    contents = contents_of(paths, report_files(report_of(study)))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with bar(*columns) as progress:
        task = progress.add_task(options.out.name, total=len(contents.names))
        write_archive(
            contents, options.out, replace=options.overwrite, done=lambda _: progress.advance(task)
        )
    _say(
        told("archived", path=options.out, count=len(contents.names)),
        told("photos_kept") if options.photos else "",
    )
    return MEASURED


def _other_lines(study: Study, progress: Progress) -> list[str]:
    words, lines = study_settings().status, []
    if progress.refusals:
        reasons = ", ".join(f"{code} {count}" for code, count in progress.refusals.items())
        lines.append(filled(words["reasons"], reasons=reasons))
    planned = len(study.participants) * study.design.sessions
    for name, readings in progress.readings.items():
        counts = {"readings": readings, "occasions": progress.occasions[name], "planned": planned}
        lines.append(filled(words["instrument"], name=name, **counts))
    if progress.unfinished:
        lines.append(filled(words["unfinished"], count=progress.unfinished))
    return lines


def _say(*sentences: str) -> None:
    for sentence in filter(None, sentences):
        print(printable(sentence))


def _or(given: float | None, otherwise: float) -> float:
    return otherwise if given is None else given


_RUN: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "size": _size,
    "new": _new,
    "add": _add,
    "capture": _capture,
    "void": _void,
    "withdraw": _withdraw,
    "instrument": _instrument,
    "status": _status,
    "report": _report,
    "archive": _archive,
}
