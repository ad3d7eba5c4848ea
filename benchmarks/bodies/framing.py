"""Point the camera at a person and crop the picture."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from benchmarks.bodies.camera import SceneView
from benchmarks.bodies.config import Camera, Crop, Picture
from benchmarks.bodies.figure import Figure
from benchmarks.bodies.mesh import Floats

MARGIN = 0.015  # least share of the picture between a person and its edge
# Where a cropped picture begins, below a body point, in statures.
CHIN_BELOW_NOSE, SHOULDERS_BELOW_C7, LEGS_BELOW_HIP = 0.040, 0.015, 0.035


def frame(picture: Picture, figure: Figure) -> SceneView:
    """Point the camera so that the measured person has the wanted size."""
    camera = picture.camera
    reaching = figure.person.pose.arms.startswith("forward")
    stature = figure.dressed.body.rest_stature
    whole = whole_person(camera, stature, figure.to_world(figure.dressed.outer), reaching=reaching)
    if camera.crop == "none":
        return whole
    _, row = whole.to_px(figure.to_world(_crop_point(figure, camera.crop)[None]))[0]
    top = int(np.clip(row, 0, camera.size[1] - 1))
    return replace(whole, crop=(0, top, *camera.size))


def whole_person(camera: Camera, stature: float, world: Floats, *, reaching: bool) -> SceneView:
    """Show a person of this stature (metres) whole, given by points in the scene.

    `reaching` tells that the arms are held forward.
    """
    view = SceneView(
        eye=np.array([camera.distance_m, camera.dy_m, camera.height_m]),
        at=np.array([0, camera.aim_y_m, camera.aim_z * stature]),
        fov_rad=_field_of_view(camera, stature, reaching),
        roll_rad=np.radians(camera.roll_deg),
        barrel=camera.barrel,
        size=camera.size,
        crop=(0, 0, *camera.size),
    )
    return _step_back(view, world)


def _field_of_view(camera: Camera, stature_m: float, aspect_needs_width: bool) -> float:
    """Vertical opening angle (radians) at which the person fills `fill` of the height.

    Arms held forward must also fit the width.
    """
    width, height = camera.size
    seen = stature_m / camera.fill
    if aspect_needs_width:
        seen = max(seen, stature_m * height / width)
    return 2 * math.atan(seen / 2 / camera.distance_m)


def _step_back(view: SceneView, world: Floats) -> SceneView:
    """Widen the view until the whole person is in it, lens and roll included."""
    px = view.to_px(world)
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
