"""The room: wall, floor, furniture, light. Colours are linear RGB."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from benchmarks.bodies import shaders
from benchmarks.bodies.config import Rgb, Room
from benchmarks.bodies.mesh import Solid, box, rectangle
from benchmarks.bodies.renderer import Ambient, Light, RenderMesh

SKIRTING = {"objc": (0.7, 0.68, 0.65), "objc2": (0.5, 0.5, 0.5), "pat": (0.0, 1.0, 0.0, 0.0)}
OAK = ((0.42, 0.26, 0.14), (0.28, 0.16, 0.09))
GREY: Rgb = (0.3, 0.3, 0.3)
FLOORS = ("planks", "tiles", "carpet", "plain")
CENTRE = np.array([0, 0, 1.0])


def random_color(
    rng: np.random.Generator, low: float = 0.03, high: float = 0.8, saturation: float = 0.6
) -> Rgb:
    """A grey level with each channel off by up to `saturation`."""
    grey = rng.uniform(low, high)
    r, g, b = np.clip(grey * (1 + saturation * rng.uniform(-1, 1, 3)), 0.01, 0.95)
    return float(r), float(g), float(b)


def build_room(rng: np.random.Generator, room: Room) -> list[RenderMesh]:
    """Wall, floor, skirting board and, in a cluttered room, furniture and pictures."""
    meshes = [_wall(rng, room), _floor(rng, room)]
    if room.background != "gradient" or rng.random() < 0.5:
        board = box((0.01 - room.wall_m, 0, 0.045), (0.02, 12, 0.09))
        meshes.append(_mesh(board, shaders.OBJECT, SKIRTING))
    if room.background == "clutter":
        meshes += [_furniture(rng, room) for _ in range(rng.integers(5, 11))]
    if room.background == "home":
        meshes += _home(rng, room)
    if room.backlit:
        meshes.append(_window(rng, room))
    return meshes


def _mesh(solid: Solid, kind: int, uniforms: dict[str, Any]) -> RenderMesh:
    return RenderMesh(solid.pos, solid.normals, solid.tris, kind, uniforms)


def _wall(rng: np.random.Generator, room: Room) -> RenderMesh:
    color = random_color(rng, 0.25, 0.8, 0.15)
    second = random_color(rng, 0.2, 0.8, 0.3)
    pattern = (shaders.PLAIN, 1.0, 0.0, rng.uniform(0, 99))
    if room.background == "gradient":
        pattern = (shaders.FADE, 1.0, 0.0, 3.0)
    elif room.background == "texture":
        choice = rng.integers(0, 4)
        pattern = (
            (shaders.STRIPES, rng.uniform(0.06, 0.3), rng.uniform(0.2, 0.9), 1.0),
            (shaders.BRICKS, rng.uniform(0.06, 0.12), 0.6, rng.uniform(0, 9)),
            (shaders.BLOTCHES, rng.uniform(0.05, 0.4), 1.0, rng.uniform(0, 9)),
            (shaders.TILES, rng.uniform(0.15, 0.4), 1.0, 2.0),
        )[choice]
    solid = rectangle((-room.wall_m, -6, -0.01), (0, 12, 0), (0, 0, 4.2), (1, 0, 0))
    uniforms = {"objc": room.wall_color or color, "objc2": second, "pat": _floats(pattern)}
    return _mesh(solid, shaders.WALL, uniforms)


def _floor(rng: np.random.Generator, room: Room) -> RenderMesh:
    choice = rng.integers(0, 4)
    kinds = {
        "planks": (*OAK, (shaders.PLANKS, 0.11, 1.0, rng.uniform(0, 9))),
        "tiles": (random_color(rng, 0.2, 0.5, 0.1), GREY, (shaders.TILES, 0.4, 1.0, 1.0)),
        "carpet": (
            random_color(rng, 0.1, 0.5, 0.3),
            random_color(rng, 0.1, 0.4, 0.3),
            (shaders.BLOTCHES, 0.02, 1.0, 1.0),
        ),
        "plain": (random_color(rng, 0.2, 0.5, 0.1), GREY, (shaders.PLAIN, 1.0, 0.0, 4.0)),
    }
    color, second, pattern = kinds[room.floor or FLOORS[choice]]
    solid = rectangle((-6, -6, 0), (12, 0, 0), (0, 12, 0), (0, 0, 1))
    uniforms = {"objc": color, "objc2": second, "pat": _floats(pattern)}
    return _mesh(solid, shaders.FLOOR, uniforms)


def _furniture(rng: np.random.Generator, room: Room) -> RenderMesh:
    """A cupboard on the floor or a picture on the wall."""
    width, height = rng.uniform(0.15, 1.1), rng.uniform(0.2, 2.0)
    deepest = min(0.4, room.wall_m - 0.45) if room.wall_m > 0.5 else 0.05
    depth = rng.uniform(0.03, deepest)
    z = height / 2 if rng.random() < 0.55 else rng.uniform(1.0, 2.0)
    solid = box((depth / 2 - room.wall_m, rng.uniform(-1.8, 1.8), z), (depth, width, height))
    first, second = random_color(rng, 0.03, 0.8, 0.7), random_color(rng, 0.03, 0.8, 0.7)
    kinds = (shaders.PLAIN, shaders.STRIPES, shaders.BLOTCHES, shaders.BLOTCHES)
    pattern = (rng.choice(kinds), rng.uniform(0.02, 0.25), rng.uniform(0.3, 1), rng.uniform(0, 50))
    return _mesh(solid, shaders.OBJECT, {"objc": first, "objc2": second, "pat": _floats(pattern)})


def _home(rng: np.random.Generator, room: Room) -> list[RenderMesh]:
    """A door, a framed print and a sideboard beside the person, in quiet colours."""
    side = float(rng.choice([-1, 1]))
    wood, paint = random_color(rng, 0.12, 0.35, 0.25), random_color(rng, 0.5, 0.8, 0.06)
    ink = random_color(rng, 0.15, 0.5, 0.3)
    door_y, print_y, board_y = side * 1.25, -side * rng.uniform(0.75, 0.95), -side * 1.35
    objects = [
        ((0.02, door_y, 1.02), (0.04, 0.86, 2.04), paint),
        ((0.03, door_y, 1.02), (0.04, 0.74, 1.92), tuple(0.9 * c for c in paint)),
        ((0.07, door_y - side * 0.36, 1.0), (0.06, 0.10, 0.02), GREY),
        ((0.01, print_y, 1.5), (0.02, 0.46, 0.62), wood),
        ((0.015, print_y, 1.5), (0.022, 0.40, 0.56), (0.75, 0.73, 0.68)),
        ((0.02, print_y, 1.52), (0.024, 0.24, 0.32), ink),
        ((0.16, board_y, 0.40), (0.32, 0.85, 0.80), wood),
    ]
    return [
        _mesh(
            box(np.array(centre) - [room.wall_m, 0, 0], size),
            shaders.OBJECT,
            {"objc": color, "objc2": GREY, "pat": (float(shaders.PLAIN), 1.0, 0.0, 0.0)},
        )
        for centre, size, color in objects
    ]


def _window(rng: np.random.Generator, room: Room) -> RenderMesh:
    """A bright window behind the person."""
    y, width, bottom = rng.uniform(-0.5, 0.5), rng.uniform(1.2, 2.2), rng.uniform(0.3, 0.8)
    origin = (0.02 - room.wall_m, y - width / 2, bottom)
    solid = rectangle(origin, (0, width, 0), (0, 0, rng.uniform(1.3, 1.8)), (1, 0, 0))
    glow = 1.6 * (room.key + room.dome)
    return _mesh(solid, shaders.WINDOW, {"objc": (glow, glow, 1.05 * glow)})


def _floats(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(float(v) for v in values)


def build_lights(rng: np.random.Generator, room: Room, count: int) -> list[Light]:
    """Return `count` light samples, half of an area lamp, half of a dome, shuffled."""
    y, z, x = rng.uniform(-2.2, 2.2), rng.uniform(2.0, 3.0), rng.uniform(0.6, 3.2)
    if room.backlit:
        x = -0.8 * room.wall_m
    radius = rng.uniform(0.12, 0.6)
    color = np.array([1, rng.uniform(0.82, 1.02), rng.uniform(0.65, 1.05)])
    half = count // 2
    lights = []
    for i in range(half):
        around, r = rng.uniform(0, 2 * math.pi), radius * math.sqrt((i + rng.random()) / half)
        place = np.array([x, y + r * math.cos(around), z + r * math.sin(around)])
        reference2 = float(((place - CENTRE) ** 2).sum())
        lights.append(Light(place, color * room.key / half, near=True, reference2=reference2))
        sky = (i + rng.random()) / half
        side = rng.uniform(-0.5, 0.5) * math.pi * 1.15
        up = math.asin(np.clip(sky * 1.05, 0.02, 1))
        flat = math.cos(up)
        direction = np.array([math.cos(side) * flat, math.sin(side) * flat, math.sin(up)])
        if room.backlit:
            direction[0] *= -1
        lights.append(Light(direction, np.array([0.95, 1, 1.06]) * room.dome / half, near=False))
    rng.shuffle(lights)
    return lights


def ambient_light(room: Room) -> Ambient:
    """Light that reaches every place: cool from above, warm from below."""
    return Ambient(
        np.array([0.95, 1, 1.05]) * room.ambient, np.array([1, 0.9, 0.8]) * room.ambient * 0.6
    )
