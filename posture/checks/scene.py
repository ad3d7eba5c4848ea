"""What the checks may look at, and the shape that all of them have.

Each check is a small function of what was seen: it returns a finding with its value and limit, or
None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from posture.checks.limits import Limits, load_limits
from posture.curve.reading import CurveReading
from posture.curve.uncertainty import CurveError, ErrorSources
from posture.findings import Finding, Region, finding
from posture.outline.trace import Outline
from posture.pose.landmarks import HIPS, SHOULDERS, Landmark
from posture.pose.record import Pose
from posture.view.camera_level import CameraLevel
from posture.view.see import View

Rows = NDArray[np.bool_]


@dataclass(frozen=True)
class PersonScene:
    """The photo with the person in it, before any outline is traced.

    Attributes:
        people: everybody found in the photo, analysed pixels, the measured one first.
        view: the measured person.
        width_px, height_px: of the analysed image.
        px_ratio: photo pixels per analysed pixel.
        level: how the camera was turned; None when nothing tells.
    """

    people: tuple[Pose, ...]
    view: View
    width_px: int
    height_px: int
    px_ratio: float
    level: CameraLevel | None

    @property
    def trunk_region(self) -> Region:
        """Box round shoulders and hips, in pixels of the photo."""
        return self.region_of(*SHOULDERS, *HIPS)

    def region_of(self, *marks: Landmark) -> Region:
        """Box round these landmarks and a little more, in pixels of the photo."""
        pose = self.view.pose
        margin_px = load_limits().region.margin * pose.trunk_px
        return self.region(pose.points_px[list(marks)], margin_px)

    def strip(self, top: float, bottom: float) -> Region:
        """The full width of the photo between two shares of its height, in its pixels."""
        size = np.array([self.width_px, self.height_px])
        return self.region(np.array([(0.0, top), (1.0, bottom)]) * size)

    def region(self, points_px: NDArray[np.float64], margin_px: float = 0.0) -> Region:
        """Box round analysed-pixel points, in pixels of the photo, inside the photo."""
        size = np.array([self.width_px, self.height_px])
        low = np.clip(points_px.min(axis=0) - margin_px, 0, size) * self.px_ratio
        high = np.clip(points_px.max(axis=0) + margin_px, 0, size) * self.px_ratio
        return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))


@dataclass(frozen=True)
class OutlineScene(PersonScene):
    """The same with the outline of the back.

    Attributes:
        outline: the traced back line.
        reading: the lumbar curve of that line; None when it has no hollow.
        edge_width_px: of the steepest edges on the trunk, analysed pixels; 0 where nobody looked.
    """

    outline: Outline
    reading: CurveReading | None
    edge_width_px: float

    @cached_property
    def shoulder_up_mm(self) -> float:
        """Level of the shoulders above mid-hip, nominal mm."""
        return float(self.outline.frame.from_px(self.view.pose.point(*SHOULDERS))[0])

    @cached_property
    def hollow_rows(self) -> Rows:
        """Rows (n,) of the outline between buttocks and shoulder blades."""
        up_mm = self.outline.mask.up_mm
        highest_mm = load_limits().outline.hollow_share * self.shoulder_up_mm
        return np.asarray((up_mm > 0) & (up_mm < highest_mm))

    def outline_region(self, rows: Rows) -> Region:
        """Box round these rows (n,) of the outline, in pixels of the photo."""
        outline = self.outline
        points = outline.frame.to_px(outline.mask.up_mm[rows], outline.seen_line[rows])
        margin_mm = load_limits().region.outline_margin_mm
        return self.region(points, margin_mm * outline.frame.px_per_nominal_mm)

    def measured(
        self, reading: CurveReading, sources: ErrorSources, error: CurveError
    ) -> CurveScene:
        """The same with the curve and how sure it is."""
        known = {item.name: getattr(self, item.name) for item in fields(self)}
        return CurveScene(**known | {"reading": reading, "sources": sources, "error": error})


@dataclass(frozen=True)
class CurveScene(OutlineScene):
    """The same with a lumbar curve.

    Attributes:
        reading: the curve.
        sources: what makes it less sure.
        error: how far it may be off for that.
    """

    reading: CurveReading
    sources: ErrorSources
    error: CurveError


Scene = TypeVar("Scene", bound=PersonScene)
Check = Callable[[Scene, Limits], Finding | None]


class Criterion(NamedTuple):
    """A value held against a limit."""

    violated: bool
    value: float
    limit: float


def run_checks(checks: Iterable[Check[Scene]], scene: Scene) -> tuple[Finding, ...]:
    """The findings of all `checks`, in their order."""
    limits = load_limits()
    return tuple(item for check in checks if (item := check(scene, limits)) is not None)


def at_most(value: float, limit: float) -> Criterion:
    """The criterion that `value` does not exceed `limit`."""
    return Criterion(value > limit, value, limit)


def at_least(value: float, limit: float) -> Criterion:
    """The criterion that `value` does not fall below `limit`."""
    return Criterion(value < limit, value, limit)


def first_violated(
    scene: OutlineScene, code: str, rows: Rows, criteria: Iterable[Criterion]
) -> Finding | None:
    """The finding `code`, marked on these rows (n,), for the first criterion that is violated."""
    return worst_violated(scene, rows, ((code, criterion) for criterion in criteria))


def worst_violated(
    scene: OutlineScene, rows: Rows, graded: Iterable[tuple[str, Criterion]]
) -> Finding | None:
    """As :func:`first_violated`, each criterion with a code of its own, the worst first."""
    for code, (violated, value, limit) in graded:
        if violated:
            region = scene.outline_region(rows)
            return finding(code, value=value, limit=limit, region_px=region)
    return None
