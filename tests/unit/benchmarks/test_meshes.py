"""Outside meshes: which way they stand, where their arms are, what their back's true curve is."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.bodies.backline import curve_metrics
from benchmarks.meshes.arms import arm_weight
from benchmarks.meshes.body import outside_body
from benchmarks.meshes.orient import UnclearMesh, metres_per_unit, rotation
from benchmarks.meshes.read import Notes, RawMesh, families, mesh_paths, notes_of, read_mesh
from benchmarks.meshes.sampling import YAWS_DEG, mesh_picture, turn
from benchmarks.meshes.truth import back_lines, trunk_levels
from tests.support.hollow_column import APEX_MM, HOLLOW_LENGTH_MM, HOLLOW_MM, hollow_back
from tests.support.mannequin import BACK_M, PARTS, STATURE_M, mannequin

Floats = NDArray[np.float64]


def turned_axes() -> list[Floats]:
    """Every way a file may name its axes without mirroring the person: 24 rotations."""
    found = []
    for order in itertools.permutations(range(3)):
        for signs in itertools.product((1.0, -1.0), repeat=3):
            matrix = np.diag(signs)[:, list(order)]
            if np.linalg.det(matrix) > 0:
                found.append(matrix)
    return found


@pytest.mark.parametrize("axes", turned_axes())
def test_the_way_a_person_stands_is_found(axes: Floats) -> None:
    vertices, _ = mannequin()
    found = rotation(vertices @ axes.T, None, None)
    assert np.allclose(found, axes.T)


def test_axes_that_are_told_are_taken() -> None:
    vertices, _ = mannequin()
    lying = vertices[:, [2, 0, 1]]
    assert np.allclose(lying @ rotation(lying, "+x", "-z").T, vertices)
    with pytest.raises(UnclearMesh, match="different axes"):
        rotation(lying, "+x", "-x")


@pytest.mark.parametrize(("unit", "height"), [("m", 1.7), ("cm", 170.0), ("mm", 1700.0)])
def test_the_unit_is_told_by_the_height_of_an_adult(unit: str, height: float) -> None:
    assert metres_per_unit(height, None, None) * height == pytest.approx(1.7)
    assert metres_per_unit(height, unit, None) * height == pytest.approx(1.7)


def test_a_height_of_no_unit_asks_for_the_stature() -> None:
    with pytest.raises(UnclearMesh, match="stature_mm"):
        metres_per_unit(0.97, None, None)
    assert metres_per_unit(0.97, None, 1640.0) * 0.97 == pytest.approx(1.640)


def test_arms_are_found_where_nobody_tells() -> None:
    pos, tris = mannequin()
    weight = arm_weight(pos, tris)
    (left, right), _, (low, high) = PARTS["left arm"]
    aside = np.abs(pos[:, 0])
    below_elbow = (aside >= left) & (aside <= right) & (pos[:, 2] < (low + high) / 2)
    (_, half_width), _, _ = PARTS["trunk"]
    assert weight[below_elbow].min() > 0.9
    assert weight[aside < half_width - 0.01].max() < 0.1


def test_a_mesh_in_centimetres_lying_on_its_face_gets_up() -> None:
    pos, tris = mannequin()
    lying = 100 * pos[:, [1, 2, 0]]
    raw = RawMesh("someone", lying, lying, tris[:, ::-1], None, Notes(sex="f"))
    body = outside_body(raw, raw.notes, "cubes")
    assert body.stature == pytest.approx(STATURE_M)
    assert (body.sex, body.family) == ("f", "cubes")
    assert body.pos[:, 2].min() == 0
    levels = trunk_levels(body.stature)
    trunk = (levels > 0.85) & (levels < 1.40)
    foot_y = np.array(PARTS["left foot"][1]).mean()
    line = back_lines(body, body.pos).envelope_mm[trunk]
    assert line == pytest.approx(1000 * (BACK_M - foot_y), abs=1e-6)


def test_the_true_line_is_the_mesh_cut_at_every_level() -> None:
    body, line_mm = hollow_back()
    lines = back_lines(body, body.pos)
    assert np.abs(lines.envelope_mm - line_mm).max() < 0.1
    assert np.abs(lines.midsagittal_mm - line_mm).max() < 0.1


def test_a_known_hollow_gives_its_angle_and_depth() -> None:
    body, _ = hollow_back()
    lines = back_lines(body, body.pos)
    curve = curve_metrics(lines.z_mm, lines.envelope_mm, 1700.0)
    steepest_deg = np.degrees(np.arctan(np.pi * HOLLOW_MM / HOLLOW_LENGTH_MM))
    # A wave of 420 mm is longer than the scale of the definition, and so hardly loses height.
    assert curve["hollow_depth_mm"] == pytest.approx(HOLLOW_MM, abs=1.5)
    assert curve["slca_deg"] == pytest.approx(2 * steepest_deg, abs=1.5)
    assert curve["z_apex_mm"] == pytest.approx(APEX_MM, abs=3)


def test_a_taller_person_of_the_same_shape_has_the_same_angle() -> None:
    body, _ = hollow_back()
    lines = back_lines(body, body.pos)
    usual = curve_metrics(lines.z_mm, lines.envelope_mm, 1700.0)
    tall = curve_metrics(1.15 * lines.z_mm, 1.15 * lines.envelope_mm, 1.15 * 1700.0)
    assert tall["slca_deg"] == pytest.approx(usual["slca_deg"], abs=0.2)
    assert tall["hollow_depth_mm"] == pytest.approx(1.15 * usual["hollow_depth_mm"], abs=0.2)


def test_an_arm_behind_the_back_is_not_in_the_truth() -> None:
    body, line_mm = hollow_back()
    arm = body.pos * [0.2, 0.2, 0.3] + [0.1, 0.15, 0.8]
    both = replace(
        body,
        pos=np.concatenate([body.pos, arm]),
        rest=np.concatenate([body.rest, arm]),
        tris=np.concatenate([body.tris, body.tris + len(body.pos)]),
        arm=np.concatenate([body.arm, np.ones(len(arm))]),
    )
    assert np.abs(back_lines(both, both.pos).envelope_mm - line_mm).max() < 0.1


def test_a_folder_tells_families_and_notes(tmp_path: Path) -> None:
    pos, tris = mannequin()
    for name in ("anna", "bert"):
        np.savez(tmp_path / f"{name}.npz", v=pos, f=tris, H=1.8)
    (tmp_path / "families.csv").write_text("name,family\nanna,scans\n")
    assert families(tmp_path) == {"anna": "scans", "bert": tmp_path.name}
    mesh = read_mesh(mesh_paths(tmp_path)[0])
    told = {"up": "+z", "body": {"anna": {"sex": "f"}, "bert": {"sex": "m"}}}
    notes = notes_of(mesh, told, {"front": "-y"})
    assert notes == Notes(up="+z", front="-y", stature_mm=1800.0, sex="f")


def test_every_turn_is_seen_from_both_sides() -> None:
    turns = [turn(number) for number in range(8)]
    by_size = {abs(yaw) for yaw in YAWS_DEG}
    for size in by_size:
        assert {facing for facing, yaw in turns if abs(yaw) == size} == {"left", "right"}
    assert {yaw for _, yaw in turns} == {0, 5, -5, 10, -10, 15, -15}


def test_a_picture_is_the_same_whatever_was_made_before_it() -> None:
    assert mesh_picture("anna", 1, 3, 0.2) == mesh_picture("anna", 1, 3, 0.2)
    assert mesh_picture("anna", 1, 3, 0.2) != mesh_picture("anna", 2, 3, 0.2)
    assert mesh_picture("anna", 1, 3, 0.2).worn != mesh_picture("bert", 1, 3, 0.2).worn


def test_a_third_of_the_pictures_show_a_bare_back() -> None:
    outfits = [mesh_picture("anna", 1, number, 0.2).worn.outfit for number in range(9)]
    assert sum(outfit in ("shorts_only", "swim") for outfit in outfits) == 3
