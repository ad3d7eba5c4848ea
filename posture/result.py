"""The result of one photo: frozen, typed, and the same object in JSON.

``to_dict`` and ``from_dict`` are inverse.  Each field says here, and only here, what it is; the
JSON Schema (``posture schema``) and the columns of every table follow from that.  A number that
was not measured is None, never 0.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from typing import Annotated, Any, Literal

from posture._support.described import Allowed, Shared
from posture._support.outside import json_text
from posture._support.plain import NotTheKind, added_later, from_plain, to_plain
from posture.errors import InvalidInput
from posture.findings import Finding, ranked
from posture.subject import Subject

_FIX = "Give one object as written by posture analyze --json."
_DIRECTIONS = ("upper_tangent", "lower_tangent")
_NOT_NEGATIVE = Allowed(minimum=0)
_PERCENT = Allowed(minimum=0, maximum=100)
_SHA256 = Allowed(pattern="^[0-9a-f]{64}$")

Status = Literal["measured", "refused"]
Facing = Literal["left", "right"]
PointPx = Annotated[
    tuple[float, float], Shared("point_px", "x and y in pixels of the upright photo.")
]
Band = Annotated[
    str,
    Shared(
        "band",
        "A band, or the first and the last of those that the number may lie in.",
    ),
]

# z of the 97.5th percentile: turns a standard deviation into a 95 % half-width.
Z95 = 1.96


@dataclass(frozen=True)
class Measured:
    """A measured value in the unit that the field's name ends in."""

    value: Annotated[float, "The value."]
    ci95: Annotated[float, "Half-width of its 95 % interval, in the same unit.", _NOT_NEGATIVE]

    def __post_init__(self) -> None:
        # Numbers come out of arrays; they are printed and kept as plain ones.
        object.__setattr__(self, "value", float(self.value))
        object.__setattr__(self, "ci95", float(self.ci95))


@dataclass(frozen=True)
class Bands:
    """Where the numbers lie among the reference values."""

    # Flat, typical, borderline, deep, or two of them joined by "/" with all that lie between.
    slca: Annotated[Band, "Band of the angle alone."]
    depth: Annotated[
        Band, "Band of the depth alone, or of depth / bridge length without a stature."
    ]
    verdict: Annotated[Band, "All bands that angle or depth may lie in."]


@dataclass(frozen=True)
class Percentiles:
    """Where the numbers stand among adults of the person's sex, 0 to 100."""

    slca: Annotated[float, "Percentile of the angle.", _PERCENT]
    slca_low: Annotated[float, "Percentile of the lower end of the angle's interval.", _PERCENT]
    slca_high: Annotated[float, "Percentile of the upper end of the interval.", _PERCENT]
    depth: Annotated[
        float, "Percentile of the depth, or of depth / bridge length without a stature.", _PERCENT
    ]
    depth_low: Annotated[float, "Percentile of the lower end of the depth's interval.", _PERCENT]
    depth_high: Annotated[float, "Percentile of the upper end of the interval.", _PERCENT]


@dataclass(frozen=True)
class CurvePoints:
    """Named points of the back line."""

    thoracic: Annotated[PointPx, "Where the bridge touches the upper back."]
    lumbar: Annotated[PointPx, "The deepest point of the hollow."]
    gluteal: Annotated[PointPx, "Where the bridge touches the buttocks."]
    bridge_foot: Annotated[PointPx, "The point of the bridge straight over the deepest point."]
    upper_inflection: Annotated[PointPx, "Where the upper tangent of the angle is taken."]
    lower_inflection: Annotated[PointPx, "Where the lower tangent of the angle is taken."]
    upper_tangent: Annotated[PointPx, "Unit vector of the upper tangent, pointing up the body."]
    lower_tangent: Annotated[PointPx, "Unit vector of the lower tangent, pointing up the body."]


@dataclass(frozen=True)
class Landmark2D:
    """One body landmark."""

    x_px: Annotated[float, "Pixels from the left edge; may lie outside the photo."]
    y_px: Annotated[float, "Pixels from the top edge; may lie outside the photo."]
    visibility: Annotated[
        float, "The model's probability that it is seen.", Allowed(minimum=0, maximum=1)
    ]


@dataclass(frozen=True)
class Alignment:
    """Description of the stance; forward is positive.

    Null where not seen, and lengths in mm without a stature.
    """

    trunk_lean_deg: Annotated[
        Measured | None, "Shoulder over hip against the vertical of the photo, in degrees."
    ]
    head_forward_mm: Annotated[Measured | None, "Ear in front of the shoulder, in mm."]
    head_forward_deg: Annotated[Measured | None, "Ear in front of the shoulder, in degrees."]
    knee_offset_mm: Annotated[
        Measured | None, "Knee in front of the plumb line through the ankle, in mm."
    ]
    hip_offset_mm: Annotated[
        Measured | None, "Hip in front of the plumb line through the ankle, in mm."
    ]
    shoulder_offset_mm: Annotated[
        Measured | None, "Shoulder in front of the plumb line through the ankle, in mm."
    ]
    ear_offset_mm: Annotated[
        Measured | None, "Ear in front of the plumb line through the ankle, in mm."
    ]


@dataclass(frozen=True)
class Repeatability:
    """How far the numbers move when the same person stands again (95 % half-width)."""

    slca_deg: Annotated[float, "Degrees.", _NOT_NEGATIVE]
    hollow_depth_mm: Annotated[float | None, "Millimetres; null without a stature.", _NOT_NEGATIVE]

    def times(self, factor: float) -> Repeatability:
        """So many times as far."""
        depth = self.hollow_depth_mm
        return Repeatability(self.slca_deg * factor, None if depth is None else depth * factor)


