"""Photos of a table -> the sessions of every body, as the program keeps them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.rows import MeasuredCurve, TrueCurve
from benchmarks.change.sessions import STANCES
from benchmarks.change.table import PhotoLine
from posture.combine import median_of, shared_error
from posture.curve.calibration import load_calibration
from posture.history.records import Kept, Numbers, Role, Session
from posture.result import Measured
from posture.subject import NOMINAL_STATURE_MM, Sex
from posture.verdict.norms import load_norms
from posture.verdict.stances import load_stances

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Visit:
    """One session of a known body.

    Attributes:
        family, body, number: whose, and which of theirs.
        kind: "in_protocol", or what is not.
        bare: the curve that the body has in this session, without the sway of its stances.
        stances: the curve at each stance that counts.
        photos: what was measured there.
        nominal: nominal mm in a mm of this body.
        kept: the session as the program keeps it.
    """

    family: str
    body: str
    number: int
    kind: str
    bare: TrueCurve
    stances: tuple[TrueCurve, ...]
    photos: tuple[MeasuredCurve, ...]
    nominal: float
    kept: Session


def visits_of(lines: Iterable[PhotoLine]) -> list[Visit]:
    """All whole sessions of a table; one with a refused photo is left out."""
    sessions: dict[tuple[str, int], list[PhotoLine]] = defaultdict(list)
    for line in lines:
        sessions[line.body, line.session].append(line)
    found = (_visit(sorted(of, key=lambda line: line.stance)) for of in sessions.values())
    return [visit for visit in found if visit is not None]


def _visit(lines: list[PhotoLine]) -> Visit | None:
    first = lines[0]
    photos = tuple(photo for line in lines if (photo := line.measured) is not None)
    if len(photos) < STANCES:
        return None
    return Visit(
        family=first.family,
        body=first.body,
        number=first.session,
        kind=first.kind,
        bare=TrueCurve(first.session_deg, first.session_mm),
        stances=tuple(TrueCurve(line.stance_deg, line.stance_mm) for line in lines),
        photos=photos,
        nominal=NOMINAL_STATURE_MM / first.stature_mm,
        kept=kept_session(photos, first.sex, first.session),
    )


def kept_session(photos: tuple[MeasuredCurve, ...], sex: Sex, day: int) -> Session:
    """A session of these photos and a first stance that is thrown away."""
    angles = [photo.slca_deg for photo in photos]
    ratios = [photo.hollow_depth_ratio for photo in photos]
    depths = [photo.hollow_depth_mm for photo in photos]
    angle, ratio = (median(item.value for item in values) for values in (angles, ratios))
    shared = shared_error(angle, ratio, sex, load_norms(), load_calibration())
    of_bridge = median_of(ratios, shared=shared.ratio)
    bridge_mm = median(depth.ci95 / own.ci95 for depth, own in zip(depths, ratios, strict=True))
    depth = Measured(median(item.value for item in depths), of_bridge.ci95 * bridge_mm)
    reading = MeasuredCurve(median_of(angles, shared=shared.slca_deg), depth, of_bridge, "")
    stances = [_kept("photo", photo, sex) for photo in (photos[0], *photos)]
    return Session(
        uid="",
        taken_at=f"2026-01-{day + 1:02d}",
        kept=(*stances, _kept("median", reading, sex)),
        stances=load_stances().session.stances,
    )


def _kept(role: Role, curve: MeasuredCurve, sex: Sex) -> Kept:
    numbers = Numbers(
        slca_deg=curve.slca_deg,
        hollow_depth_mm=curve.hollow_depth_mm,
        hollow_depth_ratio=curve.hollow_depth_ratio,
        verdict=curve.verdict,
        sex=sex,
        repeatability_share=load_norms().repeatability_fraction,
        edited_by_hand=False,
        program_version="",
        method_version="",
        norms_version="",
        model="",
    )
    return Kept("", role, numbers, None, "", has_picture=False)
