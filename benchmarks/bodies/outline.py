"""The back outline as the camera sees it, and what hides the hollow.

Meshes are projected by an ideal camera at the same place (no roll, no distortion) and
scaled to millimetres at the person: `height_mm` above the floor point between the feet,
posterior distance from it. So perspective and a turned stance are in, the lens is not.
"""

from __future__ import annotations

from dataclasses import dataclass
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
from benchmarks.bodies.camera import View, posterior_sign
from benchmarks.bodies.dressed import DressedBody
from benchmarks.bodies.figure import Figure
from benchmarks.bodies.mesh import Bools, Floats, edges_of


@dataclass(frozen=True)
class SeenOutline:
    """Posterior outline of the bare trunk and of everything, at the same heights (mm).

    `cover_mm` tells by cause how far each thing reaches beyond the skin at its worst
    place over the hollow; tight cloth is a few millimetres thick.
    """

    height_mm: Floats
    skin_mm: Floats
    visible_mm: Floats
    skin_px: Floats
    visible_px: Floats
    cover_mm: dict[str, float]

    def truth(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "height_mm": self.height_mm.round(1).tolist(),
            "skin_mm": self.skin_mm.round(2).tolist(),
            "visible_mm": self.visible_mm.round(2).tolist(),
            "skin_px": self.skin_px.round(2).tolist(),
            "visible_px": self.visible_px.round(2).tolist(),
            "skin_metrics": curve_metrics(self.height_mm, self.skin_mm),
            "visible_metrics": curve_metrics(self.height_mm, self.visible_mm),
        }


class _Projector:
    """Person space -> posterior distance and height in millimetres, and back to pixels."""

    def __init__(self, view: View, figure: Figure):
        self.view, self.figure = view, figure
        self.sign = posterior_sign(figure.person.stand.facing)
        self.origin = view.upright_px(figure.to_world(-figure.lift[None]))[0]

    def back_and_height(self, points: Floats) -> tuple[Floats, Floats]:
        px = self.view.upright_px(self.figure.to_world(points)) - self.origin
        x, y = px.T / self.view.upright_px_per_mm
        return self.sign * x, -y

    def finished_px(self, back: Floats, height: Floats) -> Floats:
        px = np.stack([self.sign * back, -height], 1) * self.view.upright_px_per_mm
        return self.view.finish_upright(px + self.origin)


def seen_outline(figure: Figure, view: View) -> SeenOutline:
    """Outline of the back from below the hips to C7."""
    project, dressed = _Projector(view, figure), figure.dressed
    body = dressed.body
    ends = np.array([[0, 0, trunk_levels(body)[0]], body.spine_point(1.0)])
    _, (low, high) = project.back_and_height(ends)
    heights = np.arange(low, high, STEP_MM)

    def reach(parts: list[Part]) -> Floats:
        lines = []
        for pos, edges in parts:
            back, height = project.back_and_height(pos)
            lines.append(farthest_at_levels(heights, height, back, edges))
        return np.asarray(np.fmax.reduce(lines))

    skin = fill_gaps(heights, reach([(dressed.skin, dressed.trunk_edges)]))
    covers = {name: reach(parts) for name, parts in _covers(dressed).items()}
    visible = np.fmax.reduce([skin, *covers.values()])
    over = _over_hollow(heights, skin)
    return SeenOutline(
        heights,
        skin,
        visible,
        project.finished_px(skin, heights),
        project.finished_px(visible, heights),
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


def _over_hollow(heights: Floats, skin: Floats) -> Bools:
    """True between the touch points of the bare skin's bridge; everywhere if there is none."""
    metrics = curve_metrics(heights, skin)
    low = metrics.get("z_touch_low_mm", heights[0])
    high = metrics.get("z_touch_high_mm", heights[-1])
    return np.asarray((heights >= low) & (heights <= high))


def _most(beyond: Floats, where: Bools) -> float:
    """Largest positive value at the chosen heights; NaN is nothing there."""
    return round(float(np.nan_to_num(beyond[where], nan=0).clip(0).max()), 2)
