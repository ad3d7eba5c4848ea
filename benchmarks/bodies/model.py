"""The body model behind one adapter: Anny in, plain numpy arrays out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from benchmarks.bodies.mesh import Bools, Floats, SubMesh, load_obj_groups

N_VERTICES = 19158  # with eyes, teeth and helper geometry
N_SKIN = 13380  # the skin comes first

ARM_BONES = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
LEG_BONES = ("upperleg", "lowerleg", "foot", "toe")
# Where the skin is split finer, to about 3 mm, for folds and bands: of stature, above the hips and
# in front of them.
BACK_SPLITS, BACK, FLANKS_BEFORE_HIP = 2, (0.0, 0.26), 0.04
REGION_MASKS = ("lips", "aureolae")

Rest = tuple[Floats, Floats]  # vertices and bone heads of a rest body, metres


class BodyModel:
    """Anny with the MakeHuman topology (code Apache-2.0, data CC0).

    Weights are per vertex of the full mesh, 0..1. `arm_weight` has the deltoid,
    `free_arm_weight` has not.
    """

    def __init__(self) -> None:
        import anny
        import torch

        self._torch = torch
        self._anny = anny.Anny(
            rig="makehuman",
            topology="makehuman-full",
            local_changes="all",
            phenotypes="all",
            skinning_method="lbs",
        )
        data = Path(anny.__file__).parent / "data"
        self.bones: list[str] = list(self._anny.bone_labels)
        self.bone_index = {bone: i for i, bone in enumerate(self.bones)}
        self.parents: list[int] = [int(i) for i in self._anny.bone_parents]
        self.skin_weights = self._dense_skin_weights()
        uv, groups = load_obj_groups(data / "mpfb2/3dobjs/base.obj")
        self.body = SubMesh(groups["body"][0], uv, groups["body"][1])
        self.body.split_where(self._on_back(), BACK_SPLITS)
        eyes = [groups[name][0] for name in ("helper-l-eye", "helper-r-eye")]
        self.eyes = SubMesh(np.concatenate(eyes))
        points = torch.load(data / "keypoints/coco.pth", weights_only=True)
        self.face_points = {name: np.asarray(w)[:N_VERTICES] for name, w in points.items()}
        self.reddish = self._region_masks(data / "mpfb2/textures")
        self.free_arm_weight = self._weight_of(lambda bone: bone.startswith(ARM_BONES))
        self.arm_weight = self.free_arm_weight + self._weight_of(
            lambda bone: bone.startswith("shoulder01")
        )
        self.head_weight = self._weight_of(self._is_in_head)
        self.leg_weight = self._weight_of(lambda bone: bone.startswith(LEG_BONES))

    def rest(self, phenotype: Mapping[str, float], shape: Mapping[str, float]) -> Rest:
        """Return rest vertices and bone heads in metres, soles on z = 0."""
        torch = self._torch
        sliders = dict.fromkeys(self._anny.phenotype_labels, 0.5) | dict(phenotype)
        still = torch.eye(4)[None, None].repeat(1, self._anny.bone_count, 1, 1)
        options = {"local_changes_kwargs": dict(shape)} if shape else {}
        with torch.no_grad():
            out = self._anny(pose_parameters=still, phenotype_kwargs=sliders, **options)
        vertices = out["rest_vertices"][0].numpy().astype(float)
        heads = out["rest_bone_heads"][0].numpy().astype(float)
        floor = vertices[:N_SKIN, 2].min()
        return vertices - [0, 0, floor], heads - [0, 0, floor]

    def face_point(self, name: str, vertices: Floats) -> Floats:
        """Where a face, heel or toe point lies on the given vertices, metres."""
        return self.face_points[name] @ vertices

    def ear(self, vertices: Floats) -> Floats:
        """Midpoint of the two ears, metres."""
        left, right = (self.face_point(f"{side}_ear", vertices) for side in ("left", "right"))
        return 0.5 * (left + right)

    def _on_back(self) -> Bools:
        """True on the back and the flanks (full mesh), from the buttocks to the shoulder blades."""
        vertices, heads = self.rest({}, {})
        stature = float(np.ptp(vertices[:N_SKIN, 2]))
        hip = heads[self.bone_index["upperleg01.L"]]
        in_trunk = self._weight_of(lambda bone: bone.startswith(("root", "spine"))) > 0.5
        share = (vertices[:, 2] - hip[2]) / stature
        behind = vertices[:, 1] > hip[1] - FLANKS_BEFORE_HIP * stature
        return np.asarray(in_trunk & behind & (share > BACK[0]) & (share < BACK[1]))

    def _dense_skin_weights(self) -> Floats:
        dense = np.zeros((N_VERTICES, len(self.bones)))
        index = self._anny.vertex_bone_indices.numpy()
        weight = self._anny.vertex_bone_weights.numpy()
        for k in range(index.shape[1]):
            np.add.at(dense, (np.arange(N_VERTICES), index[:, k]), weight[:, k])
        return dense

    def _weight_of(self, wanted: Callable[[str], bool]) -> Floats:
        columns = [i for i, bone in enumerate(self.bones) if wanted(bone)]
        return np.asarray(self.skin_weights[:, columns].sum(1))

    def _is_in_head(self, bone: str) -> bool:
        i = self.bone_index[bone]
        while i >= 0:
            if self.bones[i] == "head":
                return True
            i = self.parents[i]
        return False

    def _region_masks(self, folder: Path) -> Floats:
        """Lips and areolae of the CC0 textures as values on the fine vertices."""
        from PIL import Image

        values = []
        for name in REGION_MASKS:
            image = np.asarray(Image.open(folder / f"mpfb_{name}.jpg").convert("L")) / 255.0
            height, width = image.shape
            u, v = self.body.uv.T
            column = np.clip((u * (width - 1)).astype(int), 0, width - 1)
            row = np.clip(((1 - v) * (height - 1)).astype(int), 0, height - 1)
            values.append(self.body.split @ (self.body.subdivide @ image[row, column]))
        return np.asarray(np.maximum(*values))
