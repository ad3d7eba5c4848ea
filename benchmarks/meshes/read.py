"""Mesh files of a folder, and what its meta.toml and families.csv say of them."""

from __future__ import annotations

import csv
import json
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.bodies.mesh import Floats, Ints
from posture.subject import Sex

ARRAYS, SURFACES = ".npz", (".obj", ".ply", ".stl")
ENDINGS = (ARRAYS, *SURFACES)
NOTES, FAMILIES = "meta.toml", "families.csv"


@dataclass(frozen=True)
class Notes:
    """What is known of a mesh besides its shape; None where it has to be found out.

    Attributes:
        up, front: axes of the file such as "+y" or "-z".
        unit: m, cm or mm.
        stature_mm: of the person; the mesh is scaled to it.
        sex: of the person.
    """

    up: str | None = None
    front: str | None = None
    unit: str | None = None
    stature_mm: float | None = None
    sex: Sex = "unspecified"


@dataclass(frozen=True)
class RawMesh:
    """A mesh as its file has it.

    Attributes:
        name: of the file, without ending.
        vertices: (n, 3); rest: (n, 3) before the arms were moved, the same where unknown.
        tris: (m, 3) vertex indices.
        arm_weight: (n,) 0 on the trunk to 1 on the arms; None where unknown.
        notes: what the file itself tells.
    """

    name: str
    vertices: Floats
    rest: Floats
    tris: Ints
    arm_weight: Floats | None
    notes: Notes


def mesh_paths(folder: Path) -> list[Path]:
    """Every mesh file of a folder, by name."""
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS)


def read_mesh(path: Path) -> RawMesh:
    """Read one mesh file."""
    if path.suffix.lower() == ARRAYS:
        return _read_arrays(path)
    import trimesh

    mesh = trimesh.load_mesh(path)
    vertices = np.asarray(mesh.vertices, float)
    return RawMesh(path.stem, vertices, vertices, np.asarray(mesh.faces), None, Notes())


def _read_arrays(path: Path) -> RawMesh:
    """NumPy arrays: `v` and `f`; optional `rest`, `w` (arm weight), `H` (stature, m), `meta`."""
    with np.load(path) as arrays:
        vertices = arrays["v"].astype(float)
        rest = arrays["rest"].astype(float) if "rest" in arrays else vertices
        weight = arrays["w"].astype(float) if "w" in arrays else None
        stature_mm = 1000 * float(arrays["H"]) if "H" in arrays else None
        told = json.loads(str(arrays["meta"])) if "meta" in arrays else {}
        notes = Notes(stature_mm=stature_mm, sex=told.get("sex", "unspecified"))
        return RawMesh(path.stem, vertices, rest, arrays["f"].astype(int), weight, notes)


def read_notes(folder: Path) -> dict[str, Any]:
    """The folder's meta.toml: fields of `Notes` for all, and under [body.NAME] for one."""
    path = folder / NOTES
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def notes_of(mesh: RawMesh, told: dict[str, Any], asked: dict[str, Any]) -> Notes:
    """What is known of one mesh: the file's own, then meta.toml, then what was asked for."""
    general = {key: value for key, value in told.items() if key != "body"}
    own = told.get("body", {}).get(mesh.name, {})
    return replace(mesh.notes, **(general | own | asked))


def families(folder: Path) -> dict[str, str]:
    """Family by mesh name from families.csv (name,family); what it lacks is the folder's."""
    path = folder / FAMILIES
    listed: dict[str, str] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as lines:
            listed = {row["name"]: row["family"] for row in csv.DictReader(lines)}
    return {mesh.stem: listed.get(mesh.stem, folder.resolve().name) for mesh in mesh_paths(folder)}
