"""A clip in, an outcome out: the one place where the rooms of the clip analysis are joined."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from statistics import pstdev
from typing import NamedTuple

import cv2
import numpy as np

from posture._support.texts import texts
from posture.analyzer import Analyzer
from posture.checks.frame import FrameReading, hides, read_frame
from posture.clip.clip_settings import ClipSettings, clip_settings
from posture.clip.gait import find_gait
from posture.clip.moments import Still
from posture.clip.motion import Motion, frame_points, point_names
from posture.clip.outcome import ClipOutcome, MeasuredMoment, Spread, Trace
from posture.clip.people import People, TrackedPerson
from posture.combine import combined
from posture.findings import Finding, finding
from posture.live.sources import Clip, Frame
from posture.live.tracker import small_rgb
from posture.pose.bundles import ModelName
from posture.pose.landmarks import ANKLES, HIPS, SHOULDERS
from posture.pose.mediapipe import PoseModel
from posture.pose.people import distinct_people
from posture.pose.record import Pose
from posture.result import Measured, Result
from posture.subject import Subject
from posture.verdict.norms import Norms
from posture.view.facing import yaw_deg
from posture.worker import IsolatedAnalyzer

# Frames are only looked at with this model; those that are kept are measured with the analyzer's.
LOOKING_MODEL: ModelName = "lite"
# What a warning weighs against a degree of turn or a trunk a second of movement.
WARNING_FLAW, TURN_FLAW, SPEED_FLAW = 0.5, 1 / 15, 1.0
JPEG_QUALITY = 97
# With this many readings that nothing is said against, the others are left out.
ENOUGH_CLEAN = 3

Progress = Callable[[str, float], None]


def analyze_clip(
    path: str | os.PathLike[str],
    analyzer: Analyzer | IsolatedAnalyzer,
    subject: Subject,
    progress: Progress = lambda stage, share: None,
    *,
    motion: bool = False,
) -> ClipOutcome:
    """Look at the clip once, then measure the best frames.

    Args:
        path: of the clip.
        analyzer: measures the best frames.
        subject: the person in it.
        progress: called with "looking" or "measuring" and the share, 0 to 1, that is done.
        motion: whether landmarks and back line of every frame are kept for the outcome.

    Raises:
        SourceUnavailable: when it is no clip that can be read.
    """
    settings = clip_settings()
    looked = _look(path, settings, progress, motion=motion)
    person = looked.people.main() or TrackedPerson(settings)
    readings = _measure(person.moments.stills, analyzer, subject, progress)
    norms = analyzer.settings.norms
    outcome = _outcome(os.fsdecode(path), person, readings, looked, settings, norms)
    return replace(outcome, motion=_motion(person, outcome.together, looked)) if motion else outcome


class _Looked(NamedTuple):
    """Everybody in a clip, how many frames were looked at, the time of the last one.

    Attributes:
        ends_early: whether the clip announces more than there is.
        width_px, height_px: of its picture.
    """

    people: People
    frames: int
    last_s: float
    ends_early: bool
    width_px: int
    height_px: int


def _look(
    path: str | os.PathLike[str], settings: ClipSettings, progress: Progress, *, motion: bool
) -> _Looked:
    people, looked_at, last_s = People(settings), 0, 0.0
    height_px, width_px = 0, 0
    with closing(Clip(path)) as clip, PoseModel(LOOKING_MODEL) as model:
        for frame in clip.frames(settings.frames.every_s):
            rgb, px_ratio = small_rgb(frame.bgr)
            poses = distinct_people(model.detect(rgb))
            for person, pose in people.recognise(poses, frame.time_s):
                reading = read_frame(pose, px_ratio)
                _note(person, pose, reading, frame, px_ratio, settings)
                if motion:
                    person.track.add(frame.time_s, frame_points(pose, reading, px_ratio))
            height_px, width_px = frame.bgr.shape[:2]
            looked_at, last_s = looked_at + 1, frame.time_s
            if clip.duration_s:
                progress("looking", min(frame.time_s / clip.duration_s, 1.0))
        return _Looked(people, looked_at, last_s, clip.ends_early, width_px, height_px)


def _note(
    person: TrackedPerson,
    pose: Pose,
    reading: FrameReading,
    frame: Frame,
    px_ratio: float,
    settings: ClipSettings,
) -> None:
    """Write down what this frame shows of the person, and offer it for measuring if it is fit."""
    curve = reading.curve
    for item in reading.findings:
        if hides(item):
            person.refusals[item.code] += 1
            person.example.setdefault(item.code, item)
    across, down = pose.point(*SHOULDERS) - pose.point(*HIPS)
    ankles = pose.points_px[list(ANKLES), 0]
    person.note(
        time_s=frame.time_s,
        angle_deg=np.nan if curve is None else curve.slca_deg,
        lean_deg=float(np.degrees(np.arctan2(across, -down))),
        facing=_facing(reading),
        ankles_apart=float(np.ptp(ankles)) / pose.trunk_px,
        yaw_deg=yaw_deg((pose,), (SHOULDERS, HIPS)),
    )
    if curve is not None:
        person.fit += 1
        person.moments.offer(
            frame.time_s,
            _flaw(person, reading),
            lambda: _picture(frame, pose, px_ratio, settings.people.around),
        )


def _facing(reading: FrameReading) -> float:
    """Which way the person faces: 1 surely right, -1 surely left, 0 undecided."""
    view = reading.view
    if view is None or view.facing is None:
        return 0.0
    return view.facing_strength if view.facing == "right" else -view.facing_strength


def _flaw(person: TrackedPerson, reading: FrameReading) -> float:
    warnings = sum(item.severity == "warning" for item in reading.findings)
    turn_deg = abs(reading.view.yaw_deg) if reading.view else 0.0
    return warnings * WARNING_FLAW + turn_deg * TURN_FLAW + person.speed * SPEED_FLAW


def _picture(frame: Frame, pose: Pose, px_ratio: float, around: float) -> bytes:
    """The person's part of the full picture."""
    margin = around * pose.trunk_px
    low = np.maximum((pose.points_px.min(axis=0) - margin) * px_ratio, 0).astype(int)
    high = ((pose.points_px.max(axis=0) + margin) * px_ratio).astype(int)
    part = frame.bgr[low[1] : high[1], low[0] : high[0]]
    quality = [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY]
    return cv2.imencode(".jpg", part, quality)[1].tobytes()


