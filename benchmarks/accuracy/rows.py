"""One evaluated picture: what is true of it, what was measured, and what that was made from.

`evaluate` writes one JSON line a picture; everything that reads them gets the dataclasses below.
Half-widths and bands are not read from a row but made from its raw quantities, with the constants
as they are now: constants that are set anew need no picture to be looked at again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from posture._support.plain import from_plain
from posture.curve.calibration import Calibration, load_calibration
from posture.curve.geometry import LumbarCurve
from posture.curve.uncertainty import ErrorSources, curve_error
from posture.result import Measured
from posture.subject import Sex, Subject
from posture.verdict.bands import bands_for
from posture.verdict.norms import load_norms
from posture.view.scale import Lengths, ScaleSource

# All bodies of `benchmarks.bodies` are one family.
MADE_UP = "made-up"
OWN_RENDERER = "this project's renderer"


@dataclass(frozen=True)
class TrueCurve:
    """Angle and depth of a known back line, under the names that a result has."""

    slca_deg: float
    hollow_depth_mm: float


@dataclass(frozen=True)
class Truth:
    """What is known of a picture.

    Attributes:
        family: of bodies, made by one hand or from one source.
        renderer: whose program made the picture.
        body: its name; every made-up body is in one picture only.
        stratum: the kind of picture (see `strata`).
        sex: of the measured person.
        stature_mm: of the measured person.
        measurable: whether an honest program can measure it; `reason` tells why not, else "".
        skin: the bare skin seen exactly from the side, the truth that readings are judged by.
        skin_of_camera: the bare skin as this camera sees it.
        midline: the skin over the spine, between shoulder blades and buttocks.
        bridge_length_mm: of `skin`; 0 without a hollow.
        yaw_deg: turn away from side-on, positive shows the front.
        height_px: of the picture.
        arms, outfit, background: as the picture's design names them.
        hidden_by_arms_mm: how far the arms reach beyond the skin over the hollow.
    """

    family: str
    renderer: str
    body: str
    stratum: str
    sex: Sex
    stature_mm: float
    measurable: bool
    reason: str
    skin: TrueCurve
    skin_of_camera: TrueCurve
    midline: TrueCurve
    bridge_length_mm: float
    yaw_deg: float
    height_px: int
    arms: str
    outfit: str
    background: str
    hidden_by_arms_mm: float

    @property
    def ratio(self) -> float:
        """Depth / bridge length of the bare skin; 0 without a hollow."""
        depth_mm = self.skin.hollow_depth_mm
        return depth_mm / self.bridge_length_mm if self.bridge_length_mm else 0.0


@dataclass(frozen=True)
class RawQuantities:
    """What a reading is made from, lengths in nominal mm.

    Attributes:
        curve: of the line that is drawn; rival: of the rival outline, None without a hollow.
        sources: what makes the curve less sure.
        yaw_seen_deg: the turn as it is estimated, before its bias is taken off.
        elevation_deg: how far the camera looks down on the trunk.
        scale_source, scale_ci95: the yardstick of the photo, and its relative 95 % half-width.
        statures_per_mm: statures in one nominal mm.
    """

    curve: LumbarCurve
    rival: LumbarCurve | None
    sources: ErrorSources
    yaw_seen_deg: float
    elevation_deg: float
    scale_source: ScaleSource
    scale_ci95: float
    statures_per_mm: float


@dataclass(frozen=True)
class MeasuredCurve:
    """What was measured; none for a refused picture. `verdict` is one band, or two joined by /."""

    slca_deg: Measured
    hollow_depth_mm: Measured
    hollow_depth_ratio: Measured
    verdict: str


@dataclass(frozen=True)
class EvaluatedPicture:
    """One row.

    Attributes:
        name: file name; of a made-up body the seed stands before its first hyphen.
        truth: what is known.
        reading: what was measured; None when the picture was refused.
        noticed: codes of its warnings and refusals.
        raw: what the reading was made from; None when the picture was refused.
    """

    name: str
    truth: Truth
    reading: MeasuredCurve | None
    noticed: frozenset[str]
    raw: RawQuantities | None

    @property
    def in_protocol(self) -> bool:
        """Whether it was taken as the protocol asks, and can be measured."""
        return self.truth.stratum == "in_protocol" and self.truth.measurable


def read_rows(
    paths: Iterable[Path], calibration: Calibration | None = None
) -> list[EvaluatedPicture]:
    """All rows of some files of JSON lines, their half-widths by `calibration`."""
    constants = calibration or load_calibration()
    return [
        evaluated_picture(json.loads(line), constants)
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def evaluated_picture(row: Mapping[str, Any], calibration: Calibration) -> EvaluatedPicture:
    """A row from its JSON form."""
    result, truth = row["result"], _truth(row["picture"], row["truth"])
    raw = None if row["raw"] is None else _raw(row["raw"], calibration)
    return EvaluatedPicture(
        name=row["picture"],
        truth=truth,
        reading=None if raw is None else reading_of(raw, truth, calibration),
        noticed=frozenset(code for code, severity, _ in result["findings"] if severity != "info"),
        raw=raw,
    )


def _raw(raw: Mapping[str, Any], calibration: Calibration) -> RawQuantities:
    """From its JSON form; the turn less its bias by `calibration`."""
    found = from_plain(RawQuantities, raw)
    yaw_deg = found.yaw_seen_deg - calibration.yaw.bias_deg
    return replace(found, sources=replace(found.sources, yaw_deg=yaw_deg))


def reading_of(raw: RawQuantities, truth: Truth, calibration: Calibration) -> MeasuredCurve:
    """The numbers of a result, as the analyzer makes them."""
    curve, error = raw.curve, curve_error(raw.curve, raw.sources, calibration)
    lengths = Lengths(raw.statures_per_mm, raw.scale_ci95, truth.stature_mm)
    depth_mm = lengths.in_mm(curve.depth, error.depth_mm)
    assert depth_mm is not None, "the stature is known"
    slca_deg = Measured(curve.slca_deg, error.slca_deg)
    ratio = Measured(curve.depth / curve.bridge_length, error.depth_mm / curve.bridge_length)
    subject = Subject(stature_mm=truth.stature_mm, sex=truth.sex)
    bands = bands_for(slca_deg, depth_mm, ratio, subject, load_norms())
    return MeasuredCurve(slca_deg, depth_mm, ratio, bands.verdict)


def _truth(picture: str, truth: Mapping[str, Any]) -> Truth:
    tags, metrics = truth["tags"], truth["metrics"]
    return Truth(
        family=tags["family"],
        renderer=tags.get("renderer", OWN_RENDERER),
        body=tags.get("body", picture),
        stratum=truth["stratum"],
        sex=truth["sex"],
        stature_mm=float(truth["stature_mm"]),
        measurable=tags["measurable"],
        reason=truth["reason"],
        skin=_true_curve(metrics["envelope"]),
        skin_of_camera=TrueCurve(tags["seen_slca_deg"], tags["seen_hollow_depth_mm"]),
        midline=_true_curve(metrics["midsagittal"]),
        bridge_length_mm=metrics["envelope"].get("bridge_length_mm", 0.0),
        yaw_deg=float(tags["yaw_deg"]),
        height_px=int(tags["height_px"]),
        arms=tags["arms"],
        outfit=tags["outfit"],
        background=tags["background"],
        hidden_by_arms_mm=tags["hidden_by_arms_mm"],
    )


def _true_curve(metrics: Mapping[str, float]) -> TrueCurve:
    return TrueCurve(metrics["slca_deg"], metrics["hollow_depth_mm"])
