"""``posture analyze`` on clips: look, measure, print, write the best frame and the plot."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

from posture._support.distribution import require_extra
from posture._support.files import make_folder, require_free, write_atomically
from posture._support.outside import printable
from posture._support.texts import band_words, filled, texts
from posture.cli.bar import bar
from posture.cli.exit_codes import CANNOT_MEASURE, ERROR, MEASURED, overall_exit_code
from posture.cli.inputs import tell
from posture.cli.pictures import MotionFormat, annotated_paths, write_annotated
from posture.cli.printed import severity_label
from posture.clip.analysis import analyze_clip
from posture.clip.outcome import ClipOutcome
from posture.clip.plot import plot_png
from posture.errors import InvalidInput, SourceUnavailable
from posture.overlay import DEFAULT_LAYERS, ImageFormat, Layer
from posture.overlay.numbers import MM_PER, LengthUnit, own_norms
from posture.photo.find import Inputs, find_photos
from posture.settings import Settings
from posture.subject import Subject
from posture.verdict.norms import Norms, load_norms
from posture.worker import IsolatedAnalyzer


@dataclass(frozen=True)
class ClipFiles:
    """Where the pictures of one clip go, and its points over time."""

    best: Path
    plot: Path
    motion: Mapping[MotionFormat, Path]


def analyze_clips(options: argparse.Namespace, words: Sequence[str], subject: Subject) -> int:
    """Measure the clips that `words` name, print and write what `options` ask for.

    Raises:
        PostureError: when nothing can be measured at all: norms, models, folder.
    """
    norms = load_norms(options.norms)
    inputs = find_photos(words)
    for word in inputs.barren:
        tell(f"No clip was found at {word}.")
    codes = [ERROR] * len(inputs.barren)
    if not inputs.photos:
        return overall_exit_code(codes)
    files = _files(options, inputs)
    with IsolatedAnalyzer(Settings(options.model, options.fast, norms)) as analyzer:
        for path in inputs.photos:
            codes.append(_one_clip(path, analyzer, options, subject, norms, files.get(path)))
    return overall_exit_code(codes)


def _files(options: argparse.Namespace, inputs: Inputs) -> dict[str, ClipFiles]:
    """``NAME_best_posture.jpg`` and ``NAME_over_time_posture.png`` for each; none without --out."""
    if options.out is None:
        return {}
    require_extra("plots")
    if "c3d" in (options.motion or ()):
        require_extra("motion")
    folder = make_folder(options.out)
    clips = inputs.photos

    def outputs(what: str, file_format: ImageFormat | MotionFormat) -> dict[str, Path]:
        labels = {clip: f"{label}_{what}" for clip, label in zip(clips, inputs.labels, strict=True)}
        return annotated_paths(labels, folder, file_format)

    best, plots = outputs("best", options.format), outputs("over_time", "png")
    motion = {form: outputs("motion", form) for form in options.motion or ()}
    targets = [path for paths in (best, plots, *motion.values()) for path in paths.values()]
    require_free(targets, replace=options.overwrite, inputs=clips)
    return {
        clip: ClipFiles(
            best[clip], plots[clip], {form: paths[clip] for form, paths in motion.items()}
        )
        for clip in clips
    }


def _one_clip(
    path: str,
    analyzer: IsolatedAnalyzer,
    options: argparse.Namespace,
    subject: Subject,
    norms: Norms,
    files: ClipFiles | None,
) -> int:
    try:
        with _progress(path) as progress:
            outcome = analyze_clip(
                path, analyzer, subject, progress, motion=options.motion is not None
            )
    except SourceUnavailable as error:
        tell(str(error))
        return ERROR
    written = [] if files is None else list(_write(outcome, files, options, norms))
    motion = [] if files is None else list(_write_motion(outcome, files, options))
    if options.json:
        print(outcome.to_json(), flush=True)
    else:
        _print(outcome, {"picture": written, "motion": motion}, options.unit)
    return CANNOT_MEASURE if outcome.status == "refused" else MEASURED


@contextmanager
def _progress(path: str) -> Iterator[Callable[[str, float], None]]:
    """A bar on the terminal; what to call with the stage and the share that is done."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    # Redrawn between frames only: MediaPipe holds standard error back meanwhile.
    with bar(*columns, TimeRemainingColumn(), auto_refresh=False) as progress:
        task = progress.add_task("", total=1.0)
        name = printable(Path(path).name)

        def tell(stage: str, share: float) -> None:
            described = f"{texts()['clip'][stage]} {name}"
            progress.update(task, completed=share, description=described, refresh=True)

        yield tell


