"""Rest body -> standing body, in person space with the soles on z = 0."""

from __future__ import annotations

import math

import numpy as np

from benchmarks.bodies.arms import Rotate, arm_rotations, fixed
from benchmarks.bodies.config import AnnyBody, BodyPose
from benchmarks.bodies.mesh import Floats
from benchmarks.bodies.model import N_SKIN, BodyModel, Rest
from benchmarks.bodies.spine import SpineRod, tip_forward

SPINE_BONES = ("spine05", "spine04", "spine03", "spine02", "spine01")
TRUNK_BONES = ("root", *SPINE_BONES, "breast.L", "breast.R")
NECK_BONES = ("neck01", "neck02", "neck03", "head")
MAX_LEG_LEAN_DEG = 9.0
HEIGHT_NOTCHES = 512  # settings of the height slider, about 1.5 mm of stature each


class PosedBody:
    """One body in one pose.

    `rest_vertices` and `rest_heads` are the rest body; `vertices`, `heads` and
    `rotations` the posed one (full mesh, bone positions, bone rotations). Metres.
    """

    def __init__(
        self,
        model: BodyModel,
        rest: Rest,
        pose: BodyPose,
        leg_lean_deg: float = 0.0,
    ):
        self.model = model
        self.rest_vertices, self.rest_heads = rest
        self.rest_stature = float(np.ptp(self.rest_vertices[:N_SKIN, 2]))
        hip = 0.5 * (self.rest_head("upperleg01.L") + self.rest_head("upperleg01.R"))
        neck_z = self.rest_head("neck01")[2]
        self.rod = SpineRod(self.rest_vertices, hip, neck_z, self.rest_stature, pose)
        self.level = self.rod.level_of(self.rest_vertices[:, 2])
        self.heads, self.rotations = self._pose_bones(pose, leg_lean_deg)
        self.vertices = self._skin()
        self.shift = self._drop_to_floor()

    def rest_head(self, bone: str) -> Floats:
        """Position of a bone's head on the rest body."""
        return np.asarray(self.rest_heads[self.model.bone_index[bone]])

    def head(self, bone: str) -> Floats:
        """Position of a bone's head on the posed body."""
        return np.asarray(self.heads[self.model.bone_index[bone]])

    def spine_point(self, s: float) -> Floats:
        """Position of a spine level on the posed body."""
        return self.rod.carry(np.array(s), self._rod_rest(s)) + self.shift

    def ankle(self) -> Floats:
        """Midpoint of the ankles."""
        return 0.5 * (self.head("foot.L") + self.head("foot.R"))

    def _rod_rest(self, s: float) -> Floats:
        return np.array([np.interp(s, self.rod.s, self.rod.rest[:, k]) for k in range(3)])

    def _pose_bones(self, pose: BodyPose, leg_lean_deg: float) -> tuple[Floats, Floats]:
        model, rod = self.model, self.rod
        trunk = {model.bone_index[bone] for bone in TRUNK_BONES}
        set_rotations = self._set_rotations(pose, leg_lean_deg)
        positions = np.zeros((len(model.bones), 3))
        rotations = np.zeros((len(model.bones), 3, 3))
        for i, bone in enumerate(model.bones):
            parent, rest = model.parents[i], self.rest_heads[i]
            s = np.array(rod.level_of(rest[2]))
            if i in trunk:
                positions[i] = rod.carry(s, rest)
                rotations[i] = tip_forward(rod.turn_at(float(s)))
                continue
            if parent in trunk:
                positions[i] = rod.carry(s, rest)
                above = tip_forward(rod.turn_at(float(s)))
            else:
                above = rotations[parent]
                positions[i] = positions[parent] + above @ (rest - self.rest_heads[parent])
            rotations[i] = set_rotations[bone](above) if bone in set_rotations else above
        return positions, rotations

    def _set_rotations(self, pose: BodyPose, leg_lean_deg: float) -> dict[str, Rotate]:
        neck, head = self.rod.turn[-1], math.radians(pose.head_pitch_deg)
        lean, knee = math.radians(leg_lean_deg), math.radians(pose.knee_flex_deg)
        angles = {
            bone: neck + (head - neck) * (k + 1) / len(NECK_BONES)
            for k, bone in enumerate(NECK_BONES)
        }
        for side in "LR":
            angles |= {
                f"upperleg01.{side}": lean - knee,
                f"lowerleg01.{side}": lean + knee,
                f"foot.{side}": 0.0,
            }
        rotations = {bone: fixed(tip_forward(angle)) for bone, angle in angles.items()}
        return rotations | arm_rotations(pose.arms, self.rest_heads, self.model.bone_index)

    def _skin(self) -> Floats:
        """Trunk vertices follow the rod, the others their bones (linear blending)."""
        model, weights = self.model, self.model.skin_weights
        trunk = sorted(model.bone_index[bone] for bone in TRUNK_BONES)
        share = weights[:, trunk].sum(1, keepdims=True)
        out: Floats = share * self.rod.carry(self.level, self.rest_vertices)
        for i in set(range(len(model.bones))) - set(trunk):
            touched = np.nonzero(weights[:, i])[0]
            offsets = self.rest_vertices[touched] - self.rest_heads[i]
            moved = self.heads[i] + offsets @ self.rotations[i].T
            out[touched] += weights[touched, i, None] * moved
        return out

    def _drop_to_floor(self) -> Floats:
        """Put the ankles back over their rest place and the soles on the floor."""
        rest_ankle = 0.5 * (self.rest_head("foot.L") + self.rest_head("foot.R"))
        shift = rest_ankle - self.ankle()
        shift[2] -= (self.vertices[:N_SKIN, 2] + shift[2]).min()
        self.vertices = self.vertices + shift
        self.heads = self.heads + shift
        return shift


def stand(model: BodyModel, rest: Rest, pose: BodyPose) -> PosedBody:
    """Pose a rest body, leaning its legs until the head is in balance over the feet."""
    lean_deg = 0.0
    for _ in range(2):
        body = PosedBody(model, rest, pose, lean_deg)
        ankle = body.ankle()
        leg = body.head("upperleg01.L")[2] - ankle[2]
        too_far_back = model.ear(body.vertices)[1] - ankle[1] + pose.head_forward_mm / 1000
        lean_deg += math.degrees(math.asin(np.clip(too_far_back / leg, -0.3, 0.3)))
        lean_deg = float(np.clip(lean_deg, -MAX_LEG_LEAN_DEG, MAX_LEG_LEAN_DEG))
    return PosedBody(model, rest, pose, lean_deg)


def rest_body(model: BodyModel, subject: AnnyBody) -> Rest:
    """Return the subject's rest body, the model's unmetric height slider set by its stature."""
    phenotype = subject.phenotype()

    def stature_mm(height: float) -> float:
        vertices, _ = model.rest(phenotype | {"height": height}, {})
        return float(np.ptp(vertices[:N_SKIN, 2])) * 1000

    height, before = 0.6, 0.4
    stature_before = stature_mm(before)
    for _ in range(3):
        stature = stature_mm(height)
        per_slider = (stature - stature_before) / (height - before)
        before, stature_before = height, stature
        height = float(np.clip(height + (subject.stature_mm - stature) / per_slider, 0, 0.999))
        if abs(height - before) < 1e-4:
            break
    notch = (math.floor(height * HEIGHT_NOTCHES) + 0.5) / HEIGHT_NOTCHES
    return model.rest(phenotype | {"height": notch}, subject.shape)
