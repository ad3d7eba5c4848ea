"""``posture live``: the tracker with a camera, a clip or a stream, with a window or without."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from typing import Any

from rich.console import Console

from posture._support.files import require_free
from posture._support.outside import is_address, json_text
from posture._support.texts import filled, texts
from posture.cli.inputs import require_local, tell
from posture.cli.outcomes import PhotoOutcome
from posture.cli.printed import print_report
from posture.findings import finding
from posture.history.story import cost_of_fewer
from posture.live.drawing import drawn
from posture.live.frame_record import as_record, in_words
from posture.live.live_settings import live_settings
from posture.live.pictures import Pictures, measured_together
from posture.live.recorder import Recorder
from posture.live.sources import Clip, Frame, open_source
from posture.live.tracker import LiveFrame, Tracker, small_rgb
from posture.live.window import AGAIN_KEYS, STOP_KEYS, Window
from posture.overlay.numbers import LengthUnit
from posture.pose.record import RgbImage
from posture.result import Result
from posture.settings import Settings
from posture.subject import Subject
from posture.verdict.norms import load_norms
from posture.worker import IsolatedAnalyzer


def watch(options: argparse.Namespace, subject: Subject) -> int:
    """Run until the source ends, q or Esc is pressed, the window is closed, or Ctrl-C.

    Raises:
        PostureError: when the source, the window or the recording fails.
    """
    with ExitStack() as stack, suppress(KeyboardInterrupt):
        watching = _Watching(options, subject, stack)
        for frame in watching.source.frames():
            if not watching.step(frame):
                break
        watching.measure_what_there_is()
        watching.say_whether_it_ended_early()
    return 0


class _Watching:
    """Everything that is open during one run; `stack` closes it."""

    def __init__(self, options: argparse.Namespace, subject: Subject, stack: ExitStack) -> None:
        self._subject, self._unit = subject, options.unit
        norms = None if options.norms is None else load_norms(options.norms)
        place = options.camera if options.source is None else options.source
        if options.source is not None and not is_address(options.source):
            require_local([options.source])
        self.source = open_source(place)
        stack.callback(self.source.close)
        if options.record is not None:
            clip = [self.source.path] if isinstance(self.source, Clip) else []
            require_free([options.record], replace=options.overwrite, inputs=clip)
        self._mirror = isinstance(place, int)
        self._last_s = 0.0
        self._window = None if options.no_window else stack.enter_context(Window())
        self._recorder: Recorder | None = None
        if options.record is not None:
            self._recorder = stack.enter_context(
                Recorder(options.record, self.source.fps, replace=options.overwrite)
            )
        self._tracker = stack.enter_context(Tracker(options.model))
        self._pictures = Pictures(live_settings().guidance.pictures)
        # Its process starts with the first pictures.
        self._analyzer = stack.enter_context(IsolatedAnalyzer(Settings(own_norms=norms)))
        self._teller: _JsonTeller | _WordTeller = (
            _JsonTeller() if options.json else _WordTeller(options.unit)
        )

    def measure_what_there_is(self) -> None:
        """Measure the stances of a session that is not whole; says what the others would give."""
        pictures = self._pictures.so_far()
        if pictures:
            self._measure(pictures)

    def say_whether_it_ended_early(self) -> None:
        """Of a clip that announces more than there is, on standard error."""
        if isinstance(self.source, Clip) and self.source.ends_early:
            item = finding("clip-ends-early", value=self._last_s)
            print(f"posture: {item.message} {item.fix}", file=sys.stderr)

    def step(self, frame: Frame) -> bool:
        """One frame; False when the person wants to stop."""
        self._last_s = frame.time_s
        rgb, px_ratio = small_rgb(frame.bgr)
        live = self._tracker.follow(rgb, frame.time_s, px_ratio)
        self._teller.frame(live, self._subject)
        key = self._show(frame, live)
        pictures = self._pictures.add(frame, live.guidance)
        if pictures is not None:
            self._measure(pictures)
        if key in AGAIN_KEYS:
            self._tracker.begin_again()
        return key not in STOP_KEYS

    def _measure(self, pictures: Sequence[RgbImage]) -> None:
        result = measured_together(self._analyzer, pictures, self._subject)
        self._teller.result(result, len(pictures))
        if result.slca_deg is not None:
            norms = self._analyzer.settings.norms
            cost = cost_of_fewer(len(pictures), result.slca_deg.value, norms)
            if cost:
                tell(cost)

    def _show(self, frame: Frame, live: LiveFrame) -> int | None:
        """Draw where somebody wants to see it; the key that was pressed."""
        if self._window is None and self._recorder is None:
            return None
        picture = drawn(frame.rgb, live, self._subject, self._unit, mirror=self._mirror)
        if self._recorder is not None:
            self._recorder.add(picture, frame.time_s)
        return None if self._window is None else self._window.show(picture)


class _JsonTeller:
    """One object a line: every frame, and the result when the pictures were measured."""

    def frame(self, live: LiveFrame, subject: Subject) -> None:
        self._print({"kind": "frame", **as_record(live, subject)})

    def result(self, result: Result, _: int) -> None:
        self._print({"kind": "result", **result.to_dict()})

    def _print(self, plain: dict[str, Any]) -> None:
        print(json_text(plain), flush=True)


class _WordTeller:
    """A line whenever something else is to be done, then the report."""

    def __init__(self, unit: LengthUnit) -> None:
        self._unit = unit
        self._said = ""
        # No markup: words may hold square brackets.
        self._console = Console(markup=False, highlight=False, emoji=False)
        self._start_s: float | None = None

    def frame(self, live: LiveFrame, subject: Subject) -> None:
        if self._start_s is None:
            self._start_s = live.time_s
        say = live.guidance.instruction.say
        if say != self._said:
            self._said = say
            told = in_words(live, subject, self._unit)
            line = f"{live.time_s - self._start_s:6.1f} s  {say}  {told}"
            self._console.print(line.rstrip())

    def result(self, result: Result, stances: int) -> None:
        name = filled(texts()["terminal"]["stances"], count=stances)
        together = PhotoOutcome(name, replace(result, image=None), together=True)
        print_report(self._console, [together], self._unit)
