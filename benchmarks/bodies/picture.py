"""One configuration -> a JPEG, the people's mask and the truth about the first of them."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.bodies import shaders
from benchmarks.bodies.backline import (
    BackLines,
    above_gluteal_cleft,
    back_lines,
    curve_metrics,
    spine_levels,
)
from benchmarks.bodies.camera import View, expose, field_of_view, stand_rotation
from benchmarks.bodies.config import Crop, Person, Picture
from benchmarks.bodies.dressed import DressedBody
from benchmarks.bodies.mesh import Floats, vertex_normals
from benchmarks.bodies.model import BodyModel
from benchmarks.bodies.outline import seen_outline, to_world
from benchmarks.bodies.posed import PosedBody, rest_body, stand
from benchmarks.bodies.renderer import FINE_PASSES, Renderer, RenderMesh
from benchmarks.bodies.scene import ambient_light, build_lights, build_room

JOINT_BONES = {
    "shoulder": "upperarm01",
    "elbow": "lowerarm01",
    "wrist": "wrist",
    "hip": "upperleg01",
    "knee": "lowerleg01",
    "ankle": "foot",
}
SURFACE_POINTS = ("nose", "left_eye", "right_eye", "left_ear", "right_ear")
SURFACE_POINTS += ("left_big_toe", "right_big_toe", "left_heel", "right_heel")
IRIS = (0.08, 0.05, 0.03)
STRIPE_M = 0.05
MARGIN = 0.015  # least share of the picture between a person and its edge
# Where a cropped picture begins, below a body point, in statures.
CHIN_BELOW_NOSE, SHOULDERS_BELOW_C7, LEGS_BELOW_HIP = 0.040, 0.015, 0.035


@dataclass(frozen=True)
class Figure:
    """One dressed person with the place where they stand.

    `lift` brings shoes onto the floor.
    """

    person: Person
    dressed: DressedBody

    @property
    def lift(self) -> Floats:
        """Person-space shift (metres) that puts shoes on the floor."""
        return np.array([0, 0, -self.dressed.outer[:, 2].min()])

    def to_world(self, points: Floats) -> Floats:
        """Person space -> world."""
        return to_world(points + self.lift, self.person.stand)

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

    def _turn(self, normals: Floats) -> Floats:
        return normals @ stand_rotation(self.person.stand).T

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


class Studio:
    """The body model and the renderer, loaded once for many pictures."""

    def __init__(self, passes: int = FINE_PASSES) -> None:
        self.model = BodyModel()
        self.renderer = Renderer(passes)

    def figure(self, person: Person, seed: int) -> Figure:
        """Build one person."""
        body = stand(self.model, rest_body(self.model, person.subject), person.pose)
        return Figure(person, DressedBody(body, person.wardrobe, seed))

    def make(self, picture: Picture, stem: Path) -> dict[str, Any]:
        """Write `stem`.jpg and `stem`_mask.png; return the truth."""
        import cv2

        started = time.perf_counter()
        figures = [self.figure(p, picture.seed + i) for i, p in enumerate(picture.people)]
        view = frame(picture, figures[0])
        truth = truth_of(picture, figures[0], view)
        posed = time.perf_counter()
        rng = np.random.default_rng(picture.seed)
        rgb, coverage = self._render(picture, figures, view, rng)
        image = expose(view.develop(rgb), picture.sensor, rng)
        mask = np.clip(view.develop(coverage), 0, 1) * 255
        jpeg = [cv2.IMWRITE_JPEG_QUALITY, picture.sensor.jpeg]
        cv2.imwrite(f"{stem}.jpg", np.ascontiguousarray(image[..., ::-1]), jpeg)
        cv2.imwrite(f"{stem}_mask.png", mask.astype(np.uint8))
        finished = time.perf_counter()
        height, width = image.shape[:2]
        truth |= {
            "file": f"{stem.name}.jpg",
            "size": [width, height],
            "seconds": {
                "body": round(posed - started, 2),
                "picture": round(finished - posed, 2),
            },
        }
        return truth

    def _render(
        self, picture: Picture, figures: list[Figure], view: View, rng: np.random.Generator
    ) -> tuple[Floats, Floats]:
        meshes = [mesh for figure in figures for mesh in figure.meshes()]
        meshes += build_room(rng, picture.room)
        lights = build_lights(rng, picture.room, self.renderer.n_lights)
        ambient = ambient_light(picture.room)
        rgb, coverage = self.renderer.render(meshes, view, lights, ambient)
        return np.nan_to_num(rgb, nan=float(np.nanmedian(rgb)), posinf=1.0), coverage


def frame(picture: Picture, figure: Figure) -> View:
    """Point the camera so that the measured person has the wanted size."""
    camera, stature = picture.camera, figure.dressed.body.rest_stature
    reaching = figure.person.pose.arms.startswith("forward")
    whole = View(
        eye=np.array([camera.distance_m, camera.dy_m, camera.height_m]),
        at=np.array([0, camera.aim_y_m, camera.aim_z * stature]),
        fov_rad=field_of_view(camera, stature, reaching),
        roll_rad=np.radians(camera.roll_deg),
        barrel=camera.barrel,
        size=camera.size,
        crop=(0, 0, *camera.size),
    )
    whole = _step_back(whole, figure)
    if camera.crop == "none":
        return whole
    _, row = whole.to_px(figure.to_world(_crop_point(figure, camera.crop)[None]))[0]
    top = int(np.clip(row, 0, camera.size[1] - 1))
    return replace(whole, crop=(0, top, *camera.size))


def _step_back(view: View, figure: Figure) -> View:
    """Widen the view until the whole person is in it, lens and roll included."""
    px = view.to_px(figure.to_world(figure.dressed.outer))
    from_centre = np.abs(px / np.array(view.size) * 2 - 1).max()
    widen = max(1.0, from_centre / (1 - 2 * MARGIN))
    return replace(view, fov_rad=2 * math.atan(widen * math.tan(view.fov_rad / 2)))


def _crop_point(figure: Figure, crop: Crop) -> Floats:
    body = figure.dressed.body
    down = np.array([0, 0, -body.rest_stature])
    if crop == "chin":
        return body.model.face_point("nose", body.vertices) + CHIN_BELOW_NOSE * down
    if crop == "shoulders":
        return body.spine_point(1.0) + SHOULDERS_BELOW_C7 * down
    return body.head("upperleg01.L") + LEGS_BELOW_HIP * down


def truth_of(picture: Picture, figure: Figure, view: View) -> dict[str, Any]:
    """Everything known about the measured person, in millimetres and pixels."""
    dressed, body = figure.dressed, figure.dressed.body
    lines = back_lines(body, dressed.skin, dressed.trunk_edges, dressed.worn_on_trunk())
    levels, angles = spine_levels(body, lines, dressed.skin, dressed.level, dressed.rest.trunk)
    spinal = above_gluteal_cleft(body, lines.z_mm)
    seen = seen_outline(dressed, view, picture.person.stand)
    joints = _joints(body)
    joint_px = view.to_px(figure.to_world(np.array(list(joints.values()))))
    crown = dressed.outer[dressed.outer[:, 2].argmax()]
    ends = view.to_px(figure.to_world(np.array([crown, body.ankle() * [1, 1, 0] - figure.lift])))
    return {
        "config": picture.to_json(),
        "stature_mm": dressed.stature * 1000,
        "rest_stature_mm": body.rest_stature * 1000,
        "px_per_mm": view.px_per_mm,
        "crown_px": ends[0].round(2).tolist(),
        "sole_px": ends[1].round(2).tolist(),
        "metrics": {
            "envelope": curve_metrics(lines.z_mm, lines.envelope_mm),
            "midsagittal": curve_metrics(lines.z_mm[spinal], lines.midsagittal_mm[spinal]),
            "dressed": curve_metrics(lines.z_mm, lines.dressed_mm),
            **angles,
        },
        "levels": levels,
        "contour_mm": {
            "z": lines.z_mm.round(1).tolist(),
            "envelope": lines.envelope_mm.round(2).tolist(),
            "midsagittal": lines.midsagittal_mm.round(2).tolist(),
            "dressed": lines.dressed_mm.round(2).tolist(),
        },
        "contour_px": _lines_px(figure, view, lines),
        "seen": seen.truth(),
        "hidden_hollow_mm": seen.cover_mm,
        "joints_px": dict(zip(joints, joint_px.round(2).tolist(), strict=True)),
        "joints_mm": {name: (1000 * p).round(1).tolist() for name, p in joints.items()},
        "camera": {
            "eye_m": view.eye.tolist(),
            "at_m": view.at.tolist(),
            "fov_deg": float(np.degrees(view.fov_rad)),
            "rendered_size": list(view.size),
            "crop": list(view.crop),
        },
    }


def _lines_px(figure: Figure, view: View, lines: BackLines) -> dict[str, list[list[float]]]:
    """The mid-plane lines in the finished picture."""
    z, nothing = lines.z_mm / 1000, np.zeros_like(lines.z_mm)

    def pixels(y_mm: Floats) -> list[list[float]]:
        points = np.stack([nothing, y_mm / 1000, z], 1)
        return view.to_px(figure.to_world(points)).round(2).tolist()

    return {"envelope": pixels(lines.envelope_mm), "midsagittal": pixels(lines.midsagittal_mm)}


def _joints(body: PosedBody) -> dict[str, Floats]:
    """Joint centres and face, heel and toe points, person space in metres."""
    joints = {
        f"{name}_{joint}": body.head(f"{bone}.{side}")
        for joint, bone in JOINT_BONES.items()
        for side, name in (("L", "left"), ("R", "right"))
    }
    model = body.model
    known = [name for name in SURFACE_POINTS if name in model.face_points]
    return joints | {name: model.face_point(name, body.vertices) for name in known}
