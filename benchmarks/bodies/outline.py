"""The back outline as the camera sees it, and what hides the hollow.

Meshes are projected by an ideal camera at the same place (no roll, no distortion) and
scaled to millimetres at the person: `height_mm` above the floor point between the feet,
posterior distance from it. So perspective and a turned stance are in, the lens is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from benchmarks.bodies.backline import (
    STEP_MM,
    Part,
    curve_metrics,
    farthest_at_levels,
    fill_gaps,
    trunk_levels,
)
from benchmarks.bodies.camera import SceneView, posterior_sign
from benchmarks.bodies.config import Facing
from benchmarks.bodies.dressed import DressedBody
from benchmarks.bodies.figure import Figure
from benchmarks.bodies.mesh import Bools, Floats, edges_of
from posture.curve.definition import MID_HIP_SHARE


@dataclass(frozen=True)
class SeenOutline:
    """Posterior outline of the bare trunk and of everything, at the same heights (mm).

    `hip_mm` is the height at which this camera sees mid-hip: one that looks down sees all lower.

    `cover_mm` tells by cause how far each thing reaches beyond the skin at its worst
    place over the hollow; tight cloth is a few millimetres thick.
    """

    height_mm: Floats
    skin_mm: Floats
    visible_mm: Floats
    skin_px: Floats
    visible_px: Floats
    stature_mm: float
    hip_mm: float
    cover_mm: dict[str, float]

    def truth(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "height_mm": self.height_mm.round(1).tolist(),
            "skin_mm": self.skin_mm.round(2).tolist(),
            "visible_mm": self.visible_mm.round(2).tolist(),
            "skin_px": self.skin_px.round(2).tolist(),
            "visible_px": self.visible_px.round(2).tolist(),
            "skin_metrics": self._curve(self.skin_mm),
            "visible_metrics": self._curve(self.visible_mm),
        }

    def _curve(self, line_mm: Floats) -> dict[str, float]:
        return curve_metrics(self.height_mm, line_mm, self.stature_mm, self.hip_mm)


@dataclass(frozen=True)
class Projector:
    """Person space -> posterior distance and height in millimetres, and back to pixels.

    `to_world` carries points of person space into the scene, `floor` is the point of person
    space that both are measured from.
    """

    view: SceneView
    to_world: Callable[[Floats], Floats]
    facing: Facing
    floor: Floats

    def back_and_height(self, points: Floats) -> tuple[Floats, Floats]:
        """Posterior distance and height (n,) of points (n, 3)."""
        px = self.view.upright_px(self.to_world(points)) - self._origin_px
        x, y = px.T / self.view.upright_px_per_mm
        return posterior_sign(self.facing) * x, -y

    def finished_px(self, back: Floats, height: Floats) -> Floats:
        """Where points of the outline lie in the finished picture."""
        px = np.stack([posterior_sign(self.facing) * back, -height], 1)
        return self.view.finish_upright(px * self.view.upright_px_per_mm + self._origin_px)

    @cached_property
    def _origin_px(self) -> Floats:
        return np.asarray(self.view.upright_px(self.to_world(self.floor[None]))[0])


@dataclass(frozen=True)
class Surfaces:
    """What an outline is made of: the bare trunk, what may stand out behind it by cause, stature.

    `ends` are points of person space (2, 3) at the levels between which the outline is taken.
    """

    trunk: Part
    covers: dict[str, list[Part]]
    ends: Floats
    stature_mm: float


def seen_outline(figure: Figure, view: SceneView) -> SeenOutline:
    """Outline of the back of a made-up person, from the thighs to C7."""
    dressed = figure.dressed
    body = dressed.body
    ends = np.array([[0, 0, trunk_levels(body)[0]], body.spine_point(1.0)])
    project = Projector(view, figure.to_world, figure.person.stand.facing, -figure.lift)
    trunk = (dressed.skin, dressed.trunk_edges)
    return outline_of(Surfaces(trunk, _covers(dressed), ends, 1000 * dressed.stature), project)


def outline_of(surfaces: Surfaces, project: Projector) -> SeenOutline:
    """Outline of the back as the camera sees it."""
    _, (low, high) = project.back_and_height(surfaces.ends)
    heights = np.arange(low, high, STEP_MM)

    def reach(parts: list[Part]) -> Floats:
        lines = []
        for pos, edges in parts:
            back, height = project.back_and_height(pos)
            lines.append(farthest_at_levels(heights, height, back, edges))
        return np.asarray(np.fmax.reduce(lines))

    skin = fill_gaps(heights, reach([surfaces.trunk]))
    covers = {name: reach(parts) for name, parts in surfaces.covers.items()}
    visible = np.fmax.reduce([skin, *covers.values()])
    hip = np.array([[0, 0, MID_HIP_SHARE * surfaces.stature_mm / 1000]])
    hip_mm = float(project.back_and_height(hip)[1][0])
    over = _over_hollow(heights, curve_metrics(heights, skin, surfaces.stature_mm, hip_mm))
    return SeenOutline(
        heights,
        skin,
        visible,
        project.finished_px(skin, heights),
        project.finished_px(visible, heights),
        surfaces.stature_mm,
        hip_mm,
        {name: _most(line - skin, over) for name, line in covers.items()},
    )


def _covers(dressed: DressedBody) -> dict[str, list[Part]]:
    """What may stand out behind the bare trunk, by cause."""
    hair = [(dressed.outer, dressed.head_edges)]
    if dressed.hair is not None:
        hair.append((dressed.hair.pos, edges_of(dressed.hair.tris)))
    return {
        "cloth": dressed.worn_on_trunk(),
        "arms": [(dressed.outer, dressed.arm_edges)],
        "hair": hair,
    }


def _over_hollow(heights: Floats, metrics: dict[str, float]) -> Bools:
    """True between the touch points of the bare skin's bridge; everywhere if there is none."""
    low = metrics.get("z_touch_low_mm", heights[0])
    high = metrics.get("z_touch_high_mm", heights[-1])
    return np.asarray((heights >= low) & (heights <= high))


def _most(beyond: Floats, where: Bools) -> float:
    """Largest positive value at the chosen heights; NaN is nothing there."""
    return round(float(np.nan_to_num(beyond[where], nan=0).clip(0).max()), 2)
