"""The result of one photo: frozen, typed, and the same object in JSON.

``to_dict`` and ``from_dict`` are inverse; the published schema is ``data/result.schema.json``.
A number that was not measured is None, never 0.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from posture.errors import InvalidInput
from posture.findings import Finding
from posture.plain import NOT_THE_KIND, from_plain, to_plain
from posture.subject import Subject

Status = Literal["measured", "refused"]
Facing = Literal["left", "right"]
PointPx = tuple[float, float]

# z of the 97.5th percentile: turns a standard deviation into a 95 % half-width.
Z95 = 1.96


@dataclass(frozen=True)
class Measured:
    """A value and the half-width of its 95 % interval, in the unit of the field's name."""

    value: float
    ci95: float


@dataclass(frozen=True)
class Bands:
    """Where the numbers lie: flat, typical, borderline, deep, or two neighbours joined by "/".

    Attributes:
        slca: band of the angle alone.
        depth: band of the depth alone (of depth / bridge length when stature is unknown).
        verdict: drawn from both.
    """

    slca: str
    depth: str
    verdict: str


@dataclass(frozen=True)
class CurvePoints:
    """Named points of the back line, in pixels of the upright photo (x right, y down).

    Attributes:
        thoracic, gluteal: where the bridge (the "wall") touches the back.
        lumbar: the deepest point of the hollow under the bridge.
        bridge_foot: the point of the bridge straight over `lumbar`.
        upper_inflection, lower_inflection: where the tangents of the SLCA are taken.
        upper_tangent, lower_tangent: unit vectors of those tangents, pointing up the body.
    """

    thoracic: PointPx
    lumbar: PointPx
    gluteal: PointPx
    bridge_foot: PointPx
    upper_inflection: PointPx
    lower_inflection: PointPx
    upper_tangent: PointPx
    lower_tangent: PointPx


@dataclass(frozen=True)
class Landmark2D:
    """One body landmark in pixels of the upright photo, with the model's visibility (0 to 1)."""

    x_px: float
    y_px: float
    visibility: float


@dataclass(frozen=True)
class Alignment:
    """Description of the stance, never scored.  Forward is positive; None where not seen.

    Attributes:
        trunk_lean_deg: shoulder over hip, against the vertical of the photo.
        head_forward_mm: ear in front of the shoulder; head_forward_deg: the same as an angle.
        knee_offset_mm, hip_offset_mm, shoulder_offset_mm, ear_offset_mm: in front of the plumb
            line through the ankle.
    """

    trunk_lean_deg: Measured | None
    head_forward_mm: Measured | None
    head_forward_deg: Measured | None
    knee_offset_mm: Measured | None
    hip_offset_mm: Measured | None
    shoulder_offset_mm: Measured | None
    ear_offset_mm: Measured | None


@dataclass(frozen=True)
class Repeatability:
    """How far the numbers move when the same person stands again (95 % half-width)."""

    slca_deg: float
    hollow_depth_mm: float | None


@dataclass(frozen=True)
class Provenance:
    """What produced the numbers."""

    program_version: str
    method_version: str
    norms_version: str
    model: str
    model_sha256: str
    mediapipe_version: str
    image_sha256: str | None
    image_width_px: int | None
    image_height_px: int | None
    mirrored_pass: bool
    edge_refined: bool
    edited_by_hand: bool


@dataclass(frozen=True)
class Result:
    """Everything that is known about one photo.

    Attributes:
        image: path of the photo as it was given; None for bytes and arrays.
        facing: side of the picture the person looks to.
        slca_deg: surface lumbar curve angle; chord_angle_deg: its cross-check 4 atan(2H/L).
        hollow_depth_mm: largest gap under the bridge; None without a stature.
        hollow_depth_ratio: depth / bridge length; hollow_depth_stature: depth / stature.
        hollow_hands: depth in thicknesses of a flat hand.
        mm_per_px: scale of the upright photo; None without a stature.
        yaw_deg: estimated turn away from side-on; positive shows more of the front.
        contour_px: the measured back line from the shoulders down, upright-photo pixels.
        landmarks_px: body landmarks by lower-case name.
        wall_test: one sentence by the popular home test.
    """

    status: Status
    image: str | None
    facing: Facing | None
    slca_deg: Measured | None
    chord_angle_deg: Measured | None
    hollow_depth_mm: Measured | None
    hollow_depth_ratio: Measured | None
    hollow_depth_stature: Measured | None
    hollow_hands: Measured | None
    bridge_length_mm: Measured | None
    mm_per_px: Measured | None
    yaw_deg: Measured | None
    repeatability: Repeatability | None
    bands: Bands | None
    wall_test: str | None
    points_px: CurvePoints | None
    contour_px: tuple[PointPx, ...]
    landmarks_px: dict[str, Landmark2D]
    alignment: Alignment | None
    findings: tuple[Finding, ...]
    subject: Subject
    provenance: Provenance
    disclaimer: str

    @property
    def refusal(self) -> Finding | None:
        """The finding because of which nothing was measured, if any."""
        return next((item for item in self.findings if item.severity == "refusal"), None)

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and numbers, ready for JSON."""
        return to_plain(self)

    def to_json(self) -> str:
        """One line of JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Result:
        """Inverse of :meth:`to_dict`.

        Raises:
            InvalidInput: when `data` is not a result.
        """
        try:
            return from_plain(cls, data)
        except NOT_THE_KIND as error:
            raise InvalidInput(f"Not a posture result: {error}.", _FIX) from error

    @classmethod
    def from_json(cls, text: str) -> Result:
        """Inverse of :meth:`to_json`; raises InvalidInput when `text` is not a result."""
        try:
            data = json.loads(text)
        except ValueError as error:
            raise InvalidInput(f"Not JSON: {error}.", _FIX) from error
        return cls.from_dict(data)


_FIX = "Give one object as written by posture analyze --json."
