"""One evaluated picture: what is true of it, what was measured, and what that was made from.

`evaluate` writes one JSON line a picture; everything that reads them gets the dataclasses below.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from posture.result import Measured
from posture.subject import Sex
from posture.view.scale import ScaleSource


@dataclass(frozen=True)
class TrueCurve:
    """Angle and depth of a known back line, under the names that a result has."""

    slca_deg: float
    hollow_depth_mm: float


@dataclass(frozen=True)
class Truth:
    """What is known of a picture.

    Attributes:
        stratum: the kind of picture (see `strata`).
        sex: of the measured person.
        measurable: whether an honest program can measure it; `reason` tells why not, else "".
        skin: the bare skin seen exactly from the side, the truth that readings are judged by.
        skin_of_camera: the bare skin as this camera sees it.
        midline: the skin over the spine, between shoulder blades and buttocks.
        yaw_deg: turn away from side-on, positive shows the front.
        height_px: of the picture.
        arms, outfit, background: as the picture's design names them.
        hidden_by_arms_mm: how far the arms reach beyond the skin over the hollow.
    """

    stratum: str
    sex: Sex
    measurable: bool
    reason: str
    skin: TrueCurve
    skin_of_camera: TrueCurve
    midline: TrueCurve
    yaw_deg: float
    height_px: int
    arms: str
    outfit: str
    background: str
    hidden_by_arms_mm: float


@dataclass(frozen=True)
class Reading:
    """What was measured; none for a refused picture. `verdict` is one band, or two joined by /."""

    slca_deg: Measured
    hollow_depth_mm: Measured
    verdict: str


@dataclass(frozen=True)
class RawQuantities:
    """What a reading was made from, before correction: mm are nominal ones.

    Attributes:
        yaw_deg, elevation_deg: of the person and the camera, as estimated.
        turn: how much of the largest turn's effect that yaw has, 0 to 1.
        scale_source: the yardstick of the photo.
        slca_deg, chord_angle_deg, depth, bridge_length, apex_share, thoracic_bend: of the curve as
            it is seen.
        width_factor: how much more a wide bridge suffers from a turn.
        buttocks_mm: how far the lower touch point lies behind the hips.
        inflections_mm: distance of the two inflection points.
        shanks_mm: knee to ankle; the usual length where the feet are cut off.
        stature_mm_per_nominal: true mm in one nominal mm.
        doubt_mm: by how much the outline is less sure than usual.
        rival_deg, rival_mm: how far the rival outline is off, as far as that counts.
        head_cut: whether the head is outside the picture.
        cloth_hangs: whether clothes seem to hang off the back.
    """

    yaw_deg: float
    elevation_deg: float
    turn: float
    scale_source: ScaleSource
    slca_deg: float
    chord_angle_deg: float
    depth: float
    bridge_length: float
    width_factor: float
    apex_share: float
    thoracic_bend: float
    buttocks_mm: float
    inflections_mm: float
    shanks_mm: float
    stature_mm_per_nominal: float
    doubt_mm: float
    rival_deg: float
    rival_mm: float
    head_cut: bool
    cloth_hangs: bool


@dataclass(frozen=True)
class EvaluatedPicture:
    """One row.

    Attributes:
        name: file name; the seed stands before its first hyphen.
        truth: what is known.
        reading: what was measured; None when the picture was refused.
        noticed: codes of its warnings and refusals.
        raw: what the reading was made from; None when no hollow was found.
    """

    name: str
    truth: Truth
    reading: Reading | None
    noticed: frozenset[str]
    raw: RawQuantities | None

    @property
    def seed(self) -> str:
        """Of the set that the picture belongs to."""
        return self.name.split("-")[0]


def read_rows(paths: Iterable[Path]) -> list[EvaluatedPicture]:
    """All rows of some files of JSON lines."""
    return [
        evaluated_picture(json.loads(line))
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def evaluated_picture(row: Mapping[str, Any]) -> EvaluatedPicture:
    """A row from its JSON form."""
    result, raw = row["result"], row["raw"]
    return EvaluatedPicture(
        name=row["picture"],
        truth=_truth(row["truth"]),
        reading=_reading(result) if result["status"] == "measured" else None,
        noticed=frozenset(code for code, severity, _ in result["findings"] if severity != "info"),
        raw=None if raw is None else RawQuantities(**raw),
    )


def _truth(truth: Mapping[str, Any]) -> Truth:
    tags, metrics = truth["tags"], truth["metrics"]
    return Truth(
        stratum=truth["stratum"],
        sex=truth["sex"],
        measurable=tags["measurable"],
        reason=truth["reason"],
        skin=_true_curve(metrics["envelope"]),
        skin_of_camera=TrueCurve(tags["seen_slca_deg"], tags["seen_hollow_depth_mm"]),
        midline=_true_curve(metrics["midsagittal"]),
        yaw_deg=float(tags["yaw_deg"]),
        height_px=int(tags["height_px"]),
        arms=tags["arms"],
        outfit=tags["outfit"],
        background=tags["background"],
        hidden_by_arms_mm=tags["hidden_by_arms_mm"],
    )


def _true_curve(metrics: Mapping[str, float]) -> TrueCurve:
    return TrueCurve(metrics["slca_deg"], metrics["hollow_depth_mm"])


def _reading(result: Mapping[str, Any]) -> Reading:
    return Reading(
        slca_deg=Measured(**result["slca_deg"]),
        hollow_depth_mm=Measured(**result["hollow_depth_mm"]),
        verdict=result["bands"]["verdict"],
    )
