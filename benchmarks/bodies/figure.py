"""A dressed person standing in the scene: placement and materials."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.bodies import shaders
from benchmarks.bodies.camera import stand_rotation
from benchmarks.bodies.config import PicturedPerson
from benchmarks.bodies.dressed import DressedBody
from benchmarks.bodies.mesh import Floats, vertex_normals
from benchmarks.bodies.renderer import RenderMesh

IRIS = (0.08, 0.05, 0.03)
STRIPE_M = 0.05


@dataclass(frozen=True)
class Figure:
    """One dressed person with the place where they stand."""

    person: PicturedPerson
    dressed: DressedBody

    @property
    def lift(self) -> Floats:
        """Person-space shift (metres) that puts shoes on the floor."""
        return np.array([0, 0, -self.dressed.outer[:, 2].min()])

    def to_world(self, points: Floats) -> Floats:
        """Person space -> world, metres."""
        where = self.person.stand
        return np.asarray(self._turn(points + self.lift) + np.array([where.x_m, where.y_m, 0]))

    def meshes(self) -> list[RenderMesh]:
        """Return every surface of the person, with materials."""
        dressed = self.dressed
        coarse = dressed.body.model.body
        outer = self.to_world(dressed.outer)
        body = RenderMesh(
            outer,
            self._turn(vertex_normals(dressed.outer, dressed.tris)),
            dressed.tris,
            shaders.PERSON,
            self._materials(),
            dressed.rest.pos,
            dressed.fields,
            dressed.features,
            (outer[: len(coarse.ids)], coarse.coarse),
        )
        return [body, self._eyes(), *self._loose_parts()]

    def _loose_parts(self) -> list[RenderMesh]:
        """Hanging cloth and long hair."""
        parts = ((self.dressed.cloth, shaders.PERSON, 0), (self.dressed.hair, shaders.HAIR, 2))
        meshes = []
        for solid, kind, covering in parts:
            if solid is None:
                continue
            fields = np.full((len(solid.pos), 4), -1.0)
            fields[:, covering] = 0.1
            pos, normals = self.to_world(solid.pos), self._turn(solid.normals)
            meshes.append(
                RenderMesh(
                    pos,
                    normals,
                    solid.tris,
                    kind,
                    self._materials(),
                    solid.pos,
                    fields,
                    shadow=(pos, solid.tris),
                )
            )
        return meshes

    def _eyes(self) -> RenderMesh:
        vertices, iris = self.dressed.eyes()
        tris = self.dressed.body.model.eyes.tris
        pos = self.to_world(vertices)
        features = np.zeros((len(pos), 4))
        features[:, 0] = iris
        return RenderMesh(
            pos, vertex_normals(pos, tris), tris, shaders.EYE, {"objc": IRIS}, features=features
        )

    def _turn(self, vectors: Floats) -> Floats:
        return vectors @ stand_rotation(self.person.stand).T

    def _materials(self) -> dict[str, Any]:
        subject, wardrobe = self.person.subject, self.person.wardrobe
        return {
            "skin": subject.skin,
            "hairc": subject.hair_color,
            "shirtc": wardrobe.shirt,
            "shortc": wardrobe.shorts,
            "shoec": wardrobe.shoe_color,
            "objc2": wardrobe.stripe_color,
            "pat": (float(wardrobe.stripes), STRIPE_M, 1.0, 0.0),
        }
