"""What the skin of made-up backs has on top of a smooth body."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from benchmarks.bodies import sampling
from benchmarks.bodies.config import Fold, Relief, Wardrobe
from benchmarks.bodies.mesh import edges_of, split_inside
from benchmarks.bodies.relief import (
    bands,
    fold_height,
    fold_profile,
    furrow,
    held_down,
    lumps,
    one_sided,
    relief_of,
    spanned,
)
from tests.support.mannequin import mannequin

LOW_Z, HIGH_Z, STATURE = 1.0, 1.5, 1.7
RADIUS = 0.12


@pytest.fixture
def trunk() -> Any:
    """A round trunk with a straight spine, upright, as the relief sees a body at rest."""
    z, around = np.meshgrid(np.arange(0.85, 1.55, 0.002), np.radians(np.arange(-180, 180, 3)))
    axis_y = -0.02 * STATURE
    pos = np.stack([RADIUS * np.sin(around), axis_y + RADIUS * np.cos(around), z], axis=-1).reshape(
        -1, 3
    )
    rod = SimpleNamespace(
        low_z=LOW_Z,
        high_z=HIGH_Z,
        rest=np.array([[0, 0, 0.0], [0, 0, 2.0]]),
        level_of=lambda height: (height - LOW_Z) / (HIGH_Z - LOW_Z),
    )
    return SimpleNamespace(
        pos=pos,
        y=pos[:, 1],
        z=pos[:, 2],
        from_middle=np.abs(pos[:, 0]),
        trunk=np.ones(len(pos)),
        arm=np.zeros(len(pos)),
        stature=STATURE,
        body=SimpleNamespace(rod=rod),
        nowhere=lambda: np.full(len(pos), -1.0),
    )


def test_a_fold_is_as_deep_as_it_says_and_ends() -> None:
    across = np.linspace(-3, 3, 601)
    profile = fold_profile(across)
    assert np.ptp(profile) == pytest.approx(1.0, abs=0.05)
    assert across[profile.argmin()] == pytest.approx(0.0, abs=0.02)
    assert np.abs(profile[np.abs(across) > 2]).max() < 0.01


def test_a_fold_lies_where_it_is_put(trunk: Any) -> None:
    fold = Fold(level=0.4, depth_mm=5.0, length_mm=20.0, around_deg=60.0, reach_deg=25.0)
    height = fold_height(trunk, fold)
    deepest = trunk.pos[height.argmin()]
    assert deepest[2] == pytest.approx(LOW_Z + 0.4 * (HIGH_Z - LOW_Z), abs=0.003)
    assert deepest[0] > 0
    assert np.ptp(height) == pytest.approx(0.005, abs=0.0005)
    assert np.abs(height[trunk.pos[:, 0] < 0]).max() < 1e-4


def test_a_waistband_presses_in_at_the_edge_of_the_shorts(trunk: Any) -> None:
    wardrobe = Wardrobe(outfit="shorts_only", waist_rise=0.05, waist_band_mm=3.0)
    height = bands(trunk, wardrobe)
    edge = LOW_Z + 0.05 * STATURE
    assert height.min() == pytest.approx(-0.003, abs=1e-4)
    pressed = trunk.z[height < -0.0029]
    assert edge - 0.03 < pressed.min() < pressed.max() < edge
    assert height[trunk.z > edge].max() > 0.0005  # what gives way stands out above it
    assert np.abs(height[np.abs(trunk.z - edge) > 0.08]).max() < 1e-5
    assert not bands(trunk, Wardrobe(outfit="shorts_only")).any()


def test_the_furrow_runs_over_the_spine_between_its_ridges(trunk: Any) -> None:
    height = furrow(trunk, Relief(furrow_mm=5.0, furrow_width_mm=12.0, ridge_mm=3.0))
    loins = np.abs(trunk.z - (LOW_Z + 0.3 * (HIGH_Z - LOW_Z))) < 0.002
    assert height.min() == pytest.approx(-0.005, abs=0.0003)
    assert abs(trunk.pos[height.argmin(), 0]) < 0.004
    assert abs(trunk.pos[loins][height[loins].argmax(), 0]) == pytest.approx(0.038, abs=0.006)
    assert not height[trunk.y < -0.05].any()


def test_asymmetry_raises_one_side_as_it_lowers_the_other(trunk: Any) -> None:
    height = one_sided(trunk, Relief(lumbar_side_mm=6.0))
    left = trunk.pos[:, 0] > 0
    assert height[left].min() >= 0
    assert height[~left].max() <= 0
    assert 0.002 < height.max() < 0.006


def test_lumps_are_the_same_for_a_seed(trunk: Any) -> None:
    first = lumps(trunk, Relief(lumps_mm=1.0, seed=4))
    assert np.array_equal(first, lumps(trunk, Relief(lumps_mm=1.0, seed=4)))
    assert not np.array_equal(first, lumps(trunk, Relief(lumps_mm=1.0, seed=5)))
    assert first.std() == pytest.approx(0.001, rel=0.5)


def test_a_body_without_relief_is_smooth(trunk: Any) -> None:
    assert not relief_of(trunk, Relief(), Wardrobe()).any()


def test_cloth_spans_a_narrow_fold_and_never_sinks_into_the_skin() -> None:
    pos, tris = mannequin()
    height = np.where(np.abs(pos[:, 2] - 1.10) < 0.005, -0.006, 0.0)
    cloth = spanned(height, tris, np.ones(len(pos)))
    assert (cloth >= height).all()
    assert cloth[height < 0].min() > -0.003
    assert np.array_equal(spanned(height, tris, np.zeros(len(pos))), height)


def test_cloth_lies_in_the_groove_of_its_own_band_only(trunk: Any) -> None:
    bare_back = Wardrobe(outfit="shorts_only", waist_band_mm=3.0)
    assert held_down(trunk, bare_back).max() == pytest.approx(1.0)
    assert not held_down(trunk, Wardrobe(outfit="shorts_only")).any()


def test_splitting_keeps_a_mesh_closed_and_in_place() -> None:
    pos, tris = mannequin()
    inside = (np.abs(pos[:, 2] - 1.1) < 0.1) & (pos[:, 1] > 0)
    matrix, fine_tris = split_inside(tris, inside)
    fine = matrix @ pos
    sides = np.sort(np.stack([fine_tris, np.roll(fine_tris, -1, 1)], 2).reshape(-1, 2), 1)
    _, uses = np.unique(sides, axis=0, return_counts=True)
    assert (uses == 2).all()
    assert np.array_equal(fine[: len(pos)], pos)
    assert area(fine, fine_tris) == pytest.approx(area(pos, tris))
    split = edges_of(tris)[inside[edges_of(tris)].all(1)]
    assert len(fine) == len(pos) + len(split)


def area(pos: Any, tris: Any) -> float:
    """Of all triangles."""
    a, b, c = (pos[tris[:, k]] for k in range(3))
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)


def test_bodies_of_a_seed_are_the_same_and_keep_their_ranges() -> None:
    bodies = [sampling.subject(np.random.default_rng([5, k])) for k in range(200)]
    assert bodies[:3] == [sampling.subject(np.random.default_rng([5, k])) for k in range(3)]
    folds = [fold for body in bodies for fold in body.relief.folds]
    assert all(3 <= fold.depth_mm <= 6 and 10 <= fold.length_mm <= 30 for fold in folds)
    heavy = [len(body.relief.folds) for body in bodies if body.weight > 0.75]
    light = [len(body.relief.folds) for body in bodies if body.weight < 0.5]
    assert np.mean(heavy) > np.mean(light)
    assert sum(body.weight > 0.82 for body in bodies) > 20
    assert sum(body.age > 0.9 for body in bodies) > 10
