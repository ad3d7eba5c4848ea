"""The result of one photo: frozen, typed, and the same object in JSON.

``to_dict`` and ``from_dict`` are inverse; the published schema is ``data/result.schema.json``.
A number that was not measured is None, never 0.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

from posture._support.plain import NotTheKind, from_plain, to_plain
from posture._support.tables import data_text
from posture.errors import InvalidInput
from posture.findings import Finding
from posture.subject import Subject

_FIX = "Give one object as written by posture analyze --json."
_DIRECTIONS = ("upper_tangent", "lower_tangent")

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
class CurveNumbers:
    """What every measured result has; fields as in :class:`Result`."""

    slca_deg: Measured
    hollow_depth_ratio: Measured
    bands: Bands
    points_px: CurvePoints


@dataclass(frozen=True, kw_only=True)
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
    facing: Facing | None = None
    slca_deg: Measured | None = None
    chord_angle_deg: Measured | None = None
    hollow_depth_mm: Measured | None = None
    hollow_depth_ratio: Measured | None = None
    hollow_depth_stature: Measured | None = None
    hollow_hands: Measured | None = None
    bridge_length_mm: Measured | None = None
    mm_per_px: Measured | None = None
    yaw_deg: Measured | None = None
    repeatability: Repeatability | None = None
    bands: Bands | None = None
    wall_test: str | None = None
    points_px: CurvePoints | None = None
    contour_px: tuple[PointPx, ...] = ()
    landmarks_px: dict[str, Landmark2D] = field(default_factory=dict)
    alignment: Alignment | None = None
    findings: tuple[Finding, ...]
    subject: Subject
    provenance: Provenance
    disclaimer: str

    @property
    def refusal(self) -> Finding | None:
        """The finding because of which nothing was measured, if any."""
        return next((item for item in self.findings if item.severity == "refusal"), None)

    def numbers(self) -> CurveNumbers:
        """The numbers that a measured result has, none of them None.

        Raises:
            InvalidInput: when nothing was measured.
        """
        slca_deg, ratio = self.slca_deg, self.hollow_depth_ratio
        bands, points = self.bands, self.points_px
        if slca_deg is None or ratio is None or bands is None or points is None:
            raise InvalidInput(
                "Nothing was measured in this photo.", "Use a photo that was measured."
            )
        return CurveNumbers(slca_deg, ratio, bands, points)

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
        except NotTheKind as error:
            raise InvalidInput(f"Not a posture result: {error}.", _FIX) from error

    @classmethod
    def from_json(cls, text: str) -> Result:
        """Inverse of :meth:`to_json`; raises InvalidInput when `text` is not a result."""
        try:
            data = json.loads(text)
        except ValueError as error:
            raise InvalidInput(f"Not JSON: {error}.", _FIX) from error
        return cls.from_dict(data)


def result_schema_text() -> str:
    """JSON Schema (2020-12) of :meth:`Result.to_dict`, as it is published."""
    return data_text("result.schema.json")


def scaled(result: Result, factor: float) -> Result:
    """`result` with everything that is in photo pixels multiplied by `factor`."""
    return moved(result, lambda point: (point[0] * factor, point[1] * factor), mirror=False)


def moved(result: Result, place: Callable[[PointPx], PointPx], *, mirror: bool) -> Result:
    """`result` on another picture of the same photo.

    Args:
        place: from a pixel of the photo to one of that picture: scaled, shifted or mirrored.
        mirror: whether it mirrors left and right.
    """
    facing = result.facing
    if mirror and facing is not None:
        facing = "left" if facing == "right" else "right"
    return replace(
        result,
        facing=facing,
        points_px=None if result.points_px is None else _points(result.points_px, place, mirror),
        contour_px=tuple(place(point) for point in result.contour_px),
        landmarks_px={
            name: Landmark2D(*place((mark.x_px, mark.y_px)), mark.visibility)
            for name, mark in result.landmarks_px.items()
        },
        findings=tuple(_finding(item, place) for item in result.findings),
    )


def _points(points: CurvePoints, place: Callable[[PointPx], PointPx], mirror: bool) -> CurvePoints:
    changed: dict[str, Any] = {}
    for name in (item.name for item in fields(points)):
        x, y = getattr(points, name)
        changed[name] = ((-x if mirror else x), y) if name in _DIRECTIONS else place((x, y))
    return replace(points, **changed)


def _finding(item: Finding, place: Callable[[PointPx], PointPx]) -> Finding:
    if item.region_px is None:
        return item
    left, top, right, bottom = item.region_px
    (x0, y0), (x1, y1) = place((left, top)), place((right, bottom))
    return replace(item, region_px=(min(x0, x1), y0, max(x0, x1), y1))
