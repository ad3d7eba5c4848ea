"""One outside body -> its pictures, each with a truth file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.accuracy.dataset import reasons_of_cover
from benchmarks.bodies.backline import BackLines, curve_metrics
from benchmarks.bodies.camera import SceneView
from benchmarks.bodies.mesh import Bytes
from benchmarks.bodies.picture import photograph, save_with_truth
from benchmarks.bodies.renderer import Renderer
from benchmarks.meshes.body import OutsideBody
from benchmarks.meshes.figure import MeshFigure
from benchmarks.meshes.sampling import MeshPicture, mesh_picture
from benchmarks.meshes.truth import CLEFT_SHARE, back_lines

PROTOCOL_YAW_DEG = 10.0


def stem(body_name: str, number: int) -> str:
    """File name, without ending, of a picture."""
    return f"{body_name}-{number}"


def missing(folder: Path, body_name: str, count: int) -> list[int]:
    """Numbers of the pictures that are not there yet; the photo comes after its truth."""
    return [k for k in range(count) if not (folder / f"{stem(body_name, k)}.jpg").exists()]


def make(
    renderer: Renderer, body: OutsideBody, folder: Path, seed: int, numbers: list[int]
) -> Iterator[str]:
    """Make these pictures of a body, telling each one's name when it is there."""
    for number in numbers:
        name = stem(body.name, number)
        picture = mesh_picture(body.name, seed, number, reach_m=-float(body.pos[:, 1].min()))
        image, truth = pictured(renderer, MeshFigure(body, picture))
        save_with_truth(image, truth, folder / name, picture.sensor)
        yield name


def pictured(renderer: Renderer, figure: MeshFigure) -> tuple[Bytes, dict[str, Any]]:
    """The photo of a figure, and its truth."""
    picture, view = figure.picture, figure.view()
    rng = np.random.default_rng(picture.seed)
    image, _ = photograph(renderer, [figure.mesh()], picture.room, picture.sensor, view, rng)
    height, width = image.shape[:2]
    return image, truth_of(figure, view) | {"size": [width, height]}


def truth_of(figure: MeshFigure, view: SceneView) -> dict[str, Any]:
    """Everything known about the picture, under the names that made-up bodies have."""
    body, picture = figure.body, figure.picture
    lines, seen = back_lines(body, figure.dressed.outer), figure.seen(view)
    metrics = _metrics(lines, 1000 * body.stature)
    # Painted cloth is thin: where it seems to reach far it only lies over a ledge of the skin.
    reasons = reasons_of_cover(seen.cover_mm | {"cloth": 0.0})
    side_on = abs(picture.stand.yaw_deg) <= PROTOCOL_YAW_DEG
    stratum = "in_protocol" if side_on else "yaw"
    tags = {
        "family": body.family,
        "body": body.name,
        "stratum": stratum,
        "in_protocol": side_on and not reasons,
        "measurable": not reasons,
        "unmeasurable_because": reasons,
        "sex": body.sex,
        "stature_mm": 1000 * body.stature,
        **_shown(picture, view),
        **_curves(metrics, seen.truth()),
        **{f"hidden_by_{cause}_mm": mm for cause, mm in seen.cover_mm.items()},
    }
    return {
        "stratum": stratum,
        "sex": body.sex,
        "facing": picture.stand.facing,
        "status": "refused" if reasons else "measured",
        "reason": next(iter(reasons), ""),
        "tags": tags,
        "config": picture.to_json(),
        "stature_mm": 1000 * body.stature,
        "px_per_mm": view.px_per_mm,
        "metrics": metrics,
        "contour_mm": {
            "z": lines.z_mm.round(1).tolist(),
            "envelope": lines.envelope_mm.round(2).tolist(),
            "midsagittal": lines.midsagittal_mm.round(2).tolist(),
            "dressed": lines.dressed_mm.round(2).tolist(),
        },
        "seen": seen.truth(),
        "hidden_hollow_mm": seen.cover_mm,
    }


def _metrics(lines: BackLines, stature_mm: float) -> dict[str, dict[str, float]]:
    """The curve of each line; the mid line counts down to the gluteal cleft."""
    spinal = lines.z_mm > CLEFT_SHARE * stature_mm
    return {
        "envelope": curve_metrics(lines.z_mm, lines.envelope_mm, stature_mm),
        "midsagittal": curve_metrics(lines.z_mm[spinal], lines.midsagittal_mm[spinal], stature_mm),
        "dressed": curve_metrics(lines.z_mm, lines.dressed_mm, stature_mm),
    }


def _shown(picture: MeshPicture, view: SceneView) -> dict[str, Any]:
    """What the picture varies."""
    camera, worn = picture.camera, picture.worn
    return {
        "skin_lightness": sum(picture.skin) / 3,
        "facing": picture.stand.facing,
        "yaw_deg": picture.stand.yaw_deg,
        "arms": "as scanned",
        "outfit": worn.outfit,
        "cloth_mm": worn.cloth_mm,
        "looseness": 0.0,
        "hair": worn.hair,
        "crop": camera.crop,
        "background": picture.room.background,
        "light": "day",
        "camera_height_m": camera.height_m,
        "camera_distance_m": camera.distance_m,
        "roll_deg": camera.roll_deg,
        "barrel": camera.barrel,
        "height_px": camera.size[1],
        "px_per_mm": view.px_per_mm,
        "jpeg": picture.sensor.jpeg,
    }


def _curves(metrics: dict[str, dict[str, float]], seen: dict[str, Any]) -> dict[str, Any]:
    """The curve of the skin from the side, as the camera sees it, and of all that it sees."""
    skin = metrics["envelope"]
    of_camera, of_outline = seen["skin_metrics"], seen["visible_metrics"]
    return {
        "slca_deg": skin["slca_deg"],
        "hollow_depth_mm": skin["hollow_depth_mm"],
        "bridge_length_mm": skin.get("bridge_length_mm"),
        "seen_slca_deg": of_camera["slca_deg"],
        "seen_hollow_depth_mm": of_camera["hollow_depth_mm"],
        "outline_slca_deg": of_outline["slca_deg"],
        "outline_hollow_depth_mm": of_outline["hollow_depth_mm"],
    }
