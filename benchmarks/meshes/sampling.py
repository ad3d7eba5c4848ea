"""Random pictures of outside bodies: every range in one place."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any
from zlib import crc32

import numpy as np

from benchmarks.bodies import sampling
from benchmarks.bodies.config import Camera, Facing, Rgb, Room, Sensor, Stand
from benchmarks.bodies.scene import random_color
from benchmarks.meshes.clothes import COVERED, SKIN_ONLY, Worn

# Every turn comes with both facings before it comes again.
YAWS_DEG = (0.0, 5.0, -10.0, 15.0, 0.0, -5.0, 10.0, -15.0)
BARE_EVERY = 3  # a third of the pictures show a bare back
CLOTH_MM = (1.0, 3.0)
WAIST_SHARES = (0.575, 0.645)
HAIRS = ("short", "short", "short", "none")
STRIPED = 0.15
FAR_AHEAD_M = 0.25  # arms that reach farther forward than this need room in front
AGE_OF_HAIR = (0.5, 0.9)


@dataclass(frozen=True)
class MeshPicture:
    """What one picture of an outside body shows. Colours are linear RGB."""

    seed: int
    stand: Stand
    worn: Worn
    skin: Rgb
    hair_color: Rgb
    shirt: Rgb
    shorts: Rgb
    stripes: bool
    stripe_color: Rgb
    room: Room
    camera: Camera
    sensor: Sensor

    def to_json(self) -> dict[str, Any]:
        """Return plain dicts and lists."""
        return asdict(self)


def mesh_picture(name: str, seed: int, number: int, reach_m: float) -> MeshPicture:
    """The picture with this number of a body, whatever was made before it.

    `reach_m` is how far the arms reach forward.
    """
    body = crc32(name.encode())
    rng = np.random.default_rng([seed, body, number])
    side, yaw_deg = turn(number)
    arms = "forward_low" if reach_m > FAR_AHEAD_M else ""
    view = replace(sampling.camera(rng, arms, side), size=_size(rng))
    bare = (number + body) % BARE_EVERY == 0
    origin = rng.dirichlet([1, 1, 1])
    return MeshPicture(
        seed=int(rng.integers(1 << 30)),
        stand=Stand(side, yaw_deg),
        worn=Worn(
            outfit=sampling.pick(rng, SKIN_ONLY if bare else COVERED),
            hair=sampling.pick(rng, HAIRS),
            cloth_mm=float(rng.uniform(*CLOTH_MM)),
            waist_share=float(rng.uniform(*WAIST_SHARES)),
        ),
        skin=sampling.skin_color(rng, int(origin.argmax())),
        hair_color=sampling.hair_color(rng, float(rng.uniform(*AGE_OF_HAIR))),
        shirt=random_color(rng, 0.02, 0.8, 0.7),
        shorts=random_color(rng, 0.02, 0.5, 0.7),
        stripes=bool(rng.random() < STRIPED),
        stripe_color=random_color(rng),
        room=sampling.room(rng),
        camera=view,
        sensor=sampling.sensor(rng, "day", view.size[1]),
    )


def turn(number: int) -> tuple[Facing, float]:
    """Facing and turn of the picture with this number."""
    rounds, place = divmod(number, len(YAWS_DEG))
    half = place // (len(YAWS_DEG) // 2)
    facing: Facing = "left" if (place + half + rounds) % 2 == 0 else "right"
    return facing, YAWS_DEG[place]


def _size(rng: sampling.Rng) -> tuple[int, int]:
    return sampling.SIZES[rng.integers(len(sampling.SIZES))]
