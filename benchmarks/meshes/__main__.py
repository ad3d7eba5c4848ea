"""Make pictures with their truth from every mesh of a folder.

Run: python -m benchmarks.meshes FOLDER --out DIR [--per-body 8] [--seed N] [--jobs 1]

Meshes are .obj, .ply, .stl, or .npz with v, f and optional rest, w (arm weight), H (stature, m).
Beside them families.csv (name,family) and meta.toml (up, front, unit, stature_mm, sex; under
[body.NAME] for one mesh) may tell more; what is not told is found out or asked for. A picture is
always the same for its seed, and what is there is not made again.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from benchmarks.accuracy.dataset import write_table
from benchmarks.bodies.renderer import QUICK_PASSES, Renderer
from benchmarks.meshes.body import outside_body
from benchmarks.meshes.orient import AXES, METRES_PER
from benchmarks.meshes.pictures import make, missing
from benchmarks.meshes.read import families, mesh_paths, notes_of, read_mesh, read_notes


@dataclass(frozen=True)
class Task:
    """Pictures to make of one mesh."""

    path: Path
    family: str
    notes: dict[str, Any]
    asked: dict[str, Any]
    out: Path
    seed: int
    numbers: tuple[int, ...]


@lru_cache(maxsize=1)
def renderer() -> Renderer:
    """This process's renderer."""
    return Renderer(QUICK_PASSES)


def pictures_of(task: Task) -> Iterator[str]:
    """Make the pictures of one mesh, telling each one's name."""
    mesh = read_mesh(task.path)
    body = outside_body(mesh, notes_of(mesh, task.notes, task.asked), task.family)
    return make(renderer(), body, task.out, task.seed, list(task.numbers))


def all_pictures_of(task: Task) -> list[str]:
    """The same at one go, for another process."""
    return list(pictures_of(task))


def made(tasks: list[Task], jobs: int) -> Iterator[str]:
    """Names of pictures as they come to be."""
    if jobs == 1:
        for task in tasks:
            yield from pictures_of(task)
        return
    with ProcessPoolExecutor(jobs) as workers:
        for names in workers.map(all_pictures_of, tasks):
            yield from names


def main() -> None:
    """Make what is missing, then list it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--per-body", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--up", choices=AXES, help="axis of the file that points up; else found")
    parser.add_argument("--front", choices=AXES, help="axis that the people face; else found")
    parser.add_argument("--unit", choices=METRES_PER, help="of the coordinates; else found")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    asked = {key: getattr(options, key) for key in ("up", "front", "unit")}
    asked = {key: value for key, value in asked.items() if value is not None}
    family_of, notes = families(options.folder), read_notes(options.folder)
    tasks = []
    for path in mesh_paths(options.folder):
        numbers = tuple(missing(options.out, path.stem, options.per_body))
        family = family_of[path.stem]
        if numbers:
            tasks.append(Task(path, family, notes, asked, options.out, options.seed, numbers))
    total = sum(len(task.numbers) for task in tasks)
    for count, name in enumerate(made(tasks, options.jobs), start=1):
        print(f"\r{count}/{total} {name:<24}", end="", flush=True)
    print()
    write_table(options.out)


if __name__ == "__main__":
    main()