def _write(
    outcome: ClipOutcome, files: ClipFiles, options: argparse.Namespace, norms: Norms
) -> Iterator[Path]:
    """The best frame annotated, and the plot over time."""
    if outcome.best is not None:
        write_annotated(
            files.best,
            outcome.best.photo,
            outcome.best.result,
            options.format,
            blur_face=options.blur_face,
            norms=norms,
            replace=options.overwrite,
            unit=options.unit,
            # The panel gives a verdict, which a moving person does not get.
            layers=DEFAULT_LAYERS - {Layer.PANEL} if outcome.gait else DEFAULT_LAYERS,
        )
        yield files.best
    if outcome.status == "measured":
        write_atomically(files.plot, plot_png(outcome), replace=options.overwrite)
        yield files.plot


def _write_motion(
    outcome: ClipOutcome, files: ClipFiles, options: argparse.Namespace
) -> Iterator[Path]:
    """Back line and landmarks frame by frame, in each form that was asked for."""
    if outcome.motion is None or not files.motion:
        return
    # Here: few ask for it.
    from posture.interchange.c3d import c3d_bytes
    from posture.interchange.markers import markers_of
    from posture.interchange.trc import trc_text

    try:
        markers = markers_of(outcome.motion)
    except InvalidInput as error:
        tell(f"{outcome.clip}: {error}")
        return
    for form, path in files.motion.items():
        data = trc_text(markers, path.name).encode() if form == "trc" else c3d_bytes(markers)
        write_atomically(path, data, replace=options.overwrite)
        yield path


def _print(outcome: ClipOutcome, written: Mapping[str, list[Path]], unit: LengthUnit) -> None:
    # No markup: file names may hold square brackets.
    console = Console(markup=False, highlight=False, emoji=False)
    console.print(printable(outcome.clip), style="bold")
    for line in _lines(outcome, unit):
        console.print(f"  {line}")
    for what, paths in written.items():
        for path in paths:
            console.print(f"  {texts()['terminal'][what]}: {printable(str(path))}", soft_wrap=True)
    console.print()
    console.print(f"{outcome.disclaimer} {texts()['outside_range']}", style="italic")


def _lines(outcome: ClipOutcome, unit: LengthUnit) -> Iterator[str]:
    words = texts()["clip"]
    if outcome.seen:
        yield filled(words["seen"], seen=outcome.seen, looked_at=outcome.looked_at, fit=outcome.fit)
    refusal = () if outcome.refusal is None else (outcome.refusal,)
    for item in (*refusal, *outcome.findings):
        yield f"{severity_label(item.severity)[0]}{item.message} {item.fix}"
    if outcome.gait is not None:
        gait = outcome.gait
        yield filled(
            words["gait"],
            steps=gait.steps,
            cadence=gait.steps_per_minute,
            lean=gait.lean_deg,
            error=gait.lean_ci95,
            low=gait.lean_low_deg,
            high=gait.lean_high_deg,
        )
    yield from _curve_lines(outcome, unit)


def _curve_lines(outcome: ClipOutcome, unit: LengthUnit) -> Iterator[str]:
    words = texts()["clip"]
    if outcome.slca_deg is None or outcome.best is None:
        return
    yield filled(words["read"], count=len(outcome.readings), **vars(outcome.slca_deg))
    if outcome.hollow_depth_mm is not None:
        lengths = {key: mm / MM_PER[unit] for key, mm in vars(outcome.hollow_depth_mm).items()}
        yield filled(words[f"depth_{unit}"], **lengths)
    elif outcome.hollow_depth_ratio is not None:
        percent = {name: 100 * share for name, share in vars(outcome.hollow_depth_ratio).items()}
        yield filled(words["depth_ratio"], **percent)
    if outcome.verdict is not None:
        yield filled(words["verdict"], band=band_words(outcome.verdict))
        yield from filter(None, [own_norms([outcome.best.result.provenance.norms_version])])
    elif outcome.gait is not None:
        yield words["moving"]
    yield filled(words["best"], time=outcome.best.time_s)
    warnings = Counter(
        (item.code, item.fix)
        for reading in outcome.readings
        for item in reading.result.findings
        if item.severity == "warning"
    )
    for (code, fix), count in warnings.items():
        if 2 * count > len(outcome.readings):
            example = next(
                item
                for reading in outcome.readings
                for item in reading.result.findings
                if item.code == code
            )
            yield f"{filled(words['in_most'], message=example.message)} {fix}"
