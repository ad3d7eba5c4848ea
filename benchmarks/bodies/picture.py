"""One configuration -> a JPEG, the people's mask and the truth about the first of them."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.bodies.camera import SceneView, expose
from benchmarks.bodies.config import Picture, PicturedPerson, Room, Sensor
from benchmarks.bodies.dressed import DressedBody
from benchmarks.bodies.figure import Figure
from benchmarks.bodies.framing import frame
from benchmarks.bodies.mesh import Bytes
from benchmarks.bodies.model import BodyModel
from benchmarks.bodies.posed import rest_body, stand
from benchmarks.bodies.renderer import FINE_PASSES, Renderer, RenderMesh
from benchmarks.bodies.scene import ambient_light, build_lights, build_room
from benchmarks.bodies.truth import truth_of


class Studio:
    """The body model and the renderer, loaded once for many pictures."""

    def __init__(self, passes: int = FINE_PASSES) -> None:
        self.model = BodyModel()
        self.renderer = Renderer(passes)

    def figure(self, person: PicturedPerson, seed: int) -> Figure:
        """Build one person."""
        body = stand(self.model, rest_body(self.model, person.subject), person.pose)
        return Figure(person, DressedBody(body, person.subject.relief, person.wardrobe, seed))

    def make(self, picture: Picture, stem: Path) -> dict[str, Any]:
        """Write `stem`.jpg and `stem`_mask.png; return the truth."""
        import cv2

        started = time.perf_counter()
        figures = [self.figure(p, picture.seed + i) for i, p in enumerate(picture.people)]
        view = frame(picture, figures[0])
        truth = truth_of(picture, figures[0], view)
        posed = time.perf_counter()
        rng = np.random.default_rng(picture.seed)
        meshes = [mesh for figure in figures for mesh in figure.meshes()]
        image, mask = photograph(self.renderer, meshes, picture.room, picture.sensor, view, rng)
        save_jpeg(image, Path(f"{stem}.jpg"), picture.sensor)
        cv2.imwrite(f"{stem}_mask.png", mask)
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


def photograph(
    renderer: Renderer,
    people: list[RenderMesh],
    room: Room,
    sensor: Sensor,
    view: SceneView,
    rng: np.random.Generator,
) -> tuple[Bytes, Bytes]:
    """Photo (height, width, 3) and mask (height, width) of people in a room, 0 to 255."""
    meshes = people + build_room(rng, room)
    lights = build_lights(rng, room, renderer.n_lights)
    rgb, coverage = renderer.render(meshes, view, lights, ambient_light(room))
    rgb = np.nan_to_num(rgb, nan=float(np.nanmedian(rgb)), posinf=1.0)
    image = expose(view.develop(rgb), sensor, rng)
    return image, (np.clip(view.develop(coverage), 0, 1) * 255).astype(np.uint8)


def save_with_truth(image: Bytes, truth: dict[str, Any], stem: Path, sensor: Sensor) -> None:
    """Write `stem`.json and `stem`.jpg, in this order: where there is a photo there is a truth."""
    photo = stem.with_name(f"{stem.name}.jpg")
    whole = json.dumps(truth | {"file": photo.name})
    stem.with_name(f"{stem.name}.json").write_text(whole, encoding="utf-8")
    unfinished = stem.with_name(f"unfinished-{photo.name}")
    save_jpeg(image, unfinished, sensor)
    unfinished.replace(photo)


def save_jpeg(image: Bytes, path: Path, sensor: Sensor) -> None:
    """Write a photo as its camera does."""
    import cv2

    quality = [cv2.IMWRITE_JPEG_QUALITY, sensor.jpeg]
    cv2.imwrite(str(path), np.ascontiguousarray(image[..., ::-1]), quality)
