"""An outside mesh in person space: metres, x left, y back, z up, soles on z = 0."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from benchmarks.bodies.mesh import Floats, Ints, edges_of
from benchmarks.meshes.arms import arm_weight
from benchmarks.meshes.orient import metres_per_unit, rotation
from benchmarks.meshes.read import Notes, RawMesh
from posture.subject import Sex

ANKLES = (0.0, 0.06)  # of stature: between these levels the body stands on its middle
ARM_FROM = 0.3  # arm weight from which on a point is none of the trunk
HEAD = 0.86  # of stature: above this level all is neck and head
HALF_TRUNK_M = 0.20  # what is farther from the mid plane is none of the trunk


@dataclass(frozen=True)
class OutsideBody:
    """One standing body.

    Attributes:
        name, family: of the mesh; sex: of the person.
        pos: (n, 3) the skin; rest: (n, 3) before its arms were moved.
        tris: (m, 3) vertex indices, anticlockwise from outside.
        arm: (n,) arm weight, 0 to 1.
        stature: crown to sole, metres.
    """

    name: str
    family: str
    sex: Sex
    pos: Floats
    rest: Floats
    tris: Ints
    arm: Floats
    stature: float

    @cached_property
    def trunk_edges(self) -> Ints:
        """Edges of trunk, legs and head, without the arms."""
        on_trunk = (self.arm < ARM_FROM) & (np.abs(self.pos[:, 0]) < HALF_TRUNK_M)
        return edges_of(self.tris[on_trunk[self.tris].all(1)])

    @cached_property
    def arm_edges(self) -> Ints:
        """Edges of what is not the trunk's."""
        return edges_of(self.tris[(self.arm[self.tris] >= ARM_FROM).any(1)])

    @cached_property
    def head_edges(self) -> Ints:
        """Edges of neck and head."""
        on_head = (self.rest[:, 2] > HEAD * self.stature) & (self.arm < ARM_FROM)
        return edges_of(self.tris[on_head[self.tris].all(1)])


def outside_body(mesh: RawMesh, notes: Notes, family: str) -> OutsideBody:
    """Turn, scale and place a mesh, and find its arms unless they are known."""
    turn = rotation(mesh.vertices, notes.up, notes.front)
    pos, rest = mesh.vertices @ turn.T, mesh.rest @ turn.T
    scale = metres_per_unit(float(np.ptp(pos[:, 2])), notes.unit, notes.stature_mm)
    pos, rest = _on_floor(pos * scale), _on_floor(rest * scale)
    tris = outwards(pos, mesh.tris)
    arm = arm_weight(pos, tris) if mesh.arm_weight is None else mesh.arm_weight
    stature = float(np.ptp(pos[:, 2]))
    return OutsideBody(mesh.name, family, notes.sex, pos, rest, tris, arm, stature)


def outwards(pos: Floats, tris: Ints) -> Ints:
    """Triangles anticlockwise from outside: they enclose a positive volume."""
    a, b, c = pos[tris[:, 0]], pos[tris[:, 1]], pos[tris[:, 2]]
    volume = float((np.cross(a, b) * c).sum())
    return tris if volume > 0 else tris[:, ::-1]


def _on_floor(pos: Floats) -> Floats:
    """Put the soles on z = 0 and the middle of the ankles over the origin."""
    pos = pos - [0, 0, pos[:, 2].min()]
    share = pos[:, 2] / pos[:, 2].max()
    feet = pos[(share >= ANKLES[0]) & (share <= ANKLES[1]), :2]
    middle = (feet.min(0) + feet.max(0)) / 2
    return np.asarray(pos - [*middle, 0])