@dataclass(frozen=True)
class Provenance:
    """What produced the numbers."""

    program_version: Annotated[str, "Version of the program."]
    method_version: Annotated[
        str, "Version of the method; results of one method version can be compared."
    ]
    norms_version: Annotated[str, "Version of the reference values."]
    model: Annotated[str, "Name of the pose model."]
    model_sha256: Annotated[str, "SHA-256 of its bundle.", _SHA256]
    mediapipe_version: Annotated[str, "Version of MediaPipe."]
    image_sha256: Annotated[
        str | None, "SHA-256 of the photo's file; null for arrays and unreadable files.", _SHA256
    ]
    image_width_px: Annotated[int | None, "Width of the upright photo.", Allowed(minimum=1)]
    image_height_px: Annotated[int | None, "Height of the upright photo.", Allowed(minimum=1)]
    mirrored_pass: Annotated[bool, "Whether the mirrored photo was measured too."]
    edge_refined: Annotated[
        bool, "Whether the outline was refined on the photo at full resolution."
    ]
    edited_by_hand: Annotated[bool, "Whether a person moved points of the back line."]


@dataclass(frozen=True)
class CurveNumbers:
    """What every measured result has; fields as in :class:`Result`, none of them None."""

    facing: Facing
    slca_deg: Measured
    hollow_depth_ratio: Measured
    hollow_hands: Measured
    bands: Bands
    wall_test: str
    points_px: CurvePoints


@dataclass(frozen=True, kw_only=True)
class Result:
    """What one side photo says about the curve of the low back.

    Pixels are those of the upright photo (after EXIF orientation), x right, y down. What was not
    measured is null, never 0.
    """

    status: Annotated[
        Status,
        "Whether the back was measured; when refused, a finding of severity refusal tells why.",
    ]
    image: Annotated[str | None, "Path of the photo as it was given; null for bytes and arrays."]
    facing: Annotated[Facing | None, "Side of the picture that the person looks to."] = None
    slca_deg: Annotated[
        Measured | None,
        "Surface lumbar curve angle in degrees: between the tangents of the back line at the two "
        "inflection points that bound the lumbar hollow. Taken from the outline; not a Cobb angle.",
    ] = None
    chord_angle_deg: Annotated[
        Measured | None,
        "Cross-check of slca_deg in degrees: 4 atan(2 H / L) of the hollow between the inflection "
        "points.",
    ] = None
    hollow_depth_mm: Annotated[
        Measured | None,
        "Largest gap between the back line and its bridge (the straight line that touches upper "
        "back and buttocks), in mm; null without a stature.",
    ] = None
    hollow_depth_ratio: Annotated[
        Measured | None, "Depth of the hollow divided by the length of the bridge."
    ] = None
    hollow_depth_stature: Annotated[
        Measured | None, "Depth of the hollow divided by the person's stature."
    ] = None
    hollow_hands: Annotated[
        Measured | None, "Depth of the hollow in thicknesses of a flat hand."
    ] = None
    bridge_length_mm: Annotated[
        Measured | None, "Length of the bridge in mm; null without a stature."
    ] = None
    mm_per_px: Annotated[
        Measured | None, "Scale of the upright photo in mm per pixel; null without a stature."
    ] = None
    yaw_deg: Annotated[
        Measured | None,
        "Estimated turn away from side-on in degrees; positive shows more of the front.",
    ] = None
    repeatability: Annotated[
        Repeatability | None, "How far the numbers move when the same person stands again."
    ] = None
    bands: Annotated[Bands | None, "Where the numbers lie among the reference values."] = None
    percentiles: Annotated[
        Percentiles | None, "Where the numbers stand among adults of the person's sex."
    ] = field(default=None, metadata=added_later())
    wall_test: Annotated[
        str | None, "What the popular home wall test would say, in a sentence."
    ] = None
    points_px: Annotated[CurvePoints | None, "Named points of the back line."] = None
    contour_px: Annotated[
        tuple[PointPx, ...],
        "The measured back line from the shoulders down; empty when refused.",
    ] = ()
    landmarks_px: Annotated[
        dict[str, Landmark2D],
        "Body landmarks by name, left and right being the person's own; empty when nobody was "
        "found.",
    ] = field(default_factory=dict)
    alignment: Annotated[Alignment | None, "Description of the stance, never scored."] = None
    findings: Annotated[tuple[Finding, ...], "What was noticed about the photo."]
    subject: Subject
    provenance: Provenance
    disclaimer: Annotated[str, "What this measurement is not."]

    @property
    def refusal(self) -> Finding | None:
        """The finding because of which nothing was measured, if any."""
        return next((item for item in self.findings if item.severity == "refusal"), None)

    @property
    def other_findings(self) -> tuple[Finding, ...]:
        """All but the refusal, those that matter most for this reading first."""
        others = [item for item in self.findings if item is not self.refusal]
        return ranked(others, in_mm=self.hollow_depth_mm is not None)

    @property
    def curve(self) -> CurveNumbers | None:
        """The numbers that every measured result has; None when nothing was measured."""
        found = {item.name: getattr(self, item.name) for item in fields(CurveNumbers)}
        return None if None in found.values() else CurveNumbers(**found)

    def numbers(self) -> CurveNumbers:
        """As :attr:`curve`, for who knows that something was measured.

        Raises:
            InvalidInput: when nothing was measured.
        """
        curve = self.curve
        if curve is None:
            raise InvalidInput(
                "Nothing was measured in this photo.", "Use a photo that was measured."
            )
        return curve

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and numbers, ready for JSON."""
        return to_plain(self)

    def to_json(self) -> str:
        """One line of JSON."""
        return json_text(self.to_dict())

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
