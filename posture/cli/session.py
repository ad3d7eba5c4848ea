"""One run of ``posture analyze``, from options to exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from posture._support.files import make_folder, require_free
from posture._support.texts import filled, texts
from posture.cli.exit_codes import ERROR, overall_exit_code
from posture.cli.inputs import photos_named, tell
from posture.photo.find import Inputs
from posture.settings import Settings
from posture.subject import Subject
from posture.worker import IsolatedAnalyzer

if TYPE_CHECKING:
    from posture.cli.outcomes import AnnotatedFile, PhotoOutcome
    from posture.cli.saving import SaveOptions
    from posture.overlay.numbers import LengthUnit
    from posture.verdict.norms import Norms


# Loading the model once more takes as long as looking at two photos twice.
WORTH_LOADING_TWICE = 3


def analyze_photos(options: argparse.Namespace, subject: Subject) -> int:
    """Measure what `options` name, print and write what they ask for.

    Raises:
        PostureError: when nothing can be measured at all: norms, models, folder.
    """
    own_norms = _norms(options.norms)
    inputs = photos_named(options.photos)
    codes = [ERROR] * len(inputs.barren)
    if inputs.photos:
        annotated = _annotated_files(options, inputs)
        settings = Settings(options.model, options.fast, own_norms)
        several = len(inputs.photos) >= WORTH_LOADING_TWICE
        with IsolatedAnalyzer(settings, side_by_side=several) as worker:
            # Loads its model while this process imports what it needs to print and to keep.
            worker.launch()
            from posture.cli.outcomes import measure

            outcomes = _with_progress(
                measure(worker, inputs.photos, subject, annotated), len(inputs.photos)
            )
            measured: list[PhotoOutcome] = []
            outcomes = _noting_measured(outcomes, measured)
            if options.same_person:
                outcomes = _and_together(outcomes, worker.settings.norms)
            codes += (
                _print_lines(outcomes) if options.json else _print_table(outcomes, options.unit)
            )
            if options.save is not None:
                from posture.cli.saving import keep

                keep(worker, measured, _save_options(options))
    return overall_exit_code(codes)


def _norms(path: Path | None) -> Norms | None:
    """Those in the file at `path`; None for the built-in ones."""
    if path is None:
        return None
    from posture.verdict.norms import load_norms

    return load_norms(path)


def _annotated_files(
    options: argparse.Namespace, inputs: Inputs
) -> dict[str, AnnotatedFile] | None:
    if options.out is None:
        return None
    from posture.cli.outcomes import AnnotatedFile
    from posture.cli.pictures import annotated_paths

    folder: Path = make_folder(options.out)
    labels = dict(zip(inputs.photos, inputs.labels, strict=True))
    paths = annotated_paths(labels, folder, options.format)
    require_free(paths.values(), replace=options.overwrite, inputs=inputs.photos)
    return {
        photo: AnnotatedFile(
            path, options.format, options.blur_face, options.overwrite, options.unit
        )
        for photo, path in paths.items()
    }


def _save_options(options: argparse.Namespace) -> SaveOptions:
    from posture.cli.saving import SaveOptions
    from posture.history.records import Notes

    return SaveOptions(
        name=options.save,
        when=options.taken,
        picture=options.keep_picture,
        blur_face=options.blur_face,
        notes=Notes(options.pain, options.training or ""),
    )


def _noting_measured(
    outcomes: Iterable[PhotoOutcome], measured: list[PhotoOutcome]
) -> Iterator[PhotoOutcome]:
    for outcome in outcomes:
        if outcome.result.status == "measured":
            measured.append(outcome)
        yield outcome


def _and_together(outcomes: Iterable[PhotoOutcome], norms: Norms) -> Iterator[PhotoOutcome]:
    """The outcomes, then one of all measured photos together when there are two or more."""
    from posture.cli.outcomes import PhotoOutcome
    from posture.combine import combined

    results = []
    for outcome in outcomes:
        yield outcome
        if outcome.result.status == "measured":
            results.append(outcome.result)
    if len(results) > 1:
        both = combined(results, norms)
        together = replace(both.on(results[0]), image=None)
        words = texts()["terminal"]
        form = words["together" if both.counted == both.count else "together_without_first"]
        yield PhotoOutcome(filled(form, count=both.count), together, together=True)


def _print_lines(outcomes: Iterable[PhotoOutcome]) -> list[int]:
    codes = []
    for outcome in outcomes:
        print(outcome.result.to_json(), flush=True)
        if outcome.output_error is not None:
            tell(str(outcome.output_error))
        codes.append(outcome.exit_code)
    return codes


def _print_table(outcomes: Iterable[PhotoOutcome], unit: LengthUnit) -> list[int]:
    from rich.console import Console

    from posture.cli.printed import print_report

    finished = list(outcomes)
    # No markup: file names may hold square brackets.
    console = Console(markup=False, highlight=False, emoji=False)
    print_report(console, finished, unit)
    return [outcome.exit_code for outcome in finished]


def _with_progress(outcomes: Iterable[PhotoOutcome], count: int) -> Iterator[PhotoOutcome]:
    """Pass `outcomes` on while a line on the terminal tells how many are done."""
    if not sys.stderr.isatty():
        yield from outcomes
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn

    from posture.cli.bar import bar

    columns = (TextColumn("Measuring"), BarColumn(), MofNCompleteColumn())
    with bar(*columns, auto_refresh=False) as progress:
        task = progress.add_task("photos", total=count)
        progress.refresh()
        for outcome in outcomes:
            yield outcome
            progress.advance(task)
            progress.refresh()