def _measure(
    stills: tuple[Still, ...],
    analyzer: Analyzer | IsolatedAnalyzer,
    subject: Subject,
    progress: Progress,
) -> tuple[MeasuredMoment, ...]:
    """The stills that could be measured."""
    readings = []
    for number, still in enumerate(stills):
        progress("measuring", number / len(stills))
        photo, result = analyzer.look(still.jpeg, subject)
        if photo is not None and result.status == "measured":
            readings.append(MeasuredMoment(still.time_s, result, photo))
    return _cleanest(readings)


def _cleanest(readings: list[MeasuredMoment]) -> tuple[MeasuredMoment, ...]:
    """The readings with the fewest warnings where there are enough of them, else all."""
    least = min((reading.warnings for reading in readings), default=0)
    clean = [reading for reading in readings if reading.warnings == least]
    return tuple(clean if len(clean) >= ENOUGH_CLEAN else readings)


def _outcome(
    clip: str,
    person: TrackedPerson,
    readings: tuple[MeasuredMoment, ...],
    looked: _Looked,
    settings: ClipSettings,
    norms: Norms,
) -> ClipOutcome:
    gait = find_gait(
        person.series("time_s"),
        person.series("ankles_apart"),
        person.series("lean_deg"),
        person.series("facing"),
        person.series("yaw_deg"),
        settings.gait,
    )
    results = [reading.result for reading in readings]
    together = _together(results, norms)
    measured = bool(readings) or gait is not None
    return ClipOutcome(
        clip=clip,
        status="measured" if measured else "refused",
        duration_s=looked.last_s,
        looked_at=looked.frames,
        seen=person.frames,
        fit=person.fit,
        readings=readings,
        together=together,
        slca_deg=_spread(results, together, lambda result: result.slca_deg),
        hollow_depth_ratio=_spread(results, together, lambda result: result.hollow_depth_ratio),
        hollow_depth_mm=_spread(results, together, lambda result: result.hollow_depth_mm),
        gait=gait,
        refusal=None if measured else _refusal(person),
        findings=((finding("clip-ends-early", value=looked.last_s),) if looked.ends_early else ()),
        refused_frames=dict(person.refusals.most_common()),
        trace=Trace(
            tuple(person.series("time_s").tolist()), tuple(person.series("angle_deg").tolist())
        ),
        disclaimer=texts()["disclaimer"],
    )


def _motion(person: TrackedPerson, together: Result | None, looked: _Looked) -> Motion | None:
    """The person frame by frame; None when nobody was seen."""
    time_s, points_px = person.track.arrays()
    if not len(time_s):
        return None
    scale = None if together is None else together.mm_per_px
    return Motion(
        names=point_names(),
        time_s=time_s,
        points_px=points_px,
        width_px=looked.width_px,
        height_px=looked.height_px,
        facing="left" if person.series("facing").sum() < 0 else "right",
        mm_per_px=None if scale is None else scale.value,
    )


def _together(results: list[Result], norms: Norms) -> Result | None:
    if len(results) < 2:
        return results[0] if results else None
    return combined(results, norms, one_stance=True).on(results[0])


def _spread(
    results: list[Result], together: Result | None, number: Callable[[Result], Measured | None]
) -> Spread | None:
    whole = None if together is None else number(together)
    known = [value.value for value in map(number, results) if value is not None]
    return None if whole is None else Spread(whole.value, whole.ci95, pstdev(known))


def _refusal(person: TrackedPerson) -> Finding:
    """Why nothing was measured: what was in the way most often."""
    if not person.refusals:
        return finding("no-person")
    code, count = person.refusals.most_common(1)[0]
    example = person.example[code]
    return finding(
        "clip-nothing-fit",
        value=count / person.frames,
        reason=example.message,
        remedy=example.fix,
    )
