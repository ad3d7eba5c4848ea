"""Make the pictures of bodies that come to several sessions, with their truth.

Run: python -m benchmarks.change.dataset --out DIR --seed N [--made-up 42] [--meshes FOLDER]

A picture is always the same for its seed; what is there is not made again, so a run can be broken
off and taken up again.  Meshes are as for `benchmarks.meshes`.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.accuracy.rows import TrueCurve
from benchmarks.bodies.picture import Studio, save_with_truth
from benchmarks.bodies.renderer import QUICK_PASSES
from benchmarks.change.people import MadeUp, Outside, Person
from benchmarks.change.sessions import CHANGES_DEG, STANCES, SessionPlan, Stance, plan_of
from benchmarks.meshes.body import outside_body
from benchmarks.meshes.read import families, mesh_paths, notes_of, read_mesh, read_notes

MakePerson = Callable[[], Person]
# A seed of its own for the plan of a body.
PLAN = 7


def people(studio: Studio, seed: int, made_up: int, meshes: Path | None) -> Iterator[MakePerson]:
    """Bodies of both kinds in turn, so that a part of a set has some of all."""
    invented = [lambda n=n: MadeUp(studio, seed, n) for n in range(made_up)]
    outside = [] if meshes is None else list(_outside(studio, seed, meshes))
    for pair in zip_longest(invented, outside):
        yield from (make for make in pair if make is not None)


def _outside(studio: Studio, seed: int, folder: Path) -> Iterator[MakePerson]:
    family_of, notes = families(folder), read_notes(folder)
    for path in mesh_paths(folder):

        def make(path: Path = path) -> Person:
            mesh = read_mesh(path)
            body = outside_body(mesh, notes_of(mesh, notes, {}), family_of[path.stem])
            return Outside(studio, seed, body)

        yield make


def make_pictures(person: Person, folder: Path, seed: int) -> Iterator[str]:
    """Make what is missing of a body, telling each picture's name."""
    rng = np.random.default_rng([seed, PLAN, *person.name.encode()])
    for session in plan_of(rng, person.usual_deg, person.kinds):
        for number in range(len(session.stances)):
            name = f"{person.name}-s{seed}-{session.number}-{number}"
            if not (folder / f"{name}.jpg").exists():
                _make(person, session, number, folder / name)
                yield name


def _make(person: Person, session: SessionPlan, number: int, stem: Path) -> None:
    """One picture with its truth."""
    stance, curves = session.stances[number], person.curves
    usual = curves.at(curves.extension_for(person.usual_deg + session.change_deg))
    extension = curves.extension_for(usual.slca_deg * (1 + stance.sway))
    image, sensor, truth = person.photo(session, stance, extension)
    tags = truth["tags"] | _tags(person, session, stance, number)
    tags |= _curve("session", usual) | _curve("stance", curves.at(extension))
    truth |= {
        "tags": tags,
        "stature_mm": person.stature_mm,
        "stratum": session.kind,
        "facing": session.facing,
        "status": "measured" if tags["measurable"] else "refused",
        "reason": next(iter(tags["unmeasurable_because"]), ""),
    }
    save_with_truth(image, truth, stem, sensor)


def _tags(person: Person, session: SessionPlan, stance: Stance, number: int) -> dict[str, Any]:
    return {
        "body": person.name,
        "session": session.number,
        "stance": number,
        "kind": session.kind,
        "change_deg": session.change_deg,
        "sway": stance.sway,
    }


def _curve(whose: str, curve: TrueCurve) -> dict[str, float]:
    return {
        f"{whose}_slca_deg": curve.slca_deg,
        f"{whose}_depth_mm": curve.hollow_depth_mm,
    }


def main() -> None:
    """Make what is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--made-up", type=int, default=42)
    parser.add_argument("--meshes", type=Path)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    started, made = time.monotonic(), 0
    makers = list(people(Studio(QUICK_PASSES), options.seed, options.made_up, options.meshes))
    for count, make in enumerate(makers, start=1):
        for name in make_pictures(make(), options.out, options.seed):
            made += 1
            each = (time.monotonic() - started) / made
            print(f"\r{count}/{len(makers)} bodies, {each:.1f} s a picture, {name}", end="")
    pictures = len(makers) * len(CHANGES_DEG) * STANCES
    print(f"\n{pictures} pictures of {len(makers)} bodies in {options.out}")


if __name__ == "__main__":
    main()
