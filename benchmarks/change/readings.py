"""Rows of pictures -> the sessions of every body, as the program keeps them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.rows import EvaluatedPicture, MeasuredCurve, evaluated_picture
from benchmarks.change.people import BareCurve
from benchmarks.change.sessions import STANCES
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
    bare: BareCurve
    stances: tuple[BareCurve, ...]
    photos: tuple[MeasuredCurve, ...]
    noticed: tuple[frozenset[str], ...]
    nominal: float
    kept: Session


def read_visits(paths: Iterable[Path]) -> list[Visit]:
    """All whole sessions of some files of rows; one with a refused photo is left out."""
    calibration = load_calibration()
    visits: dict[tuple[str, str, int], list[tuple[EvaluatedPicture, Mapping[str, Any]]]]
    visits = defaultdict(list)
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            tags = row["truth"]["tags"]
            # The same mesh at another seed is another time, not another session to pair with.
            key = (path.stem, tags["body"], tags["session"])
            visits[key].append((evaluated_picture(row, calibration), tags))
    whole = [
        sorted(pictures, key=lambda item: int(item[1]["stance"]))
        for pictures in visits.values()
        if len(pictures) == STANCES and all(picture.reading for picture, _ in pictures)
    ]
    return [_visit(pictures) for pictures in whole]


def _visit(pictures: list[tuple[EvaluatedPicture, Mapping[str, Any]]]) -> Visit:
    picture, tags = pictures[0]
    truth = picture.truth
    photos = tuple(one.reading for one, _ in pictures if one.reading is not None)
    return Visit(
        family=truth.family,
        body=truth.body,
        number=int(tags["session"]),
        kind=str(tags["kind"]),
        bare=_bare(tags, "session"),
        stances=tuple(_bare(own, "stance") for _, own in pictures),
        photos=photos,
        noticed=tuple(one.noticed for one, _ in pictures),
        nominal=NOMINAL_STATURE_MM / truth.stature_mm,
        kept=kept_session(photos, truth.sex, int(tags["session"])),
    )


def _bare(tags: Mapping[str, Any], whose: str) -> BareCurve:
    return BareCurve(
        *(float(tags[f"{whose}_{name}"]) for name in ("slca_deg", "depth_mm", "ratio"))
    )


def kept_session(photos: tuple[MeasuredCurve, ...], sex: Sex, day: int) -> Session:
    """A session of these photos and a first stance that is thrown away."""
    angles = [photo.slca_deg for photo in photos]
    ratios = [photo.hollow_depth_ratio for photo in photos]
    depths = [photo.hollow_depth_mm for photo in photos]
    angle, ratio = (median(item.value for item in values) for values in (angles, ratios))
    shared = shared_error(angle, ratio, sex, load_norms(), load_calibration())
    own_ratio = median_of(ratios, shared=shared.ratio)
    depth = median(item.value for item in depths)
    ci95 = own_ratio.ci95 * max(item.ci95 for item in depths) / max(item.ci95 for item in ratios)
    reading = MeasuredCurve(
        median_of(angles, shared=shared.slca_deg), Measured(depth, ci95), own_ratio, ""
    )
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
