"""A posed body with skin, clothes and hair: every surface the camera may see."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from benchmarks.bodies import hair
from benchmarks.bodies.backline import Part
from benchmarks.bodies.clothes import (
    LOOSE_TOPS,
    OUTFITS,
    RestSurface,
    bottom_field,
    edges_within,
    shoe_field,
    top_field,
    trunk_edges,
)
from benchmarks.bodies.config import Relief, Wardrobe
from benchmarks.bodies.drape import DrapeRange, hanging_cloth
from benchmarks.bodies.mesh import (
    Floats,
    Ints,
    Solid,
    edges_of,
    neighbour_average,
    vertex_normals,
)
from benchmarks.bodies.posed import PosedBody
from benchmarks.bodies.relief import displaced, held_down, relief_of, spanned
from benchmarks.bodies.spine import smoothstep

SHOE_M = 0.006
DRAPE_TOP_LEVEL = 0.72  # of the spine: above the shoulder blades' greatest prominence
DRAPE_HEM = 0.085  # of stature, below L5/S1


class DressedBody:
    """Skin, dressed surface, hanging cloth and hair of one body (person space, metres).

    `skin` and `outer` are the fine vertices without and with what is worn close to them;
    both share `tris`. `fields` are the garments' signed fields for the shader: top,
    bottom, hairline, shoes; `features` are 0, lips and areolae, brows, 0.
    """

    def __init__(self, body: PosedBody, relief: Relief, wardrobe: Wardrobe, seed: int):
        self.body, self.wardrobe, self.seed = body, wardrobe, seed
        model, outfit = body.model, OUTFITS[wardrobe.outfit]
        self.rest = RestSurface(body)
        self.tris = model.body.tris
        self.relief = relief_of(self.rest, relief, wardrobe)
        self.skin = displaced(model.body.fine(body.vertices), self.tris, self.relief)
        self.level = model.body.fine(body.level)
        top, bottom = (
            top_field(self.rest, outfit.top),
            bottom_field(self.rest, outfit.bottom, wardrobe),
        )
        hairline = hair.hairline_field(self.rest, wardrobe.hair)
        shoes = shoe_field(self.rest, wardrobe.shoes)
        self.fields = np.stack([top, bottom, hairline, shoes], 1)
        nothing = np.zeros_like(top)
        brows = hair.brow_field(self.rest)
        self.features = np.stack([nothing, model.reddish, brows, nothing], 1)
        self.outer = self._dress()

    @property
    def stature(self) -> float:
        """Crown to sole as the person stands, metres."""
        return float(np.ptp(self.skin[:, 2]))

    @cached_property
    def trunk_edges(self) -> Ints:
        """Edges of trunk and legs, without free arms and head."""
        return trunk_edges(self.rest)

    @cached_property
    def arm_edges(self) -> Ints:
        """Edges of the free arms and hands."""
        return edges_within(self.rest, self.rest.free_arm)

    @cached_property
    def head_edges(self) -> Ints:
        """Edges of the head with its short hair."""
        return edges_within(self.rest, self.rest.head)

    @cached_property
    def cloth(self) -> Solid | None:
        """The part of a loose top that hangs, or None."""
        looseness = self.wardrobe.looseness
        if looseness <= 0 or OUTFITS[self.wardrobe.outfit].top not in LOOSE_TOPS:
            return None
        heights = DrapeRange(
            top=self.body.spine_point(DRAPE_TOP_LEVEL)[2],
            hem=self.body.spine_point(0.0)[2] - DRAPE_HEM * self.body.rest_stature,
        )
        return hanging_cloth(self.outer, self.trunk_edges, heights, looseness, self.seed)

    @cached_property
    def hair(self) -> Solid | None:
        """Bun, ponytail or long loose hair, or None."""
        style, length = self.wardrobe.hair, self.wardrobe.hair_length_m
        if style == "bun":
            return hair.bun(self.body)
        if style not in ("ponytail", "long"):
            return None
        parts = [(self.outer, self.trunk_edges), (self.outer, self.head_edges)]
        if self.cloth is not None:
            parts.append((self.cloth.pos, edges_of(self.cloth.tris)))
        levels, back = hair.reach_behind(parts, self.outer[:, 2].max() - 0.01, 0.45 * self.stature)
        make = hair.ponytail if style == "ponytail" else hair.long_hair
        return make(self.body, back, levels, length)

    def eyes(self) -> tuple[Floats, Floats]:
        """Fine vertices of both eyeballs and how near each is to the pupil, 0..1."""
        model, rest = self.body.model, self.body.rest_vertices
        ball = model.eyes.fine(rest)
        left = ball[:, 0] > 0
        centre = np.where(left[:, None], ball[left].mean(0), ball[~left].mean(0))
        radius = np.linalg.norm((ball - centre)[left], axis=1).max()
        iris = np.clip(((centre - ball)[:, 1] / radius - 0.80) / 0.2, 0, 1)
        return model.eyes.fine(self.body.vertices), iris

    def worn_on_trunk(self) -> list[Part]:
        """(vertices, edges) of the dressed trunk and of hanging cloth."""
        worn = [(self.outer, self.trunk_edges)]
        if self.cloth is not None:
            worn.append((self.cloth.pos, edges_of(self.cloth.tris)))
        return worn

    def _dress(self) -> Floats:
        """Lift the skin by cloth, hair and shoes; cloth bridges the small hollows."""
        top, bottom, hairline, shoes = self.fields.T
        clothed = smoothstep(-0.001, 0.006, np.maximum(top, bottom))
        tight = clothed * (1 - held_down(self.rest, self.wardrobe))
        over_relief = spanned(self.relief, self.tris, tight)
        outer = displaced(self._bridge(clothed[:, None]), self.tris, over_relief)
        normals = vertex_normals(outer, self.tris)
        outer = outer + normals * clothed[:, None] * self.wardrobe.cloth_mm / 1000
        out, up = hair.lift(hairline, self.wardrobe.hair)
        outer = outer + normals * out[:, None] + up[:, None] * np.array([0, 0.3, 1])
        return np.asarray(outer + normals * smoothstep(-0.002, 0.004, shoes)[:, None] * SHOE_M)

    def _bridge(self, clothed: Floats) -> Floats:
        """Smooth outwards only: stretched cloth spans grooves and never sinks in.

        Done on the body as it is before splitting and before the skin's relief.
        """
        mesh = self.body.model.body
        skin = mesh.subdivide @ self.body.vertices[mesh.ids]
        clothed = clothed[: len(skin)]
        average = neighbour_average(mesh.smooth, len(skin))
        normals = vertex_normals(skin, mesh.smooth)
        outer = skin.copy()
        for _ in range(12):
            step = average @ outer - outer
            outwards = np.maximum((step * normals).sum(1, keepdims=True), 0)
            outer += clothed * (0.8 * outwards * normals + 0.25 * step)
        sunk = np.minimum(((outer - skin) * normals).sum(1, keepdims=True), 0)
        return np.asarray(mesh.split @ (outer - sunk * normals))
