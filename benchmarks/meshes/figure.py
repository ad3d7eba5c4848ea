"""A dressed outside body standing in the scene."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from benchmarks.bodies import shaders
from benchmarks.bodies.camera import SceneView, stand_rotation
from benchmarks.bodies.figure import STRIPE_M
from benchmarks.bodies.framing import whole_person
from benchmarks.bodies.mesh import Floats, vertex_normals
from benchmarks.bodies.outline import Projector, SeenOutline, Surfaces, outline_of
from benchmarks.bodies.renderer import RenderMesh
from benchmarks.meshes.body import OutsideBody
from benchmarks.meshes.clothes import DressedSkin, dress
from benchmarks.meshes.sampling import MeshPicture
from benchmarks.meshes.truth import trunk_levels

NO_BROWS = (0.0, 0.0, -1.0, 0.0)


@dataclass(frozen=True)
class MeshFigure:
    """One outside body with what it wears and where it stands."""

    body: OutsideBody
    picture: MeshPicture

    @cached_property
    def dressed(self) -> DressedSkin:
        """Its visible surface."""
        return dress(self.body, self.picture.worn)

    def to_world(self, points: Floats) -> Floats:
        """Person space -> world, metres."""
        where = self.picture.stand
        return np.asarray(self._turn(points) + np.array([where.x_m, where.y_m, 0]))

    def view(self) -> SceneView:
        """The camera that shows it whole."""
        outer = self.to_world(self.dressed.outer)
        return whole_person(self.picture.camera, self.body.stature, outer, reaching=False)

    def mesh(self) -> RenderMesh:
        """Its surface with materials."""
        dressed, tris = self.dressed, self.body.tris
        pos = self.to_world(dressed.outer)
        normals = self._turn(vertex_normals(dressed.outer, tris))
        picture = self.picture
        materials = {
            "skin": picture.skin,
            "hairc": picture.hair_color,
            "shirtc": picture.shirt,
            "shortc": picture.shorts,
            "objc2": picture.stripe_color,
            "pat": (float(picture.stripes), STRIPE_M, 1.0, 0.0),
        }
        features = np.tile(NO_BROWS, (len(pos), 1))
        return RenderMesh(
            pos,
            normals,
            tris,
            shaders.PERSON,
            materials,
            self.body.rest,
            dressed.fields,
            features,
            (pos, tris),
        )

    def seen(self, view: SceneView) -> SeenOutline:
        """The outline of its back as the camera sees it."""
        body, outer = self.body, self.dressed.outer
        levels = trunk_levels(body.stature)
        ends = np.array([[0, 0, levels[0]], [0, 0, levels[-1]]])
        covers = {
            "cloth": [(outer, body.trunk_edges)],
            "arms": [(outer, body.arm_edges)],
            "hair": [(outer, body.head_edges)],
        }
        surfaces = Surfaces((body.pos, body.trunk_edges), covers, ends, 1000 * body.stature)
        project = Projector(view, self.to_world, self.picture.stand.facing, np.zeros(3))
        return outline_of(surfaces, project)

    def _turn(self, vectors: Floats) -> Floats:
        return np.asarray(vectors @ stand_rotation(self.picture.stand).T)
